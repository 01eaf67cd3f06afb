"""What a text's wording tells: how likely a stretch of it is, how it writes, whether it asks."""

from __future__ import annotations

import re
import warnings
from functools import cache, lru_cache
from itertools import pairwise
from math import inf, log

from wenju.corpus.lexicon import phrase
from wenju.corpus.repair.pinyin_annotations import HAN, without_annotations
from wenju.corpus.script import fold, to_simplified, to_traditional

UNKNOWN = "\ufffd"  # in a reading: a character of which nothing is left

# shares of all words in running text, for what the dictionary does not count
_SHARES = {"，": 0.04, "。": 0.02, "、": 0.01, "：": 0.004, "“": 0.004, "”": 0.004}
_SHARES |= {"；": 0.002, "《": 0.002, "？": 0.001, "?": 0.001, UNKNOWN: 0.0002}
_SHARES |= dict.fromkeys("！‘’（）》「」『』—…·", 0.001)
_ASCII_SHARE = 0.0005
_LONGEST_WORD = 5
_SEEN_ELSEWHERE = 3.0  # nats for a pair of neighbours that stands elsewhere in the text
_CONTEXT = 6

_FULL_WIDTH = "，；：！"
_HALF_WIDTH = re.compile(f"[{HAN})][,;:!][{HAN}]")


def asks(text: str, at: int) -> bool:
    """Whether the sentence that ends before ``at`` has a word that asks."""
    sentence = re.split("[。！!；;\n?？]", text[max(0, at - 200) : at])[-1]
    return (
        phrase("of_sentence", "question_words").search(fold(without_annotations(sentence)))
        is not None
    )


def is_wide(text: str) -> bool:
    """Whether the text has commas, colons and the like in full width."""
    return not _characters(text).isdisjoint(_FULL_WIDTH)


def width_table(text: str) -> dict[int, int]:
    """For ``str.translate``: full-width marks to half-width, if that is how the text writes them."""
    narrow = not is_wide(text) and _HALF_WIDTH.search(text)
    return {ord(c): ord(c) - 0xFEE0 for c in "，；：！？（）"} if narrow else {}


@cache
def is_common(char: str) -> bool:
    """Whether the character is among the 3,755 of GB 2312's first level, in either script."""
    code = to_simplified(char).encode("gb2312", "ignore")
    return len(code) == 2 and 0xB0 <= code[0] <= 0xD7


def is_foreign(truth: str, plain: str) -> bool:
    """Whether a converted text is supposed to hold a Simplified character it has nowhere else."""
    known = _characters(plain)
    return any(char not in known and _is_simplified(char) for char in truth)


@cache
def _is_simplified(char: str) -> bool:
    """Whether only Simplified script has the character: it changes, and Big5 lacks it."""
    return not char.encode("big5", "ignore") and to_traditional(char) != char


class Place:
    """A place in a text, to be asked how likely something stood there."""

    def __init__(self, plain: str, text: str, start: int, end: int) -> None:
        """The place is ``text[start:end]``; ``plain`` is the text without annotations."""
        self._seen = _pairs(plain)
        self._left = without_annotations(text[max(0, start - 12 * _CONTEXT) : start])[-_CONTEXT:]
        self._right = without_annotations(text[end : end + 12 * _CONTEXT])[:_CONTEXT]

    def score(self, truth: str) -> float:
        """Log probability with its neighbours, in nats, higher is better.

        It counts for a reading if its first or last character has the same neighbour elsewhere.
        """
        inside = self._left[-1:] + truth + self._right[:1]
        pairs = {inside[:2], inside[-2:]}
        seen = sum(len(pair) == 2 and pair in self._seen for pair in pairs)
        whole = self._left + without_annotations(truth) + self._right
        return log_probability(whole) + _SEEN_ELSEWHERE * seen

    def supports(self, truth: str, i: int) -> bool:
        """Whether ``truth[i]`` is more than the likeliest character.

        It is part of a dictionary word, or a mark before one, or beside its neighbour elsewhere.
        """
        whole, at = self._left + truth + self._right, len(self._left) + i
        if any(pair in self._seen for pair in (whole[at - 1 : at + 1], whole[at : at + 2])):
            return True
        if whole[at] in _SHARES:
            return any(_is_word(whole[at + 1 : at + 1 + n]) for n in (2, 3, 4))
        starts = range(max(0, at - 3), at + 1)
        return any(_is_word(whole[a:b]) for a in starts for b in range(max(at, a + 1) + 1, a + 5))


def log_probability(text: str) -> float:
    """Of the likeliest cut into words, by jieba's word counts; in nats, higher is better.

    A word's probability is its count over the sum of counts; words are independent.
    """
    text = to_simplified(text)
    best = [0.0]
    for end in range(1, len(text) + 1):
        first = max(0, end - _LONGEST_WORD)
        best.append(max([best[at] + _log_share(text[at:end]) for at in range(first, end)]))
    return best[-1]


@lru_cache(1 << 16)
def _log_share(word: str) -> float:
    """Of a word in running text; what is no word is impossible, but for single characters."""
    total, counts = _counts()
    if len(word) > 1:
        return log(counts[word] / total) if counts.get(word) else -inf
    share = _SHARES.get(word, _ASCII_SHARE if word.isascii() else 0.5 / total)
    return log(max(share, counts.get(word, 0) / total))


@lru_cache(4)
def _pairs(text: str) -> frozenset[str]:
    """The neighbours in a text; asked for at each damaged place of it."""
    return frozenset(map("".join, pairwise(text)))


@lru_cache(4)
def _characters(text: str) -> frozenset[str]:
    return frozenset(text)


def _is_word(text: str) -> bool:
    return len(text) > 1 and bool(_counts()[1].get(to_simplified(text)))


@cache
def _counts() -> tuple[int, dict[str, int]]:
    """The sum of all counts, and jieba's count of each word."""
    with warnings.catch_warnings():  # its source has invalid escapes, said when it is compiled
        warnings.simplefilter("ignore")
        import jieba

    jieba.setLogLevel(60)
    jieba.initialize()
    return jieba.dt.total, jieba.dt.FREQ
