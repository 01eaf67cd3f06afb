"""Questions to begin with: ones that the documents of a library do answer."""

from __future__ import annotations

import math
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from wenju.corpus.document import Passage
from wenju.corpus.script import is_han, to_simplified, to_traditional
from wenju.index.library import Library
from wenju.qa.answer import Answer
from wenju.qa.question import BadQuestion
from wenju.qa.suggestions.rules import Suggestion, is_traditional, made

_PASSAGES = 200  # looked at, from all over the library
_CANDIDATES = 60  # questions kept of them
_TRIES = 24  # questions asked at most until enough are answered
_OF_DOCUMENT, _TRIED_OF_DOCUMENT = 2, 4  # in a library of many documents
_EASY = 14  # characters of a question that is read at a glance
_TOO_LONG = 0.01  # taken off for every character above
_AGAIN = 0.12  # taken off for every question of the same form before


class Suggestions:
    """Questions that the library answers, made when they are first wanted.

    They are kept until the library changes, by this or another process, in each language that was asked
    for. Safe for use from several threads. ``ask`` answers a question over the whole library.
    """

    def __init__(self, library: Library, ask: Callable[[str], Answer]) -> None:
        self._library = library
        self._ask = ask
        self._lock = threading.Lock()
        self._revision = -1
        self._made: list[Suggestion] = []
        self._answered: dict[str, bool] = {}
        self._languages: dict[str, _Found] = {}

    def questions(self, count: int, language: str = "") -> list[str]:
        """At most ``count`` questions, the best first, few of each document where there are many.

        Each is answered from the place it was made of, and nothing in the library says otherwise. Those
        in the ``language`` (zh-Hant, zh-Hans, en) come first, and others where there are too few.
        """
        with self._lock:
            revision = self._library.revision
            if self._revision != revision:
                self._made, self._revision = candidates(self._library), revision
                self._answered, self._languages = {}, {}
            if language not in self._languages:
                ordered = sorted(self._made, key=lambda s: not is_in(s.question, language))
                self._languages[language] = _Found(iter(ordered[:_TRIES]))
            found = self._languages[language]
            while len(found.questions) < count:
                suggestion = next(found.rest, None)
                if suggestion is None:
                    break
                if not self._is_enough_of(suggestion, found, count) and self._is_answered(
                    suggestion
                ):
                    found.questions.append(suggestion)
            return [suggestion.question for suggestion in found.questions[:count]]

    def _is_enough_of(self, suggestion: Suggestion, found: _Found, count: int) -> bool:
        document = suggestion.passage.document_id
        enough = max(_OF_DOCUMENT, math.ceil(count / max(1, self._library.count()[0])))
        return sum(s.passage.document_id == document for s in found.questions) >= enough

    def _is_answered(self, suggestion: Suggestion) -> bool:
        """Whether it is, asked once for all languages."""
        if suggestion.question not in self._answered:
            self._answered[suggestion.question] = self._has_answer(suggestion)
        return self._answered[suggestion.question]

    def _has_answer(self, suggestion: Suggestion) -> bool:
        try:
            answer = self._ask(suggestion.question)
        except BadQuestion:  # longer than the settings allow
            return False
        # what another version or another place says stands beside the answer, and explains itself
        explained = all(o.difference in ("version", "jurisdiction") for o in answer.alternatives)
        return explained and any(
            citation.passage_id == suggestion.passage.id
            and any(a < suggestion.end and suggestion.start < b for a, b in citation.highlight)
            for citation in answer.citations
        )


@dataclass(slots=True)
class _Found:
    """What is left to be tried, and what was found to be answered."""

    rest: Iterator[Suggestion]
    questions: list[Suggestion] = field(default_factory=list)


def is_in(question: str, language: str) -> bool:
    """Whether a question may be taken for one in a language; in any where it is empty."""
    if not language:
        return True
    if not any(map(is_han, question)):
        return not language.startswith("zh")
    if not language.startswith("zh"):
        return False
    # written alike in both scripts, it is in either
    traditional = is_traditional(question)
    alike = to_simplified(question) == question == to_traditional(question)
    return alike or traditional == (language.lower() == "zh-hant")


def candidates(library: Library) -> list[Suggestion]:
    """Questions made of passages from all over the library, the best first, of many forms.

    The first of every document stand before the second of any.
    """
    of_document: dict[str, list[Suggestion]] = defaultdict(list)
    for passage in _passages(library):
        of_document[passage.document_id] += made(passage)
    tried = max(_TRIED_OF_DOCUMENT, _TRIES // max(1, len(of_document)))
    rounds: list[list[Suggestion]] = [[] for _ in range(tried)]
    for found in of_document.values():
        for round_, suggestion in zip(rounds, _varied(_distinct(found)), strict=False):
            round_.append(suggestion)
    used = Counter[str]()
    ordered = [suggestion for round_ in rounds for suggestion in _varied(round_, used)]
    return _distinct(ordered)[:_CANDIDATES]


def _passages(library: Library) -> list[Passage]:
    """All passages, or some that are spread evenly, in the order in which they were added."""
    numbers = library.numbers()
    if len(numbers) > _PASSAGES:
        numbers = numbers[np.linspace(0, len(numbers) - 1, _PASSAGES).astype(int)]
    found = library.passages(int(n) for n in numbers)
    return [found[number] for number in sorted(found)]


def _distinct(suggestions: Iterable[Suggestion]) -> list[Suggestion]:
    """Each question once, the first of them."""
    first: dict[str, Suggestion] = {}
    for suggestion in suggestions:
        first.setdefault(suggestion.question, suggestion)
    return list(first.values())


def _varied(
    suggestions: Sequence[Suggestion], used: Counter[str] | None = None
) -> Iterator[Suggestion]:
    """The best first, where a form counts less each time it is used; equal ones keep their order."""
    used = Counter() if used is None else used
    left = list(suggestions)
    while left:
        best = max(left, key=lambda s: _worth(s) - _AGAIN * used[s.rule])
        used[best.rule] += 1
        left.remove(best)
        yield best


def _worth(suggestion: Suggestion) -> float:
    return suggestion.quality - _TOO_LONG * max(0, len(suggestion.question) - _EASY)
