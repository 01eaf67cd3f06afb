"""What goes between a worker and who started it: kinds, lengths and bytes; readings as JSON and blobs."""

from __future__ import annotations

import json
import struct
from dataclasses import fields
from typing import Any, Final

from wenju.corpus.document import Heading, Page, Region, Source
from wenju.corpus.inventory import Inventory, Note
from wenju.corpus.metadata.fields import Metadata
from wenju.corpus.readers import Reading

HEAD: Final = struct.Struct("<cQ")
"""Before each message: its kind, and how many bytes follow."""

FILE: Final = b"n"  # a file to read: to the worker, all others come from it
READY: Final = b"r"  # the worker waits for a file
BEGUN: Final = b"b"  # it has heard of one and begins
RECOGNISING: Final = b"o"  # it recognises text in it from now on
ORIGINAL: Final = b"f"  # bytes of a file that is kept; before the reading that names it
READ: Final = b"s"  # a reading
FAILED: Final = b"e"  # a sentence
LAST: Final = b"l"  # this answer is the last one of the worker

_ROWS: Final = {"headings": Heading, "pages": Page, "regions": Region}


def message(kind: bytes, content: bytes = b"") -> bytes:
    """One message."""
    return HEAD.pack(kind, len(content)) + content


def dumped(value: object) -> bytes:
    """A value as JSON; halves of surrogate pairs, which names of files have, stay what they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


def loaded(content: bytes) -> Any:  # noqa: ANN401 - any JSON value
    """What ``dumped`` was given."""
    return json.loads(content.decode("utf-8", "surrogatepass"))


def packed(reading: Reading) -> tuple[list[bytes], bytes]:
    """The originals of a reading, each once, and the reading as JSON that names them by number."""
    originals: dict[int, bytes] = {}
    for source in reading.sources:
        if source.original:
            originals.setdefault(id(source.original), source.original)
    places = {key: at for at, key in enumerate(originals)}
    sources = [
        _object(source) | {"original": places.get(id(source.original), -1)}
        for source in reading.sources
    ]
    return list(originals.values()), dumped([sources, reading.problems])


def unpacked(originals: list[bytes], content: bytes) -> Reading:
    """The reading that ``packed`` was given."""
    sources, problems = loaded(content)
    return Reading(tuple(_source(made, originals) for made in sources), tuple(problems))


def _object(source: Source) -> dict[str, Any]:
    made = {field.name: getattr(source, field.name) for field in fields(source)}
    made |= {name: [_values(row) for row in made[name]] for name in _ROWS}
    made["metadata"] = _values(source.metadata)
    *counts, notes = _values(source.inventory)  # the notes are its last field
    made["inventory"] = [*counts, [_values(note) for note in notes]]
    return made


def _values(record: Any) -> list[Any]:  # noqa: ANN401 - a dataclass
    return [getattr(record, name) for name in record.__slots__]


def _source(made: dict[str, Any], originals: list[bytes]) -> Source:
    at = made["original"]
    made["original"] = originals[at] if at >= 0 else b""
    made |= {name: tuple(kind(*row) for row in made[name]) for name, kind in _ROWS.items()}
    told = dict(zip(Metadata.__slots__, made["metadata"], strict=True))
    told |= {"replaces": tuple(told["replaces"]), "places": tuple(map(tuple, told["places"]))}
    held = dict(zip(Inventory.__slots__, made["inventory"], strict=True))
    held["notes"] = tuple(Note(*note) for note in held["notes"])
    made |= {"metadata": Metadata(**told), "inventory": Inventory(**held)}
    return Source(**made)
