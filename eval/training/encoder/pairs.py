"""Questions with the passages that answer them, and passages that only look as if they did."""

from __future__ import annotations

import lzma
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from wenju.corpus.build import build_document
from wenju.corpus.document import Passage
from wenju.corpus.passages import cut
from wenju.corpus.script import to_simplified, to_traditional
from wenju.eval.answers import contains_answer
from wenju.eval.datasets import DatasetError, GoldQuestion, load
from wenju.index.encoding import encoded_text
from wenju.index.lexical import LexicalIndex
from wenju.index.library import Library
from wenju.index.query import parse_query

Progress = Callable[[str, int, int], None]
Texts = tuple[str, ...]
"""Forms of one text, any of which will do."""

_CANDIDATES, _NEGATIVES = 12, 4
_ARTICLE = (50, 300)  # characters of a law's article that is learned from
_QUERY_WORDS, _QUERY_CHARACTERS, _PASSAGE_WORDS = 40, 60, 150
_FROM_ENGLISH = 0.7  # of the aligned articles are asked for in English, the rest in Chinese


def held_out(document: str) -> bool:
    """Whether a document's questions are kept from the encoder's training.

    One document in five, by its id: what the encoder's vectors weigh beside other features can only
    be learned on questions that it was not trained on.
    """
    return int(document[:8], 16) % 5 == 0


@dataclass(frozen=True, slots=True)
class Example:
    """A question's forms, those of a passage that answers it, and those of passages that do not.

    Examples of one ``group`` may answer each other, and are not set against each other.
    """

    questions: Texts
    passage: Texts
    negatives: tuple[Texts, ...]
    group: str


def from_gold(path: Path, tell: Progress) -> list[Example]:
    """Examples of a gold set; negatives are passages of other documents that have its words.

    Raises DatasetError for a file that brings no documents.
    """
    gold = load(path)
    if gold.sources is None:
        raise DatasetError(f"{path} brings no documents, and so has no passages to learn from.")
    asked = [q for q in gold.questions if q.document and not held_out(q.document)]
    with (
        TemporaryDirectory() as folder,
        closing(Library(Path(folder, "library.sqlite"))) as library,
    ):
        for document in map(build_document, gold.sources):
            library.add(document, cut(document))
        index = LexicalIndex(Path(folder, "lexical"))
        index.sync(library)
        examples: list[Example] = []
        for done, question in enumerate(asked, 1):
            examples += _example(question, library, index)
            tell(f"{path.stem}: search", done, len(asked))
    return examples


def _example(question: GoldQuestion, library: Library, index: LexicalIndex) -> Iterator[Example]:
    """The example of one question, where a passage of its document holds an answer."""
    document = question.document or ""
    query = parse_query(question.text)
    numbers = [number for number, _ in index.search(query, _CANDIDATES)]
    found = library.passages(numbers)
    right = [p for p in library.passages_of(document) if contains_answer(p.text, question.answers)]
    wrong = [found[n] for n in numbers if found[n].document_id != document]
    if right and wrong:
        yield Example(
            (to_simplified(question.text), to_traditional(question.text)),
            _forms(right[0]),
            tuple(map(_forms, wrong[:_NEGATIVES])),
            document,
        )


def _forms(passage: Passage) -> Texts:
    return forms(encoded_text(passage), passage.text)


def forms(encoded: str, text: str) -> Texts:
    """As a text is encoded, and without what stands above it in the other script."""
    simplified = to_simplified(text)
    return encoded, simplified if simplified != text else to_traditional(text)


def from_laws(path: Path, count: int, seed: int) -> list[Example]:
    """Articles of aligned laws, asked for in the other language; the next article is the negative.

    ``path`` is an xz file of tab-separated lines: law, article, Chinese, English.
    """
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines]
    draw = random.Random(seed)
    usable = [i for i in range(len(rows) - 1) if _usable(rows[i], rows[i + 1])]
    chosen = draw.sample(usable, min(count, len(usable)))
    return [_aligned(rows[i], rows[i + 1], draw.random() < _FROM_ENGLISH) for i in chosen]


def _usable(row: Sequence[str], following: Sequence[str]) -> bool:
    shortest, longest = _ARTICLE
    return (
        shortest <= len(row[2]) <= longest
        and row[0] == following[0]
        and len(following[2]) >= shortest
    )


def _aligned(row: Sequence[str], following: Sequence[str], from_english: bool) -> Example:
    chinese, english = row[2:4]
    if from_english:
        question, passage, negative = _words(english, _QUERY_WORDS), chinese, following[2]
    else:
        question = chinese[:_QUERY_CHARACTERS]
        passage, negative = (_words(r[3], _PASSAGE_WORDS) for r in (row, following))
    return Example((question,), (passage,), ((negative,),), f"{row[0]} {row[1]}")


def _words(text: str, count: int) -> str:
    return " ".join(text.split()[:count])
