"""How an answer is shown: what stands large, in which size, how sure it is, what helps to read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from wenju.corpus.script import to_simplified, to_traditional

if TYPE_CHECKING:
    from wenju.qa.answer import Answer, Citation

LONG, VERY_LONG = 40, 120  # characters above which what stands large is set smaller
CERTAINTIES: Final = (("certain", 0.9), ("likely", 0.6), ("possible", 0.0))
"""What a confidence is called from where on; docs/reader.md has how often each is right."""

Place = tuple[int, int]


def headline_of(answer: Answer) -> tuple[str, list[Place]]:
    """The sentence that the answer stands in, with the answer's places there; or the answer alone.

    Alone stands what is no part of one sentence, or all of it.
    """
    if answer.is_quoted:
        return answer.answer, [answer.best] if answer.best else []
    if answer.sentence is None or len(answer.items) > 1:
        return answer.answer, []
    (start, end), first = answer.sentence, answer.citations[0]
    sentence = first.quote[start:end].rstrip()
    start += len(sentence) - len(sentence.lstrip())
    sentence = sentence.lstrip()
    if len(sentence) <= len(answer.answer) + 1:
        return answer.answer, []
    end = start + len(sentence)
    return sentence, [(a - start, b - start) for a, b in first.highlight if start <= a and b <= end]


def size_of(text: str) -> str:
    """The class that sets a long text smaller."""
    if len(text) > VERY_LONG:
        return " wj-longest"
    return " wj-long" if len(text) > LONG else ""


def certainty_of(confidence: float) -> str:
    """The name of the word that a confidence is told in."""
    return next(name for name, least in CERTAINTIES if confidence >= least)


def numbers_of(citation: Citation, words: Mapping[str, str]) -> list[str]:
    """The scores of a citation under their names, for whoever wants to see them."""
    said = [f"{words['retrieval']} {citation.retrieval_score:.2f}"]
    return said + ([f"{words['span']} {citation.span_score:.2f}"] if citation.highlight else [])


def reading_aid(text: str, lang: str, question: str = "") -> tuple[str, str] | None:
    """The text in the reader's Chinese script, and which that is (hans, hant); None where it is written in it.

    A reader's script is that of the page, on a page in another language that of the question.
    """
    script = _script(lang, question)
    own, other = (
        (to_simplified, to_traditional) if script == "hans" else (to_traditional, to_simplified)
    )
    if not script or _changed(text, own) <= _changed(text, other):
        return None
    return script, own(text)


def _script(lang: str, question: str) -> str:
    if lang.startswith("zh"):
        return lang.removeprefix("zh-").lower()
    traditional, simplified = _changed(question, to_simplified), _changed(question, to_traditional)
    if traditional == simplified:
        return ""
    return "hant" if traditional > simplified else "hans"


def _changed(text: str, convert: Callable[[str], str]) -> int:
    return sum(a != b for a, b in zip(text, convert(text), strict=False))
