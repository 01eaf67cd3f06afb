from __future__ import annotations

from pathlib import Path

import pytest

from tests.fakes import FakeEncoder
from tests.tampering import tamper
from tests.ui.conftest import Run, object_of
from wenju.ui.cli.errors import FAILED, MISUSED

QUESTION = "生態型聯合體最高支持多少"


def test_a_library_is_taken_along(wenju: Run, press: Path, tmp_path: Path) -> None:
    wenju("add", press)
    archive, there = tmp_path / "a.zip", ("--home", tmp_path / "there")
    assert "1 documents" in wenju("export", archive).stdout
    refused = wenju("export", archive)
    assert refused.exit_code == MISUSED and "--overwrite" in refused.stderr
    assert object_of(wenju("export", archive, "--overwrite", "--json"))["documents"] == 1
    assert "1 documents" in wenju("import", archive, *there).stdout
    said = object_of(wenju("ask", QUESTION, "--json", *there))
    assert said["provenance"] == object_of(wenju("ask", QUESTION, "--json"))["provenance"]
    refused = wenju("import", archive, *there)
    assert refused.exit_code == MISUSED and "--replace" in refused.stderr
    assert object_of(wenju("import", archive, "--replace", "--json", *there))["replaced"] == 1
    archive.write_bytes(archive.read_bytes()[:-100])
    refused = wenju("import", archive, "--replace", *there)
    assert refused.exit_code == MISUSED and len(refused.stderr.splitlines()) == 1


def test_doctor_repairs(
    wenju: Run, press: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wenju.index.encoder.load_encoder", lambda *named: FakeEncoder())
    wenju("add", press)
    wenju("ask", QUESTION)
    assert object_of(wenju("doctor", "--repair", "--json"))["ok"]
    path = tmp_path / "home" / "library.sqlite"
    tamper(path, "UPDATE documents SET text = replace(text, '1000', '9000')")
    found = object_of(wenju("doctor", "--json"), FAILED)
    assert "repairs" in " ".join(found["checks"]["library"]["faults"])
    assert "✗ library" in wenju("doctor").stdout
    repaired = object_of(wenju("doctor", "--repair", "--json"))
    assert repaired["ok"] and "1 documents" in repaired["repaired"][0]
    assert "1000" in object_of(wenju("ask", QUESTION, "--json"))["answer"]


def test_doctor_repairs_an_index_alone(
    wenju: Run, press: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wenju.index.encoder.load_encoder", lambda *named: FakeEncoder())
    wenju("add", press)
    wenju("ask", QUESTION)
    index = tmp_path / "home" / "index" / "dense" / "vectors.faiss"
    index.write_bytes(index.read_bytes()[:-8] + b"\xff" * 8)
    assert not object_of(wenju("doctor", "--json"), FAILED)["checks"]["index"]["ok"]
    before = (tmp_path / "home" / "library.sqlite").read_bytes()
    repaired = object_of(wenju("doctor", "--repair", "--json"))
    assert repaired["repaired"] == ["The dense index is built anew with the next question."]
    assert (tmp_path / "home" / "library.sqlite").read_bytes() == before
    assert "1000" in object_of(wenju("ask", QUESTION, "--json"))["answer"]
