"""Since when and until when a document holds, as its own sentences say: 本辦法自發布日施行."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from wenju.corpus.lexicon import phrase
from wenju.corpus.metadata.facts import Fact, Parts, days, sentences_with
from wenju.corpus.values import values

_UNITS = {"年": 12, "个月": 1, "月": 1}


def effective(parts: Parts, issued: Fact | None) -> Fact | None:
    """The day since which it holds; for one that holds since it was issued, the day of issue.

    Where sentences name different days, that of the title's own kind counts (本条例 in a 条例), and
    nothing where they still differ.
    """
    found = [(match, fact) for match in _matches(parts) if (fact := _since(match, issued))]
    own = [fact for match, fact in found if parts.title.rstrip(")").endswith(match["what"] or "\0")]
    told = own or [fact for _, fact in found]
    if told and len({fact.value for fact in told}) == 1:
        return told[0]
    return None if told else _by_decree(parts, issued)


def _matches(parts: Parts) -> list[re.Match[str]]:
    pattern = phrase("effective", "metadata")
    amends = phrase("act_amends", "metadata")
    return [
        match
        for place in sentences_with(parts.folded, "holds")
        for match in pattern.finditer(parts.folded, *place)
        if not amends.search(match["what"]) and "《" not in match["what"]
    ]


def _by_decree(parts: Parts, issued: Fact | None) -> Fact | None:
    for name in ("effective_decree", "effective_subject"):
        for place in sentences_with(parts.folded, "holds"):
            if match := phrase(name, "metadata").search(parts.folded, *place):
                return _since(match, issued)
    return None


def _since(match: re.Match[str], issued: Fact | None) -> Fact | None:
    """The day in ``when``, or the day of issue, with the place of the words that say so."""
    when, at = match["when"], match.start("when")
    if phrase("since_issue", "metadata").fullmatch(when.strip()):
        return Fact(issued.value, at, match.end("when")) if issued else None
    told = days(when, at)
    if len(told) != 1 or told[0].start - at > 1:
        return None
    behind = when[told[0].end - at :].strip()
    return told[0] if len(behind) <= len("起正式") else None


def expires(parts: Parts, since: Fact | None) -> Fact | None:
    """The last day on which it holds: 有效期至2028年12月31日, 有效期5年 counted from ``since``."""
    for place in sentences_with(parts.folded, "lasts"):
        if found := _last_day(parts, place, since):
            return found
    return None


def _last_day(parts: Parts, place: tuple[int, int], since: Fact | None) -> Fact | None:
    for name in ("expires", "expires_until"):
        for match in phrase(name, "metadata").finditer(parts.folded, *place):
            what, at = match["what"], match.start("what")
            told = days(what, at)
            if told and told[0].start - at <= 2:
                last = told[1] if len(told) > 1 and told[1].start - told[0].end <= 3 else told[0]
                return last
            if name == "expires" and (counted := _counted(what, at, since)):
                return counted
    return None


def _counted(what: str, at: int, since: Fact | None) -> Fact | None:
    """The end of a length of time from a day on: five years from 1 January end on 31 December."""
    for value in values(what)[:1]:
        months = _UNITS.get(value.unit.strip())
        if value.kind != "duration" or value.number is None or value.start > 1 or not months:
            continue
        if not since or value.number != int(value.number):
            continue
        end = _months_later(date.fromisoformat(since.value), months * int(value.number))
        return Fact(end.isoformat(), at + value.start, at + value.end) if end else None
    return None


def _months_later(day: date, months: int) -> date | None:
    """The last day of so many months that begin with ``day``."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    last = monthrange(year, month + 1)[1]
    if day.day > last:
        return date(year, month + 1, last)
    return date(year, month + 1, day.day) - timedelta(days=1)
