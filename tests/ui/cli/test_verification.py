from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from tests.ui.conftest import PRESS, Run, object_of
from wenju.ui.cli import commands as cli
from wenju.ui.cli.errors import MISUSED, MOVED, UNANSWERED

QUESTION = "生態型聯合體最高支持多少"


def test_verify_says_unchanged_moved_and_gone(wenju: Run, press: Path, tmp_path: Path) -> None:
    wenju("add", press)
    kept = tmp_path / "answer.json"
    kept.write_text(wenju("ask", QUESTION, "--json").stdout, encoding="utf-8")
    said = object_of(wenju("verify", kept, "--json"))
    assert (said["status"], said["answer_stands"]) == ("unchanged", True)
    assert "unchanged" in wenju("verify", kept).stdout

    press.write_text(
        PRESS.replace("一、支持政策", "零、說明\n略。\n\n一、支持政策"), encoding="utf-8"
    )
    wenju("add", press)
    moved = object_of(wenju("verify", kept, "--json"), MOVED)
    assert moved["citations"][0]["places"][0]["source"] == "press.txt"
    shown = wenju("verify", kept)
    assert shown.exit_code == MOVED and "press.txt" in shown.stdout

    press.write_text(PRESS.replace("1000萬元", "9萬元"), encoding="utf-8")
    wenju("add", press)
    assert object_of(wenju("verify", kept, "--json"), UNANSWERED)["status"] == "gone"


def test_verify_reads_standard_input(wenju: Run, press: Path) -> None:
    wenju("add", press)
    answer = wenju("ask", QUESTION, "--json").stdout
    done = CliRunner().invoke(cli.app, ["verify", "--json"], input=answer)
    assert (done.exit_code, json.loads(done.stdout)["status"]) == (0, "unchanged")


def test_verify_refuses_what_is_no_answer(wenju: Run, press: Path, tmp_path: Path) -> None:
    wenju("add", press)
    for path, why in ((tmp_path / "none.json", "cannot be read"), (press, "no answer")):
        refused = wenju("verify", path)
        assert refused.exit_code == MISUSED and why in refused.stderr
        assert "Traceback" not in refused.stderr


def test_verify_makes_no_library(wenju: Run, press: Path, tmp_path: Path) -> None:
    wenju("add", press)
    kept = tmp_path / "answer.json"
    kept.write_text(wenju("ask", QUESTION, "--json").stdout, encoding="utf-8")
    refused = wenju("verify", kept, "--home", tmp_path / "nowhere")
    assert refused.exit_code == MISUSED and "no library" in refused.stderr
    assert not (tmp_path / "nowhere").exists()
