"""Quantities of folded text: a numeral with its unit, its currency or its per cent."""

from __future__ import annotations

import re
from decimal import Decimal

from wenju.corpus.values.counting import is_article, is_counted, is_list_mark, looks_like_year
from wenju.corpus.values.numerals import NUMERAL, ONE, canonical, evaluate
from wenju.corpus.values.shares import read_percent
from wenju.corpus.values.units import is_measure, read_unit
from wenju.corpus.values.value import Kind, Reading, Value

_NUMERAL = re.compile(NUMERAL, re.ASCII)
# 一个半月
_AND_HALF = "个半(?=月|小时|星期|钟头|礼拜|学期)"
_MORE = re.compile(f"[多余来几]|{_AND_HALF}")
# 数百家, 几十万元, 上千人: so many, but nobody knows how many
VAGUE = "(?:[几数近超约]|(?<!以)上|(?<![未不])逾)[十百千万亿]"
_VAGUE = re.compile(rf"{VAGUE}[十百千万亿]{{0,3}}+[多余]?")
_SEVERAL = re.compile(rf"[{ONE}十百千万两]+")
HALF = "半个?(?=[年月天日小学])"
_HALF = re.compile(HALF)
_AND_A_HALF = re.compile("半")
_SIGN = re.compile(
    r"(?:人民币|新台币|台币|港币|nt\$|us\$|hk\$|[$¥£€]|\b(?:usd|twd|ntd|cny|rmb|hkd|eur)) ?$",
    re.ASCII,
)
# 3元5角
_CHANGE = re.compile(rf"(?P<number>[1-9{ONE[3:]}])角(?![洲形度色落])")
_DECADE = re.compile("[1-9]0年代")
_YEARLY = re.compile("年(?:度(?![假过])|代)")
# 2000 alone, 自2025起: a year; 投资2000: who knows
_BEFORE_YEAR = re.compile(r"(?:^|[^\w$¥£€.,]|[自从至到于在])$")
_AFTER_YEAR = re.compile(r"s?\b|[至到起-]")
_FOUR_DIGITS = re.compile(r"1[0-9]{3}(?![0-9]|[.,][0-9])")


def read_quantity(text: str, at: int, floor: int) -> Reading:
    """The quantity at ``at``; nothing where a numeral counts nothing.

    What stands before it may belong to it, down to ``floor``.
    """
    if vague := _VAGUE.match(text, at) or _HALF.match(text, at):
        return _uncertain(text, at, vague)
    found = _NUMERAL.match(text, at)
    if found is None:
        return None, at + 1
    number, end = evaluate(found[0]), found.end()
    if number is None:
        return _several(text, at, end)
    if is_list_mark(text, at, end, number):
        return None, end
    share = read_percent(text, at, end, number)
    if share is not None:
        return share, share.end
    return _counted(text, at, end, number, floor)


def _uncertain(text: str, at: int, found: re.Match[str]) -> Reading:
    """数百家, 半年."""
    unit = read_unit(text, found.end())
    if unit is None:
        return None, at + 1
    half = Decimal("0.5") if text[at] == "半" else None
    return Value(at, unit[2], unit[0], half, unit[1]), unit[2]


def _several(text: str, at: int, end: int) -> Reading:
    """三四个, 五六十人."""
    unit = read_unit(text, end) if _SEVERAL.fullmatch(text, at, end) and end - at <= 4 else None
    if unit is None:
        return None, end
    return Value(at, unit[2], unit[0], None, unit[1]), unit[2]


def _counted(text: str, at: int, end: int, number: Decimal, floor: int) -> Reading:
    """A number, with its unit where it has one."""
    if looks_like_year(text, at, end):
        kind: Kind = "date" if _stands_alone(text, at, end) else "number"
        return Value(at, end, kind, number, terms=(f"y:{number}", f"n:{number}")), end
    terms = (f"n:{canonical(number)}",) if is_counted(text, at, end) else ()
    more = _MORE.match(text, end)
    stop = more.end() if more else end
    several = more is not None and more[0] == "几"
    number += Decimal("0.5") if more and more[0] == "个半" else 0
    unit = read_unit(text, stop)
    start = _sign(text, at, floor)
    if unit is None or (several and not is_article(text, at, end)):
        return _bare(text, (start, at, end), number, terms)
    told = more is not None and is_article(text, at, end)  # 十多人
    if not terms and not told and not _hardly_counted(text, at, end, unit[1]):
        return None, end
    kind = "amount" if start < at else unit[0]
    value = Value(start, unit[2], kind, None if several else number, unit[1], terms=terms)
    value = _completed(text, value)
    return value, value.end


def _hardly_counted(text: str, at: int, end: int, unit: str) -> bool:
    """一个, one year."""
    spelled = text[at].isascii() and text[at].isalpha()
    return (spelled or text[at] == "一" and is_measure(unit)) and is_article(text, at, end)


def _completed(text: str, value: Value) -> Value:
    """With what goes on behind the unit: 3元5角, 20世纪80年代, 114年度, 两年半."""
    if value.kind == "amount" and (change := _CHANGE.match(text, value.end)):
        small = evaluate(change["number"]) or Decimal(0)
        total = None if value.number is None else value.number + small / 10
        return _longer(value, change.end(), "amount", total, f"n:{small}")
    if value.unit == "世纪":
        decade = _DECADE.match(text, value.end)
        if decade is None:
            return value
        return _longer(value, decade.end(), "date", None, f"n:{decade[0][:2]}")
    if value.unit == "年" and (yearly := _YEARLY.match(text, value.end - 1)):
        return _longer(value, yearly.end(), "date", None)
    if value.kind == "duration" and _AND_A_HALF.match(text, value.end):
        half = None if value.number is None else value.number + Decimal("0.5")
        return _longer(value, value.end + 1, "duration", half)
    return value


def _longer(value: Value, end: int, kind: Kind, number: Decimal | None, *terms: str) -> Value:
    return Value(value.start, end, kind, number, value.unit, terms=(*value.terms, *terms))


def _bare(
    text: str, place: tuple[int, int, int], number: Decimal, terms: tuple[str, ...]
) -> Reading:
    """A number without a unit: money behind a currency's sign, and a year where it looks like one."""
    start, at, end = place
    if not terms and not _is_figure(text, at, end):
        return None, end
    if start < at:
        return Value(start, end, "amount", number, text[start:at].strip(), terms=terms), end
    if _FOUR_DIGITS.match(text, at) and end - at == 4 and _is_apart(text, at, end):
        return Value(at, end, "date", number, terms=terms), end
    return Value(at, end, "number", number, terms=terms), end


def _is_figure(text: str, at: int, end: int) -> bool:
    """Whether an uncounted numeral is one digit before a word: 途经3站."""
    return (
        "0" <= text[at] <= "9" and "一" <= text[end : end + 1] <= "鿿" and is_article(text, at, end)
    )


def _is_apart(text: str, at: int, end: int) -> bool:
    return not text[at - 1 : at].isalnum() and not text[end : end + 1].isalnum()


def _stands_alone(text: str, at: int, end: int) -> bool:
    """Whether a number that may be a year hardly is anything else."""
    before = at == 0 or _BEFORE_YEAR.search(text, at - 1, at)
    return bool(before) or bool(_AFTER_YEAR.match(text, end))


def _sign(text: str, at: int, floor: int) -> int:
    """Where the currency before a number begins; the number where there is none."""
    found = _SIGN.search(text, max(floor, at - 4), at)
    return found.start() if found else at
