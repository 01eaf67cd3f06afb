"""Values of spreadsheets as the sheet shows them, by their number formats."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

_QUOTED = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]')
_PLACES = re.compile(r"[#0?][#0?,]*(?:\.([#0?]+))?")
_GENERAL = ("", "general", "@")
_MOST_DIGITS = 15  # a float has no more that mean anything

Value = str | float | int | bool | date | datetime | time | timedelta | None


def shown(value: Value, form: str = "") -> str:
    """The value as text: percentages, decimals, thousands and words of its format kept.

    Formats for negative numbers, conditions and colours are passed over; dates come as the format
    writes them where it has 年, else as 2024-05-01.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (datetime, date)):
        return _day(value, form)
    if isinstance(value, (time, timedelta)):
        return str(value).removesuffix(":00")
    if isinstance(value, (int, float)):
        return _number(value, form.split(";", 1)[0])
    return value


def _day(value: date, form: str) -> str:
    hour = value if isinstance(value, datetime) and (value.hour or value.minute) else None
    clock = f" {hour:%H:%M}" if hour else ""
    if "年" not in form:
        return f"{value:%Y-%m-%d}{clock}"
    day = f"{value.day}日" if "日" in form else ""
    return f"{value.year}年{value.month}月{day}{clock}"


def _number(value: float, form: str) -> str:
    literal = _QUOTED.sub(lambda m: "", form)
    places = _PLACES.search(literal)
    if form.lower() in _GENERAL or places is None:
        return _plain(value)
    percent = "%" in literal
    decimals = places.group(1) or ""
    number = value * 100 if percent else value
    text = (
        f"{number:,.{len(decimals)}f}" if "," in places.group() else f"{number:.{len(decimals)}f}"
    )
    loose = len(decimals) - len(decimals.rstrip("#?"))
    if loose:
        head, _, tail = text.partition(".")
        kept = tail[: len(decimals) - loose] + tail[len(decimals) - loose :].rstrip("0")
        text = f"{head}.{kept}" if kept else head
    before, after = _words(form)
    return f"{before}{text}{'%' if percent else ''}{after}"


def _words(form: str) -> tuple[str, str]:
    """What a format writes before and behind the number: "¥", "万元"."""
    before = after = ""
    at = next(
        (i for i, c in enumerate(_QUOTED.sub(lambda m: " " * len(m[0]), form)) if c in "#0?"), 0
    )
    for found in _QUOTED.finditer(form):
        said = found[1] or found[2] or ""
        if found.start() < at:
            before += said
        else:
            after += said
    currency = next((c for c in "¥￥$€£" if c in _QUOTED.sub("", form)), "")
    return currency + before, after


def _plain(value: float) -> str:
    if isinstance(value, int) or value.is_integer():
        return str(int(value))
    return f"{value:.{_MOST_DIGITS}g}"
