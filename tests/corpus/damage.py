"""Damages a clean Simplified text the way careless scrapers do, for tests of the repair.

The steps follow what real pages show: characters converted to Traditional one by one, a pinyin
annotation behind each that changed, full-width punctuation turned ASCII, entities without their
``&``, and GBK bytes that slipped by one behind a full stop.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import opencc
import pypinyin

_HALF_WIDTH = str.maketrans("，：；？！（）", ",:;?!()")
# where the converters behind such pages differ from OpenCC's first choice for a character
_AS_ON_PAGES = {"为": "為", "签": "簽"} | {char: char for char in "于干群峰采并"}
_ANNOTATION = r"\([^()一-鿿]+\)"
_ANNOTATED_AFTER_STOP = re.compile(rf"。[一-鿿]{{2}}(?={_ANNOTATION})")
_TWO_BEFORE_QUOTE = re.compile(rf"([一-鿿])(?:{_ANNOTATION})?([一-鿿])(?:{_ANNOTATION})?“")


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")


@cache
def _back() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@cache
def traditional(char: str) -> str:
    """The Traditional form of one character, without regard to the word it stands in."""
    return _AS_ON_PAGES.get(char) or str(_converter().convert(char))


@cache
def reading(char: str) -> str:
    """The pinyin of one character with its tone mark: ``學`` gives ``xué``."""
    return str(pypinyin.pinyin(char, style=pypinyin.Style.TONE)[0][0])


def undamaged(clean: str) -> str:
    """What a repair can give back of ``damage(clean)``: no sign remains of its other changes.

    These are the script and the width of the punctuation, both legitimate in themselves.
    """
    return "".join(map(traditional, clean)).translate(_HALF_WIDTH)


def annotation(clean: str, bare: frozenset[str] = frozenset()) -> str:
    """Traditional text with ``(pinyin)`` after every changed character that is not in ``bare``."""
    pieces = []
    for char in clean.translate(_HALF_WIDTH):
        changed = traditional(char)
        annotated = changed != char and changed not in bare
        pieces.append(f"{changed}({reading(changed)})" if annotated else changed)
    return "".join(pieces)


def lose_ampersands(text: str, pairs: int) -> str:
    """The first ``pairs`` pairs of curly quotes as entities that lost their ``&``."""
    return text.replace("“", "ldquo;", pairs).replace("”", "rdquo;", pairs)


def slip(text: str) -> str:
    """``text`` read with its first GBK byte lost: ``。科學`` gives ``??茖W``.

    The lost byte shows as ``?``; the rest is read from the second byte on, with the full-width
    forms that arise shown as ASCII. Raises UnicodeError where that reading is not GBK.
    """
    rest = text.encode("gbk")[1:].decode("gbk")
    return "?" + "".join(_ascii(char) for char in rest)


def slip_stops(text: str, limit: int) -> str:
    """Slip the first ``limit`` full stops before two characters the second of which is annotated.

    Only such an annotation proves afterwards what stood there; places whose slipped bytes are no
    text, or do not end in step again, are passed over.
    """
    done = 0

    def one(match: re.Match[str]) -> str:
        nonlocal done
        if done == limit or not _slips(match.group()):
            return match.group()
        done += 1
        return slip(match.group())

    return _ANNOTATED_AFTER_STOP.sub(one, text)


def misplace_annotations(text: str, limit: int) -> str:
    """Annotate the character that the bytes in the midst of two others happen to make.

    ``變為“`` (D783 9EE9, then ``&ldquo;``) holds 839E, 優: that one's annotation swallows a byte at
    either side of it, and ``變?yōu)?ldquo;`` is left. Done at the first ``limit`` places where two
    characters before an opening quote allow it.
    """
    done = 0

    def one(match: re.Match[str]) -> str:
        nonlocal done
        char = _between(match[1], match[2])
        if done == limit or not char:
            return match.group()
        done += 1
        return f"{match[1]}?{reading(char)})?ldquo;"

    return _TWO_BEFORE_QUOTE.sub(one, text)


def damage(
    clean: str,
    *,
    entities: int = 1,
    slips: int = 1,
    misplaced: int = 0,
    bare: frozenset[str] = frozenset(),
) -> str:
    """All of it, each as often as said: see the functions above."""
    quoted = lose_ampersands(annotation(clean, bare), entities)
    return slip_stops(misplace_annotations(quoted, misplaced), slips)


def _ascii(char: str) -> str:
    return unicodedata.normalize("NFKC", char) if "！" <= char <= "～" else char


def _between(left: str, right: str) -> str:
    """The Traditional character from the second byte of one and the first of the next, or none."""
    try:
        char = (left.encode("gbk")[1:] + right.encode("gbk")[:1]).decode("gbk")
    except UnicodeError:
        return ""
    return char if str(_back().convert(char)) != char else ""


def _slips(text: str) -> bool:
    try:
        return slip(text)[-1].isascii()
    except UnicodeError:
        return False
