"""What the static encoder learns from: texts that belong together, folded."""

from __future__ import annotations

import lzma
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from wenju.corpus.script import fold, to_simplified
from wenju.eval.training.everyday import everyday, for_network
from wenju.eval.training.network import gold
from wenju.eval.training.network.gold import Example
from wenju.eval.training.network.laws import articles, folded

_WINDOW = (80, 350)  # characters of a passage
_ENGLISH_WORDS = 60
_STOP = re.compile(r"(?<=[。;；!！?？\n])")


@dataclass(frozen=True, slots=True)
class Pair:
    """What is looked for, and a passage that it should find; those of one group are not set against each other."""

    asked: str
    passage: str
    group: str


def from_questions(examples: Sequence[Example], draw: random.Random) -> Iterator[Pair]:
    """A question and a window of its text around the answer."""
    for example in examples:
        if example.answers:
            yield Pair(example.question, _window(example, draw), example.text)


def _window(example: Example, draw: random.Random) -> str:
    start, end = draw.choice(example.answers)
    size = max(draw.randint(*_WINDOW), end - start)
    first = max(0, min(start - draw.randint(0, size - (end - start)), len(example.text) - size))
    return f"{example.title}\n{example.text[first : first + size]}"


def from_articles(paths: Sequence[Path], count: int, draw: random.Random) -> Iterator[Pair]:
    """A part of an article finds the rest; the name of its statute stands before either now and then."""
    for article in articles(list(paths), count, draw.randrange(1 << 30)):
        title, text = folded(article)
        parts = [part for part in _STOP.split(text[:700]) if len(part) > 8]
        if len(parts) < 2:
            continue
        at = draw.randrange(len(parts))
        rest = "".join(parts[:at] + parts[at + 1 :])[: _WINDOW[1]]
        asked = f"{title}{parts[at]}" if draw.random() < 0.5 else parts[at]
        yield Pair(asked, f"{title}\n{rest}" if draw.random() < 0.5 else rest, title)


def from_translations(path: Path, count: int, draw: random.Random) -> Iterator[Pair]:
    """An aligned article's beginning in English and its Chinese, either of which finds the other."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines]
    for row in draw.sample(rows, min(count, len(rows))):
        if len(row) > 3 and len(row[2]) > 30:
            chinese = fold(to_simplified(row[2][: _WINDOW[1]]))
            english = " ".join(row[3].split()[:_ENGLISH_WORDS]).lower()
            asked, passage = (english, chinese) if draw.random() < 0.6 else (chinese, english)
            yield Pair(asked, passage, row[0])


def learned(paths: Sequence[Path]) -> list[Example]:
    """The questions of gold sets and in everyday words, but for the texts that are held out."""
    examples = [e for path in paths for e in gold.read(path)] + for_network(everyday())
    return [e for e in examples if not gold.held_out(e.text)]
