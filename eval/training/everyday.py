"""Questions in everyday words that people wrote for learning: on statutes, notices and tables.

They stand in ``eval/training/everyday/*.jsonl``: ``question``, ``title`` and ``text`` of what it is asked of, and
``answer``, which stands in the text as it is, or is empty where the text leaves the question open.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from wenju.corpus.script import fold, to_simplified
from wenju.eval.training.network.gold import Example, TrainingDataError

FOLDER: Final = Path(__file__).with_name("everyday")
_NETWORK = 6  # of ten texts: what the network learns from; the others are for the ranker


def everyday(folder: Path = FOLDER) -> list[Example]:
    """All of them, with texts as they are; raises TrainingDataError."""
    try:
        found = [e for path in sorted(folder.glob("*.jsonl")) for e in _read(path)]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise TrainingDataError(
            f"{folder} cannot be learned from ({type(error).__name__}: {error}); give JSONL of "
            "question, title, text and answer, where the answer stands in the text."
        ) from None
    return found


def for_network(examples: list[Example]) -> list[Example]:
    """Those that the network learns from, folded."""
    return [
        Example(
            fold(to_simplified(e.question)),
            fold(e.title),
            fold(e.text),
            e.answers,
            e.kind,
            apart=True,
        )
        for e in examples
        if is_for_network(e.text)
    ]


def in_english(path: Path = FOLDER / "english" / "questions.jsonl") -> dict[str, str]:
    """Questions of published sets in English, by their ids; raises TrainingDataError."""
    try:
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        return {line["id"]: line["question"] for line in lines}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise TrainingDataError(
            f"{path} cannot be learned from ({type(error).__name__}: {error}); give JSONL of id and "
            "question."
        ) from None


def is_for_network(text: str) -> bool:
    """Whether the network learns from a text's questions; the ranker does from those of the others."""
    return hashlib.sha256(text.encode()).digest()[1] % 10 < _NETWORK


def _read(path: Path) -> Iterator[Example]:
    for line in path.read_text(encoding="utf-8").splitlines():
        said = json.loads(line)
        text, answer = said["text"], said["answer"]
        at = text.index(answer) if answer else 0
        places = ((at, at + len(answer)),) if answer else ()
        yield Example(said["question"], said["title"], text, places, path.stem)
