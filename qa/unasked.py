"""What asks nothing that a passage could answer: a greeting, what there is to read, a single word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from wenju.corpus.lexicon import group, phrase
from wenju.corpus.sentences import sentences_around
from wenju.index.hit import Hit
from wenju.qa.answer import Answer
from wenju.qa.compose import Span
from wenju.qa.conversation import is_courtesy
from wenju.qa.conversation.topics import asking
from wenju.qa.names import tagged
from wenju.qa.question import Question

_SHORTEST = 2  # characters of a word
_LIGHT = ("r", "p", "u", "d", "c", "y", "f", "m", "q", "x", "b")  # tags of words that name nothing
_phrase = partial(phrase, of="overviews")


def asks_for_overview(question: Question, *, follows: bool) -> bool:
    """Whether it is no more than a greeting, or asks what the documents are and what they are about.

    The latter is told by what it does not name: any word but those that mean the documents, or asking
    and telling, makes it a question of its own (申請要附哪些文件). What ``follows`` another question
    must point at the library, for 有哪些文件 is asked of what was spoken of.
    """
    folded = question.folded
    if is_courtesy(question.text):
        return True
    if not _phrase("asks").search(folded) or (follows and not _phrase("points").search(folded)):
        return False
    words = [t for t in tagged(_phrase("asks").sub("，", folded)) if t[0][0].isalnum()]
    known = group("holdings") | group("telling")
    named = any(word in group("holdings") for word, *_ in words)
    light = all(word in known or tag.startswith(_LIGHT) for word, tag, _ in words)
    return light and (named or bool(_phrase("points").search(folded)))


def word_of(question: Question) -> str:
    """The one word that a question consists of, folded; empty where it is more, or asks."""
    words = [t for t in tagged(question.folded) if t[0][0].isalnum()]
    if len(words) != 1 or asking().search(question.folded):
        return ""
    [(word, tag, _)] = words
    return "" if len(word) < _SHORTEST or tag.startswith(("m", "r")) else word


def mentions(word: str, hits: Sequence[Hit]) -> Iterator[Span]:
    """The passages that say a word, each with the sentence that says it first.

    A title or heading says it only where no sentence does.
    """
    edge = r"\b" if word.isascii() else ""
    said = re.compile(f"{edge}{re.escape(word)}{edge}")
    for hit in hits:
        passage = hit.passage
        found = [sentences_around(passage.text, *m.span()) for m in said.finditer(passage.folded)]
        above = {passage.title, *passage.headings}
        plain = (place for place in found if passage.text[slice(*place)].strip() not in above)
        if place := next(plain, next(iter(found), None)):
            yield Span(hit, *place, 0.0)


def unasked(question: Question, reason: str, **more: Any) -> Answer:  # noqa: ANN401 - fields of it
    """No answer, for nothing was asked; ``more`` is what is shown instead."""
    return Answer(
        question.text, False, "", question.kind, no_answer_score=1.0, reason=reason, **more
    )
