"""How well follow-ups are understood: ``python -m wenju.eval.benchmarks.conversations [FILE]``.

A gold file has a conversation to a line, ``{"id", "turns": [{"question"}, …, {"question", "asked",
"answers", "document", "answerable"}]}``; ``asked`` are the forms that the last question may be
rewritten to. Its first line may say where the documents are, as that of ``eval.datasets`` does.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from wenju.corpus.document import Source
from wenju.corpus.errors import WenjuError
from wenju.corpus.script import fold, to_simplified
from wenju.eval.answers import score
from wenju.eval.datasets import DatasetError, documents_of
from wenju.eval.places import Place, parse
from wenju.qa.answer import Answer
from wenju.qa.conversation import Turn, rewrite
from wenju.qa.engine import Engine
from wenju.qa.settings import Settings

Ask = Callable[[str, Sequence[Turn]], Answer]
"""Answers a question in its conversation."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """Questions that were asked before, and a last one with what it stands for and its answers."""

    id: str
    earlier: tuple[str, ...]
    question: str
    asked: tuple[str, ...]
    answers: tuple[str, ...]
    answerable: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a conversation's last question.

    ``right`` says whether its answer's sentence holds a gold answer, or that nothing was answered
    where nothing answers; None where it was not asked.
    """

    conversation: Conversation
    rewritten: str
    resolved: bool
    right: bool | None = None


def load(path: Path) -> tuple[tuple[Conversation, ...], tuple[Source, ...]]:
    """The conversations and the documents they are over; raises DatasetError."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise DatasetError(f"{path} cannot be read: {reason}. Give a JSONL file.") from None
    places = [
        Place(path, f"line {number}", parse(path, line, number))
        for number, line in enumerate(lines, 1)
        if line.strip()
    ]
    sources: tuple[Source, ...] = ()
    if places and places[0].has("documents"):
        sources = documents_of(places.pop(0).field("documents"))
    if not places:
        raise DatasetError(f"{path}: there is no conversation in it, at least one was expected.")
    return tuple(_conversation(place, i) for i, place in enumerate(places, 1)), sources


def _conversation(place: Place, number: int) -> Conversation:
    turns = list(place.field("turns").items())
    if len(turns) < 2:
        raise place.field("turns").error("two turns or more")
    *earlier, last = turns
    asked = tuple(form.text() for form in last.field("asked").items())
    answers = last.answers()
    flag = last.flag("answerable")
    answerable = bool(answers) if flag is None else flag
    if not asked or (answerable and not answers):
        raise last.error('one of "asked", and one of "answers" or "answerable": false')
    return Conversation(
        id=place.label("id") or f"#{number}",
        earlier=tuple(turn.field("question").text() for turn in earlier),
        question=last.field("question").text(),
        asked=asked,
        answers=answers if answerable else (),
        answerable=answerable,
    )


def is_resolved(rewritten: str, asked: Sequence[str]) -> bool:
    """Whether a rewritten question is one of the forms: script, case and punctuation apart."""
    return _bare(rewritten) in [_bare(form) for form in asked]


def _bare(text: str) -> str:
    return "".join(c for c in fold(to_simplified(text)) if c.isalnum())


def measure(conversations: Sequence[Conversation], ask: Ask | None = None) -> list[Outcome]:
    """One outcome to each; without ``ask`` questions are only rewritten, not answered."""
    return [_answered(c, ask) if ask else _rewritten(c) for c in conversations]


def _rewritten(conversation: Conversation) -> Outcome:
    earlier = [Turn(question) for question in conversation.earlier]
    rewritten = rewrite(conversation.question, earlier).question
    return Outcome(conversation, rewritten, is_resolved(rewritten, conversation.asked))


def _answered(conversation: Conversation, ask: Ask) -> Outcome:
    turns: list[Turn] = []
    for question in conversation.earlier:
        given = ask(question, turns)
        turns.append(Turn(given.asked or given.question, given.answer))
    answer = ask(conversation.question, turns)
    rewritten = answer.asked or answer.question
    marks = score(answer, conversation.answers, answerable=conversation.answerable)
    right = bool(marks.sentence_correct) if conversation.answerable else not marks.answered
    return Outcome(conversation, rewritten, is_resolved(rewritten, conversation.asked), right)


def shares(outcomes: Sequence[Outcome]) -> dict[str, float | int]:
    """``resolved`` and, where they were asked, ``right``, from 0 to 1; ``conversations``, a count."""
    found: dict[str, float | int] = {
        "conversations": len(outcomes),
        "resolved": sum(o.resolved for o in outcomes) / len(outcomes),
    }
    if all(o.right is not None for o in outcomes):
        found["right"] = sum(bool(o.right) for o in outcomes) / len(outcomes)
    return found


def run(path: Path, *, answer: bool) -> list[Outcome]:
    """Measure a gold file, over its own documents in a library made for it."""
    conversations, sources = load(path)
    if not answer:
        return measure(conversations)
    if not sources:
        raise DatasetError(f'{path}: its first line names no "documents", so nothing can answer.')
    with TemporaryDirectory(prefix="wenju-conversations-") as folder:
        with Engine.open(Settings(home=Path(folder))) as engine:
            engine.add_sources(sources)
            return measure(conversations, lambda q, turns: engine.ask(q, earlier=turns))


def described(outcomes: Sequence[Outcome]) -> str:
    """The shares, then what was understood otherwise or answered wrongly."""
    lines = [f"{name:<14}{value:.3g}" for name, value in shares(outcomes).items()]
    for outcome in outcomes:
        asked = f"{outcome.conversation.question} → {outcome.rewritten}"
        if not outcome.resolved:
            lines.append(f"{outcome.conversation.id}: {asked}, not {outcome.conversation.asked[0]}")
        elif outcome.right is False:
            lines.append(f"{outcome.conversation.id}: {asked}: answered wrongly")
    return "\n".join(lines)


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, and print the shares or one JSON object; 2 where the file cannot be used."""
    options = argparse.ArgumentParser(
        prog="python -m wenju.eval.benchmarks.conversations", description=__doc__
    )
    samples = Path(str(files("wenju.eval.gold"))) / "conversations.jsonl"
    options.add_argument("file", nargs="?", type=Path, default=samples, help="a gold file")
    options.add_argument("--only-rewrite", action="store_true", help="rewrite, without answering")
    options.add_argument("--json", action="store_true", help="print one object and nothing else")
    chosen = options.parse_args(argv)
    try:
        outcomes = run(chosen.file, answer=not chosen.only_rewrite)
    except WenjuError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    said = json.dumps(shares(outcomes)) if chosen.json else described(outcomes)
    sys.stdout.write(f"{said}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
