"""What a worker is asked for, and what comes of it, is the same on the other side of a pipe."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenju.corpus.build import build_document
from wenju.corpus.document import Heading, Page, Region, Source
from wenju.corpus.inventory import Inventory, Note
from wenju.corpus.layout import read_layout
from wenju.corpus.metadata.fields import Metadata
from wenju.corpus.passages import cut
from wenju.corpus.read import find_files, read
from wenju.corpus.readers import Reading
from wenju.corpus.statutes import provisions_of
from wenju.corpus.worker import jobs
from wenju.corpus.worker.jobs import Job, building, cutting, done, reading
from wenju.corpus.worker.messages import dumped, loaded
from wenju.corpus.worker.records import source_of

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
SAMPLES = Path(__file__).parents[3] / "corpus" / "samples"
characters = st.text(st.characters(codec=None))
_Result = TypeVar("_Result")


def _empty(record: Source | Metadata | Inventory) -> list[str]:
    """The fields of a record, and of those in it, that are what they are by default."""
    return [
        field.name
        for field in fields(record)
        if not getattr(record, field.name)
        or (is_dataclass(getattr(record, field.name)) and _empty(getattr(record, field.name)))
    ]


def _there(job: Job[_Result]) -> _Result:
    """The result of a job where only that has arrived on either side which was sent."""
    originals, value = done(job.kind, loaded(dumped(job.asked)))
    return job.unpacked(originals, loaded(dumped(value)))


@pytest.fixture
def read_as(monkeypatch: pytest.MonkeyPatch) -> Callable[[Reading], Reading]:
    """A reading as it arrives from a worker that has read it."""

    def arrived(read: Reading) -> Reading:
        monkeypatch.setattr(jobs, "read_here", lambda *_: read)
        return _there(reading(Path("a.pdf"), "甲.pdf", ""))

    return arrived


def test_nothing_of_a_reading_is_lost(read_as: Callable[[Reading], Reading]) -> None:
    """A field that is added to a source shows here: it has to be given a value, and to arrive."""
    assert _empty(WHOLE) == []
    read = Reading((WHOLE, replace(WHOLE, original=b""), Source("b", "c", "d")), ("壞。", "二"))
    again = read_as(read)
    assert again == read
    assert [s.original for s in again.sources] == [WHOLE.original, b"", b""]


def test_an_original_goes_over_once(monkeypatch: pytest.MonkeyPatch) -> None:
    other = replace(WHOLE, original=bytes(bytearray(WHOLE.original)))
    monkeypatch.setattr(jobs, "read_here", lambda *_: Reading((WHOLE, WHOLE, other, WHOLE)))
    originals, _ = done("read", {"path": "a.pdf", "name": "a.pdf", "origin": ""})
    assert originals == [WHOLE.original, WHOLE.original]


@given(characters, characters, st.lists(characters))
def test_any_characters_arrive(text: str, number: str, problems: list[str]) -> None:
    source = Source(text, text, text, text, metadata=Metadata(number=number))
    read = Reading((source,), tuple(problems))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jobs, "read_here", lambda *_: read)
        assert _there(reading(Path(text), text, "")) == read
    assert loaded(dumped(text)) == text
    assert source_of(loaded(dumped(building(source).asked)), b"") == source


@pytest.mark.parametrize("path", [*find_files([SAMPLES])], ids=lambda path: path.name)
def test_nothing_of_a_document_or_of_its_passages_is_lost(path: Path) -> None:
    for source in read(path).sources:
        document = build_document(source)
        assert _there(building(source)) == document
        passages, provisions = _there(cutting(document))
        assert passages == cut(document)
        assert provisions == provisions_of(read_layout(document.text, document.headings))


def test_what_a_document_has_beside_its_text_arrives() -> None:
    source = replace(WHOLE, text="無(wú)錫市科學(xué)技術(shù)局關(guān)于開(kāi)展申報(bào)工作。")
    document = build_document(source)
    assert document.repairs and document.text != document.source_text
    assert _there(building(source)) == document
    law = build_document(
        Source("法.txt", "", "某法\n第一條　甲。\n第二條　乙：\n一、丙。\n二、丁。\n")
    )
    job = cutting(law)
    assert job.here()[1] and _there(job) == job.here()
