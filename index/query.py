"""A question as it is searched for: its terms, its values, and what else its words are called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wenju.corpus.script import fold, to_simplified
from wenju.corpus.values import terms as value_terms
from wenju.index.glossary import Translation, load_glossary
from wenju.index.similarity_baseline import is_han_text
from wenju.index.terms import STOP_WORDS, Terms, is_han_term, query_terms, subject_terms
from wenju.index.variants import Variants


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for.

    ``text`` is in Simplified characters, so that the question's own script plays no part;
    ``han`` says that it is mostly Chinese. ``variants`` are words of it with what else they are
    called; ``translations`` its words with what they are in the other language, empty where the
    library has nothing in it.
    """

    text: str
    han: bool
    terms: Terms
    values: tuple[str, ...]
    variants: tuple[tuple[str, tuple[str, ...]], ...] = ()
    translations: tuple[Translation, ...] = ()

    @property
    def subject(self) -> list[str]:
        """The terms that heads and whole documents are asked for, each once."""
        return [t for t in dict.fromkeys(subject_terms(self.text)) if t not in STOP_WORDS]

    @property
    def others(self) -> Terms:
        """The terms of what the question's words are also called."""
        found = [query_terms(other) for _, others in self.variants for other in others]
        return Terms(
            characters=[],
            bigrams=_new([t for f in found for t in f.bigrams], self.terms.bigrams),
            words=_new([t for f in found for t in f.words], self.terms.words),
        )


def parse_query(question: str, variants: Variants, *, across: bool) -> Query:
    """The query for a question; ``across`` asks for its translations."""
    text = to_simplified(question)
    folded, han = fold(text), is_han_text(text)
    return Query(
        text=text,
        han=han,
        terms=query_terms(text),
        values=tuple(dict.fromkeys(value_terms(folded))),
        variants=tuple(variants.expand(folded)),
        translations=tuple(_translations(text, han)) if across else (),
    )


def pieces_of(alternative: str) -> tuple[str, list[str]]:
    """A field, and its terms that a passage with the alternative has there, all of them."""
    if not is_han_term(alternative):
        return "words", alternative.split()
    if len(alternative) == 1:
        return "characters", [alternative]
    return "bigrams", [alternative[i : i + 2] for i in range(len(alternative) - 1)]


def _translations(text: str, han: bool) -> list[Translation]:
    glossary = load_glossary()
    return glossary.to_english(text) if han else glossary.to_chinese(text)


def _new(terms: Sequence[str], known: Sequence[str]) -> list[str]:
    """The terms, each once, without those that are known."""
    return [t for t in dict.fromkeys(terms) if t not in known]
