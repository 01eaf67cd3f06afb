"""What a worker can be asked for: to read a file, to build the document of a source, to cut a document."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

from wenju.corpus.build import build_document
from wenju.corpus.document import Document, Passage, Source
from wenju.corpus.layout import read_layout
from wenju.corpus.passages import cut
from wenju.corpus.readers import Reading, failure, read_here
from wenju.corpus.statutes import Provision, provisions_of
from wenju.corpus.worker.records import (
    Made,
    document_of,
    object_of,
    passage_of,
    provision_of,
    source_of,
    values,
)

_Result = TypeVar("_Result")
Cuts = tuple[list[Passage], list[Provision]]
"""The passages of a document, and its provisions."""
Packed = tuple[list[bytes], object]
"""What goes back of a result: bytes of files, and a value of JSON."""


@dataclass(frozen=True, slots=True)
class Job(Generic[_Result]):
    """A piece of work that can be done in any process of Wenju's, and gives the same in each.

    ``name`` is what a person is shown that it is about, ``asked`` what the worker is told, as JSON.
    ``here`` does it in this process and raises ReadError; ``unpacked`` gives the result where a worker
    has done it.
    """

    kind: str
    name: str
    asked: Made
    here: Callable[[], _Result]
    unpacked: Callable[[list[bytes], Any], _Result]


def reading(path: Path, name: str, origin: str) -> Job[Reading]:
    """Read a file; an empty ``origin`` stands for the resolved path."""

    def unpacked(originals: list[bytes], value: Any) -> Reading:  # noqa: ANN401 - of JSON
        sources, problems = value
        read = (source_of(made, originals[at] if at >= 0 else b"") for made, at in sources)
        return Reading(tuple(read), tuple(problems))

    asked = {"path": str(path), "name": name, "origin": origin}
    return Job("read", name, asked, lambda: read_here(path, name, origin), unpacked)


def building(source: Source) -> Job[Document]:
    """Build the document of a source."""

    def unpacked(_: list[bytes], value: Made) -> Document:
        text = source.text
        repaired = text if value["text"] is None else value["text"]
        return document_of(value | {"source_text": text, "text": repaired})

    return Job("build", source.name, object_of(source), lambda: _built(source), unpacked)


def cutting(document: Document) -> Job[Cuts]:
    """Cut a document into passages, and find its provisions."""

    def unpacked(_: list[bytes], value: Any) -> Cuts:  # noqa: ANN401 - of JSON
        passages, provisions = value
        return [passage_of(row, document) for row in passages], [*map(provision_of, provisions)]

    # cutting looks at neither of these
    asked = object_of(document) | {"source_text": "", "repairs": []}
    return Job("cut", document.name, asked, lambda: _cuts(document), unpacked)


def done(kind: str, asked: Made) -> Packed:
    """Do in this process what another one asked for; raises ReadError."""
    return _DONE[kind](asked)


def _done_reading(asked: Made) -> Packed:
    """The originals, each once, and the reading that names them by number."""
    read = read_here(Path(asked["path"]), asked["name"], asked["origin"])
    originals = {id(s.original): s.original for s in read.sources if s.original}
    places = {key: at for at, key in enumerate(originals)}
    sources = [(object_of(s), places.get(id(s.original), -1)) for s in read.sources]
    return [*originals.values()], [sources, read.problems]


def _done_building(asked: Made) -> Packed:
    """Without the texts that are known where it goes."""
    document = _built(source_of(asked, b""))
    is_same = document.text == document.source_text
    return [], object_of(document) | {"source_text": ""} | ({"text": None} if is_same else {})


def _done_cutting(asked: Made) -> Packed:
    passages, provisions = _cuts(document_of(asked))
    return [], [[*map(values, passages)], [*map(values, provisions)]]


_DONE: Final = {"read": _done_reading, "build": _done_building, "cut": _done_cutting}


def _built(source: Source) -> Document:
    with _explained(source.name):
        return build_document(source)


def _cuts(document: Document) -> Cuts:
    with _explained(document.name):
        layout = read_layout(document.text, document.headings)
        return cut(document, layout), provisions_of(layout)


@contextmanager
def _explained(name: str) -> Iterator[None]:
    """Whatever a text does to one of the many patterns is its failure, not that of others."""
    try:
        yield
    except Exception as error:
        raise failure(name, error) from error
