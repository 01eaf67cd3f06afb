"""How well the network reads questions that were held out, while it is being trained."""

from __future__ import annotations

import random
from collections.abc import Sequence

from wenju.eval.training.network.batches import batch_of
from wenju.eval.training.network.gold import Example
from wenju.eval.training.network.loop import Training
from wenju.eval.training.network.samples import Sample, Sampling
from wenju.qa.network.inputs import Reads

_QUESTIONS, _BATCH = 160, 8


def check(training: Training, kept: Sequence[Example]) -> str:
    """One line of figures over windows as long as passages: half of the questions twice.

    Once in a window that answers them, once in one that does not.
    """
    if not kept:
        return f"step {training.step}: no question is held out"
    chosen = random.Random(1).sample(list(kept), min(_QUESTIONS, len(kept)))
    sampling = Sampling(chosen, Reads(training.base.tokenizer), 1)
    asked = [sampling.sample(e, (150, 400), negative=False) for e in chosen]
    empty = [sampling.sample(e, (150, 400), negative=True) for e in chosen[::2]]
    found = _spans(training, [*asked, *empty])
    with_answer = [(s, f) for s, f in zip(asked, found, strict=False) if s.first]
    exact = sum((f[0], f[1]) == (s.first, s.last) for s, f in with_answer)
    overlap = sum(_f1((s.first, s.last), f[:2]) for s, f in with_answer)
    n = len(with_answer)
    margins = [f[2] for f in found]
    right = sum(m > 0 for m in margins[: len(asked)]) / len(asked)
    wrong = sum(m > 0 for m in margins[len(asked) :]) / max(1, len(empty))
    return (
        f"step {training.step}: of {n}, pieces exact {exact / n:.3f}, F1 {overlap / n:.3f}; "
        f"answered {right:.3f}, without an answer {wrong:.3f}"
    )


def _spans(training: Training, samples: Sequence[Sample]) -> list[tuple[int, int, float]]:
    found = {}
    order = sorted(range(len(samples)), key=lambda i: len(samples[i].input.pieces))
    import torch

    training.network.eval()
    with torch.inference_mode():
        for at in range(0, len(order), _BATCH):
            rows = order[at : at + _BATCH]
            batch = batch_of([samples[i] for i in rows], training.base)
            scores = training.network(batch.vectors, batch.mask)
            body = batch.body.clone()
            body[:, 0] = 0
            hidden = (1 - body) * -1e9
            pairs = (scores[:, :, 0] + hidden)[:, :, None] + (scores[:, :, 1] + hidden)[:, None, :]
            pairs = pairs.triu() + torch.full_like(pairs, -1e9).tril(-1)
            best, where = pairs.flatten(1).max(1)
            margin = best - scores[:, 0, 0] - scores[:, 0, 1]
            width = pairs.shape[1]
            for row, i in enumerate(rows):
                place = int(where[row])
                found[i] = (place // width, place % width, float(margin[row]))
    training.network.train()
    return [found[i] for i in range(len(samples))]


def _f1(a: tuple[int, int], b: tuple[int, int]) -> float:
    shared = max(0, min(a[1], b[1]) - max(a[0], b[0]) + 1)
    return 2 * shared / (a[1] - a[0] + 1 + b[1] - b[0] + 1)
