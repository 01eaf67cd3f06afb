"""A question and a passage as the model reads them: pieces, and where each lies in the passage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wenju.corpus.sentences import sentence_spans

if TYPE_CHECKING:
    from tokenizers import Tokenizer

BEGIN, END = 0, 2  # the model's own marks around texts
LONGEST = 510  # pieces of an input; the model knows 512 places
_QUESTION, _HEAD = 96, 40  # pieces of a question and of what stands above a passage


@dataclass(frozen=True, slots=True)
class Input:
    """``pieces`` of ``<s> question </s></s> head passage </s>``.

    Piece ``first + i`` lies at ``offsets[i]`` of the passage, half-open characters; what does not
    fit in is left out. ``sentences[i]`` is the number of the passage's sentence that the piece
    begins in, and ``spans`` are the places of these sentences.
    """

    pieces: tuple[int, ...]
    first: int
    offsets: tuple[tuple[int, int], ...]
    sentences: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Pieces:
    """A text's pieces and their places in it."""

    ids: tuple[int, ...]
    offsets: tuple[tuple[int, int], ...]


class Reads:
    """Makes inputs; every text is folded already, so script plays no part in what is read."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer

    def pieces(self, folded: str) -> Pieces:
        """The pieces of a text; those that hold nothing but a space are left out."""
        encoded = self._tokenizer.encode(folded, add_special_tokens=False)
        kept = [
            (i, _without_space(folded, *place))
            for i, place in zip(encoded.ids, encoded.offsets, strict=True)
        ]
        held = [(i, place) for i, place in kept if place[0] < place[1]]
        return Pieces(tuple(i for i, _ in held), tuple(place for _, place in held))

    def input(self, question: str, head: str, passage: str) -> Input:
        """The question, what stands above the passage (or nothing), and the passage, all folded."""
        asked = self.pieces(question).ids[:_QUESTION]
        above = self.pieces(head).ids[:_HEAD] if head else ()
        before = (BEGIN, *asked, END, END, *above)
        body = self.pieces(passage)
        room = LONGEST - len(before) - 1
        offsets = body.offsets[:room]
        spans = sentence_spans(passage)
        return Input(
            pieces=(*before, *body.ids[:room], END),
            first=len(before),
            offsets=offsets,
            sentences=_sentence_numbers(offsets, spans),
            spans=tuple(spans),
        )


def _without_space(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    return start, end


def _sentence_numbers(
    offsets: Sequence[tuple[int, int]], spans: Sequence[tuple[int, int]]
) -> tuple[int, ...]:
    """The number of the sentence that each place begins in; places come in order."""
    numbers, at = [], 0
    for start, _ in offsets:
        while at + 1 < len(spans) and spans[at + 1][0] <= start:
            at += 1
        numbers.append(at)
    return tuple(numbers)
