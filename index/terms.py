"""What lexical search sees of a text: characters, bigrams and words of its folded form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from operator import add
from typing import Any

from wenju.corpus.lexicon import group
from wenju.corpus.script import fold
from wenju.index.words import search_words

TERMS_VERSION = "3"
# Han, with the iteration mark and the ideographic zero, which stand inside Chinese words
_HAN = "\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_LATIN = rf"[a-z0-9]+(?:[.\-][a-z0-9]+)*|[^\W\d_a-z{_HAN}]+"
_RUN = re.compile(rf"{_LATIN}|([{_HAN}]+)")
_LATIN_RUN = re.compile(_LATIN)
_HAN_RUN = re.compile(f"[{_HAN}]+")

# Question words and polite filler: they are in every question and say nothing of the answer.
STOP_WORDS = group("stop")
_STOP_CHARACTERS = STOP_WORDS | group("stop_character")


@dataclass(frozen=True, slots=True)
class Terms:
    """A text's terms by kind, in order, repeated as often as they stand there."""

    characters: list[str]
    bigrams: list[str]
    words: list[str]


def terms(text: str) -> Terms:
    """Characters and bigrams of Han runs, jieba's search-mode words, Latin and digit runs whole."""
    return terms_of([fold(text)])[0]


def terms_of(folded: Sequence[str]) -> list[Terms]:
    """The terms of several folded texts; of many at once in less time."""
    runs = [[(m[0], m[1]) for m in _RUN.finditer(text)] for text in folded]
    words = iter(search_words([han for found in runs for _, han in found if han]))
    return [_terms(found, words) for found in runs]


def _terms(runs: Sequence[tuple[str, str | None]], words_of_han: Iterator[list[str]]) -> Terms:
    characters: list[str] = []
    bigrams: list[str] = []
    words: list[str] = []
    for run, han in runs:
        if han:
            characters += run
            bigrams += _bigrams(run)
            words += next(words_of_han)
        else:
            characters.append(run)
            words += _latin(run)
    return Terms(characters, bigrams, words)


def _bigrams(run: str) -> list[str]:
    return [*map(add, run, run[1:])]


def is_han_term(term: str) -> bool:
    """Whether a term is of a Han run, 〇 and 々 among them, and not of a Latin or digit run."""
    return _HAN_RUN.match(term) is not None


def latin_terms(folded: str) -> frozenset[str]:
    """The terms of a folded text's Latin and digit runs, as they stand among its words."""
    return frozenset(chain.from_iterable(map(_latin, _LATIN_RUN.findall(folded))))


@lru_cache(maxsize=100_000)
def _latin(run: str) -> tuple[str, ...]:
    """The run and, where it is compound, its parts; for words of letters also their stems."""
    parts = [part for part in re.split(r"[.\-]", run) if part]
    stems = (stem(part) for part in parts if part.isalpha())
    return tuple(dict.fromkeys([run, *parts, *stems]))


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """An English word's stem by the Snowball stemmer (Porter2)."""
    stemmed: str = _stemmer().stemWord(word)
    return stemmed


@cache
def _stemmer() -> Any:  # noqa: ANN401  (PyStemmer ships no types)
    import Stemmer

    return Stemmer.Stemmer("english", 0)  # ``stem`` remembers


def subject_terms(text: str) -> list[str]:
    """What is compared of a text of which only the subject counts: bigrams and Latin words."""
    found: list[str] = []
    for match in _RUN.finditer(fold(text)):
        run = match.group()
        found += _bigrams(run) if match[1] else _latin(run)
    return found


def query_terms(question: str) -> Terms:
    """The question's terms without question words and filler, each once, in order."""
    found = terms(question)
    return Terms(
        [t for t in dict.fromkeys(found.characters) if t not in _STOP_CHARACTERS],
        [t for t in dict.fromkeys(found.bigrams) if t not in STOP_WORDS],
        [t for t in dict.fromkeys(found.words) if t not in STOP_WORDS],
    )
