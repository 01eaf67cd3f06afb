"""One statute checked: what its passages say of their articles, beside what was counted apart."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from time import perf_counter

from wenju.corpus.document import Document, Heading, Passage, content_id
from wenju.corpus.layout import read_layout
from wenju.corpus.passages import cut
from wenju.corpus.statutes import provisions_of
from wenju.eval.benchmarks.statutes.truth import Law, Number, Place, value

_EXAMPLES = 12  # kept of each kind of fault


@dataclass(slots=True)
class Report:
    """Counts over statutes, and the first examples of each kind of fault."""

    counts: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)

    def fault(self, kind: str, example: str) -> None:
        """Count a fault, and keep the first of its kind."""
        self.counts[kind] += 1
        kept = self.examples.setdefault(kind, [])
        if len(kept) < _EXAMPLES:
            kept.append(example)

    def add(self, other: Report) -> None:
        """Add the counts and examples of another."""
        self.counts += other.counts
        for kind, examples in other.examples.items():
            kept = self.examples.setdefault(kind, [])
            kept += examples[: _EXAMPLES - len(kept)]


def check(law: Law, headings: Sequence[Heading] = ()) -> Report:
    """Cut a statute into passages and compare each with where it stands."""
    report = Report()
    document = Document(
        *(content_id(law.text), law.name, law.name, law.name, "", "", law.text, law.text),
        headings=tuple(headings),
    )
    began = perf_counter()
    layout = read_layout(document.text, document.headings)
    passages = cut(document, layout)
    found = provisions_of(layout)
    spent = perf_counter() - began
    report.counts.update(laws=1, articles=len(law.places), passages=len(passages))
    report.counts.update(characters=len(law.text), microseconds=round(spent * 1e6))
    labels = [(p.start, p.number) for p in found if p.kind == "article"]
    told = {place.start: place for place in law.places}
    for start, number in labels:
        if start not in told or told[start].number != number:
            report.fault("article that is none", _example(law, start))
    known = dict(labels)
    for place in law.places:
        if place.start not in known:
            kind = "article missed" if place.sure else "unsure article not taken"
            report.fault(kind, _example(law, place.start))
    for kind, passage in _faults(law.places, passages):
        report.fault(kind, f"{passage.article or '-'} for {_example(law, passage.start)}")
    return report


def _faults(places: Sequence[Place], passages: Sequence[Passage]) -> Iterator[tuple[str, Passage]]:
    starts = [place.start for place in places]
    for passage in passages:
        # headings may open the passage of an article
        near = places[max(0, bisect_right(starts, passage.start) - 1) :][:3]
        touched = [p for p in near if p.start < passage.end and passage.start < p.end]
        if not touched:
            if passage.article:
                yield "label without an article", passage
            continue
        sure = all(p.sure for p in touched)
        if len(touched) > 1 and not _only_heading(touched, passage):
            yield ("passage of two articles" if sure else "unsure passage of two"), passage
        elif _number(passage.article) != touched[-1].number:
            kind = "label missing" if not passage.article else "label wrong"
            yield (kind if sure else f"unsure {kind}"), passage


def _only_heading(touched: Sequence[Place], passage: Passage) -> bool:
    """Whether all before a passage's last article is the heading of a chapter, which ends no article."""
    before = passage.text[: touched[-1].start - passage.start]
    return len(touched) == 2 and touched[0].start < passage.start and len(before) < 120


def _number(article: str) -> Number:
    """The number in a label, read apart from the code that is checked."""
    digits = "".join(
        c if c.isdecimal() or c in "零〇一二两三四五六七八九十百千" else " " for c in article
    )
    return tuple(value(part) for part in digits.split())


def _example(law: Law, start: int) -> str:
    return f"{law.name} ({law.form}): {law.text[start : start + 50]!r}"
