"""BM25 and the features, worked out from their definitions and from the library alone."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

import numpy as np

from wenju.corpus.document import Passage
from wenju.corpus.script import fold, is_han, to_simplified, to_traditional
from wenju.corpus.sentences import sentence_spans
from wenju.corpus.values import terms as value_terms
from wenju.index.encoder import Encoder
from wenju.index.encoding import encoded_text
from wenju.index.glossary import Translation, load_glossary
from wenju.index.library import Library
from wenju.index.similarity_baseline import is_han_text, measure_baseline
from wenju.index.terms import query_terms, terms
from wenju.index.variants import Variants
from wenju.index.weights import Features

Key = TypeVar("Key", bound=Hashable)

VARIANTS = Variants.load()


def rarity(having: int, total: int) -> float:
    return math.log(1 + (total - having + 0.5) / (having + 0.5))


def quantised(length: int) -> int:
    """Lengths as Lucene's and Tantivy's one-byte norms keep them: exact only below 40."""
    if length < 40:
        return length
    bits = (length - 24).bit_length()
    shift = max(bits - 4, 0)
    return 24 + ((length - 24) >> shift << shift)


def bm25(entries: Mapping[Key, Sequence[str]], term: str) -> dict[Key, float]:
    """BM25 (k1 = 1.2, b = 0.75) of one term, of the entries that have it."""
    mean = sum(map(len, entries.values())) / len(entries)
    counts = {key: Counter(found)[term] for key, found in entries.items()}
    idf = rarity(sum(n > 0 for n in counts.values()), len(entries))
    scores = {}
    for key, tf in counts.items():
        norm = tf + 1.2 * (1 - 0.75 + 0.75 * quantised(len(entries[key])) / mean)
        if tf:
            scores[key] = idf * tf * 2.2 / norm
    return scores


def latin(text: str) -> set[str]:
    """The terms of a text that are of no Han run."""
    return {word for word in terms(text).words if not is_han(word[0])}


def subject(found_in: str) -> list[str]:
    """The bigrams of a text's Han runs and its Latin words, as often as they stand there."""
    found = terms(found_in)
    return [*found.bigrams, *(w for w in found.words if not is_han(w[0]))]


def subject_asked(question: str) -> list[str]:
    found = query_terms(question)
    return [*found.bigrams, *(w for w in found.words if not is_han(w[0]))]


def fields(passage: Passage) -> dict[str, list[str]]:
    """A passage's terms, by field."""
    body = terms(passage.text)
    above = " ".join([passage.title, passage.issuer, *passage.headings])
    return {
        "characters": body.characters,
        "bigrams": body.bigrams,
        "words": body.words,
        "values": value_terms(fold(passage.text)),
        "head": subject(above),
    }


def every_passage(library: Library) -> dict[int, Passage]:
    return library.passages(library.numbers().tolist())


def document_terms(library: Library) -> dict[str, list[str]]:
    """The subject terms of every document, by its id."""
    documents = [library.document(d.id) for d in library.documents()]
    return {d.id: subject(f"{d.title}\n{d.issuer}\n{d.text}") for d in documents}


def document_shares(library: Library, question: str) -> dict[str, float]:
    """BM25 of every document, as a share of the terms' rarities."""
    entries = document_terms(library)
    asked = subject_asked(question)
    ideal = sum(rarity(sum(t in set(e) for e in entries.values()), len(entries)) for t in asked)
    scores = dict.fromkeys(entries, 0.0)
    for term in asked:
        for key, score in bm25(entries, term).items():
            scores[key] += score / ideal
    return scores


def similarities(library: Library, encoder: Encoder, question: str) -> dict[int, float]:
    """What each passage's cosine with the question in both scripts exceeds the baseline by."""
    asked = [to_simplified(question), to_traditional(question)]
    both = encoder.encode(asked, query=True).astype(np.float64).sum(axis=0)
    baseline, han = measure_baseline(encoder), is_han_text(question)
    found = {}
    for number, passage in every_passage(library).items():
        vector = encoder.encode([encoded_text(passage)])[0].astype(np.float64)
        cosine = float(vector @ both / np.linalg.norm(both))
        within = baseline.han if han else baseline.other
        nothing = within if is_han_text(passage.text) == han else baseline.across
        found[number] = (cosine - nothing) / (1 - nothing)
    return found


def share(weights: Mapping[str, float], has: Callable[[str], bool]) -> float:
    held = sum(weight for term, weight in weights.items() if has(term))
    return held / sum(weights.values()) if weights else 0.0


def has_in(text: str, question: str) -> Callable[[str], bool]:
    """Whether a folded text has a term, other names of the question's words put in place."""
    names = VARIANTS.expand(fold(to_simplified(question)))
    text += "".join(f"\n{word}" for word, others in names if any(map(text.__contains__, others)))
    words = latin(text)
    return lambda term: term in text if is_han(term[0]) else term in words


def pieces(alternative: str) -> tuple[str, list[str]]:
    if not is_han(alternative[0]):
        return "words", alternative.split()
    pairs = [a + b for a, b in zip(alternative, alternative[1:], strict=False)]
    return ("bigrams", pairs) if pairs else ("characters", [alternative])


class ByHand:
    """The features of every passage of a library for one question."""

    def __init__(self, library: Library, encoder: Encoder, question: str) -> None:
        self.question = question
        self.passages = every_passage(library)
        self._fields = {n: fields(p) for n, p in self.passages.items()}
        self._similarities = similarities(library, encoder, question)
        self._documents = document_shares(library, question)
        self._asked = query_terms(to_simplified(question))
        simplified = to_simplified(question)
        self._values = list(dict.fromkeys(value_terms(fold(simplified))))
        across = {is_han_text(p.text) for p in self.passages.values()} - {is_han_text(question)}
        self._translations = _translations(simplified) if across else []

    def features(self) -> dict[str, Features]:
        """By passage id."""
        return {p.id: self._signs(n, p) for n, p in self.passages.items()}

    def _signs(self, number: int, passage: Passage) -> Features:
        folded = fold(passage.text)
        whole = has_in(folded, self.question)
        words = self._weights("words", self._asked.words)
        sentences = [has_in(folded[a:b], self.question) for a, b in sentence_spans(folded)]
        return Features(
            similarity=self._similarities[number],
            characters=share(self._weights("characters", self._asked.characters), whole),
            bigrams=share(self._weights("bigrams", self._asked.bigrams), whole),
            sentence=max(share(words, sentence) for sentence in sentences),
            values=share(self._weights("values", self._values), value_terms(folded).__contains__),
            document=self._documents[passage.document_id],
            translation=self._translated(passage),
        )

    def _having(self, field: str, term: str) -> int:
        return sum(term in found[field] for found in self._fields.values())

    def _weights(self, field: str, asked: Iterable[str]) -> dict[str, float]:
        return {t: rarity(self._having(field, t), len(self._fields)) for t in asked}

    def _translated(self, passage: Passage) -> float:
        """The share of the question's words that have a translation in the passage."""
        if is_han_text(passage.text) == is_han_text(self.question):
            return 0.0
        has = has_in(fold(passage.text), self.question)
        weights = [self._rarity_of(t) for t in self._translations]
        held = 0.0
        for weight, translation in zip(weights, self._translations, strict=True):
            standing = [w for o, w in translation.alternatives if all(map(has, o.split()))]
            itself = float(all(map(has, translation.words.split())))
            held += weight * max(standing, default=itself)
        return held / sum(weights) if sum(weights) else 0.0

    def _rarity_of(self, translation: Translation) -> float:
        having = 0
        for name in [translation.words, *(other for other, _ in translation.alternatives)]:
            field, parts = pieces(name)
            having += min(self._having(field, part) for part in parts)
        total = len(self._fields)
        return rarity(min(having, total), total) if having else 0.0


def _translations(simplified: str) -> list[Translation]:
    glossary = load_glossary()
    if is_han_text(simplified):
        return glossary.to_english(simplified)
    return glossary.to_chinese(simplified)
