"""A set's cells: every chosen row, asked every question of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from wenju.eval.answers import Score
from wenju.eval.benchmarks.external import run as others
from wenju.eval.benchmarks.external.systems import System
from wenju.eval.benchmarks.external.task import make_task, rankings, records
from wenju.eval.benchmarks.results.baselines import Searcher
from wenju.eval.benchmarks.results.cells import SAME, Cell
from wenju.eval.benchmarks.results.rows import Parts, Row
from wenju.eval.benchmarks.results.sets import Material
from wenju.eval.datasets import GoldQuestion, GoldSet
from wenju.eval.intervals import Interval, bootstrap
from wenju.eval.measures import MEASURES, values
from wenju.eval.records import QuestionRecord
from wenju.eval.retrieval import deep_search, rank

# the homes of `wenju eval`: what it has indexed is not encoded a second time
from wenju.eval.run import Progress, fill, in_own_home
from wenju.index.encoder import Encoder
from wenju.index.query import Query
from wenju.qa.engine import Engine
from wenju.qa.question import BadQuestion, parse
from wenju.qa.settings import Settings

Install = Callable[[System, Path], Path]
"""Gives the Python that a system's worker is run in; the folder holds what is installed."""

_RETRIEVAL = tuple(name for name, measure in MEASURES.items() if measure.group == "retrieval")


@dataclass(slots=True)
class _Marks:
    """What one row found: a record of each question, and whether the first passage stayed."""

    records: list[QuestionRecord] = field(default_factory=list)
    same: list[float] = field(default_factory=list)


def measure(
    material: Material,
    rows: Sequence[Row],
    settings: Settings,
    encoder: Encoder,
    tell: Progress,
) -> list[Cell]:
    """A cell for each row that searches one of Wenju's libraries; rows of others give none.

    Raises what the library and the encoder raise.
    """
    home = in_own_home(settings, material.sources, encoder.name)
    with Engine.open(home, encoder=encoder) as engine:
        fill(engine, material.name, material.sources, home.home / "complete", tell)
        parts = Parts(engine.library, encoder, home)
        retrievers = {row.name: row.make(parts) for row in rows if row.make}
        marks = _ask(material, retrievers, settings.max_question_characters, tell)
        counts = engine.library.count()
    return [
        _cell(material, row, counts, marks[row.name], _RETRIEVAL)
        for row in rows
        if row.name in marks
    ]


def _ask(
    material: Material, retrievers: dict[str, Searcher], longest: int, tell: Progress
) -> dict[str, _Marks]:
    """Question by question, so that rows share what they look up for it."""
    marks = {name: _Marks() for name in retrievers}
    questions = material.task.gold.questions
    for number, question in enumerate(questions):
        asked = _read(question.text, longest)
        before = _read(material.unconverted[number].text, longest) if material.unconverted else None
        documents = material.task.documents[question.document]
        for name, retriever in retrievers.items():
            marks[name].records.append(_record(retriever, question, asked, documents))
            if material.unconverted:
                marks[name].same.append(float(_same(retriever, asked, before)))
        tell(f"{material.name}: ask", number + 1, len(questions))
    return marks


def _read(question: str, longest: int) -> Query | None:
    """The question as the product searches for it, None where it would refuse it."""
    try:
        return parse(question, longest).query
    except BadQuestion:
        return None


def _record(
    retriever: Searcher, question: GoldQuestion, asked: Query | None, documents: frozenset[str]
) -> QuestionRecord:
    """What a search finds of the question's evidence; nothing is answered."""
    hits = deep_search(retriever.search, asked) if asked and question.answerable else []
    return QuestionRecord(
        gold=question,
        kind="",
        prediction="",
        sentence="",
        score=Score(question.answerable, False, 0.0, 0.0, None),
        ranks=rank(hits, documents, question.answers),
        took_ms=0.0,
    )


def _same(retriever: Searcher, asked: Query | None, before: Query | None) -> bool:
    """Whether both find a passage, and the same one first."""
    first = [retriever.search(query, 1) if query else [] for query in (asked, before)]
    ids = [hits[0].passage.id for hits in first if hits]
    return len(ids) == len(first) and len(set(ids)) == 1


def measure_other(material: Material, row: Row, settings: Settings, install: Install) -> Cell:
    """The cell of another system's row: of documents found, and of nothing else.

    Raises OthersError for a system that cannot be installed or fails.
    """
    if row.system is None:
        raise ValueError(f"{row.name} is no other system")
    gold = replace(material.task.gold, sources=tuple(material.sources))
    task = make_task(gold, passages=not row.whole)
    python = install(row.system, settings.cache / "others")
    ranked = rankings(task, row.system, python)
    marks = _Marks(records(task, ranked))
    if material.unconverted:
        before = make_task(_asking(gold, material.unconverted), passages=not row.whole)
        marks.same = list(map(_alike, ranked, rankings(before, row.system, python)))
    counts = len(set(task.document_of.values())), len(task.passages)
    return _cell(material, row, counts, marks, others.MEASURES)


def _asking(gold: GoldSet, questions: Iterable[GoldQuestion]) -> GoldSet:
    return replace(gold, questions=tuple(questions))


def _alike(one: Sequence[str], other: Sequence[str]) -> float:
    return float(bool(one) and one[:1] == other[:1])


def _cell(
    material: Material, row: Row, counts: tuple[int, int], marks: _Marks, names: Iterable[str]
) -> Cell:
    found = values(marks.records)
    means = {name: _interval(found[name]) for name in names}
    if marks.same:
        means[SAME] = bootstrap(marks.same)
    made_with = dict(material.made_with)
    if not row.encodes:
        del made_with["encoder"]
    return Cell(
        set=material.name,
        row=row.name,
        questions=len(marks.records),
        documents=counts[0],
        passages=counts[1],
        about=material.about,
        configuration=made_with | dict(row.configuration),
        measures={name: interval for name, interval in means.items() if interval},
    )


def _interval(marks: Iterable[float | None]) -> Interval | None:
    counted = [mark for mark in marks if mark is not None]
    return bootstrap(counted) if counted else None
