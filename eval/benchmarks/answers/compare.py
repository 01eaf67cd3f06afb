"""What changed between two dumps: figures side by side, and every answer that became another."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import fmean, median
from typing import Any

Line = Mapping[str, Any]
_FIGURES = ("right", "exact_match", "char_f1", "rouge_l", "answered", "recall_at_1", "recall_at_5")


def read(path: Path) -> list[Line]:
    """The lines of a dump."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def auroc(lines: Sequence[Line]) -> float | None:
    """How often what is answered rightly has a higher confidence than what cannot be answered.

    None where the set has no questions of either kind. Ties count one half (Mann–Whitney).
    """
    yes = [_believed(line) for line in lines if line["answerable"]]
    no = [_believed(line) for line in lines if not line["answerable"]]
    if not yes or not no:
        return None
    return sum((a > b) + 0.5 * (a == b) for a in yes for b in no) / (len(yes) * len(no))


def _believed(line: Line) -> float:
    return float(line["score"])


def figures(lines: Sequence[Line]) -> dict[str, float]:
    """Means from 0 to 1 over a set's questions, and the median time of an answer in ms."""
    found = {name: fmean(_value(line, name) for line in lines) for name in _FIGURES}
    area = auroc(lines)
    found |= {"auroc": area} if area is not None else {}
    return found | {"p50_ms": median(line["took_ms"] for line in lines)}


def _value(line: Line, name: str) -> float:
    if name.startswith("recall_at_"):
        rank, most = line["document_rank"], int(name.rpartition("_")[2])
        return float(rank is not None and rank <= most)
    return float(line[name])


def by_set(lines: Sequence[Line]) -> dict[str, list[Line]]:
    """The lines of each set, in order."""
    sets: dict[str, list[Line]] = {}
    for line in lines:
        sets.setdefault(line["set"], []).append(line)
    return sets


def compared(before: Sequence[Line], after: Sequence[Line]) -> Iterator[str]:
    """Lines to read: figures of each set, then what became right, wrong, or merely other."""
    old, new = by_set(before), by_set(after)
    for name in new:
        if name not in old:
            yield f"{name}: not in the first dump"
            continue
        asked = {line["id"] for line in new[name]}
        old[name] = [line for line in old[name] if line["id"] in asked]
        then, now = figures(old[name]), figures(new[name])
        yield f"{name} ({len(new[name])} questions)"
        for figure, value in now.items():
            if figure in then:
                yield f"  {figure:<13}{then[figure]:8.3f} → {value:8.3f}  {value - then[figure]:+.3f}"
        yield from _changes(old[name], new[name])


def _changes(old: Sequence[Line], new: Sequence[Line]) -> Iterator[str]:
    known = {line["id"]: line for line in old}
    pairs = [(known[line["id"]], line) for line in new if line["id"] in known]
    changed = [(a, b) for a, b in pairs if _shown(a) != _shown(b)]
    for title, wanted in (("better", 1), ("worse", -1), ("other", 0)):
        rows = [(a, b) for a, b in changed if b["right"] - a["right"] == wanted]
        yield f"  {title}: {len(rows)}"
        for a, b in rows:
            yield f"    {b['question']}  {_told(a)} → {_told(b)}  gold {b['answers'][:2]}"


def _shown(line: Line) -> tuple[Any, ...]:
    places = json.dumps([line["citations"], line["items"]])
    return line["answered"], line["answer"], places


def _told(line: Line) -> str:
    confidence = line["confidence"]
    sure = f" {confidence:.2f}" if confidence is not None else ""
    return f"«{line['answer'][:60]}»{sure}" if line["answered"] else f"refused{sure}"
