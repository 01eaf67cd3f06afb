"""Statutes with the places of their articles, told by something else than the code that is checked."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Number = tuple[int, ...]

_DIGITS = "零一二三四五六七八九"
_VALUES = {char: i for i, char in enumerate(_DIGITS)} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_NUMBERED = re.compile(r"第 (\d+)(?:-(\d+))? 條")
_HAN = f"[{''.join(_VALUES)}{''.join(_UNITS)}]+"
_LINE = re.compile(rf"第\s?({_HAN}|\d+)\s?条(?:之({_HAN}|\d+))?(.?)")
_ANNEX = re.compile(
    r"附(?:件|表|[录錄]|[图圖])\s*(?:\d*|[一二三四五六七八九十]*)\s*(?:[:：]|$|\s)", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Place:
    """An article as a text has it; ``sure`` says that nothing in its line or number is out of the way."""

    number: Number
    start: int
    end: int
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Law:
    """A statute's text and its articles in order; ``form`` is how their numbers are written."""

    name: str
    form: str
    text: str
    places: tuple[Place, ...]


def han(number: int) -> str:
    """A number below ten thousand in Chinese numerals: 一百零三, 十二."""
    digits = [int(d) for d in str(number)]
    said = ""
    for power, digit in zip(range(len(digits) - 1, -1, -1), digits, strict=True):
        if digit:
            said += _DIGITS[digit] + ("", "十", "百", "千")[power]
        elif said and not said.endswith("零"):
            said += "零"
    said = said.rstrip("零")
    return said[1:] if said.startswith("一十") else said


def value(numeral: str) -> int:
    """What a Chinese numeral or digits say."""
    if numeral.isdecimal():
        return int(numeral)
    total, digit = 0, 0
    for char in numeral:
        if char in _UNITS:
            total, digit = total + (digit or 1) * _UNITS[char], 0
        else:
            digit = _VALUES[char]
    return total + digit


def _official(number: Number) -> str:
    return f"第 {'-'.join(map(str, number))} 條"


def _digits(number: Number) -> str:
    return f"第{number[0]}條" + "".join(f"之{n}" for n in number[1:])


def _chinese(number: Number) -> str:
    return f"第{han(number[0])}條" + "".join(f"之{han(n)}" for n in number[1:])


def _hyphened(number: Number) -> str:
    return f"第{'-'.join(map(str, number))}條"


FORMS: dict[str, tuple[Callable[[Number], str], str]] = {
    "official": (_official, " "),
    "below": (_official, "\n"),
    "digits": (_digits, "\u3000"),
    "hyphened": (_hyphened, " "),
    "chinese": (_chinese, "\u3000"),
    "glued": (_chinese, ""),
}
"""How the number of an article is written, and what stands between it and its text."""


def rendered(title: str, articles: Sequence[Sequence[str]], form: str) -> Law:
    """A law of Taiwan as plain text in one of the FORMS; what has no number of an article is text.

    An annex ends the article whose text it stands in, for it is none of its paragraphs.
    """
    label, between = FORMS[form]
    text = title
    places: list[Place] = []
    for numbered, said in articles:
        said = said.replace("\r", "").strip("\n")
        text += "\n"
        if not (found := _NUMBERED.fullmatch(numbered.strip())):
            if places:
                places[-1] = Place(places[-1].number, places[-1].start, len(text) + len(said))
            text += said
            continue
        number = tuple(int(n) for n in found.groups() if n)
        start = len(text)
        text += label(number) + between + said
        annex = _ANNEX.search(text, start)
        places.append(Place(number, start, annex.start() if annex else len(text)))
    return Law(title, form, text, tuple(places))


def counted(name: str, text: str, headings: Sequence[int] = ()) -> Law:
    """A law of the mainland: each line that opens with 第…条 is an article, and sure if it comes next.

    It does where it follows the article before, or is the first of another law in the file, and a
    space or nothing stands behind the number. Rows of tables are left out. ``headings`` are where headings
    begin, which end an article, as annexes do.
    """
    opened: list[tuple[Number, int, bool]] = []
    annexes: list[int] = []
    at = 0
    for line in text.split("\n"):
        if (found := _LINE.match(line)) and " | " not in line:
            number = tuple(value(n) for n in found.groups()[:2] if n)
            last = opened[-1][0] if opened else (0,)
            follows = number in ((1,), (last[0] + 1,), (last[0], (*last, 0)[1] + 1))
            opened.append((number, at, follows and not found[3].strip()))
        elif _ANNEX.match(line):
            annexes.append(at)
        at += len(line) + 1
    stops = sorted({*(start for _, start, _ in opened), *annexes, *headings, len(text)})
    ends = [stops[bisect_right(stops, start)] for _, start, _ in opened]
    places = (
        Place(n, start, end, sure) for (n, start, sure), end in zip(opened, ends, strict=True)
    )
    return Law(name, "markdown", text, tuple(places))
