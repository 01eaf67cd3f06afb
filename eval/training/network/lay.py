"""Questions of lay people with the articles of law that answer them, not where in them."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from wenju.corpus.document import Source, content_id
from wenju.corpus.script import fold, to_simplified
from wenju.eval.training.network.gold import Example, TrainingDataError, held_out

_ARTICLE = re.compile(r"第[^第]+条(?:之[^条]+)?$")
_LONGEST = 600  # characters of an article that can be read whole


def lay_questions(path: Path) -> list[Example]:
    """The questions of a JSONL file of ``question`` and ``articles`` (``name`` and ``text``).

    An example to each article. Every second question, by its hash, is left out: they measure.
    Raises TrainingDataError.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        found = [e for line in lines if line.strip() for e in _examples(json.loads(line))]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise TrainingDataError(
            f"{path} cannot be learned from ({type(error).__name__}: {error}); "
            "give JSONL of questions with their articles."
        ) from None
    if not found:
        raise TrainingDataError(f"{path} has no question whose articles can be read whole.")
    return found


def is_measured(question: str) -> bool:
    """Whether a lay question is one of those that measure, and nothing is learned from."""
    return hashlib.sha256(question.encode()).digest()[0] % 2 == 0


def _examples(asked: dict[str, Any]) -> Iterator[Example]:
    if is_measured(asked["question"]):
        return
    question = fold(to_simplified(asked["question"]))
    for article in asked["articles"]:
        text = _read(article["text"])
        title = fold(_ARTICLE.sub("", article["name"]))
        if 0 < len(text) <= _LONGEST:
            yield Example(question, title, text, (), "lay", whole=True)


def lay_set(
    path: Path, others: Sequence[tuple[str, str]]
) -> tuple[dict[str, frozenset[str]], list[Source]]:
    """The questions for the ranker with the ids of the articles that answer them, and all articles.

    The network was trained on none of them.

    ``others`` are more articles (title, text). Raises TrainingDataError.
    """
    asked: dict[str, frozenset[str]] = {}
    sources: dict[str, Source] = {}
    for line in _lines(path):
        own = [_source(_ARTICLE.sub("", a["name"]), a["text"]) for a in line["articles"]]
        sources |= {source.origin: source for source in own}
        if not is_measured(line["question"]) and all(held_out(_read(s.text)) for s in own):
            ids = {content_id(source.text) for source in own}
            asked[line["question"]] = asked.get(line["question"], frozenset()) | ids
    more = (_source(title, text) for title, text in others)
    sources = {source.origin: source for source in more} | sources
    return asked, list(sources.values())


def _read(text: str) -> str:
    """An article as the network reads it."""
    return fold(re.sub(r"\n{2,}", "\n", text).strip())


def _source(title: str, text: str) -> Source:
    name = content_id(text)
    return Source(f"{name}.txt", name, re.sub(r"\n{2,}", "\n", text).strip(), title=title)


def _lines(path: Path) -> list[dict[str, Any]]:
    try:
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    except (OSError, ValueError) as error:
        raise TrainingDataError(
            f"{path} cannot be learned from ({type(error).__name__}: {error}); "
            "give JSONL of questions with their articles."
        ) from None
