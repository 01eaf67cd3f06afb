from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.ui.conftest import Run
from wenju.qa.answer import Answer, Citation
from wenju.ui.cli import commands as cli
from wenju.ui.cli import console, conversation
from wenju.ui.cli.errors import INTERRUPTED, UNANSWERED

PROMPT = "> "


def chat(*lines: str, arguments: tuple[str, ...] = ()) -> Result:
    typed = "".join(f"{line}\n" for line in lines)
    return CliRunner().invoke(cli.app, ["chat", *arguments], input=typed)


@pytest.fixture
def filled_home(wenju: Run, press: Path) -> None:
    wenju("add", press)


@pytest.mark.usefixtures("filled_home")
def test_a_follow_up_is_shown_rewritten_and_answered() -> None:
    result = chat("生態型聯合體最高支持多少", "那任務型呢")
    assert result.exit_code == 0, result.stderr
    first, second = result.stdout.split("→ 任務型聯合體最高支持多少")
    assert "1000萬元" in first.splitlines()[0] and "→" not in first
    assert "500萬元" in second.splitlines()[1]


@pytest.mark.usefixtures("filled_home")
def test_piped_questions_get_no_prompt_and_no_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    result = chat("生態型聯合體最高支持多少", "", "  ")
    assert PROMPT not in result.stdout and "\x1b" not in result.stdout
    assert result.stdout.count("[1]") == 1


@pytest.mark.usefixtures("filled_home")
def test_clear_forgets_the_conversation() -> None:
    result = chat("生態型聯合體最高支持多少", "/clear", "那任務型呢", "/sources")
    assert "→" not in result.stdout
    assert "forgotten" in result.stdout


@pytest.mark.usefixtures("filled_home")
def test_sources_are_those_of_the_last_answer() -> None:
    assert "Nothing has been asked yet." in chat("/sources").stdout
    shown = chat("生態型聯合體最高支持多少", "/sources").stdout
    assert shown.count("press.txt") == 2
    assert (
        "Nothing has been asked yet."
        in chat("生態型聯合體最高支持多少", "/clear", "/sources").stdout
    )


@pytest.mark.usefixtures("filled_home")
@pytest.mark.parametrize("leave", ["/quit", "/exit", "/q"])
def test_what_comes_after_quit_is_not_asked(leave: str) -> None:
    result = chat(leave, "生態型聯合體最高支持多少")
    assert (result.exit_code, result.stdout) == (0, "")


@pytest.mark.usefixtures("filled_home")
def test_help_and_unknown_commands_say_what_there_is() -> None:
    for command in ("/help", "/nonsense"):
        shown = chat(command).stdout
        assert all(name in shown for name in ("/sources", "/clear", "/help", "/quit"))
    assert "'/nonsense'" in chat("/nonsense").stdout


@pytest.mark.usefixtures("filled_home")
def test_a_bad_question_is_a_sentence_and_the_conversation_goes_on() -> None:
    result = chat("???", "生態型聯合體最高支持多少")
    assert result.exit_code == 0
    assert "no word" in result.stderr and "1000萬元" in result.stdout


@pytest.mark.usefixtures("filled_home")
def test_an_unknown_document_is_refused_before_anything_is_asked() -> None:
    result = chat("生態型聯合體最高支持多少", arguments=("--document", "nowhere.txt"))
    assert result.exit_code != 0 and "nowhere.txt" in result.stderr and result.stdout == ""


def at_the_terminal(monkeypatch: pytest.MonkeyPatch, *typed: str | BaseException) -> Result:
    """What ``wenju chat`` does where a person types; ``typed`` ends with how they leave."""
    waiting = iter(typed)

    def read(prompt: str) -> str:
        assert prompt == PROMPT
        said = next(waiting)
        if isinstance(said, BaseException):
            raise said
        return said

    monkeypatch.setattr(conversation, "_is_typed", lambda: True)
    monkeypatch.setattr("builtins.input", read)
    return CliRunner().invoke(cli.app, ["chat"])


@pytest.mark.usefixtures("filled_home")
@pytest.mark.parametrize("leaving", [EOFError(), KeyboardInterrupt()])
def test_leaving_at_the_prompt_is_polite(
    monkeypatch: pytest.MonkeyPatch, leaving: BaseException
) -> None:
    result = at_the_terminal(monkeypatch, "生態型聯合體最高支持多少", leaving)
    assert result.exit_code == 0 and result.stderr.strip() == ""
    assert "/help" in result.stdout.splitlines()[0] and "1000萬元" in result.stdout


@pytest.mark.usefixtures("filled_home")
def test_interrupting_piped_questions_is_calm(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(self: conversation.Conversation, lines: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(conversation.Conversation, "run", interrupted)
    result = chat("x")
    assert result.exit_code == INTERRUPTED and result.stderr.startswith("Interrupted")


def test_an_empty_library_is_mentioned_once(wenju: Run) -> None:
    assert chat("經費多少", "多少錢").stderr.count("wenju add") == 1


@pytest.mark.usefixtures("filled_home")
def test_ask_ends_with_3_where_nothing_was_answered(wenju: Run) -> None:
    assert wenju("ask", "生態型聯合體最高支持多少").exit_code == 0
    for options in ((), ("--json",)):
        assert wenju("ask", "今天天氣如何", *options).exit_code == UNANSWERED == 3
    assert "exit code" in wenju("ask", "--help").stdout


CITATION = Citation(
    *("d", "題", "a.txt", None, (), "p", 0, 6, "支持500元", "支持500元"),
    highlight=((2, 6),),
    retrieval_score=1.0,
    span_score=1.0,
)
# a colour of the text or behind it, as SGR sequences name them
COLOUR = re.compile(r"\x1b\[(?:\d+;)*(?:3\d|4\d|9\d|10\d)(?:;\d+)*m")


def test_colours_are_for_terminals_that_want_them(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = Answer("多少", True, "500元", "amount", citations=(CITATION,))
    for name in ("FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    console.answer(answer)
    assert "\x1b" not in capsys.readouterr().out
    monkeypatch.setenv("FORCE_COLOR", "1")
    console.answer(answer)
    shown = capsys.readouterr().out
    assert COLOUR.search(shown) and re.search(r"\x1b\[[\d;]+m500元\x1b", shown)
    monkeypatch.setenv("NO_COLOR", "1")
    console.answer(answer)
    assert not COLOUR.search(capsys.readouterr().out)


def test_shells_can_complete_commands(wenju: Run) -> None:
    assert "--install-completion" in wenju("--help").stdout
