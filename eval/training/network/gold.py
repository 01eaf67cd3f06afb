"""Gold questions with the places of their answers, folded as the reader reads."""

from __future__ import annotations

import hashlib
import json
import lzma
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wenju.corpus.errors import WenjuError
from wenju.corpus.script import fold, to_simplified


class TrainingDataError(WenjuError):
    """A file to learn from cannot be read, or is of another kind."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question and a text that answers it at ``answers``: half-open places, any of which will do.

    ``kind`` is ``gold`` or the rule that made the question. One without answers is not answered
    by its text, unless it is ``whole``: then the text answers, and nothing says where. One that is
    ``alone`` is never shown with another text, for which it may be too vague; one that is ``apart`` is
    answered by no other text of its title, as one article of a statute does not do another's work.
    All texts are folded.
    """

    question: str
    title: str
    text: str
    answers: tuple[tuple[int, int], ...]
    kind: str
    alone: bool = False
    whole: bool = False
    apart: bool = False


def read(path: Path, asked: Mapping[str, str] | None = None) -> list[Example]:
    """The questions of a SQuAD-style file, which may be packed as .xz, whose answers stand where it says.

    ``asked`` has other words for some of them, by id: then only these are given, in those words.
    Raises TrainingDataError.
    """
    try:
        opened = lzma.open if path.suffix == ".xz" else open
        with opened(path, "rt", encoding="utf-8") as file:
            root = json.load(file)
        examples = list(_examples(root["data"] if isinstance(root, dict) else root, asked))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, lzma.LZMAError) as error:
        raise TrainingDataError(
            f"{path} cannot be learned from ({type(error).__name__}: {error}); "
            "give SQuAD-style JSON with answer_start."
        ) from None
    if not examples and asked is None:
        raise TrainingDataError(f"{path} has no question whose answer stands where it says.")
    return examples


def _examples(articles: list[dict[str, Any]], words: Mapping[str, str] | None) -> Iterator[Example]:
    for article in articles:
        for paragraph in article["paragraphs"]:
            text = fold(paragraph["context"])
            for asked in paragraph["qas"]:
                places = tuple(dict.fromkeys(_places(text, asked["answers"])))
                said = asked["question"] if words is None else words.get(str(asked.get("id")), "")
                if places and said.strip():
                    question = fold(to_simplified(said))
                    yield Example(question, fold(_title(article)), text, places, "gold")


def _title(article: dict[str, Any]) -> str:
    return str(article.get("title", "")).replace("_", " ")


def _places(text: str, answers: list[dict[str, Any]]) -> Iterator[tuple[int, int]]:
    for answer in answers:
        said, start = fold(answer["text"]), int(answer.get("answer_start", -1))
        if said and start >= 0 and text[start : start + len(said)] == said:
            yield start, start + len(said)
        elif said and text.count(said) == 1:  # published places are off now and then
            yield text.index(said), text.index(said) + len(said)


def held_out(text: str) -> bool:
    """Whether a text's questions are kept for choosing and calibrating: one text in ten."""
    return hashlib.sha256(text.encode()).digest()[0] % 10 == 0
