"""Where a library lies: what is said of settings that do not fit, and the whole road over servers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import httpx2
import psycopg
import pytest
from pydantic import SecretStr, ValidationError

from tests import servers
from tests.eval.conftest import data_folder
from tests.fakes import FakeEncoder
from tests.shared_servers import database, milvus_server, postgres_server, shared
from wenju.corpus import samples
from wenju.corpus.document import Source
from wenju.eval import gold
from wenju.eval.datasets import load
from wenju.index.database import LibraryError, UnwritableLibrary
from wenju.index.distributed import extra
from wenju.index.distributed.extra import MissingExtra
from wenju.index.encoder import load_encoder
from wenju.qa.answer import Answer, Citation
from wenju.qa.archive import import_home
from wenju.qa.archive.contents import ArchiveError
from wenju.qa.engine import Engine
from wenju.qa.feedback import Feedback, FeedbackError
from wenju.qa.recheck import read_claim, recheck
from wenju.qa.settings import Settings
from wenju.qa.stores import open_library
from wenju.ui import serializers

__all__ = ["data_folder", "database", "milvus_server", "postgres_server", "shared"]

SAMPLES = Path(samples.__file__).parent
GOLD = Path(gold.__file__).parent / "samples.jsonl"
ROOT = Path(__file__).parents[2]
NOTICE = "碧水县停车办法\n地面停车每小时收费{}元，地下停车每小时收费9元。\n"
QUESTION = "地面停车每小时收费多少？"


def settings(tmp_path: Path, store: str, database: str) -> Settings:
    return Settings(home=tmp_path, store=store, database=SecretStr(database), reader="lexical")


# --- what does not fit ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("store", "database", "said"),
    [
        ("embedded", "postgresql://h/d", "WENJU_STORE is not"),
        ("milvus://h:1", "", "WENJU_DATABASE is not set"),
        ("milvus://h:1", "what is this", "names no database"),
    ],
)
def test_one_server_without_the_other_is_told(
    tmp_path: Path, store: str, database: str, said: str
) -> None:
    with pytest.raises(LibraryError, match=said):
        open_library(settings(tmp_path, store, database))


@pytest.mark.parametrize("store", ["milvus", "http://h:1", "milvus://user:word@h", "sqlite"])
def test_a_store_of_another_form_is_refused(tmp_path: Path, store: str) -> None:
    with pytest.raises(ValidationError, match="store"):
        settings(tmp_path, store, "")


def test_a_server_that_is_not_there_is_told_without_the_password(tmp_path: Path) -> None:
    address = f"postgresql://me:secret@127.0.0.1:{servers.free_port()}/d"
    with pytest.raises(LibraryError, match="does not answer.*WENJU_DATABASE") as raised:
        open_library(settings(tmp_path, "milvus://127.0.0.1:1", address))
    assert "secret" not in str(raised.value)


def test_without_the_extra_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extra, "find_spec", lambda name: None)
    with pytest.raises(MissingExtra, match=r"psycopg.*wenju\[distributed\]"):
        open_library(settings(tmp_path, "milvus://h:1", "postgresql://h/d"))


def test_a_home_given_outright_is_a_library_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WENJU_STORE", "milvus://h:1")
    monkeypatch.setenv("WENJU_DATABASE", "postgresql://h/d")
    assert Settings().store == "milvus://h:1"
    assert Settings().within(tmp_path).store == Settings(home=tmp_path).store == "embedded"
    open_library(Settings(home=tmp_path)).close()


def test_an_archive_is_of_a_folder(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="pg_dump"):
        import_home(settings(tmp_path, "milvus://h:1", "postgresql://h/d"), tmp_path / "a.zip")


# --- the whole road, over two nodes -----------------------------------------------------------------
def node(shared: Settings, name: str) -> Engine:
    """An engine as another machine has it: only the servers are the same."""
    home, cache = shared.home / name, shared.cache / name
    return Engine.open(
        shared.model_copy(update={"home": home, "cache": cache}), encoder=FakeEncoder()
    )


@pytest.fixture
def nodes(shared: Settings) -> Iterator[tuple[Engine, Engine]]:
    with node(shared, "one") as one, node(shared, "other") as other:
        yield one, other


def add(engine: Engine, name: str, text: str) -> str:
    engine.add_sources([Source(name, f"/files/{name}", text)])
    return next(d.id for d in engine.library.documents() if d.name == name)


@pytest.mark.slow
def test_what_one_node_adds_any_other_answers_cites_and_verifies(
    nodes: tuple[Engine, Engine],
) -> None:
    one, other = nodes
    add(one, "parking.txt", NOTICE.format(5))
    answer = other.ask(QUESTION)
    (citation,) = answer.citations
    assert "5元" in answer.answer
    document = other.library.document(citation.document_id)
    assert document.source_text[citation.start : citation.end] == citation.original
    claim = read_claim(json.dumps(serializers.answer_object(answer)))
    assert recheck(claim, one.library).status == "unchanged"

    new = add(other, "parking.txt", NOTICE.format(7))
    assert recheck(claim, one.library).status == "gone"
    assert "7元" in one.ask(QUESTION).answer

    one.correct(new, {"title": "碧水县车辆停放规定"})
    assert other.ask(QUESTION).citations[0].title == "碧水县车辆停放规定"
    one.remove([new])
    assert not other.ask(QUESTION).answered
    assert other.search(QUESTION) == []


@pytest.mark.slow
def test_pages_and_feedback_are_shared_too(nodes: tuple[Engine, Engine]) -> None:
    one, other = nodes
    one.add_paths([SAMPLES / "housing.pdf"])
    (held,) = other.library.documents()
    assert other.pages.count(held.id) > 0
    assert other.pages.picture(held.id, 1, 0.5).startswith(b"\x89PNG")
    said = one.give_feedback(Feedback(question="多少？", verdict="should_not_have_answered"))
    assert other.feedback.read() == [said]
    lines = (
        json.dumps(asdict(said)).encode()
        + b"\n"
        + json.dumps(
            asdict(Feedback(question="何時？", verdict="should_not_have_answered"))
        ).encode()
    )
    assert other.feedback.merge(lines) == 1
    assert len(one.feedback.read()) == 2
    # a file that is added again keeps its pages; they leave with it
    one.add_paths([SAMPLES / "housing.pdf"])
    assert other.pages.count(held.id) > 0
    other.remove([held.id])
    assert one.originals.documents() == set() and one.originals.size() == 0


@pytest.mark.slow
def test_a_database_that_is_read_only_is_asked_and_not_changed(
    shared: Settings, database: str
) -> None:
    with node(shared, "one") as one:
        held = add(one, "parking.txt", NOTICE.format(5))
    with psycopg.connect(database, autocommit=True) as connection:
        name = database.rpartition("/")[2]
        sql = f'ALTER DATABASE "{name}" SET default_transaction_read_only = on'
        connection.execute(sql.encode())
    with node(shared, "other") as other:
        assert "5元" in other.ask(QUESTION).answer
        with pytest.raises(UnwritableLibrary, match="read-only"):
            other.remove([held])
        with pytest.raises(FeedbackError, match="read-only"):
            other.give_feedback(Feedback(question="多少？", verdict="should_not_have_answered"))
        assert "5元" in other.ask(QUESTION).answer


@pytest.mark.slow
def test_another_programs_database_is_left_alone(shared: Settings, database: str) -> None:
    with psycopg.connect(database) as connection:
        connection.execute("CREATE TABLE meta (key TEXT)")
    with pytest.raises(LibraryError, match="another program's database"):
        open_library(shared)


def words(citation: Citation) -> Citation:
    return replace(citation, retrieval_score=0.0, span_score=0.0)


def scores(answer: Answer) -> list[float]:
    return [citation.retrieval_score for citation in (*answer.citations, *answer.nearest)]


@pytest.mark.slow
def test_the_samples_are_answered_as_by_the_embedded_store(
    tmp_path: Path, shared: Settings
) -> None:
    """With documents left out, chosen ones, and countries told apart: every way of searching."""
    embedded = Settings(home=tmp_path / "embedded", reader="lexical")
    with (
        Engine.open(embedded, encoder=FakeEncoder()) as one,
        Engine.open(shared, encoder=FakeEncoder()) as other,
    ):
        for engine in (one, other):
            engine.add_paths([SAMPLES])
        ids = sorted(one.library.ids())
        assert ids == sorted(other.library.ids())
        for at, question in enumerate(load(GOLD).questions):
            for chosen in (None, ids[1:], ids[:3]) if at % 5 == 0 else (None,):
                wanted = one.ask(question.text, document_ids=chosen)
                found = other.ask(question.text, document_ids=chosen)
                assert found.answer == wanted.answer
                assert [*map(words, found.citations)] == [*map(words, wanted.citations)]
                assert found.confidence == pytest.approx(wanted.confidence, abs=1e-3)
                assert scores(found) == pytest.approx(scores(wanted), abs=1e-3)


@pytest.mark.slow
def test_as_many_are_found_first_as_by_the_embedded_store(
    tmp_path: Path, shared: Settings, data_folder: Path
) -> None:
    held = load(data_folder / "dev" / "cmrc2018_dev_b.json")
    sources = (held.sources or ())[:60]
    texts = {source.text for source in sources}
    documents: dict[str, str] = {}
    recalls, encoder = [], load_encoder("embedded")
    for chosen in (Settings(home=tmp_path / "embedded", reader="lexical"), shared):
        with Engine.open(chosen, encoder=encoder) as engine:
            engine.add_sources(sources)
            documents = {d: engine.library.document(d).source_text for d in engine.library.ids()}
            asked = [q for q in held.questions if q.document in documents]
            first = [engine.search(q.text, 1)[0].passage.document_id for q in asked]
            assert len(asked) > 80 and {*documents.values()} == texts
            recalls.append(
                sum(f == q.document for f, q in zip(first, asked, strict=True)) / len(asked)
            )
    assert recalls[0] > 0.8
    assert recalls[1] == pytest.approx(recalls[0], abs=0.005)


# --- several servers --------------------------------------------------------------------------------
_SERVING = """
import sys, threading, time
from tests.fakes import FakeEncoder
from wenju.qa.engine import Engine
from wenju.qa.settings import Settings
from wenju.ui.server import listen, server_of

with listen("127.0.0.1", 0) as bound, Engine.open(Settings(), encoder=FakeEncoder()) as engine:
    server = server_of(engine)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.01)
    print(bound.getsockname()[1], flush=True)
    sys.stdin.read()
    server.should_exit = True
    thread.join()
"""


@pytest.fixture
def addresses(shared: Settings) -> Iterator[list[str]]:
    """Three processes that serve one library."""
    held = shared.database.get_secret_value()
    environment = {
        **os.environ,
        "WENJU_STORE": shared.store,
        "WENJU_DATABASE": held,
        "WENJU_HOME": str(shared.home),
        "WENJU_READER": "lexical",
    }
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", _SERVING],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for _ in range(3)
    ]
    ports = [int((p.stdout.readline() if p.stdout else b"") or 0) for p in processes]
    yield [f"http://127.0.0.1:{port}" for port in ports]
    for process in processes:
        process.communicate(timeout=60)
        assert process.returncode == 0


def _upload(address: str, files: list[tuple[str, str]], failed: list[str]) -> None:
    for name, text in files:
        sent = {"files": (name, text.encode(), "text/plain")}
        answer = httpx2.post(f"{address}/api/v1/documents", files=sent, timeout=120)
        if answer.status_code >= 400:
            failed.append(answer.text)


@pytest.mark.slow
def test_several_servers_add_and_answer_at_once(addresses: list[str], shared: Settings) -> None:
    files = [
        (f"{n}.txt", f"第{n}号车场办法\n第{n}号车场每小时收费{n + 3}元。\n") for n in range(12)
    ]
    failed: list[str] = []
    # each sends every file, beginning with others
    threads = [
        threading.Thread(target=_upload, args=(address, files[4 * at :] + files[: 4 * at], failed))
        for at, address in enumerate(addresses)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    for address in addresses:
        listed = httpx2.get(f"{address}/api/v1/documents", timeout=60).json()["documents"]
        assert sorted(d["name"] for d in listed) == sorted(name for name, _ in files)
        asked = {"question": "第7号车场每小时收费多少？"}
        said = httpx2.post(f"{address}/api/v1/ask", json=asked, timeout=60).json()
        assert "10元" in said["answer"]
