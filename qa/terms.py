"""How much of a question a piece of text says: weighted coverage of the question's terms.

A term's weight is its rarity in general Chinese (jieba's own counts), not in the library, so that
a library of two documents is judged like one of two hundred thousand.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache, lru_cache

from wenju.corpus.lexicon import group, phrase
from wenju.corpus.script import is_han
from wenju.index.terms import STOP_WORDS, query_terms
from wenju.index.words import load_jieba

_TOTAL = 60_000_000  # words in the text jieba's dictionary was counted on
_UNKNOWN = 3
_MIN_WEIGHT, _MAX_WEIGHT = 2.0, 12.0
_SINGLE = 1.5  # a word of one character stands in many others too
_BIGRAM_SHARE = 0.35  # what a bigram weighs beside a word: it catches what the cutter missed

_ASKING_WEIGHT = 1.0  # of a word of the asking, not of the thing asked

_SUFFIX = re.compile(r"(?:ies|ied|ing|ed|es|s|e|y)$")


@dataclass(frozen=True, slots=True)
class Term:
    """A question's term, folded, and what it weighs; ``focus``: it stands by the question word."""

    text: str
    weight: float
    focus: bool = False


@cache
def _frequencies() -> dict[str, int]:
    return dict(load_jieba().dt.FREQ)


def rarity(word: str) -> float:
    """``-ln`` of the word's share in general text, between 2 and 12; unknown words are rare."""
    count = _frequencies().get(word, 0) or _UNKNOWN
    return min(_MAX_WEIGHT, max(_MIN_WEIGHT, math.log(_TOTAL / count) - 4.0))


def terms_of(folded: str) -> tuple[Term, ...]:
    """A folded text's words and bigrams with their weights; each once, in order."""
    runs = _content_runs(folded)
    words = list(dict.fromkeys(w for run in runs for w in run if len(w) > 1 or not is_han(w)))
    focus = _focus(folded)
    focused = {w for w in words if w in focus and w not in _asking()}
    weights = {w: _weight(w) for w in words}
    for single in (w for run in runs for w in run if len(w) == 1 and is_han(w)):
        weights.setdefault(single, _SINGLE)
    for run in ("".join(run) for run in runs):
        for bigram in (run[i : i + 2] for i in range(len(run) - 1)):
            if is_han(bigram[0]) and is_han(bigram[1]):
                weights.setdefault(bigram, _bigram_weight(bigram, words))
    if not weights:
        weights = {c: _MIN_WEIGHT for c in query_terms(folded).characters}
    return tuple(Term(t, w, t in focused) for t, w in weights.items())


def _content_runs(folded: str) -> list[list[str]]:
    """Words cut without overlap, so that a compound does not count thrice, in unbroken runs.

    Question words, filler and punctuation break a run, so that no bigram reaches across them.
    """
    runs: list[list[str]] = [[]]
    begins = (*group("question_word_begins"),)
    for word in load_jieba().cut(folded):
        asks = word in STOP_WORDS or word.startswith(begins)
        if asks or not any(c.isalnum() for c in word):
            runs.append([])
        else:
            runs[-1].append(word)
    return [run for run in runs if run]


def _asking() -> frozenset[str]:
    return group("asked_of_all")


def _weight(word: str) -> float:
    if word in _asking():
        return _ASKING_WEIGHT
    return rarity(word)


def _focus(folded: str) -> str:
    """The characters behind the question word, or, where nothing is asked there, before it.

    Behind it stands what happens (誰主持了), before it what the thing is called (發言人是誰).
    """
    found = phrase("focus", "question_words").search(folded)
    if not found:
        return ""
    after = phrase("focus_filler", "question_words").sub("", folded[found.end() :])
    before = phrase("focus_joint", "question_words").sub("", folded[: found.start()])
    return after[:4] if len(after) > 1 else before[-4:]


def _bigram_weight(bigram: str, words: list[str]) -> float:
    """A bigram inside an asking word weighs next to nothing."""
    if bigram in _asking() or any(bigram in w for w in words if w in _asking()):
        return _ASKING_WEIGHT * _BIGRAM_SHARE
    return _BIGRAM_SHARE * 8.0


def occurrences(term: str, folded: str) -> list[int]:
    """Where the term stands in folded text; Latin terms only as whole words."""
    if not is_han(term[0]):
        return [m.start() for m in _whole_word(term).finditer(folded)]
    found, at = [], folded.find(term)
    while at >= 0:
        found.append(at)
        at = folded.find(term, at + len(term))
    return found


@lru_cache(maxsize=1024)
def _whole_word(term: str) -> re.Pattern[str]:
    """A Latin word with its endings, or a number: 2 is not said by 2.35, nor by 12,000."""
    if term.isdecimal():
        return re.compile(rf"(?<![a-z0-9])(?<![0-9][.,]){term}(?![a-z0-9]|[.,][0-9])")
    stem = re.escape(_SUFFIX.sub("", term) if len(term) > 4 else term)
    return re.compile(rf"(?<![a-z0-9]){stem}(?:e|s|es|d|ed|ing|er|ers|y|ies|ied)?(?![a-z0-9])")


def covered(terms: tuple[Term, ...], folded: str) -> frozenset[str]:
    """The terms that the folded text holds."""
    return frozenset(t.text for t in terms if occurrences(t.text, folded))


def share_said(terms: tuple[Term, ...], folded: str) -> float:
    """Of the terms' weight, the share that the folded text says, 0 to 1."""
    said = covered(terms, folded)
    return sum(t.weight for t in terms if t.text in said) / total_weight(terms)


def total_weight(terms: tuple[Term, ...]) -> float:
    """The weight of all terms together, at least a hair above zero."""
    return max(1e-9, sum(t.weight for t in terms))
