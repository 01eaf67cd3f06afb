"""A small base, its tokenizer of characters, and a scorer that is a function of the text."""

from __future__ import annotations

import re
import string
import struct
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from tests.qa.reading import hit
from wenju.corpus.script import fold
from wenju.index.base import Base
from wenju.index.q4 import BLOCK, Entry, Q4Model, Sizes, Unigram
from wenju.qa.features import FEATURES
from wenju.qa.network.inputs import END, Input, Reads
from wenju.qa.passage import view_of
from wenju.qa.ranker import CONSTANT, EVIDENCE, Candidate, Ranker
from wenju.qa.relevance import EVIDENCE as OF_PASSAGES
from wenju.qa.relevance import OF_SENTENCES, Linear

_HAN = "".join(map(chr, range(0x4E00, 0x9FA6)))
_CHARACTERS = _HAN + string.printable.strip() + "“”《》〈〉【】、。…·○〇"
_TWO = ("万元", "书馆", "任期")
HIDDEN, LAYERS, FEED_FORWARD = 32, 2, 64
_PARTS = {
    "q": HIDDEN * HIDDEN, "k": HIDDEN * HIDDEN, "v": HIDDEN * HIDDEN, "ao": HIDDEN * HIDDEN,
    "fi": HIDDEN * FEED_FORWARD, "fo": HIDDEN * FEED_FORWARD, "aln": HIDDEN, "oln": HIDDEN,
}  # fmt: skip


@cache
def base() -> Base:
    """A base of two layers, drawn once for all; it knows every character that tests use."""
    pieces = ("<s>", "<pad>", "</s>", "<unk>", "▁", *_CHARACTERS, *_TWO)
    scores = (*(0.0,) * 4, *(-1.0,) * (1 + len(_CHARACTERS)), *(-1.5,) * len(_TWO))
    unigram = Unigram(pieces, scores, 0, 2, 1, 3, {"\n": " ", "\u200b": ""})
    sizes = Sizes(HIDDEN, LAYERS, 4, FEED_FORWARD, len(pieces), 512, 2, 1e-12)
    entries, data = {}, b""
    for name, kind, count, values in _tensors(len(pieces)):
        entries[name] = Entry(kind, count, len(data), len(values))
        data += values
    return Base(Q4Model(sizes, unigram, entries, data))


def _tensors(words: int) -> Iterator[tuple[str, int, int, bytes]]:
    """Name, kind, count of numbers and bytes of every tensor."""
    rng = np.random.default_rng(5)
    blocks = rng.integers(0, 256, (words * HIDDEN // BLOCK, BLOCK // 2), np.uint8)
    scale = struct.pack("<e", 0.02)
    yield "emb.word", 1, words * HIDDEN, b"".join(scale + block.tobytes() for block in blocks)
    flat = [("emb.pos", 512 * HIDDEN, 0.0), ("emb.type", 2 * HIDDEN, 0.0)]
    flat += [("emb.ln.w", HIDDEN, 1.0), ("emb.ln.b", HIDDEN, 0.0)]
    for layer in range(LAYERS):
        for part, count in _PARTS.items():
            flat.append((f"l{layer}.{part}.w", count, float("ln" in part)))
            flat.append((f"l{layer}.{part}.b", FEED_FORWARD if part == "fi" else HIDDEN, 0.0))
    for name, count, middle in flat:
        yield name, 0, count, rng.normal(middle, 0.1, count).astype("<f4").tobytes()


@cache
def reads() -> Reads:
    """Inputs by the small tokenizer: a piece is a character, but for three of two."""
    return Reads(base().tokenizer)


class NumberScorer:
    """A Scorer without a network.

    What answers is a number with the measure behind it, the better the more of the question's
    bigrams its sentence shares: ``2 x shared - 3``, at most 5; no answer scores 0.
    """

    def __init__(self) -> None:
        self.reads = reads()
        self.passages: list[str] = []

    def score(self, inputs: Sequence[Input]) -> list[NDArray[np.float32]]:
        """Scores of each input's pieces, shape (pieces, 3); the passages are noted."""
        return [self._scores(read) for read in inputs]

    def _scores(self, read: Input) -> NDArray[np.float32]:
        said = [base().model.tokenizer.pieces[i].strip("▁") for i in read.pieces]
        question = "".join(said[1 : read.pieces.index(END)])
        asked = {question[i : i + 2] for i in range(len(question) - 1)}
        self.passages.append("".join(said[read.first : -1]))
        scores = np.full((len(said), 3), -4.0, np.float32)
        scores[0, :2] = 0.0
        for number in range(len(read.spans)):
            held = [read.first + i for i, s in enumerate(read.sentences) if s == number]
            text = "".join(said[i] for i in held)
            at = [i for i in held for _ in said[i]]
            good = min(5, 2 * sum(b in text for b in asked) - 3)
            scores[held, 2] = good
            for match in re.finditer(r"\d+[席元人年天]?", text):
                scores[at[match.start()], 0] = scores[at[match.end() - 1], 1] = good
        return scores


NOTHING = Ranker(
    dict.fromkeys((*FEATURES, CONSTANT), 0.0),
    dict.fromkeys((*EVIDENCE, CONSTANT), 0.0),
    Linear(OF_PASSAGES, {**dict.fromkeys(OF_PASSAGES, 0.0), CONSTANT: -30.0}),
    Linear(OF_SENTENCES, {**dict.fromkeys(OF_SENTENCES, 0.0), CONSTANT: -30.0}),
)


def ranker(
    weights: Mapping[str, float],
    calibration: Mapping[str, float],
    relevance: Mapping[str, float] | None = None,
    sentences: Mapping[str, float] | None = None,
) -> Ranker:
    """A ranker that weighs what is named, and nothing else.

    Without ``relevance`` no passage answers, without ``sentences`` no sentence.
    """
    unknown = {*weights} - {*NOTHING.weights} | {*calibration} - {*NOTHING.calibration}
    assert not unknown
    return Ranker(
        {**NOTHING.weights, **weights},
        {**NOTHING.calibration, **calibration},
        Linear(OF_PASSAGES, {**NOTHING.relevance.weights, **(relevance or {})}),
        Linear(OF_SENTENCES, {**NOTHING.sentences.weights, **(sentences or {})}),
    )


# a margin of 10 gives a probability of .88 and a confidence of .95, one of 6 gives .60 and .69
RANKER = ranker({"margin": 4.0, CONSTANT: -2.0}, {"probability": 8.0, CONSTANT: -4.0})

# the same, and what a document's form says is believed before the network
STRICT = ranker(
    {
        **RANKER.weights,
        **{"asking": -6.0, "explained_by_heading": -6.0, "page_line": -8.0, "signature": -8.0},
        **{"anothers": -6.0, "fine": -6.0, "repeats": -6.0, "broken": -6.0, "another_aspect": -4.0},
        **{"section": 6.0, "event_line": 6.0, "lead": 8.0, "typed_contact": 6.0, "counted": 6.0},
    },
    {**RANKER.calibration, "clock": -12.0, "other_year": -4.0},
)


def candidate(
    text: str,
    said: str | tuple[int, int],
    result: float = 0.0,
    *,
    rank: int = 1,
    score: float = 2.0,
    parts: tuple[tuple[int, int], ...] = (),
    features: Mapping[str, float] | None = None,
) -> Candidate:
    """A candidate where a passage first says something; it rather answers than not.

    ``result`` is its score, ``score`` its hit's; features that are not named are 0.
    """
    start, end = (
        said if isinstance(said, tuple) else (text.index(said), text.index(said) + len(said))
    )
    values = {"margin": 0.1, **(features or {})}
    assert {*values} <= {*FEATURES}
    found = hit(text, rank=rank, score=score)
    vector = tuple(values.get(n, 0.0) for n in FEATURES)
    return Candidate(found, view_of(found.passage), start, end, parts, vector, result)


def input_of(passage: str, question: str = "多少", head: str = "") -> Input:
    """An input of a passage; all is folded first."""
    return reads().input(fold(question), fold(head), fold(passage))
