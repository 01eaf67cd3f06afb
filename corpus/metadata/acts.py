"""Acts in the head of a statute: when it was passed, issued, amended, and since when it holds.

1988年1月16日 国务院公布
2008年11月19日 国务院第36次常务会议修订通过
2008年12月1日 中华人民共和国国务院令第541号公布
2009年1月1日 施行
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from wenju.corpus.lexicon import phrase
from wenju.corpus.metadata.facts import Fact, Line, Parts, days, masked

_FAR = 40  # characters behind a verb before which its event must end
_LONGEST_SIGNATURE, _LONGEST_LINE = 60, 3000
_MARKS = (",", ";", "。", ":")
_ENDS = ("。", ";", ":")
_STAGES = ("passes", "approves", "issues")  # in this order an act comes into being


@dataclass(frozen=True, slots=True)
class Event:
    """What was done on a day: one of _STAGES, ``holds`` or ``repeals``, and by which words."""

    day: Fact
    stage: str
    amends: bool
    words: str
    start: int


@dataclass(frozen=True, slots=True)
class Act:
    """What belongs together: a statute or an amendment, passed, approved and issued."""

    events: tuple[Event, ...]

    @property
    def amends(self) -> bool:
        """Whether it changes what was there."""
        return any(event.amends for event in self.events)

    @property
    def day(self) -> Fact:
        """The day of its last stage; 2020年3月26日批准的2020年1月14日…修正 came about in March."""
        if self.amends:
            return max((event.day for event in self.events), key=lambda day: day.value)
        return self.events[-1].day

    @property
    def issued(self) -> Fact | None:
        """The day on which it was made public, where that is told."""
        return next((e.day for e in reversed(self.events) if e.stage == "issues"), None)


def read_events(parts: Parts) -> list[Event]:
    """The events of the head and of the last lines, in their order."""
    found = [event for line in _whole(parts) for event in _of_line(line)]
    return found or [event for line in parts.foot for event in _of_signature(line)]


def acts_of(events: Iterable[Event]) -> list[Act]:
    """The acts that the events make: each begins where nothing goes on."""
    acts: list[list[Event]] = []
    for event in events:
        if event.stage not in _STAGES:
            continue
        if acts and _goes_on(acts[-1], event):
            acts[-1].append(event)
        else:
            acts.append([event])
    return [Act(tuple(act)) for act in acts]


def _goes_on(act: Sequence[Event], event: Event) -> bool:
    last = act[-1]
    if event.amends and not any(e.amends for e in act):
        # 经甲通过并经乙批准的决定修正: the decision was passed on its way to the amendment
        return last.start == event.start and all(e.start == event.start for e in act)
    return _STAGES.index(event.stage) > _STAGES.index(last.stage)


def _whole(parts: Parts) -> Iterator[Line]:
    """The lines of the head; one that breaks off inside a title with those that end it."""
    start, pending = 0, 0
    for line in parts.head:
        start = start if pending else line.start
        pending += line.folded.count("《") - line.folded.count("》")
        if pending > 0 and line.end - start < _LONGEST_LINE:
            continue
        pending = 0
        yield Line(parts.folded[start : line.end].replace("\n", " "), start)
    if pending:
        yield Line(parts.folded[start : parts.head[-1].end].replace("\n", " "), start)


def _of_signature(line: Line) -> Iterator[Event]:
    """The event of a short line at the foot, which no sentence of the text is: 2024年5月1日印发."""
    if len(line.folded) <= _LONGEST_SIGNATURE and not line.folded.endswith(_ENDS):
        yield from _of_line(line)


def _of_line(line: Line) -> Iterator[Event]:
    """The events of a line that begins with a day, or is short and ends in one, and says no more."""
    if len(line.folded) > _LONGEST_LINE:
        return
    plain = _without_decisions(masked(line.folded))
    opening = _phrase("act_line").match(plain)
    at = opening.end() if opening else 0
    found = days(plain[at:], at)
    if not found or "。" in plain.rstrip(" 。)"):
        return
    if found[0].start > at + 1 and not _ends_in_act(plain, found):
        return
    if plain[found[0].end : found[0].end + 1] in (",", ";", "、"):
        return
    ends = [*(day.start for day in found[1:]), len(plain)]
    for day, end in zip(found, ends, strict=True):
        if event := _event(plain[day.end : end], day, line):
            yield event


def _ends_in_act(plain: str, found: Sequence[Fact]) -> bool:
    """Whether it is a name and what was done on a day: 海濱市政府消防局 113年9月1日修訂."""
    behind = plain[found[0].end :].strip(" )]")
    short = len(plain) <= _LONGEST_SIGNATURE and not any(mark in plain for mark in _MARKS)
    return len(found) == 1 and short and _phrase("act_verb").fullmatch(behind) is not None


def _event(words: str, day: Fact, line: Line) -> Event | None:
    """What the words behind a day say that was done on it."""
    verbs = list(_phrase("act_verb").finditer(words))
    if not verbs:
        # the decision's name may be closed too late: 《…的决定修正》
        words = line.folded[day.end : day.end + len(words)]
        verbs = list(_phrase("act_verb").finditer(words))[-1:]
    if not verbs or len(words) - verbs[-1].end() > _FAR:
        return None
    said = "".join(verb[0] for verb in verbs)
    place = Fact(day.value, line.start + day.start, line.start + day.end)
    amends = _phrase("act_amends").search(said) is not None
    stage = _stage(verbs[-1][0], said)
    if stage == "passes" and _phrase("act_by_number").search(words[: verbs[-1].end()]):
        stage = "issues"  # by a letter or a decree, which is public
    return Event(place, stage, amends, words, line.start)


def _stage(last: str, said: str) -> str:
    """What the last verb says; 修正 and 制定 with nothing behind them are made public."""
    if _phrase("act_holds").search(last):
        return "issues" if _phrase("act_issues").search(said) else "holds"
    for name in ("act_repeals", "act_issues", "act_approves", "act_passes"):
        if _phrase(name).search(last):
            return name.removeprefix("act_")
    if _phrase("act_amends").search(last):
        return "approves" if _phrase("act_passes").search(said) else "issues"
    return "passes"


def _without_decisions(plain: str) -> str:
    """Without the names of decisions that stand in no marks: 关于修改…的决定."""
    return _phrase("act_about").sub(lambda found: "□" * len(found[0]), plain)


@cache
def _phrase(name: str) -> re.Pattern[str]:
    return re.compile(phrase(name, "metadata").pattern)
