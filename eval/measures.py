"""What is measured: every measure's name and meaning, and its value for one question.

Means, intervals, comparisons and thresholds all read this one table.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Literal

from wenju.eval.answers import contains_answer, covers_answer
from wenju.eval.records import QuestionRecord

Group = Literal["retrieval", "answers"]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A ranking measure, by its name in ir_measures (MacAvaney et al., ECIR 2022).

    ``rank`` is the place, from 1, of the one thing that is looked for, None where it was not found;
    ``counts`` says whether the question counts at all.
    """

    formula: str
    rank: Callable[[QuestionRecord], int | None]
    counts: Callable[[QuestionRecord], bool]


Mark = Callable[[QuestionRecord], float | None]
"""One question's value, None where the question does not count."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A share or mean from 0 to 1; ``about`` says of what, and over which questions.

    Higher is better, but for ``answered_of_unanswerable``, which should be low.
    """

    name: str
    group: Group
    about: str
    value: Ranked | Mark


def values(records: Sequence[QuestionRecord]) -> dict[str, list[float | None]]:
    """Every measure's values, one to a record and in their order; None where one does not count."""
    ranked = _ranked(records)
    return {
        m.name: ranked[m.value] if isinstance(m.value, Ranked) else [m.value(r) for r in records]
        for m in MEASURES.values()
    }


def _ranked(records: Sequence[QuestionRecord]) -> dict[Ranked, list[float | None]]:
    """The ranking measures' values; all that are of one ranking are taken together."""
    found: dict[Ranked, list[float | None]] = {}
    kinds = [m.value for m in MEASURES.values() if isinstance(m.value, Ranked)]
    for rank, counts in dict.fromkeys((kind.rank, kind.counts) for kind in kinds):
        alike = [kind for kind in kinds if kind.rank is rank and kind.counts is counts]
        places = {i: rank(record) for i, record in enumerate(records) if counts(record)}
        scored = _scored({kind.formula for kind in alike}, places)
        for kind in alike:
            found[kind] = [scored.get((kind.formula, i)) for i in range(len(records))]
    return found


def _scored(formulas: set[str], places: dict[int, int | None]) -> dict[tuple[str, int], float]:
    """Values by formula and question, of rankings that hold one right thing at the place given."""
    import ir_measures

    if not places:
        return {}
    measures = {ir_measures.parse_measure(formula): formula for formula in sorted(formulas)}
    qrels = {str(i): {"gold": 1} for i in places}
    run = {str(i): _ranking(place) for i, place in places.items()}
    scores = ir_measures.iter_calc(list(measures), qrels, run)
    return {(measures[s.measure], int(s.query_id)): float(s.value) for s in scores}


def _ranking(place: int | None) -> dict[str, float]:
    """Scores of a ranking: what is looked for at its place, something else at those before."""
    before = {f"other {i}": -float(i) for i in range(1, place or 2)}
    return before if place is None else before | {"gold": -float(place)}


_document = attrgetter("ranks.document")
_answer = attrgetter("ranks.answer")
_coverage = attrgetter("ranks.coverage")
_answerable = attrgetter("gold.answerable")


def _document_known(record: QuestionRecord) -> bool:
    return record.gold.answerable and record.gold.document is not None


def _answered_if(record: QuestionRecord, counts: bool) -> float | None:
    return float(record.score.answered) if counts else None


def _sentence(record: QuestionRecord) -> float | None:
    correct = record.score.sentence_correct
    return None if correct is None else float(correct)


def _served(record: QuestionRecord) -> float | None:
    served = record.score.served
    return None if served is None else float(served)


def _citation(record: QuestionRecord) -> float | None:
    if not record.score.answered or not record.gold.answerable:
        return None
    passage, golds = record.passage, record.gold.answers
    return float(contains_answer(passage, golds) or covers_answer(passage, golds))


def _among(k: int) -> str:
    return "comes first" if k == 1 else f"is among the first {k} distinct documents"


def _of_passages(k: int) -> str:
    return "the first passage" if k == 1 else f"one of the first {k} passages"


def _recall(k: int) -> Measure:
    about = f"answerable questions whose gold document {_among(k)}"
    ranked = Ranked(f"Success@{k}", _document, _document_known)
    return Measure(f"recall_at_{k}", "retrieval", about, ranked)


def _answer_recall(k: int) -> Measure:
    about = f"answerable questions with a gold answer in {_of_passages(k)}"
    ranked = Ranked(f"Success@{k}", _answer, _answerable)
    return Measure(f"answer_recall_at_{k}", "retrieval", about, ranked)


def _answer_coverage(k: int) -> Measure:
    about = f"answerable questions with 80 % of a gold answer's clauses in {_of_passages(k)}"
    ranked = Ranked(f"Success@{k}", _coverage, _answerable)
    return Measure(f"answer_coverage_at_{k}", "retrieval", about, ranked)


_TABLE = (
    *(_recall(k) for k in (1, 3, 5, 20)),
    Measure(
        "mrr_at_10",
        "retrieval",
        "one over the gold document's rank, 0 beyond the tenth (Voorhees, TREC-8, 1999)",
        Ranked("RR@10", _document, _document_known),
    ),
    Measure(
        "ndcg_at_10",
        "retrieval",
        "one over log2(1 + the gold document's rank), 0 beyond the tenth (Järvelin and "
        "Kekäläinen, TOIS 2002, for one relevant document)",
        Ranked("nDCG@10", _document, _document_known),
    ),
    *(_answer_recall(k) for k in (1, 5)),
    *(_answer_coverage(k) for k in (1, 5)),
    Measure(
        "exact_match",
        "answers",
        "CMRC 2018's exact match, over all questions",
        attrgetter("score.exact_match"),
    ),
    Measure(
        "char_f1",
        "answers",
        "CMRC 2018's F1, over all questions",
        attrgetter("score.char_f1"),
    ),
    Measure(
        "rouge_l",
        "answers",
        "ROUGE-L's F1 of characters (Lin 2004), over all questions",
        attrgetter("score.rouge_l"),
    ),
    Measure(
        "sentence_accuracy",
        "answers",
        "answerable questions whose answer's sentence holds a gold answer",
        _sentence,
    ),
    Measure(
        "served",
        "answers",
        "answerable questions with a gold answer in what is shown (the answer, its items, its "
        "sentence, or a quoted passage of at most 600 characters), from the right document",
        _served,
    ),
    Measure(
        "citation_precision",
        "answers",
        "answered answerable questions whose first cited passage holds a gold answer or 80 % of "
        "its clauses",
        _citation,
    ),
    Measure(
        "answered",
        "answers",
        "questions that were answered, right or wrong",
        lambda record: _answered_if(record, True),
    ),
    Measure(
        "answered_of_answerable",
        "answers",
        "answerable questions that were answered: should be high",
        lambda record: _answered_if(record, record.gold.answerable),
    ),
    Measure(
        "answered_of_unanswerable",
        "answers",
        "unanswerable questions that were answered: should be low",
        lambda record: _answered_if(record, not record.gold.answerable),
    ),
)

MEASURES: dict[str, Measure] = {measure.name: measure for measure in _TABLE}
"""Every measure by name, in the order they are shown in."""
