"""Chinese script and width: folding for search, conversion for questions.

Folding never changes a text's length, so a match in folded text is a place in the shown text.
What is shown is always the document's own script; nothing here is used for display.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import cache, lru_cache
from typing import Any

# Variants that OpenCC keeps apart but readers of the two scripts write for one another, and
# quotation marks, which differ by place and by scraper.
_VARIANTS = {
    "著": "着", "妳": "你", "裡": "里", "裏": "里", "祂": "他", "牠": "它", "羣": "群", "峯": "峰",
    "喫": "吃", "乾": "干", "瞭": "了", "藉": "借", "昇": "升", "菸": "烟", "佈": "布", "佔": "占",
    "併": "并", "彙": "汇", "佇": "伫", "僱": "雇", "週": "周", "証": "证", "麼": "么",
    "「": "“", "」": "”", "『": "“", "』": "”", "‘": '"', "’": '"', "'": '"',
    "‧": "·", "・": "·", "•": "·", "—": "-", "–": "-", "~": "-", "〜": "-",
}  # fmt: skip

_BLOCKS = ((0x2E80, 0x2FDF), (0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF))
_HAN = "".join(f"{chr(first)}-{chr(last)}" for first, last in _BLOCKS[1:])
_IDEOGRAPHS = re.compile(f"[{_HAN}]+")
_TITLE = 100  # characters
_LONGEST_KEPT = 1000  # characters of a text that is folded once and remembered


@cache
def _converter(config: str) -> Any:  # noqa: ANN401  (OpenCC ships no types)
    import opencc

    return opencc.OpenCC(config)


def to_simplified(text: str) -> str:
    """Simplified Chinese, by phrases where they decide; the length may change."""
    return _short_in_simplified(text) if len(text) <= _TITLE else _in_simplified(text)


def _in_simplified(text: str) -> str:
    return text if text.isascii() else str(_converter("t2s").convert(text))


@lru_cache(maxsize=16_384)  # titles and names, which several parts of a catalogue compare
def _short_in_simplified(text: str) -> str:
    return _in_simplified(text)


def to_traditional(text: str) -> str:
    """Traditional Chinese, by phrases where they decide; the length may change."""
    return str(_converter("s2t").convert(text))


# what OpenCC writes otherwise than readers in Taiwan do
_USUAL = str.maketrans({"爲": "為", "裏": "裡", "臺": "台"})


def in_usual_traditional(text: str) -> str:
    """Traditional Chinese as it is written today; what is Traditional already stays as it is."""
    converted = to_traditional(text)
    return text if converted == text else converted.translate(_USUAL)


def in_script_of(text: str, like: str) -> str:
    """The text in the Chinese script that another is written in; as it is where that shows none."""
    simplified, traditional = to_simplified(like) != like, to_traditional(like) != like
    if simplified == traditional:
        return text
    return to_simplified(text) if traditional else in_usual_traditional(text)


def _fold_character(char: str) -> str:
    """NFKC and lower case, each only where it gives exactly one character."""
    for change in (lambda c: unicodedata.normalize("NFKC", c), str.lower):
        changed = change(char)
        if len(changed) == 1:
            char = changed
    return char


@cache
def _table() -> dict[int, str]:
    """Code point to folded character, for every character that folding changes."""
    table = {}
    for code in range(0x80, 0x10000):
        folded = _fold_character(chr(code))
        if folded != chr(code) and not 0xD800 <= code < 0xE000:
            table[code] = folded
    table |= {code: chr(code).lower() for code in range(0x41, 0x5B)}
    han = [chr(c) for first, last in _BLOCKS for c in range(first, last + 1)]
    plain = [table.get(ord(c), c) for c in han]
    simple = str(_converter("t2s").convert("\n".join(plain))).split("\n")
    for char, folded in zip(han, simple, strict=True):
        if len(folded) == 1 and folded != char:
            table[ord(char)] = folded
    table |= {ord(c): v for c, v in _VARIANTS.items()}
    # a squared or variant character folds to one that folds on: follow it, so folding is idempotent
    return {code: folded.translate(table) for code, folded in table.items()}


def fold(text: str) -> str:
    """The text as search sees it: simplified, half-width, lower case, one kind of quotation marks.

    ``len(fold(text)) == len(text)``, character by character, and ``fold(fold(t)) == fold(t)``.
    """
    if len(text) <= _LONGEST_KEPT:
        return _folded(text)
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    return str(_codes()[codes].tobytes(), "utf-32-le", "surrogatepass")


@lru_cache(maxsize=4096)  # lines, labels, passages, questions: many are asked for again
def _folded(text: str) -> str:
    return text.translate(_table())


@cache
def _codes() -> Any:  # noqa: ANN401  (numpy is imported where it is used)
    """The table as an array, which folds long texts many times as fast."""
    import numpy as np

    codes = np.arange(sys.maxunicode + 1, dtype="<u4")
    for code, folded in _table().items():
        codes[code] = ord(folded)
    return codes


def is_han(char: str) -> bool:
    """Whether the character is a Han ideograph."""
    return _IDEOGRAPHS.match(char) is not None


def han_count(text: str) -> int:
    """How many Han ideographs a text has."""
    return sum(map(len, _IDEOGRAPHS.findall(text)))
