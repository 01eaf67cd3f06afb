"""The commands over a library that several machines share."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from tests.fakes import FakeEncoder
from tests.shared_servers import database, milvus_server, postgres_server
from tests.ui.conftest import Run, object_of
from wenju.index import encoder
from wenju.ui.cli.errors import FAILED, UNANSWERED

__all__ = ["database", "milvus_server", "postgres_server"]

pytestmark = pytest.mark.slow


@pytest.fixture
def shared(wenju: Run, database: str, milvus_server: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("WENJU_STORE", milvus_server)
    monkeypatch.setenv("WENJU_DATABASE", database)
    monkeypatch.setattr(encoder, "load_encoder", lambda *named: FakeEncoder())
    return wenju


def test_every_command_works_over_it_and_none_writes_to_the_home(
    shared: Run, press: Path, tmp_path: Path
) -> None:
    assert object_of(shared("add", press, "--json"))["added"] == 1
    (document,) = object_of(shared("list", "--json"))["documents"]
    kept = tmp_path / "answer.json"
    asked = shared("ask", "生態型聯合體最高支持多少", "--json")
    assert "1000萬元" in object_of(asked)["answer"]
    kept.write_text(asked.stdout, encoding="utf-8")
    assert shared("verify", kept).exit_code == 0
    assert object_of(shared("feedback", "list", "--json"))["total"] == 0
    assert object_of(shared("set", document["name"], "issuer=科技局", "--json"))
    assert object_of(shared("remove", document["id"], "--json"))["removed"]
    assert shared("verify", kept).exit_code == UNANSWERED
    assert not (tmp_path / "home" / "library.sqlite").exists()
    assert not (tmp_path / "home" / "index").exists()


def test_a_home_named_outright_is_a_library_of_its_own(
    shared: Run, press: Path, tmp_path: Path
) -> None:
    shared("add", press)
    assert object_of(shared("list", "--json", "--home", tmp_path / "own"))["documents"] == []


def test_what_is_of_a_folder_says_so(shared: Run, tmp_path: Path) -> None:
    result = shared("export", tmp_path / "library.zip")
    assert result.exit_code == 2 and "pg_dump" in result.stderr


def test_no_password_is_shown(shared: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "wenju:wenju" not in shared("config", "--json").stdout
    monkeypatch.setenv("WENJU_STORE", "milvus://me:secret@127.0.0.1:1")
    result = shared("list")
    assert "WENJU_STORE_TOKEN" in result.stderr and "secret" not in result.stderr


def test_doctor_finds_what_is_wrong_and_makes_the_indexes_anew(
    shared: Run, press: Path, database: str
) -> None:
    shared("add", press)
    said = object_of(shared("doctor", "--json"))
    assert said["checks"]["index"]["says"].endswith("2 passages")
    with psycopg.connect(database) as connection:
        connection.execute("DELETE FROM marks")
    assert "0 passages" in str(object_of(shared("doctor", "--json"), FAILED)["checks"]["index"])
    assert object_of(shared("doctor", "--repair", "--json"))["repaired"]
    with psycopg.connect(database) as connection:
        connection.execute("UPDATE documents SET source_text = source_text || '!'")
    assert "another hash" in str(object_of(shared("doctor", "--json"), FAILED)["checks"]["library"])
