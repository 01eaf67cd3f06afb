"""Why a question came out as it did: one cause to each."""

from __future__ import annotations

from enum import StrEnum

from wenju.eval.answers import contains_answer
from wenju.eval.records import QuestionRecord

RIGHT_F1 = 0.5
"""An answer whose ``char_f1`` is at least this counts as the right one, if not word for word."""

_ENDS = "。！？；.!?; \n"  # a gold answer often stops short of its last sentence's own end


class Cause(StrEnum):
    """How a question came out; the first that holds, so every question has exactly one."""

    RIGHTLY_ABSTAINED = "rightly_abstained"
    """Not answerable, not answered."""
    SHOULD_HAVE_ABSTAINED = "should_have_abstained"
    """Not answerable, answered."""
    RIGHT = "right"
    """The answer is a gold answer, or ``char_f1`` is at least ``RIGHT_F1``."""
    WRONG_SPAN = "wrong_span"
    """The place is right, too much or too little of it was answered."""
    NOT_RETRIEVED = "not_retrieved"
    """It was searched for, and no evidence is in the first five passages (see ``cause``)."""
    REFUSED = "refused"
    """There is evidence, but nothing was answered; or the question was refused unread."""
    NOT_READ = "not_read"
    """There is evidence, but something else was answered."""


def cause(record: QuestionRecord) -> Cause:
    """The question's cause, tested in the order in which they are listed.

    Evidence is a passage, among the first five, that holds a gold answer or at least 80 % of its
    clauses; of an answer longer than a passage, the first one where it is a piece of the answer. A
    place is right where the answer's sentence holds a gold answer or stands in one; in the
    passage that holds the gold answer, it is enough that the answer stands in a gold answer.
    """
    score = record.score
    if not record.gold.answerable:
        return Cause.SHOULD_HAVE_ABSTAINED if score.answered else Cause.RIGHTLY_ABSTAINED
    if score.exact_match == 1.0 or score.char_f1 >= RIGHT_F1:
        return Cause.RIGHT
    if score.answered and _right_place(record):
        return Cause.WRONG_SPAN
    if record.kind == "refused":
        return Cause.REFUSED
    if not _retrieved(record):
        return Cause.NOT_RETRIEVED
    return Cause.NOT_READ if score.answered else Cause.REFUSED


def is_right(record: QuestionRecord) -> bool:
    """Whether it was answered rightly: the cause is ``RIGHT``, or the sentence holds a gold answer.

    Never true of a question that has no answer.
    """
    correct = bool(record.score.sentence_correct) or cause(record) is Cause.RIGHT
    return record.score.answered and correct


def _right_place(record: QuestionRecord) -> bool:
    # a few words found in a long gold answer prove nothing unless they come from its passage
    part = record.prediction if record.passage == record.gold_passage else record.sentence
    return bool(record.score.sentence_correct) or _in_gold(record, part)


def _retrieved(record: QuestionRecord) -> bool:
    ranks = record.ranks
    if ranks.answer is not None or ranks.coverage is not None:
        return True
    return ranks.document == 1 and _in_gold(record, record.gold_passage)


def _in_gold(record: QuestionRecord, text: str) -> bool:
    """Whether the text is a piece of a gold answer."""
    words = text.strip(_ENDS)
    return any(contains_answer(gold, [words]) for gold in record.gold.answers)
