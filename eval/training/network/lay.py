"""Questions of lay people with the articles of law that answer them, not where in them."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from wenju.corpus.script import fold, to_simplified
from wenju.eval.training.network.gold import Example, TrainingDataError

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
        text = fold(re.sub(r"\n{2,}", "\n", article["text"]).strip())
        title = fold(_ARTICLE.sub("", article["name"]))
        if 0 < len(text) <= _LONGEST:
            yield Example(question, title, text, (), "lay", whole=True)
