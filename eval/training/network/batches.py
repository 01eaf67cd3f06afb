"""Batches of samples of like length, each of about as many pieces."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wenju.eval.training.network.gold import Example
from wenju.eval.training.network.recipe import Recipe
from wenju.eval.training.network.samples import Sample, Sampling

if TYPE_CHECKING:
    import torch

    from wenju.index.base import Base

_POOL = 24  # batches drawn together, so that those of like length can go together


@dataclass(frozen=True, slots=True)
class Batch:
    """Word vectors (n, pieces, hidden), their mask (n, pieces) and what is to be learned.

    ``body`` is 1 where a piece may begin or end an answer (the passage's and the first piece);
    ``first`` and ``last`` (n) are the answer's pieces, -1 where they are not known; ``sentence`` (n, pieces) numbers the
    passage's sentences from 0, -1 elsewhere; ``answering`` (n, sentences) is 1 where the answer
    lies, -1 where there is no such sentence or it is not known; ``passage`` (n) is 1 where the
    passage answers.
    """

    vectors: torch.Tensor
    mask: torch.Tensor
    body: torch.Tensor
    first: torch.Tensor
    last: torch.Tensor
    sentence: torch.Tensor
    answering: torch.Tensor
    passage: torch.Tensor


def batch_of(samples: Sequence[Sample], base: Base) -> Batch:
    """The samples as tensors, filled up to the longest."""
    import torch

    n, longest = len(samples), max(len(s.input.pieces) for s in samples)
    sentences = max(1, *(len(s.answering) for s in samples))
    pieces = np.ones((n, longest), np.int64)
    mask, body = np.zeros((2, n, longest), np.float32)
    sentence = np.full((n, longest), -1)
    answering = np.full((n, sentences), -1.0, np.float32)
    for row, sample in enumerate(samples):
        read = sample.input
        begin, end = read.first, read.first + len(read.offsets)
        pieces[row, : len(read.pieces)] = read.pieces
        mask[row, : len(read.pieces)] = 1
        body[row, begin:end] = body[row, 0] = 1
        sentence[row, begin:end] = read.sentences
        answering[row, : len(sample.answering)] = sample.answering
    vectors = base.words(pieces.ravel()).reshape(n, longest, -1)
    return Batch(
        torch.from_numpy(vectors),
        torch.from_numpy(mask),
        torch.from_numpy(body),
        torch.tensor([s.first for s in samples]),
        torch.tensor([s.last for s in samples]),
        torch.from_numpy(sentence),
        torch.from_numpy(answering),
        torch.tensor([float(s.passage) for s in samples]),
    )


def batches(
    sampling: Sampling, sources: Sequence[Sequence[Example]], recipe: Recipe, done: int
) -> Iterator[list[Sample]]:
    """Batches without end, from step ``done`` on.

    ``sources`` are drawn from by ``recipe.shares``, each in a new order whenever it is used up;
    one that is empty is left out.
    """
    draw = random.Random(f"{recipe.seed} {done}")
    waiting: list[list[Example]] = [[] for _ in sources]
    shares = [share if some else 0 for share, some in zip(recipe.shares, sources, strict=True)]
    step = done
    while True:
        progress = step / recipe.steps
        pool: list[Sample] = []
        while sum(len(s.input.pieces) for s in pool) < _POOL * recipe.pieces:
            chosen = draw.choices(range(len(sources)), shares)[0]
            if not waiting[chosen]:
                waiting[chosen] = draw.sample(list(sources[chosen]), len(sources[chosen]))
            example = waiting[chosen].pop()
            negative = draw.random() < recipe.negatives(progress)
            pool.append(sampling.sample(example, recipe.window(progress), negative))
        cut = _cut(sorted(pool, key=lambda s: len(s.input.pieces)), recipe.pieces)
        draw.shuffle(cut)
        for batch in cut:
            yield batch
            step += 1


def _cut(ordered: Sequence[Sample], pieces: int) -> list[list[Sample]]:
    """Runs of samples whose lengths, filled up, stay within that many pieces."""
    cut: list[list[Sample]] = [[]]
    for sample in ordered:
        if cut[-1] and (len(cut[-1]) + 1) * len(sample.input.pieces) > pieces:
            cut.append([])
        cut[-1].append(sample)
    return cut
