"""Indexes that several processes bring up: whoever dies, and whatever comes in between, they end up right."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from tests import servers
from tests.fakes import FakeEncoder
from tests.index.distributed.conftest import opened_indexes
from tests.making import NOTICES, made, source, state
from wenju.index.corrections import correct
from wenju.index.distributed import pending
from wenju.index.distributed.entries import counted_of, read_passage, subject_of
from wenju.index.distributed.indexes import SharedIndexes
from wenju.index.distributed.milvus import Address, MilvusError, Row
from wenju.index.encoding import encode_missing
from wenju.index.ingest import Ingest
from wenju.index.inspection.shared import inspect_shared_indexes, inspect_shared_library
from wenju.index.library import Library, LibraryError
from wenju.index.query import parse_query
from wenju.index.retriever import HybridRetriever

pytestmark = pytest.mark.slow

ENCODER = FakeEncoder()
ROOT = Path(__file__).parents[3]
_ADDING = """
import sys
from pathlib import Path
from tests.fakes import FakeEncoder
from tests.index.distributed.conftest import opened_indexes
from wenju.index.distributed.postgres import PostgresStore
from wenju.index.ingest import Ingest
from wenju.index.library import Library

library, encoder = Library(PostgresStore(sys.argv[1])), FakeEncoder()
indexes = opened_indexes(library, sys.argv[2], encoder)
print("ready", flush=True)
sys.stdin.readline()
told = lambda done, known, label: print(done, flush=True)
Ingest(library, encoder, told, committed=indexes.committed).add_paths(map(Path, sys.argv[3:]))
"""


def adding(library: str, milvus: str, *folders: Path) -> subprocess.Popen[str]:
    """A process that adds folders once it is told to."""
    process = subprocess.Popen(
        [sys.executable, "-c", _ADDING, library, milvus, *map(str, folders)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path, Path]:
    """Files for one process, for the other, and for both."""
    made_here = []
    for name in ("one", "other", "both"):
        folder = tmp_path / name
        folder.mkdir()
        for n in range(30):
            rows = "\n\n".join(f"{name}第{n}號第{m}點：收費{n * m}元。" * 9 for m in range(6))
            (folder / f"{n}.txt").write_text(f"{name}公告{n}\n\n{rows}\n", encoding="utf-8")
        made_here.append(folder)
    return made_here[0], made_here[1], made_here[2]


def assert_whole(library: Library, indexes: SharedIndexes) -> None:
    """Nothing is lost, doubled or left over: rows, Milvus and each single count."""
    assert [*inspect_shared_library(library)] == []
    assert [*inspect_shared_indexes(library, indexes)] == []
    wanted = Counter[int]()
    for number in library.numbers().tolist():
        passage = library.passages([number])[number]
        wanted.update(read_passage(passage.text, passage.folded).counted)
    for summary in library.documents():
        for term, by in counted_of(subject_of(library.document(summary.id))):
            wanted[term] += by
    rows = library.rows("SELECT term, holding FROM counts WHERE holding <> 0")
    assert dict(rows) == dict(wanted)
    assert library.rows("SELECT count(*) FROM subjects")[0][0] == library.count()[0]


def embedded(tmp_path: Path, *folders: Path) -> Library:
    library = Library(tmp_path / "embedded.sqlite")
    Ingest(library, ENCODER, None).add_paths(folders)
    return library


def test_two_processes_that_add_at_once_lose_nothing_and_double_nothing(
    tmp_path: Path,
    database: str,
    milvus_server: str,
    library: Library,
    indexes: SharedIndexes,
    folders: tuple[Path, Path, Path],
) -> None:
    one, other, both = folders
    processes = [adding(database, milvus_server, own, both) for own in (one, other)]
    for process in processes:
        go(process)
    for process in processes:
        process.communicate()
        assert process.returncode == 0
    assert state(library) == state(embedded(tmp_path, *folders))
    assert_whole(library, indexes)


def test_a_process_that_is_killed_loses_nothing_and_another_goes_on(
    tmp_path: Path,
    database: str,
    milvus_server: str,
    library: Library,
    indexes: SharedIndexes,
    folders: tuple[Path, Path, Path],
) -> None:
    whole = state(embedded(tmp_path, *folders))
    chance, kills = random.Random(7), 0
    for _ in range(4):
        process = adding(database, milvus_server, *folders)
        go(process)
        assert process.stdout is not None
        process.stdout.readline()
        try:
            process.wait(chance.uniform(0.0, 1.5))
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
            kills += 1
        process.communicate()
        assert state(library).items() <= whole.items()
        assert_whole(library, indexes)
    assert kills
    last = adding(database, milvus_server, *folders)
    go(last)
    last.communicate()
    assert state(library) == whole
    assert_whole(library, indexes)


def test_whatever_breaks_off_between_milvus_and_the_counts_is_done_again(
    library: Library, indexes: SharedIndexes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*_: object) -> None:
        raise RuntimeError("killed")

    for text in NOTICES:
        library.add(*made(text))
    with monkeypatch.context() as patched, pytest.raises(RuntimeError):
        patched.setattr(pending, "_count_documents", dies)
        indexes.bring_up()
    assert indexes.milvus.count() == len(NOTICES)
    assert library.rows("SELECT count(*) FROM counts")[0][0] == 0
    # one of those that Milvus has got leaves before it is counted
    library.remove([library.documents()[0].id])
    assert_whole(library, indexes)
    assert indexes.milvus.count() == len(NOTICES) - 1


def change(library: Library, indexes: SharedIndexes, what: str, chance: random.Random) -> None:
    """One change of a library, or some bringing up."""
    step, held = chance.randrange(1000), [d.id for d in library.documents()]
    ingest = Ingest(library, ENCODER, None)
    if what == "add":
        text = f"第{chance.randrange(12)}號公告\n" + "費用每月五元。" * chance.randrange(1, 90)
        ingest.add_sources([source(text, name=f"{step}.txt")])
    elif what == "some":
        pending.bring_up(library, indexes._store, indexes._made, chance.randrange(1, 4))
    elif what == "encode":
        encode_missing(library, ENCODER)
    elif held and what == "update":
        text, origin = f"改為第{step}號\n費用免收。", chance.choice(library.origins())
        ingest.add_sources([source(text, origin=origin)])
    elif held and what == "remove":
        library.remove([chance.choice(held)])
    elif held:
        title, place = f"題{step}", chance.choice(["TW", "CN/北京", ""])
        correct(library, chance.choice(held), {"title": title, "jurisdiction": place})


@pytest.mark.parametrize("seed", range(3))
def test_any_changes_brought_up_at_any_time_leave_the_right_counts(
    library: Library, indexes: SharedIndexes, seed: int
) -> None:
    chance = random.Random(seed)
    for _ in range(40):
        what = chance.choice(["add", "add", "update", "remove", "correct", "some", "encode"])
        change(library, indexes, what, chance)
    encode_missing(library, ENCODER)
    assert_whole(library, indexes)


def test_a_vector_that_comes_later_is_found_by(
    library: Library, retriever: HybridRetriever, indexes: SharedIndexes
) -> None:
    library.add(*made(NOTICES[2]))
    library.add(*made(NOTICES[0]))
    indexes.bring_up()
    encode_missing(library, ENCODER)
    (hit, _) = retriever.search(parse_query("生态型联合体最高支持多少"), 2)
    assert "1000万元" in hit.passage.text and hit.dense_score > 0
    vector = ENCODER.encode([hit.passage.text])[0]
    assert len(indexes.milvus.nearest(vector, 1)) == 1
    assert_whole(library, indexes)


def test_what_is_added_while_milvus_is_away_is_found_when_it_is_back(
    tmp_path: Path, library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    folder, port = tmp_path / "milvus", servers.free_port()
    with servers.milvus(folder, port) as address:
        indexes = opened_indexes(library, address, ENCODER)
        retriever = HybridRetriever(library, ENCODER, indexes)
        Ingest(library, ENCODER, None, committed=retriever.committed).add_sources(
            [source(NOTICES[0])]
        )
    Ingest(library, ENCODER, None, committed=retriever.committed).add_sources([source(NOTICES[2])])
    assert "indexed with the next question" in caplog.text
    with pytest.raises(MilvusError, match="nothing that was added is lost"):
        retriever.search(parse_query("最高支持多少"), 2)
    with servers.milvus(folder, port):
        deadline = time.monotonic() + 60  # until its client dares to try again
        while time.monotonic() < deadline:
            try:
                hits = retriever.search(parse_query("生态型联合体最高支持多少"), 2)
                break
            except MilvusError:
                time.sleep(0.5)
        assert "1000万元" in hits[0].passage.text
        assert_whole(library, indexes)


def test_a_question_waits_for_nobody_who_brings_the_indexes_up(
    library: Library, indexes: SharedIndexes, retriever: HybridRetriever
) -> None:
    query = parse_query("生态型联合体最高支持多少")
    Ingest(library, ENCODER, None, committed=indexes.committed).add_sources([source(NOTICES[0])])
    assert len(retriever.search(query, 5)) == 1
    (first,) = library.ids()
    with indexes._store.apart(pending.INDEXING):
        Ingest(library, ENCODER, None).add_sources([source(NOTICES[2])])
        library.remove([first])
        # what is gone is never shown, what came is found a moment later
        assert retriever.search(query, 5) == []
    (hit,) = retriever.search(query, 5)
    assert "1000万元" in hit.passage.text
    assert_whole(library, indexes)


def test_a_milvus_that_lost_everything_is_filled_anew_only_when_told(
    library: Library, milvus_server: str, indexes: SharedIndexes
) -> None:
    Ingest(library, ENCODER, None, committed=indexes.committed).add_sources(map(source, NOTICES))
    indexes.milvus._client.drop_collection(indexes.milvus._collection)
    with pytest.raises(LibraryError, match="doctor --repair"):
        opened_indexes(library, milvus_server, ENCODER)
    indexes.rebuild()
    assert_whole(opened_indexes(library, milvus_server, ENCODER)._library, indexes)


def test_a_backup_of_the_database_that_is_put_back_is_told(
    library: Library, indexes: SharedIndexes
) -> None:
    Ingest(library, ENCODER, None, committed=indexes.committed).add_sources(map(source, NOTICES))
    # as if one passage had been removed, and another added, since the backup was made
    number = library.numbers().tolist()[0]
    indexes.milvus.remove([number])
    row = Row(number + 1, "gone", ENCODER.encode(["x"])[0], "")
    indexes.milvus.put([row])
    assert indexes.milvus.count() == len(NOTICES)
    (found,) = inspect_shared_indexes(library, indexes)
    assert found.severity == "fault" and "lacks 1 of" in found.says
    indexes.rebuild()
    assert_whole(library, indexes)


def test_another_encoder_is_refused_and_after_a_repair_the_first_one(
    library: Library, milvus_server: str, indexes: SharedIndexes
) -> None:
    Ingest(library, ENCODER, None, committed=indexes.committed).add_sources(map(source, NOTICES))
    retriever, question = HybridRetriever(library, ENCODER, indexes), parse_query("最高支持多少")
    assert retriever.search(question, 1)
    other = FakeEncoder("fake:2", 32)
    with pytest.raises(LibraryError, match="fake:1.*fake:2.*WENJU_ENCODER"):
        opened_indexes(library, milvus_server, other)
    encode_missing(library, other)
    SharedIndexes(library, Address(milvus_server), other).rebuild()
    with pytest.raises(LibraryError, match="restart this node"):
        retriever.search(question, 1)
    # what a node adds that does not know of it yet is left to those that do
    library.add(*made("另一份公告\n最高支持八百元。"))
    with pytest.raises(LibraryError, match="restart this node"):
        indexes.bring_up()
    encode_missing(library, other)
    mended = opened_indexes(library, milvus_server, other)
    assert [*inspect_shared_indexes(library, mended)] == []
    assert HybridRetriever(library, other, opened_indexes(library, milvus_server, other)).search(
        question, 1
    )
