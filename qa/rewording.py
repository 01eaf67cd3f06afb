"""A question in the words of the documents, for one that was refused in its own.

People say 加班費 where statutes say 延長工作時間之工資: the passage is found, by the table of
variants, but the reader sees nothing in it that was asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from wenju.corpus.lexicon import phrase
from wenju.corpus.script import fold, to_simplified, to_traditional
from wenju.index.hit import Hit
from wenju.index.lexical import head
from wenju.index.variants import Variants
from wenju.qa.question import Question
from wenju.qa.terms import share_said, terms_of

_LOOKED_AT = 3  # hits whose words are taken
_SAID = 0.75  # of the weight of other words: a passage that has it says them, if not in one piece


@dataclass(frozen=True, slots=True)
class Rewording:
    """Puts what the documents call a thing in the place of what a question calls it."""

    variants: Variants

    def of(self, question: Question, hits: Sequence[Hit]) -> str:
        """The question in the words of the first hits, in its own script.

        Empty where these have none for it.
        """
        text, folded = question.text, question.folded
        if len(text) != len(folded):
            return ""
        said = [f"{head(p)}\n{p.text}" for p in (hit.passage for hit in hits[:_LOOKED_AT])]
        for start, end in reversed(self.variants.places(folded)):
            word = folded[start:end]
            if other := _called(word, self.variants.others[word], said, question.text):
                text = text[:start] + other + text[end:]
        return text if text != question.text else ""


def _called(word: str, others: Sequence[str], said: Sequence[str], question: str) -> str:
    """What the first text says in the place of a word, empty where none has another for it.

    As the text writes it, and in the question's script. A word that a better hit says is the
    documents' own, and stays.
    """
    # a phrase that asks (要多久) only leads to passages; without it there is no question
    if phrase("any", "question_words").search(word):
        return ""
    for text, folded in ((text, fold(text)) for text in said):
        if word in folded:
            return ""
        for other in others:
            if (at := folded.find(other)) >= 0:
                words = text[at : at + len(other)]
                return words if _script(text) is _script(question) else _script(question)(words)
        if other := next((o for o in others if _says(o, folded)), ""):
            return _script(question)(other)
    return ""


def _script(text: str) -> Callable[[str], str]:
    """What converts to the script that a text is in."""
    return to_simplified if to_simplified(text) == text else to_traditional


def _says(words: str, text: str) -> bool:
    """Whether a text says nearly all of the words, wherever they stand in it."""
    return share_said(terms_of(words), text) >= _SAID
