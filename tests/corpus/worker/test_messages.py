"""A reading is the same on the other side of a pipe."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace

from hypothesis import given
from hypothesis import strategies as st

from wenju.corpus.document import Heading, Page, Region, Source
from wenju.corpus.inventory import Inventory, Note
from wenju.corpus.metadata.fields import Metadata
from wenju.corpus.readers import Reading
from wenju.corpus.worker.messages import dumped, loaded, packed, unpacked

WHOLE = Source(
    name="甲.pdf",
    origin="/文/甲.pdf",
    text="一\n二 三",
    title="題",
    date="2024-01-02",
    issuer="局",
    headings=(Heading(0, 1, 2), Heading(2, 3, 1)),
    pages=(Page(0, 1), Page(2, 2)),
    metadata=Metadata(
        *("law", "號", "2024-01-01", "2024-01-02", "2025-01-01", "2024-02-01", "yes", "TW", "zh"),
        replaces=("舊", "older"),
        places=(("issued", 0, 1), ("number", 2, 3)),
    ),
    regions=(Region(0, 1, "table"), Region(2, 3, "ocr", 0.5)),
    inventory=Inventory(1, 2, 3, 4, 5, (Note("comments", "2"), Note("blank_pages", "3"))),
    original=b"%PDF\0\xff",
)
characters = st.text(st.characters(codec=None))


def _empty(record: Source | Metadata | Inventory) -> list[str]:
    """The fields of a record, and of those in it, that are what they are by default."""
    return [
        field.name
        for field in fields(record)
        if not getattr(record, field.name)
        or (is_dataclass(getattr(record, field.name)) and _empty(getattr(record, field.name)))
    ]


def _again(reading: Reading) -> Reading:
    originals, content = packed(reading)
    return unpacked(originals, content)


def test_nothing_of_a_reading_is_lost() -> None:
    """A field that is added to a source shows here: it has to be given a value, and to arrive."""
    assert _empty(WHOLE) == []
    reading = Reading((WHOLE, replace(WHOLE, original=b""), Source("b", "c", "d")), ("壞。", "二"))
    again = _again(reading)
    assert again == reading
    assert [s.original for s in again.sources] == [WHOLE.original, b"", b""]


def test_an_original_goes_over_once() -> None:
    other = replace(WHOLE, original=bytes(bytearray(WHOLE.original)))
    originals, _ = packed(Reading((WHOLE, WHOLE, other, WHOLE)))
    assert originals == [WHOLE.original, WHOLE.original]


@given(characters, characters, st.lists(characters))
def test_any_characters_arrive(text: str, number: str, problems: list[str]) -> None:
    source = Source(text, text, text, text, metadata=Metadata(number=number))
    reading = Reading((source,), tuple(problems))
    assert _again(reading) == reading
    assert loaded(dumped(text)) == text
