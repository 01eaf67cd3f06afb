"""What decides the outcome of a run, written down: runs of one configuration are alike."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from wenju import __version__, corpus, index, qa
from wenju.corpus.document import Source, content_id
from wenju.eval.datasets import Script
from wenju.index.records import DocumentSummary
from wenju.qa.settings import Settings


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be asked of the engine.

    Args:
        paths: gold files.
        limit: ask at most this many questions of each file, drawn with ``seed``.
        seed: of the draw.
        questions: another gold file; its wording is asked, matched by question id.
        script: ask in Simplified (``hans``) or Traditional (``hant``) characters.
        distractors: files, folders, tar archives and ``.jsonl.xz`` that answer nothing.
        distractor_passages: take about this many passages of them.
        off_topic: another gold file, whose questions are asked as well, as ones without an answer.
        given_context: read each question against its own gold document only, as published figures
            of readers are made; one whose document is not known is read as ever. What is retrieved
            is still measured over all documents.
    """

    paths: tuple[Path, ...]
    limit: int | None = None
    seed: int = 0
    questions: Path | None = None
    script: Script | None = None
    distractors: tuple[Path, ...] = ()
    distractor_passages: int | None = None
    off_topic: Path | None = None
    given_context: bool = False


def configure(
    request: Request,
    settings: Settings,
    encoder: str,
    documents: Sequence[str],
    distractors: Iterable[Source],
) -> dict[str, Any]:
    """All that the outcome follows from, as a JSON object; no paths, which differ by machine.

    Args:
        request: what is asked.
        settings: of the engine; its folders play no part.
        encoder: the encoder's full name, in which the model's version stands.
        documents: for each gold file a hash of what its questions are asked over.
        distractors: what is added to it.
    """
    noise = {
        "names": [path.name for path in request.distractors],
        "passages": request.distractor_passages,
        "documents": hash_of_sources(distractors),
    }
    golds = zip(request.paths, documents, strict=True)
    return {
        "wenju": __version__,
        "code": code_hash(),
        "settings": settings.model_dump(mode="json", exclude={"home", "cache"})
        | {"encoder": encoder}
        | {"variants": _file(settings.variants) if settings.variants else None},
        "gold": [{**_file(path), "documents": held} for path, held in golds],
        "questions": _file(request.questions) if request.questions else None,
        "script": request.script,
        "limit": request.limit,
        "seed": request.seed,
        "distractors": noise if request.distractors else None,
        "off_topic": _file(request.off_topic) if request.off_topic else None,
        "given_context": request.given_context,
    }


def identity(configuration: Mapping[str, Any]) -> str:
    """A name that two configurations share only when they are equal."""
    return content_id(json.dumps(configuration, sort_keys=True))


def differences(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """What differs, with both values: ``{"settings.min_confidence": (0.2, 0.4)}``."""
    flat, flat_other = dict(_flat(one)), dict(_flat(other))
    return {
        key: (flat.get(key), flat_other.get(key))
        for key in dict.fromkeys([*flat, *flat_other])
        if flat.get(key) != flat_other.get(key)
    }


def hash_of_sources(sources: Iterable[Source]) -> str:
    """A content hash of texts and of all that was read with them, wherever they lie."""
    return content_id(
        *(
            part
            for s in sources
            for part in (s.name, s.title, s.date, s.issuer, repr((s.headings, s.pages)), s.text)
        )
    )


def hash_of_library(documents: Iterable[DocumentSummary]) -> str:
    """A content hash of a library's documents; their ids are hashes of their texts."""
    return content_id(*(part for d in documents for part in (d.id, d.name, d.title, d.date)))


def code_hash() -> str:
    """A content hash of the packages that answers come from, their data files included."""
    return content_id(
        *(
            part
            for package in (corpus, index, qa)
            for folder in map(Path, package.__path__)
            for name in _files_of(folder)
            for part in (package.__name__, name, sha256((folder / name).read_bytes()).hexdigest())
        )
    )


def _files_of(folder: Path) -> list[str]:
    """Names relative to the folder, without what Python and editors leave there."""
    paths = [path.relative_to(folder) for path in folder.rglob("*") if path.is_file()]
    return sorted(
        path.as_posix()
        for path in paths
        if not any(part.startswith((".", "__pycache__")) for part in path.parts)
    )


def _file(path: Path) -> dict[str, str]:
    return {"name": path.name, "sha256": sha256(path.read_bytes()).hexdigest()}


def _flat(value: Any, key: str = "") -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - any JSON value
    """The leaves, each with the way to it."""
    inner = enumerate(value) if isinstance(value, list) else value.items()
    for name, leaf in inner:
        full = f"{key}.{name}" if key else str(name)
        if isinstance(leaf, dict | list) and leaf:
            yield from _flat(leaf, full)
        else:
            yield full, leaf
