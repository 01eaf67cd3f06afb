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
        """The day of its last stage."""
        return self.events[-1].day

    @property
    def issued(self) -> Fact | None:
        """The day on which it was made public, where that is told."""
        return next((e.day for e in reversed(self.events) if e.stage == "issues"), None)


def read_events(parts: Parts) -> list[Event]:
    """The events of the head and of the last lines, in their order."""
    found = list(_events(parts.head))
    return found or list(_events(parts.foot))


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
        return last.start == event.start and last.stage == "passes" and len(act) == 1
    return _STAGES.index(event.stage) > _STAGES.index(last.stage)


def _events(lines: Iterable[Line]) -> Iterator[Event]:
    for line in lines:
        found = list(_of_line(line))
        yield from found


def _of_line(line: Line) -> Iterator[Event]:
    """The events of a line that begins with a day and says nothing else."""
    plain = _without_decisions(masked(line.folded))
    opening = _phrase("act_line").match(plain)
    at = opening.end() if opening else 0
    found = days(plain[at:], at)
    if not found or found[0].start > at + 1 or "。" in plain.rstrip(" 。)"):
        return
    if plain[found[0].end : found[0].end + 1] in (",", ";", "、"):
        return
    ends = [*(day.start for day in found[1:]), len(plain)]
    for day, end in zip(found, ends, strict=True):
        if event := _event(plain[day.end : end], day, line):
            yield event


def _event(words: str, day: Fact, line: Line) -> Event | None:
    """What the words behind a day say that was done on it."""
    verbs = list(_phrase("act_verb").finditer(words))
    if not verbs or len(words) - verbs[-1].end() > _FAR:
        return None
    said = "".join(verb[0] for verb in verbs)
    place = Fact(day.value, line.start + day.start, line.start + day.end)
    amends = _phrase("act_amends").search(said) is not None
    return Event(place, _stage(verbs[-1][0], said), amends, words, line.start)


def _stage(last: str, said: str) -> str:
    """What the last verb says; 修正 and 制定 with nothing behind them are made public."""
    if _phrase("act_holds").search(last):
        return "issues" if _phrase("act_issues").search(said) else "holds"
    for name in ("repeals", "issues", "approves", "passes"):
        if _phrase(f"act_{name}").search(last):
            return name
    if _phrase("act_amends").search(last):
        return "approves" if _phrase("act_passes").search(said) else "issues"
    return "passes"


def _without_decisions(plain: str) -> str:
    """Without the names of decisions that stand in no marks: 关于修改…的决定."""
    return _phrase("act_about").sub(lambda found: "□" * len(found[0]), plain)


@cache
def _phrase(name: str) -> re.Pattern[str]:
    return re.compile(phrase(name, "metadata").pattern)
