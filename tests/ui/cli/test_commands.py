from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi.testclient import TestClient

from tests.corpus.test_read import PAGES, pdf
from tests.fakes import FakeEncoder
from tests.ui.conftest import PRESS, Run, make_engine, object_of
from wenju.corpus.document import Source
from wenju.corpus.errors import WenjuError
from wenju.index.encoding import Progress
from wenju.qa.engine import Engine
from wenju.qa.settings import Settings
from wenju.ui.cli import session
from wenju.ui.cli.errors import CRASHED, FAILED, INCOMPLETE, INTERRUPTED, MISUSED, UNANSWERED

ROOT = Path(__file__).resolve().parents[2]


def breaks(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def open_engine(settings: Settings, progress: Progress | None = None) -> Engine:
        raise error

    monkeypatch.setattr(session, "open_engine", open_engine)


def test_add_counts_and_is_repeatable(wenju: Run, press: Path) -> None:
    first = object_of(wenju("add", press.parent, "--json"))
    again = object_of(wenju("add", press, "--json"))
    press.write_text(PRESS.replace("1000", "2000"), encoding="utf-8")
    changed = object_of(wenju("add", press, "--json"))
    assert (first["added"], first["updated"], first["unchanged"]) == (1, 0, 0)
    assert first["passages"] > 0
    assert (again["added"], again["unchanged"], again["passages"]) == (0, 1, 0)
    assert (changed["added"], changed["updated"]) == (0, 1)
    assert set(first) >= {"added", "updated", "unchanged", "failed", "passages", "repairs"}
    assert set(first) >= {"skipped", "gone", "removed"}


def test_add_names_what_it_cannot_read_and_goes_on(wenju: Run, press: Path) -> None:
    (press.parent / "empty.txt").write_text("")
    said = object_of(wenju("add", press.parent, "--json"), INCOMPLETE)
    assert said["added"] == 1
    assert [f["source"] for f in said["failed"]] == ["empty.txt"]
    assert "empty" in said["failed"][0]["reason"]
    shown = wenju("add", press.parent)
    assert shown.exit_code == INCOMPLETE
    assert "1 unchanged" in shown.stdout and "empty.txt" in shown.stdout


def test_a_file_that_takes_too_much_costs_no_other(
    wenju: Run, press: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = press.parent / "long.jsonl"
    long.write_text('{"text": "第一條 本辦法自公布日施行。"}\n' * 500_000, encoding="utf-8")
    monkeypatch.setenv("WENJU_READ_SECONDS", "2")
    said = object_of(wenju("add", press.parent, "--json"), INCOMPLETE)
    assert said["added"] == 1
    assert [f["source"] for f in said["failed"]] == ["long.jsonl"]
    assert "more than 2 seconds" in said["failed"][0]["reason"]
    assert "WENJU_READ_SECONDS" in said["failed"][0]["reason"]
    monkeypatch.setenv("WENJU_READ_SECONDS", "0")
    refused = wenju("add", press.parent)
    assert refused.exit_code == MISUSED and "read_seconds" in refused.stderr.lower()


def word_file(path: Path, *, changed: bool) -> None:
    """A Word file with a table, and a tracked insertion where it is ``changed``."""
    import docx
    from docx.oxml import parse_xml

    document = docx.Document()
    document.add_paragraph(f"{path.stem}自公布日施行。")
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ("檔次", "金額", "一檔", "5200"), strict=True):
        cell.text = text
    if changed:
        word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        inserted = f"<w:p {word}><w:ins><w:r><w:t>增補。</w:t></w:r></w:ins></w:p>"
        document.element.body.insert(0, parse_xml(inserted))
    document.save(str(path))


def test_what_was_read_and_what_was_not_are_told_apart(wenju: Run, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    word_file(folder / "辦法.docx", changed=True)
    said = object_of(wenju("add", folder, "--json"))
    assert said["failed"] == []
    assert said["notes"] == [{"source": "辦法.docx", "kind": "tracked_changes", "detail": "1"}]
    (file,) = said["files"]
    assert (file["name"], file["documents"], file["inventory"]["tables"]) == ("辦法.docx", 1, 1)
    (folder / "壞.docx").write_bytes(b"PK nothing more")
    shown = wenju("add", folder)
    assert shown.exit_code == INCOMPLETE
    lines = shown.stdout.splitlines()
    assert "  辦法.docx: tables: 1" in lines
    assert lines[lines.index("  辦法.docx: tables: 1") + 1].strip().startswith("! Tracked changes")
    assert [line for line in lines if line.startswith("✗")] == [
        line for line in lines if "壞.docx" in line
    ]
    only_broken = wenju("add", folder / "壞.docx")
    assert only_broken.exit_code == FAILED


def test_many_files_are_summed_up_unless_every_one_is_asked_for(wenju: Run, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    for n in range(22):
        word_file(folder / f"辦法{n:02}.docx", changed=n == 21)
    for n in range(3):
        (folder / f"文{n}.txt").write_text(f"第{n}號公告，明日停水。", encoding="utf-8")
    lines = wenju("add", folder).stdout.splitlines()
    assert "Found: tables: 22." in lines
    assert sum(line.startswith("  辦法") for line in lines) == 20
    assert "  辦法21.docx: tables: 1" in lines  # it has something to look at
    assert "… and 2 more; --verbose lists them all." in lines
    every = wenju("add", folder, "--verbose").stdout.splitlines()
    assert sum(line.startswith("  辦法") for line in every) == 22
    assert "  文1.txt: text" in every and not any("more;" in line for line in every)


def test_add_fails_when_nothing_could_be_read(wenju: Run, tmp_path: Path) -> None:
    missing = wenju("add", tmp_path / "nowhere.txt", "--json")
    assert missing.exit_code == FAILED
    assert "nowhere.txt" in json.loads(missing.stdout)["failed"][0]["reason"]
    (tmp_path / "bare").mkdir()
    bare = wenju("add", tmp_path / "bare")
    assert bare.exit_code == FAILED
    assert "Nothing" in bare.stderr


def test_ask_prints_exactly_one_object(wenju: Run, press: Path) -> None:
    wenju("add", press)
    said = object_of(wenju("ask", "生態型聯合體最高支持多少", "--json"))
    assert said["answered"]
    citation = said["citations"][0]
    start, end = citation["highlight"][0]
    assert citation["quote"][start:end] == said["answer"]
    assert "1000萬元" in said["answer"]
    assert PRESS[citation["start"] : citation["end"]] == citation["original"]
    assert citation["source"] == "press.txt"


def test_ask_shows_the_answer_first_and_its_source(wenju: Run, press: Path) -> None:
    wenju("add", press)
    shown = wenju("ask", "生態型聯合體最高支持多少").stdout.splitlines()
    assert "1000萬元" in shown[0]
    assert any("press.txt" in line for line in shown[1:])


def test_ask_that_is_not_answered_has_run_all_the_same(wenju: Run, press: Path) -> None:
    said = object_of(wenju("ask", "今天天氣如何", "--json"), UNANSWERED)
    assert not said["answered"] and said["answer"] == "" and said["citations"] == []
    shown = wenju("ask", "今天天氣如何")
    assert shown.exit_code == UNANSWERED
    assert "documents" in shown.stdout


def test_a_greeting_is_told_what_there_is(wenju: Run, press: Path) -> None:
    wenju("add", press)
    shown = wenju("ask", "你好")
    assert shown.exit_code == UNANSWERED
    assert "press conference (1): 創新聯合體新聞發布會實錄" in shown.stdout


def test_an_empty_library_is_mentioned_beside_the_result(wenju: Run, press: Path) -> None:
    empty = wenju("ask", "經費多少", "--json")
    assert "wenju add" in empty.stderr
    assert not object_of(empty, UNANSWERED)["answered"]
    wenju("add", press)
    assert wenju("ask", "經費多少", "--json").stderr == ""


def test_long_lines_are_whole_where_no_terminal_wraps_them(
    wenju: Run, press: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    wenju("add", press)
    line = next(line for line in PRESS.splitlines() if "1000萬元" in line)
    assert f"    {line}" in wenju("ask", "生態型聯合體最高支持多少").stdout.splitlines()
    assert f"    {line}" in wenju("search", "最高1000萬元").stdout.splitlines()


def test_terminal_controls_in_a_document_do_nothing(wenju: Run, tmp_path: Path) -> None:
    text = "公告\n\x1b]0;owned\x07費用為[red]300元[/red]，\x1b[2J由市民負擔。\n"
    with make_engine(tmp_path / "home") as engine:
        engine.add_sources([Source("notice.txt", "notice", text)])
    for command in ("search", "ask"):
        shown = wenju(command, "費用由市民負擔多少").stdout
        assert "\x1b" not in shown and "\x07" not in shown
        assert "[red]300元[/red]" in shown


def test_search_ranks_passages(wenju: Run, press: Path) -> None:
    wenju("add", press)
    said = object_of(wenju("search", "任務型經費", "-k", "2", "--json"))
    assert [hit["rank"] for hit in said["hits"]] == list(range(1, len(said["hits"]) + 1))
    assert 1 <= len(said["hits"]) <= 2
    scores = [hit["score"] for hit in said["hits"]]
    assert scores == sorted(scores, reverse=True)
    assert all(PRESS[h["passage"]["start"] : h["passage"]["end"]] for h in said["hits"])


def test_list_and_remove(wenju: Run, press: Path) -> None:
    wenju("add", press)
    listed = object_of(wenju("list", "--json"))["documents"]
    assert [d["name"] for d in listed] == ["press.txt"]
    assert listed[0]["id"][:8] in wenju("list").stdout
    removed = object_of(wenju("remove", listed[0]["id"][:6], "--json"))["removed"]
    assert [d["id"] for d in removed] == [listed[0]["id"]]
    assert object_of(wenju("list", "--json")) == {"documents": []}
    gone = wenju("ask", "生態型聯合體最高支持多少", "--json")
    assert not object_of(gone, UNANSWERED)["answered"]


def test_remove_by_name_must_be_unambiguous(wenju: Run, press: Path) -> None:
    other = press.parent / "other" / "press.txt"
    other.parent.mkdir()
    other.write_text("另一場發布會的內容在此。", encoding="utf-8")
    wenju("add", press.parent)
    ambiguous = wenju("remove", "press.txt")
    assert ambiguous.exit_code == MISUSED
    assert "2 documents" in ambiguous.stderr
    unknown = wenju("remove", "no-such")
    assert unknown.exit_code == MISUSED
    assert "'no-such'" in unknown.stderr
    assert len(object_of(wenju("list", "--json"))["documents"]) == 2


@pytest.mark.parametrize("place", ["before", "after"])
def test_home_may_be_given_before_or_after_the_command(
    wenju: Run, press: Path, tmp_path: Path, place: str
) -> None:
    home = ["--home", str(tmp_path / "elsewhere")]
    arguments = ["add", str(press)]
    assert (
        wenju(*([*home, *arguments] if place == "before" else [*arguments, *home])).exit_code == 0
    )
    assert (tmp_path / "elsewhere" / "library.sqlite").exists()
    assert object_of(wenju("list", "--json")) == {"documents": []}


def test_an_error_meant_for_people_is_one_sentence(
    wenju: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    breaks(monkeypatch, WenjuError("The model is missing; install it."))
    result = wenju("ask", "x", "--json")
    assert (result.exit_code, result.stdout) == (MISUSED, "")
    assert result.stderr == "The model is missing; install it.\n"


def test_an_empty_question_is_refused_in_a_sentence(wenju: Run) -> None:
    result = wenju("ask", "  ")
    assert result.exit_code == MISUSED
    assert "question" in result.stderr and "Traceback" not in result.stderr


def test_an_unexpected_error_is_one_sentence(wenju: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    breaks(monkeypatch, KeyError("gone\naway"))
    result = wenju("ask", "x")
    assert result.exit_code == CRASHED
    assert len(result.stderr.splitlines()) == 1
    assert "KeyError" in result.stderr and "WENJU_DEBUG=1" in result.stderr


def test_wenju_debug_keeps_the_traceback(wenju: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    breaks(monkeypatch, KeyError("gone"))
    monkeypatch.setenv("WENJU_DEBUG", "1")
    assert isinstance(wenju("ask", "x").exception, KeyError)


def test_a_setting_that_cannot_be_used_is_named(
    wenju: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WENJU_PASSAGES_READ", "many")
    result = wenju("ask", "x")
    assert result.exit_code == MISUSED
    assert "WENJU_PASSAGES_READ='many'" in result.stderr


def test_interrupting_add_says_what_was_kept(
    wenju: Run, press: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = Engine.add_paths

    def interrupted(
        self: Engine,
        paths: list[Path],
        progress: Progress | None = None,
        **how: Any,  # noqa: ANN401
    ) -> None:
        add(self, paths, progress, **how)
        raise KeyboardInterrupt

    monkeypatch.setattr(Engine, "add_paths", interrupted)
    result = wenju("add", press)
    assert result.exit_code == INTERRUPTED
    assert "1 more documents" in result.stderr and "stay there" in result.stderr
    assert len(object_of(wenju("list", "--json"))["documents"]) == 1


def test_interrupting_anything_is_calm(wenju: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    breaks(monkeypatch, KeyboardInterrupt())
    result = wenju("search", "x")
    assert result.exit_code == INTERRUPTED
    assert result.stderr.startswith("Interrupted")


def test_serve_refuses_a_taken_port(wenju: Run) -> None:
    from wenju.ui.server import listen

    with listen("127.0.0.1", 0) as taken:
        taken.listen()
        result = wenju("serve", "--port", str(taken.getsockname()[1]))
    assert result.exit_code == MISUSED
    assert "--port" in result.stderr


def test_serve_fills_an_empty_library_and_says_what_was_kept(
    wenju: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def run(self: uvicorn.Server, sockets: list[socket.socket]) -> None:
        app: Any = self.config.app
        with TestClient(app, base_url="http://localhost") as client:
            asked.append(client.get("/api/v1/health").json()["documents"])
        raise KeyboardInterrupt

    monkeypatch.setattr(uvicorn.Server, "run", run)
    result = wenju("serve", "--port", "0", "--samples")
    assert result.exit_code == INTERRUPTED
    assert "http://127.0.0.1:" in result.stderr and str(tmp_path / "home") in result.stderr
    again = wenju("serve", "--port", "0", "--samples")
    assert "adding" not in again.stderr
    assert asked[0] == asked[1] >= 12


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_serve_opens_to_other_machines_with_a_key_only(
    wenju: Run, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    monkeypatch.setattr(uvicorn.Server, "run", lambda self, sockets: None)
    refused = wenju("serve", "--host", host, "--port", "0")
    assert refused.exit_code == MISUSED
    assert "WENJU_WRITE_KEYS" in refused.stderr and "--no-key" in refused.stderr
    aloud = wenju(
        "serve", "--host", host, "--port", "0", "--no-key", "--allow-host", "wenju.example"
    )
    assert aloud.exit_code == 0
    assert "everybody who reaches this one may ask, read" in aloud.stderr
    assert "wenju.example" in aloud.stderr
    monkeypatch.setenv("WENJU_WRITE_KEYS", "w" * 20)
    keyed = wenju("serve", "--host", host, "--port", "0")
    assert keyed.exit_code == 0 and "with a key" in keyed.stderr
    assert "w" * 20 not in keyed.stderr


def test_serve_says_nothing_of_other_machines_that_cannot_reach_it(
    wenju: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uvicorn.Server, "run", lambda self, sockets: None)
    said = wenju("serve", "--port", "0")
    assert said.exit_code == 0 and "Open to other machines" not in said.stderr


def test_a_setting_that_holds_a_key_is_not_repeated(
    wenju: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WENJU_READ_KEYS", "secret")
    result = wenju("list")
    assert result.exit_code == MISUSED
    assert "WENJU_READ_KEYS" in result.stderr and "at least 16" in result.stderr
    assert "secret" not in result.stderr


def test_doctor_says_what_is_in_order_and_what_is_not(
    wenju: Run, press: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wenju.index.encoder.load_encoder", lambda *named: FakeEncoder())
    wenju("add", press)
    said = object_of(wenju("doctor", "--json"))
    assert said["ok"] and said["versions"]["python"]
    assert said["checks"]["library"]["says"].startswith("1 documents")
    assert "not built yet" in said["checks"]["index"]["says"]
    wenju("ask", "經費多少")
    assert "up to date" in object_of(wenju("doctor", "--json"))["checks"]["index"]["says"]
    assert "64 dimensions" in wenju("doctor").stdout


def test_doctor_misses_a_file_that_was_kept(
    wenju: Run, press: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wenju.index.encoder.load_encoder", lambda *named: FakeEncoder())
    (press.parent / "rules.pdf").write_bytes(pdf(PAGES))
    wenju("add", press.parent)
    said = object_of(wenju("doctor", "--json"))["checks"]["originals"]
    assert said["ok"] and said["says"].startswith("1 documents")
    next((tmp_path / "home" / "originals").glob("*.pdf")).unlink()
    said = object_of(wenju("doctor", "--json"), FAILED)["checks"]["originals"]
    assert not said["ok"] and "1 documents" in said["says"] and "add them again" in said["says"]


def test_doctor_fails_where_something_is_wrong(
    wenju: Run, press: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*named: str) -> FakeEncoder:
        raise WenjuError("No model here.")

    monkeypatch.setattr("wenju.index.encoder.load_encoder", missing)
    result = wenju("doctor", "--home", press, "--json")
    said = json.loads(result.stdout)
    assert result.exit_code == FAILED and not said["ok"]
    assert said["checks"]["encoder"] == {"ok": False, "says": "No model here."}
    assert not said["checks"]["home"]["ok"] and not said["checks"]["library"]["ok"]


def test_version_and_help(wenju: Run) -> None:
    assert wenju("--version").stdout.startswith("wenju ")
    shown = wenju("--help").stdout
    commands = ("add", "list", "remove", "set", "ask", "chat", "search", "serve", "eval", "doctor")
    assert all(command in shown for command in commands)
    assert "Traceback" not in wenju("nonsense").stderr


def test_the_command_line_imports_late() -> None:
    heavy = ["torch", "gradio", "faiss", "jieba", "fastapi", "sentence_transformers", "numpy"]
    code = f"import sys, ui.cli; sys.exit([m for m in {heavy} if m in sys.modules] or 0)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, env=os.environ
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_asking_and_searching_one_document(wenju: Run, press: Path) -> None:
    other = press.with_name("other.txt")
    other.write_text("停車場公告\n停車費用每小時30元，最高支持月租。", encoding="utf-8")
    wenju("add", press.parent)
    question = "生態型聯合體最高支持多少"
    by_name = object_of(wenju("ask", question, "--document", "press.txt", "--json"))
    assert "1000萬元" in by_name["answer"]
    listed = object_of(wenju("list", "--json"))["documents"]
    (there,) = (d["id"] for d in listed if d["name"] == "other.txt")
    said = object_of(wenju("ask", question, "-d", there[:8], "--json"), UNANSWERED)
    assert {c["document_id"] for c in [*said["citations"], *said["nearest"]]} == {there}
    found = object_of(wenju("search", question, "-d", "other.txt", "--json"))
    assert {hit["passage"]["document_id"] for hit in found["hits"]} == {there}
    both = object_of(wenju("search", question, "-d", "other.txt", "-d", "press.txt", "--json"))
    assert both == object_of(wenju("search", question, "--json"))
    unknown = wenju("ask", question, "-d", "nowhere.txt")
    assert unknown.exit_code == MISUSED and "nowhere.txt" in unknown.stderr


def test_set_and_take_back(wenju: Run, press: Path) -> None:
    wenju("add", press)
    said = object_of(wenju("set", "press.txt", "effective=2020-01-02", "title=別的", "--json"))
    assert (said["title"], said["metadata"]["effective"]) == ("別的", "2020-01-02")
    shown = wenju("list").stdout
    assert "別的" in shown and "in force since 2020-01-02" in " ".join(shown.split())
    back = object_of(wenju("set", "press.txt", "effective=", "title=", "--json"))
    assert (back["title"], back["metadata"]["effective"]) == ("創新聯合體新聞發布會實錄", "")
    for wrong, reason in (("colour=red", "no field"), ("date=soon", "YYYY-MM-DD"), ("x", "FIELD=")):
        refused = wenju("set", "press.txt", wrong)
        assert refused.exit_code == MISUSED and reason in refused.stderr
