"""Adding: once is enough, changes replace, interruptions lose nothing that was committed."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextvars import copy_context
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.fakes import FakeEncoder, WorkersHere
from tests.making import NOTICES, made, source, state
from wenju.corpus import cancellation
from wenju.corpus.allowance import Allowance
from wenju.corpus.document import Source
from wenju.corpus.errors import WenjuError
from wenju.corpus.layout import read_layout
from wenju.corpus.worker import jobs
from wenju.index import encoding, preparation
from wenju.index.dense import DenseIndex
from wenju.index.documents import DocumentIndex
from wenju.index.encoding import encode_missing, encoded_text
from wenju.index.ingest import AddReport, Ingest
from wenju.index.lexical import LexicalIndex
from wenju.index.library import Library
from wenju.index.query import parse_query
from wenju.index.retriever import HybridRetriever


class Interrupted(FakeEncoder):
    """An encoder that somebody interrupts at its n-th call."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self.left = at

    def encode(self, texts: Sequence[str], *, query: bool = False) -> NDArray[np.float32]:
        self.left -= 1
        if self.left == 0:
            raise KeyboardInterrupt
        return super().encode(texts, query=query)


class Counting(FakeEncoder):
    """An encoder that counts the texts it is given."""

    seen = 0

    def encode(self, texts: Sequence[str], *, query: bool = False) -> NDArray[np.float32]:
        self.seen += len(texts)
        return super().encode(texts, query=query)


def add_paths(library: Library, *paths: Path, encoder: FakeEncoder | None = None) -> AddReport:
    return Ingest(library, encoder or FakeEncoder(), None).add_paths(paths)


def add_sources(library: Library, *sources: Source) -> AddReport:
    return Ingest(library, FakeEncoder(), None).add_sources(sources)


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def write_lines(path: Path, *records: object) -> Path:
    return write(path, "\n".join(json.dumps(r, ensure_ascii=False) for r in records))


def record(n: int, title: str = "") -> dict[str, str]:
    return {"title": title or f"第{n}號公告", "text": f"第{n}號停車場最高收費{n * 10}元。"}


def texts(library: Library) -> list[str]:
    return sorted(library.document(d.id).text for d in library.documents())


def fates(report: AddReport) -> tuple[int, int, int, int]:
    return report.added, report.updated, report.unchanged, len(report.failed)


def assert_whole(library: Library) -> None:
    """Every passage has a vector, and it is the vector of that passage."""
    encoder = FakeEncoder()
    assert library.without_vector(encoder.name) == []
    numbers = library.numbers().tolist()
    vectors = dict(library.vectors(encoder.name, numbers))
    for number, passage in library.passages(numbers).items():
        assert np.array_equal(vectors[number], encoder.encode([encoded_text(passage)])[0])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of several kinds of files."""
    root = tmp_path / "files"
    for n, text in enumerate(NOTICES):
        write(root / f"{n}.txt", text)
    write(root / "deep" / "page.md", "# 停車辦法\n\n第一條 車輛應停放於停車場。\n")
    write_lines(root / "lines.jsonl", *(record(n) for n in range(5)))
    return root


def test_several_workers_give_what_one_gives(
    tmp_path: Path, folder: Path, library: Library
) -> None:
    """Files that are broken, changed, gone and told twice are among them."""
    write(folder / "empty.docx", "no office file")
    write(folder / "same.txt", NOTICES[0])
    other = Library(tmp_path / "other.sqlite")

    def both() -> tuple[AddReport, AddReport]:
        one = Ingest(library, FakeEncoder(), None).add_paths([folder, tmp_path / "none"], sync=True)
        several = Ingest(other, FakeEncoder(), None, workers=3)
        return one, several.add_paths([folder, tmp_path / "none"], sync=True)

    one, several = both()
    assert one == several
    write_lines(folder / "lines.jsonl", record(1), record(2, "改了"), record(9))
    (folder / "1.txt").unlink()
    write(folder / "2.txt", "新公告\n自行車停車費減半。")
    one, several = both()
    assert one == several
    assert fates(one) == (0, 3, 5, 2)
    assert state(library) == state(other)
    assert_whole(other)
    other.close()


def test_a_folder_is_added_and_counted(library: Library, folder: Path) -> None:
    report = add_paths(library, folder)
    assert fates(report) == (len(NOTICES) + 1 + 5, 0, 0, 0)
    assert report.passages == library.count()[1]
    assert report.added == library.count()[0]
    assert_whole(library)


def test_adding_twice_changes_nothing(library: Library, folder: Path) -> None:
    first = add_paths(library, folder)
    before, revision = state(library), library.revision
    encoder = Counting()
    second = add_paths(library, folder, folder / "0.txt", encoder=encoder)
    assert fates(second) == (0, 0, first.added, 0)
    assert (second.passages, second.repairs, encoder.seen) == (0, {}, 0)
    assert (state(library), library.revision) == (before, revision)


def test_a_changed_file_replaces_its_old_self(library: Library, tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", NOTICES[0])
    add_paths(library, path)
    (old,) = library.documents()
    write(path, NOTICES[1])
    assert fates(add_paths(library, path)) == (0, 1, 0, 0)
    assert texts(library) == [NOTICES[1]]
    assert library.passages_of(old.id) == []
    assert library.count()[1] == len(library.numbers())
    assert_whole(library)


def test_a_search_never_sees_the_old_and_the_new_text_together(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "a.txt", NOTICES[0])
    add_paths(library, path)
    write(path, NOTICES[1])
    other = Library(library.path)
    seen: list[list[str]] = []
    unlink = library.unlink

    def watched(origin: str, document_id: str) -> None:
        seen.append(texts(other))
        unlink(origin, document_id)
        seen.append(texts(other))

    monkeypatch.setattr(library, "unlink", watched)
    add_paths(library, path)
    assert [*seen, texts(other)] == [[NOTICES[0]], [NOTICES[0]], [NOTICES[1]]]
    other.close()


def test_the_same_text_from_two_files_is_one_document(library: Library, tmp_path: Path) -> None:
    one, two = (write(tmp_path / name, NOTICES[2]) for name in ("one.txt", "two.txt"))
    assert fates(add_paths(library, one, two)) == (1, 0, 1, 0)
    (document,) = library.documents()
    assert library.origins_of(document.id) == [str(one), str(two)]
    assert fates(add_paths(library, two, one)) == (0, 0, 2, 0)
    write(one, NOTICES[3])
    assert fates(add_paths(library, one)) == (0, 1, 0, 0)
    assert texts(library) == sorted([NOTICES[2], NOTICES[3]])
    write(two, NOTICES[3])
    add_paths(library, two)
    assert texts(library) == [NOTICES[3]]


def test_files_with_one_text_and_two_titles_do_not_take_turns(
    library: Library, tmp_path: Path
) -> None:
    text = "收費每小時十元。"
    lines = [{"title": "甲", "text": text}, {"title": "乙", "text": text}]
    path = write_lines(tmp_path / "a.jsonl", *lines)
    other = write_lines(tmp_path / "b.jsonl", {"title": "丙", "text": text})
    assert fates(add_paths(library, path, other)) == (1, 0, 2, 0)
    before, revision = state(library), library.revision
    for _ in range(2):
        assert fates(add_paths(library, path, other)) == (0, 0, 3, 0)
    assert (state(library), library.revision) == (before, revision)


def test_a_jsonl_that_shrinks_loses_exactly_the_lost_records(
    library: Library, tmp_path: Path
) -> None:
    path = write_lines(tmp_path / "a.jsonl", *(record(n) for n in range(6)))
    add_paths(library, path)
    write_lines(path, *(record(n) for n in (1, 2, 5)))
    assert fates(add_paths(library, path)) == (0, 0, 3, 0)
    assert texts(library) == sorted(record(n)["text"] for n in (1, 2, 5))
    # the records are named by the lines they now stand on
    assert [d.name for d in library.documents()] == ["a.jsonl#1", "a.jsonl#2", "a.jsonl#3"]


def test_a_jsonl_that_grows_and_changes(library: Library, tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", *(record(n) for n in range(4)))
    add_paths(library, path)
    write_lines(path, record(9), record(0), record(1), record(7), record(8), record(3))
    # record 2 went, one of the three new ones counts as what took its place
    assert fates(add_paths(library, path)) == (2, 1, 3, 0)
    assert texts(library) == sorted(record(n)["text"] for n in (9, 0, 1, 7, 8, 3))
    assert_whole(library)


@pytest.mark.parametrize("changed", [{"title": "新標題"}, {"date": "2024-01-02"}])
def test_what_a_file_says_of_its_text_is_kept_up(
    library: Library, tmp_path: Path, changed: dict[str, str]
) -> None:
    path = write_lines(tmp_path / "a.jsonl", record(1), record(2))
    add_paths(library, path)
    write_lines(path, record(1) | changed, record(2))
    assert fates(add_paths(library, path)) == (0, 1, 1, 0)
    (document,) = (d for d in library.documents() if d.name == "a.jsonl#1")
    assert (document.title, document.date) == (
        changed.get("title", "第1號公告"),
        changed.get("date", ""),
    )
    assert_whole(library)


def test_headings_that_change_around_the_same_text(library: Library, tmp_path: Path) -> None:
    path = write(tmp_path / "a.md", "# 停車辦法\n\n## 收費\n\n每小時十元。\n")
    add_paths(library, path)
    write(path, "# 停車辦法\n\n收費\n\n每小時十元。\n")
    assert fates(add_paths(library, path)) == (0, 1, 0, 0)
    (document,) = library.documents()
    assert len(library.document(document.id).headings) == 1


def test_what_cannot_be_read_is_reported_and_the_rest_goes_on(
    library: Library, folder: Path
) -> None:
    write(folder / "0a.txt", "  \n")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 nothing more")
    write(folder / "mixed.jsonl", f'{{"text": "好的一行。"}}\n{{bad\n{json.dumps(record(77))}')
    report = add_paths(library, folder / "nowhere.txt", folder)
    assert report.added == len(NOTICES) + 1 + 5 + 2
    assert [f.source for f in report.failed] == [
        str(folder / "nowhere.txt"),
        *("0a.txt", "broken.pdf", "mixed.jsonl"),
    ]
    for failure in report.failed:
        assert Path(failure.source).name in failure.reason
        assert "\n" not in failure.reason and "Traceback" not in failure.reason
    assert "mixed.jsonl#2" in next(f.reason for f in report.failed if f.source == "mixed.jsonl")


def test_a_file_that_can_no_longer_be_read_keeps_what_it_gave(
    library: Library, tmp_path: Path
) -> None:
    path = write(tmp_path / "a.txt", NOTICES[0])
    add_paths(library, path)
    write(path, "")
    assert fates(add_paths(library, path)) == (0, 0, 0, 1)
    assert texts(library) == [NOTICES[0]]


def test_what_is_no_file_costs_no_other(library: Library, folder: Path) -> None:
    (folder / "0loop.md").symlink_to(folder / "0loop.md")
    os.mkfifo(folder / "0pipe.md")
    long = folder / ("名" * 100 + ".md")
    report = add_paths(library, long, folder / "0loop.md", folder, Path("nul\0.txt"))
    assert report.added == len(NOTICES) + 1 + 5
    failed = {Path(failure.source).name: failure.reason for failure in report.failed}
    assert set(failed) == {long.name, "0loop.md", "0pipe.md", "nul\0.txt"}
    assert "File name too long" in failed[long.name]
    assert "symbolic links" in failed["0loop.md"] and "pipe" in failed["0pipe.md"]


@pytest.mark.parametrize("step", ["build_document", "cut", "provisions_of"])
def test_a_text_that_breaks_what_is_made_of_it_costs_no_other(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    add_paths(library, write(folder / "0odd.txt", "舊文。"))
    write(folder / "0odd.txt", "新文。")
    original = getattr(jobs, step)

    def breaks(made: Any, *rest: Any) -> Any:  # noqa: ANN401
        if "新文" in getattr(made, "text", "") or made == read_layout("新文。", ()):
            raise RecursionError("maximum recursion depth exceeded")
        return original(made, *rest)

    monkeypatch.setattr(preparation, "WORKERS", WorkersHere())
    monkeypatch.setattr(jobs, step, breaks)
    report = add_paths(library, folder)
    assert report.added == len(NOTICES) + 1 + 5
    assert [failure.source for failure in report.failed] == ["0odd.txt"]
    assert report.failed[0].reason.startswith("0odd.txt is nested too deeply")
    assert "舊文。" in texts(library) and "新文。" not in texts(library)


def test_a_text_that_takes_too_long_costs_no_other(library: Library, tmp_path: Path) -> None:
    """Reading it takes no time; what is made of it is bounded, too."""
    write(tmp_path / "0long.txt", "第一條 甲方應於期限內辦理，逾期另計三千元。\n" * 20_000)
    write(tmp_path / "1.txt", NOTICES[1])
    allowance = Allowance(seconds=1)
    report = Ingest(library, FakeEncoder(), None, allowance=allowance).add_paths([tmp_path])
    assert [failure.source for failure in report.failed] == ["0long.txt"]
    assert "set WENJU_READ_SECONDS higher" in report.failed[0].reason
    assert texts(library) == [NOTICES[1]]


def test_what_nobody_waits_for_is_not_encoded(library: Library) -> None:
    """Batches before it stay; a document is there whole or not at all."""

    class Left(WenjuError):
        pass

    encoder = Counting()

    def check() -> None:
        if encoder.seen:
            raise Left

    def add() -> None:
        cancellation.end_by(check)
        long = source("停車費用每小時三十元，逾時另計，由管理人收取之。\n\n" * 1500, origin="long")
        Ingest(library, encoder, None).add_sources([source(NOTICES[0]), long])

    with pytest.raises(Left):
        copy_context().run(add)
    assert encoder.seen == encoding.BATCH
    assert texts(library) == []


def test_a_file_whose_name_is_no_unicode(library: Library, tmp_path: Path) -> None:
    paths = [os.fsencode(tmp_path / "x") + byte + b".txt" for byte in (b"\xa1", b"\xa2")]
    for raw, text in zip(paths, NOTICES, strict=False):
        try:
            Path(os.fsdecode(raw)).write_text(text, encoding="utf-8")
        except OSError:
            pytest.skip("this file system takes no such names")
    assert fates(add_paths(library, tmp_path)) == (2, 0, 0, 0)
    assert fates(add_paths(library, tmp_path)) == (0, 0, 2, 0)


def test_a_file_is_read_once_however_often_it_is_named(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    report = add_paths(library, Path("0.txt"), folder, folder / "0.txt", folder / "deep" / "..")
    assert fates(report) == (len(NOTICES) + 1 + 5, 0, 0, 0)


def test_repairs_are_counted_for_what_was_added(library: Library, tmp_path: Path) -> None:
    damaged = "無(wú)錫市科學(xué)技術(shù)局關(guān)于開(kāi)展申報(bào)工作，發(fā)展計(jì)劃的重點(diǎn)。"
    path = write(tmp_path / "a.txt", damaged)
    assert add_paths(library, path).repairs == {"pinyin_annotation": 9}
    assert add_paths(library, path).repairs == {}


def test_sources_of_one_origin_replace_what_it_gave_before(library: Library) -> None:
    one, two, three = (source(text, origin="upload") for text in NOTICES[:3])
    assert fates(add_sources(library, one, two)) == (2, 0, 0, 0)
    assert fates(add_sources(library, two, three)) == (0, 1, 1, 0)
    assert texts(library) == sorted(NOTICES[1:3])
    assert fates(add_sources(library, source(NOTICES[0], origin="another"))) == (1, 0, 0, 0)
    assert len(texts(library)) == 3


def test_progress_only_grows_and_ends_at_all(library: Library, folder: Path) -> None:
    write(folder / "long.txt", "\n".join(f"第{n}條 " + f"車輛停第{n}區。" * 12 for n in range(300)))
    told: list[tuple[int, int, str]] = []
    report = Ingest(library, FakeEncoder(), lambda *now: told.append(now)).add_paths([folder])
    done, known = [d for d, _, _ in told], [k for _, k, _ in told]
    assert done == sorted(done) and known == sorted(known)
    assert all(d <= k for d, k, _ in told)
    assert told[-1][:2] == (report.passages, report.passages)
    # a document of many batches tells of each
    assert len([d for d, _, label in told if label == "long.txt" and d]) > 2


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Files that take several batches: plain ones, a long one, and one of many records."""
    root = tmp_path / "many"
    for n in range(150):
        write(root / f"{n:03}.txt", f"第{n}號通知\n第{n}號停車場自今日起開放，收費{n}元。")
    write(root / "200.txt", "\n".join(f"第{n}條 " + f"車輛停第{n}區。" * 12 for n in range(200)))
    write_lines(root / "300.jsonl", *(record(n) for n in range(300)))
    return root


@pytest.mark.parametrize("at", range(1, 7))
def test_an_interruption_keeps_what_was_committed_and_running_again_completes_it(
    tmp_path: Path, library: Library, many: Path, at: int
) -> None:
    whole = Library(tmp_path / "whole.sqlite")
    add_paths(whole, many)
    with pytest.raises(KeyboardInterrupt):
        add_paths(library, many, encoder=Interrupted(at))
    committed = state(library)
    assert bool(committed) == (at > 1)
    assert_whole(library)
    assert committed.items() <= state(whole).items()
    encoder = Counting()
    report = add_paths(library, many, encoder=encoder)
    assert state(library) == state(whole)
    assert (report.unchanged, report.added) == (len(committed), whole.count()[0] - len(committed))
    assert encoder.seen == report.passages
    assert_whole(library)
    whole.close()


def test_an_interrupted_update_is_completed(tmp_path: Path, library: Library, many: Path) -> None:
    add_paths(library, many)
    write_lines(many / "300.jsonl", *(record(n) for n in range(290, 600)))
    write(many / "000.txt", "改過的通知\n內容也改了。")
    with pytest.raises(KeyboardInterrupt):
        add_paths(library, many, encoder=Interrupted(3))
    assert_whole(library)
    add_paths(library, many)
    whole = Library(tmp_path / "whole.sqlite")
    add_paths(whole, many)
    assert state(library) == state(whole)
    whole.close()


def test_another_encoder_catches_up(library: Library, folder: Path) -> None:
    add_paths(library, folder)
    other = FakeEncoder("fake:2", 16)
    told: list[tuple[int, int, str]] = []
    count = library.count()[1]
    assert encode_missing(library, other, lambda *now: told.append(now)) == count
    assert told[-1] == (count, count, "fake:2")
    assert encode_missing(library, other) == 0
    numbers = library.numbers().tolist()
    vectors = dict(library.vectors(other.name, numbers))
    for number, passage in library.passages(numbers).items():
        assert np.array_equal(vectors[number], other.encode([encoded_text(passage)])[0])
    assert_whole(library)


def test_passages_removed_while_they_are_encoded_are_passed_over(
    library: Library, folder: Path
) -> None:
    add_paths(library, folder)

    class Removing(FakeEncoder):
        """While it works, somebody removes a document."""

        def encode(self, texts: Sequence[str], *, query: bool = False) -> NDArray[np.float32]:
            library.remove([library.documents()[0].id])
            return super().encode(texts, query=query)

    encode_missing(library, Removing("fake:2"))
    assert library.without_vector("fake:2") == []
    assert_whole(library)


def test_what_the_encoder_is_given() -> None:
    _, (passage,) = made("收費每小時十元。", title="停車辦法")
    assert encoded_text(passage) == "停車辦法\n收費每小時十元。"
    _, (passage,) = made("收費每小時十元。", "a.txt")
    assert encoded_text(passage) == "收費每小時十元。"


_ADDING = """
import sys, time
from pathlib import Path
from wenju.index.ingest import Ingest
from wenju.index.library import Library
from wenju.index.retriever import HybridRetriever
from tests.fakes import FakeEncoder, WorkersHere

library, encoder = Library(Path(sys.argv[1])), FakeEncoder()
retriever = HybridRetriever(library, encoder, Path(sys.argv[2]))
def told(done, known, label):
    print(done, flush=True)
    retriever.sync()
Ingest(library, encoder, told).add_paths([Path(sys.argv[3])])
retriever.sync()
print("done", flush=True)
"""


@pytest.mark.slow
def test_a_kill_at_any_moment_loses_nothing_that_was_committed(tmp_path: Path, many: Path) -> None:
    whole = Library(tmp_path / "whole.sqlite")
    add_paths(whole, many)
    path, index = tmp_path / "library.sqlite", tmp_path / "index"
    arguments = [str(path), str(index), str(many)]
    rng = random.Random(5)
    kills = 0
    for _ in range(8):
        process = subprocess.Popen(
            [sys.executable, "-c", _ADDING, *arguments],
            cwd=Path(__file__).parents[2],
            stdout=subprocess.PIPE,
        )
        assert process.stdout is not None
        process.stdout.readline()
        try:
            process.wait(rng.uniform(0.0, 0.8))
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
            kills += 1
        process.communicate()
        library = Library(path)
        assert_whole(library)
        assert state(library).items() <= state(whole).items()
        library.close()
    assert kills > 1
    library = Library(path)
    add_paths(library, many)
    assert state(library) == state(whole)
    retriever = HybridRetriever(library, FakeEncoder(), index)
    fresh = HybridRetriever(library, FakeEncoder(), tmp_path / "fresh")
    for question in ("第77號停車場收費多少", "第150條停第幾區", "最高收費290元"):
        assert retriever.search(parse_query(question), 20) == fresh.search(
            parse_query(question), 20
        )
    library.close()
    whole.close()


def test_indexes_hold_exactly_what_the_library_holds_after_it_all(
    tmp_path: Path, library: Library, many: Path
) -> None:
    dense, lexical = DenseIndex(tmp_path / "d", FakeEncoder()), LexicalIndex(tmp_path / "l")
    documents = DocumentIndex(tmp_path / "whole")
    asked = parse_query("停")
    with pytest.raises(KeyboardInterrupt):
        add_paths(library, many, encoder=Interrupted(4))
    for _ in range(2):
        for index in (dense, lexical, documents):
            index.sync(library)
        numbers = library.numbers().tolist()
        found = dense.search(FakeEncoder().encode(["停車場"])[0], len(numbers) + 100)
        assert sorted(n for n, _ in found) == numbers
        parking = {n for n, p in library.passages(numbers).items() if "停" in p.text}
        assert {n for n, _ in lexical.search(asked, len(numbers) + 100)} >= parking
        assert (documents.total, lexical.total) == library.count()
        add_paths(library, many)


def test_what_is_gone_from_a_folder_is_named_and_removed_on_demand(
    library: Library, tmp_path: Path
) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    for name in ("甲", "乙"):
        (folder / f"{name}.txt").write_text(f"{name}市政府公告停水日期與地點。", encoding="utf-8")
    elsewhere = tmp_path / "files2.txt"
    elsewhere.write_text("另一份公告。", encoding="utf-8")
    add_paths(library, folder, elsewhere)
    gone = folder / "甲.txt"
    gone.unlink()
    elsewhere.unlink()
    report = add_paths(library, folder)
    assert (report.gone, report.removed, library.count()[0]) == ((str(gone),), 0, 3)
    report = Ingest(library, FakeEncoder(), None).add_paths([folder], sync=True)
    assert (report.gone, report.removed) == ((str(gone),), 1)
    assert sorted(d.name for d in library.documents()) == ["files2.txt", "乙.txt"]
    assert add_paths(library, folder).gone == ()


def test_a_document_that_stands_elsewhere_too_outlives_its_file(
    library: Library, tmp_path: Path
) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"{folder}.txt").write_text("同一份公告，內容相同。", encoding="utf-8")
    add_paths(library, tmp_path)
    (tmp_path / "a" / "a.txt").unlink()
    report = Ingest(library, FakeEncoder(), None).add_paths([tmp_path], sync=True)
    assert report.removed == 0
    assert [d.name for d in library.documents()] == ["b.txt"]


def test_a_renamed_file_is_cited_by_its_new_name(library: Library, tmp_path: Path) -> None:
    (tmp_path / "舊名.txt").write_text("市政府公告停水日期。", encoding="utf-8")
    add_paths(library, tmp_path)
    (tmp_path / "舊名.txt").rename(tmp_path / "新名.txt")
    report = add_paths(library, tmp_path)
    assert (report.added, report.updated, report.gone) == (0, 1, ())
    (document,) = library.documents()
    assert (document.name, library.origins()) == ("新名.txt", [str(tmp_path / "新名.txt")])


def test_files_of_unknown_kinds_are_counted(library: Library, tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    for name in ("a.txt", "b.exe", "c.EXE", "d", ".hidden", "~$a.docx", "a.txt.meta.toml"):
        (tmp_path / "files" / name).write_text("" if "meta" in name else "公告。", encoding="utf-8")
    assert add_paths(library, tmp_path / "files").skipped == {
        ".exe": 2,
        "hidden": 2,
        "no suffix": 1,
    }
