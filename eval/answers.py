"""How good the answers are: exact match, CMRC 2018's character F1, sentence accuracy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.script import fold, is_han
from corpus.sentences import sentence_spans
from qa.answer import Answer

# The list of cmrc2018_evaluate.py. Its "……" is two characters, compared with one at a time, and so
# never matches: ellipses count there, and here.
_PUNCTUATION = frozenset("-:_*^/\\~`+=，。：？！“”；’《》·、「」（）－～『』")
_CHINESE = re.compile("[\u4e00-\u9fa5]")
# What the Penn Treebank's rules cut off; the official script applies them to all but Chinese
_CUT = (
    r"\.{2,}|[;@#$%&?!\[\](){}<>\"«»„‘]|,(?!\d)|\.(?=\s|$)|'(?:s|m|d|ll|re|ve)(?=\s|$)|n't(?=\s|$)"
)
_WORD = re.compile(rf"{_CUT}|(?:(?!{_CUT})\S)+")


@dataclass(frozen=True, slots=True)
class Score:
    """One question's marks: ``sentence_correct`` is None where no answer is to be found."""

    answerable: bool
    answered: bool
    exact_match: float
    char_f1: float
    sentence_correct: bool | None


@dataclass(frozen=True, slots=True)
class AnswerScores:
    """Means over questions, 0 to 1, higher is better; None where there is nothing to average.

    ``exact_match`` and ``char_f1`` are over all questions, ``sentence_accuracy`` over the
    answerable ones. ``answered`` is the share of questions that were answered, right or wrong.
    """

    exact_match: float | None
    char_f1: float | None
    sentence_accuracy: float | None
    answered: float | None
    answered_of_answerable: float | None
    answered_of_unanswerable: float | None


def exact_match(prediction: str, golds: Sequence[str]) -> float:
    """1.0 where the prediction is one of the golds, else 0.0.

    CMRC 2018's official ``calc_em_score`` (Cui et al., EMNLP 2019): lower case, its own list of
    punctuation removed. Only script is forgiven; an empty prediction matches nothing.
    """
    bare = _bare(prediction)
    return float(bool(prediction.strip()) and any(bare == _bare(gold) for gold in golds))


def char_f1(prediction: str, golds: Sequence[str]) -> float:
    """The best F1 over the golds, from 0 to 1.

    CMRC 2018's official ``calc_f1_score``: with L the length of the longest common substring of the
    two token sequences (see ``segments``), P = L / tokens of the prediction, R = L / tokens of the
    gold, F1 = 2PR / (P + R), which is 2L / (both lengths together).
    """
    tokens = segments(prediction)
    return max((_f1(tokens, segments(gold)) for gold in golds), default=0.0)


def segments(text: str) -> list[str]:
    """Tokens as the official ``mixed_segmentation(rm_punc=True)`` makes them, simplified.

    Every Chinese character is one; what stands between is cut into words by the Penn Treebank's
    main rules. Punctuation goes first, so ``ω-force`` is the one word ``ωforce``.
    """
    tokens, other = [], ""
    for char in text.lower().strip():
        if char in _PUNCTUATION:
            continue
        if _CHINESE.match(char):
            tokens += [*_WORD.findall(other), _simplified(char)]
            other = ""
        else:
            other += char
    return tokens + _WORD.findall(other)


def contains_answer(text: str, golds: Sequence[str]) -> bool:
    """Whether one of the golds stands in the text: script, case, width and spacing apart."""
    plain = _plain(text)
    return any(gold in plain for gold in map(_plain, golds) if gold)


def sentence_around(answer: Answer) -> str:
    """The sentence that the answer is copied from; all of them where it spans several.

    Empty for a question that was not answered.
    """
    if not answer.answered or not answer.citations or not answer.citations[0].highlight:
        return answer.answer
    quote, (start, end) = answer.citations[0].quote, answer.citations[0].highlight[0]
    touched = [(a, b) for a, b in sentence_spans(quote) if a < end and start < b]
    if not touched:
        return answer.answer
    return quote[min(start, touched[0][0]) : max(end, touched[-1][1])]


def score(answer: Answer, golds: Sequence[str], *, answerable: bool) -> Score:
    """One question's marks.

    For a question without an answer, as in SQuAD 2.0's official script (Rajpurkar et al., 2018),
    exact match and F1 are 1 when it was not answered and 0 when it was.
    """
    if not answerable:
        right = float(not answer.answered)
        return Score(False, answer.answered, right, right, None)
    prediction = answer.answer if answer.answered else ""
    return Score(
        answerable=True,
        answered=answer.answered,
        exact_match=exact_match(prediction, golds),
        char_f1=char_f1(prediction, golds),
        sentence_correct=contains_answer(sentence_around(answer), golds),
    )


def average(scores: Sequence[Score]) -> AnswerScores:
    """The means of all marks."""
    return AnswerScores(
        exact_match=mean(s.exact_match for s in scores),
        char_f1=mean(s.char_f1 for s in scores),
        sentence_accuracy=mean(
            s.sentence_correct for s in scores if s.sentence_correct is not None
        ),
        answered=mean(s.answered for s in scores),
        answered_of_answerable=mean(s.answered for s in scores if s.answerable),
        answered_of_unanswerable=mean(s.answered for s in scores if not s.answerable),
    )


def mean(values: Iterable[float]) -> float | None:
    """The arithmetic mean, or None of nothing."""
    listed = list(values)
    return sum(listed) / len(listed) if listed else None


def _f1(prediction: Sequence[str], gold: Sequence[str]) -> float:
    length = common_run(prediction, gold)
    return 2 * length / (len(prediction) + len(gold)) if length else 0.0


def common_run(a: Sequence[str], b: Sequence[str]) -> int:
    """Length of the longest run of tokens that both sequences hold."""
    best, above = 0, [0] * (len(b) + 1)
    for token in a:
        row = [0] * (len(b) + 1)
        for j, other in enumerate(b):
            if token == other:
                row[j + 1] = above[j] + 1
        best, above = max(best, *row), row
    return best


def _simplified(text: str) -> str:
    """Han characters folded one by one, so that script never counts; all else as it is."""
    return "".join(fold(c) if is_han(c) else c for c in text)


def _bare(text: str) -> str:
    return _simplified("".join(c for c in text.lower().strip() if c not in _PUNCTUATION))


def _plain(text: str) -> str:
    return " ".join(fold(text).split())
