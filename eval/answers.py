"""How good an answer is: exact match, character F1, ROUGE-L, whether its sentence is right."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from wenju.corpus.script import fold, is_han
from wenju.corpus.sentences import sentences_around
from wenju.eval.rouge import rouge_l
from wenju.qa.answer import Answer

# The list of cmrc2018_evaluate.py. Its "……" is two characters, compared with one at a time, and so
# never matches: ellipses count there, and here.
_PUNCTUATION = frozenset("-:_*^/\\~`+=，。：？！“”；’《》·、「」（）－～『』")
_CHINESE = re.compile("[\u4e00-\u9fa5]")
# What the Penn Treebank's rules cut off; the official script applies them to all but Chinese
_CUT = (
    r"\.{2,}|[;@#$%&?!\[\](){}<>\"«»„‘]|,(?!\d)|\.(?=\s|$)|'(?:s|m|d|ll|re|ve)(?=\s|$)|n't(?=\s|$)"
)
# what the clauses of a long answer are parted by
_CLAUSE_END = re.compile(r"[，。；、\s]+")
SHOWN_PASSAGE = 600
"""A quoted passage counts as shown up to this many characters: more is reading, not an answer."""

_WORD = re.compile(rf"{_CUT}|(?:(?!{_CUT})\S)+")


@dataclass(frozen=True, slots=True)
class Score:
    """One question's marks: ``sentence_correct`` is None where no answer is to be found.

    So is ``served``, and it is None too in records of versions that did not know it.
    """

    answerable: bool
    answered: bool
    exact_match: float
    char_f1: float
    sentence_correct: bool | None
    rouge_l: float = 0.0
    served: bool | None = None


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


def covers_answer(text: str, golds: Sequence[str]) -> bool:
    """Whether at least 80 % of the clauses of one of the golds stand in the text.

    Clauses are what ``，。；、`` and white space part, compared as in ``contains_answer``: a fair
    question to ask of an answer that is longer than any passage.
    """
    plain = _plain(text)
    return any(_covers(plain, [_plain(c) for c in _CLAUSE_END.split(gold) if c]) for gold in golds)


def sentence_around(answer: Answer) -> str:
    """The sentence that the answer is copied from; all of them where it spans several.

    Empty for a question that was not answered.
    """
    if not answer.answered or not answer.citations or not answer.citations[0].highlight:
        return answer.answer
    quote, place = answer.citations[0].quote, answer.citations[0].highlight[0]
    start, end = sentences_around(quote, *place)
    return quote[start:end]


def is_served(
    answer: Answer,
    golds: Sequence[str],
    documents: Collection[str] = (),
    places: Sequence[tuple[int, int]] = (),
) -> bool:
    """Whether a gold answer stands in what a person is shown, copied from the right place.

    Shown are the answer, its items, its sentence, and a passage that is quoted whole, both up to
    ``SHOWN_PASSAGE`` characters where they are no list. Of a list, 80 % of the clauses are enough.
    ``documents`` are the ids of the right ones and ``places`` what answers in them, in characters
    of the source; without either any will do.
    """
    if not answer.answered or not answer.citations:
        return False
    first = answer.citations[0]
    if documents and first.document_id not in documents:
        return False
    start, end = next(iter(first.source_highlight), (first.start, first.end))
    if places and not any(start < right and left < end for left, right in places):
        return False
    items = "\n".join(item.text for item in answer.items)
    listed = bool(items) and covers_answer(items, golds)
    return listed or any(contains_answer(text, golds) for text in _shown(answer))


def _shown(answer: Answer) -> list[str]:
    """The texts on the page of an answered question, apart from the items of a list."""
    first = answer.citations[0]
    shown = [answer.answer] if answer.items or len(answer.answer) <= SHOWN_PASSAGE else []
    place = answer.sentence
    shown.append(first.quote[slice(*place)] if place else sentence_around(answer))
    # what an answer of a version without granularities is, a span with its sentence
    quoted = getattr(answer, "granularity", "span") == "passage"
    if quoted and len(first.quote) <= SHOWN_PASSAGE:
        shown.append(first.quote)
    return shown


def score(
    answer: Answer,
    golds: Sequence[str],
    *,
    answerable: bool,
    documents: Collection[str] = (),
    places: Sequence[tuple[int, int]] = (),
) -> Score:
    """One question's marks; ``documents`` and ``places`` as in ``is_served``.

    For a question without an answer, as in SQuAD 2.0's official script (Rajpurkar et al., 2018),
    exact match, F1 and ROUGE-L are 1 when it was not answered and 0 when it was.
    """
    if not answerable:
        right = float(not answer.answered)
        return Score(False, answer.answered, right, right, None, right)
    prediction = answer.answer if answer.answered else ""
    return Score(
        answerable=True,
        answered=answer.answered,
        exact_match=exact_match(prediction, golds),
        char_f1=char_f1(prediction, golds),
        sentence_correct=contains_answer(sentence_around(answer), golds),
        rouge_l=rouge_l(prediction, golds),
        served=is_served(answer, golds, documents, places),
    )


def _covers(plain: str, clauses: Sequence[str]) -> bool:
    found = sum(clause in plain for clause in clauses)
    return bool(clauses) and 5 * found >= 4 * len(clauses)


def _f1(prediction: Sequence[str], gold: Sequence[str]) -> float:
    length = common_run(prediction, gold)
    return 2 * length / (len(prediction) + len(gold)) if length else 0.0


def common_run(a: Sequence[str], b: Sequence[str]) -> int:
    """Length of the longest run of tokens that both sequences hold."""
    return SequenceMatcher(None, a, b, autojunk=False).find_longest_match().size


def _simplified(text: str) -> str:
    """Han characters folded one by one, so that script never counts; all else as it is."""
    return "".join(fold(c) if is_han(c) else c for c in text)


def _bare(text: str) -> str:
    return _simplified("".join(c for c in text.lower().strip() if c not in _PUNCTUATION))


def _plain(text: str) -> str:
    return " ".join(fold(text).split())
