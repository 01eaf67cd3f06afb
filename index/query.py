"""A question as it is searched for: its terms, its values, and what else its words are called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from wenju.corpus.script import fold, to_simplified
from wenju.corpus.values import terms as value_terms
from wenju.index.glossary import Translation, load_glossary
from wenju.index.similarity_baseline import is_han_text
from wenju.index.terms import STOP_WORDS, Terms, is_han_term, query_terms, subject_terms
from wenju.index.variants import Variants


@dataclass(frozen=True)
class Query:
    """What is looked for: a question's text, read once; terms and values when first asked for.

    ``simplified`` is the text in Simplified characters, so that the question's own script plays no
    part, and ``folded`` is that, folded; ``han`` says that it is mostly Chinese. What depends on
    where it is looked for is empty until ``expand_query``: ``variants`` are words of it with what
    else they are called, ``translations`` its words with what they are in the other language.
    """

    text: str
    simplified: str
    folded: str
    han: bool
    variants: tuple[tuple[str, tuple[str, ...]], ...] = ()
    translations: tuple[Translation, ...] = ()

    @cached_property
    def terms(self) -> Terms:
        """Its characters, bigrams and words without question words, each once."""
        return query_terms(self.simplified)

    @cached_property
    def values(self) -> tuple[str, ...]:
        """The terms of the sums, dates and the like that it names, each once."""
        return tuple(dict.fromkeys(value_terms(self.folded)))

    @cached_property
    def subject(self) -> list[str]:
        """The terms that heads and whole documents are asked for, each once."""
        return [t for t in dict.fromkeys(subject_terms(self.simplified)) if t not in STOP_WORDS]

    @property
    def others(self) -> Terms:
        """The terms of what the question's words are also called."""
        found = [query_terms(other) for _, others in self.variants for other in others]
        return Terms(
            characters=[],
            bigrams=_new([t for f in found for t in f.bigrams], self.terms.bigrams),
            words=_new([t for f in found for t in f.words], self.terms.words),
        )


def parse_query(text: str) -> Query:
    """The query for a question, whatever it is looked for in."""
    simplified = to_simplified(text)
    return Query(text, simplified, fold(simplified), is_han_text(simplified))


def expand_query(query: Query, variants: Variants, *, across: bool) -> Query:
    """The query with what its words are also called; ``across`` asks for its translations."""
    return replace(
        query,
        variants=tuple(variants.expand(query.folded)),
        translations=tuple(_translations(query)) if across else (),
    )


def pieces_of(alternative: str) -> tuple[str, list[str]]:
    """A field, and its terms that a passage with the alternative has there, all of them."""
    if not is_han_term(alternative):
        return "words", alternative.split()
    if len(alternative) == 1:
        return "characters", [alternative]
    return "bigrams", [alternative[i : i + 2] for i in range(len(alternative) - 1)]


def _translations(query: Query) -> list[Translation]:
    glossary = load_glossary()
    translate = glossary.to_english if query.han else glossary.to_chinese
    return translate(query.simplified)


def _new(terms: Sequence[str], known: Sequence[str]) -> list[str]:
    """The terms, each once, without those that are known."""
    return [t for t in dict.fromkeys(terms) if t not in known]
