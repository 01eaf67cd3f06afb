"""A table of token vectors: where it begins, how it is trained, how it is written."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from wenju.corpus.script import is_han
from wenju.eval.training.static.pairs import Pair
from wenju.index.base import Base
from wenju.index.tokenizer import tokenizer

if TYPE_CHECKING:
    import torch
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

_RARITY = 1e-3  # SIF, Arora et al. 2017: a token weighs a / (a + its share of all)


def vocabulary(base: Base, texts: Sequence[str], size: int) -> tuple[list[int], list[float]]:
    """The pieces of the embedded model that texts need most, and how often each occurs.

    Single Han characters are all kept, so that nothing in Chinese is unknown.
    """
    counts: Counter[int] = Counter()
    for encoded in base.tokenizer.encode_batch(list(texts), add_special_tokens=False):
        counts.update(encoded.ids)
    unigram = base.model.tokenizer
    marks = [unigram.bos, unigram.pad, unigram.eos, unigram.unknown]
    single = [i for i, p in enumerate(unigram.pieces) if len(p) == 1 and (is_han(p) or p.isascii())]
    kept = dict.fromkeys([*marks, *single])
    for piece, _ in counts.most_common():
        if len(kept) >= size:
            break
        kept.setdefault(piece)
    return list(kept), [float(counts[i]) for i in kept]


def trimmed(base: Base, kept: Sequence[int]) -> Tokenizer:
    """The embedded model's tokenizer with these pieces alone, without marks around texts."""
    from tokenizers import processors

    unigram = base.model.tokenizer
    place = {old: new for new, old in enumerate(kept)}
    made = tokenizer(
        replace(
            unigram,
            pieces=tuple(unigram.pieces[i] for i in kept),
            scores=tuple(unigram.scores[i] for i in kept),
            bos=place[unigram.bos],
            eos=place[unigram.eos],
            pad=place[unigram.pad],
            unknown=place[unigram.unknown],
        )
    )
    made.post_processor = processors.TemplateProcessing(single="$A", special_tokens=[])
    return made


def beginning(
    base: Base, kept: Sequence[int], counts: Sequence[float], width: int
) -> NDArray[np.float32]:
    """The embedded model's word vectors, their main directions alone, rare pieces heavier."""
    words = base.words(list(kept))
    share = np.array(counts) / sum(counts)
    words -= (share[:, None] * words).sum(0)
    _, _, directions = np.linalg.svd(words, full_matrices=False)
    table = words @ directions[:width].T
    table /= np.linalg.norm(table, axis=1).mean()
    found: NDArray[np.float32] = (table * (_RARITY / (_RARITY + share))[:, None]).astype(np.float32)
    return found


class Table:
    """Token vectors under way."""

    def __init__(self, made: Tokenizer, start: NDArray[np.float32], rate: float) -> None:
        import torch

        self.tokenizer = made
        self.bag = torch.nn.EmbeddingBag.from_pretrained(
            torch.from_numpy(start), freeze=False, mode="mean"
        )
        self._optimizer = torch.optim.Adam(self.bag.parameters(), lr=rate)
        self._rate = rate

    def vectors(self, texts: Sequence[str]) -> torch.Tensor:
        """Vectors of unit length, (texts, width)."""
        import torch

        ids = [e.ids or [0] for e in self.tokenizer.encode_batch(list(texts))]
        starts = np.cumsum([0, *(len(i) for i in ids[:-1])])
        flat = torch.tensor([i for each in ids for i in each])
        return torch.nn.functional.normalize(self.bag(flat, torch.from_numpy(starts)))

    def step(self, batch: Sequence[Pair], temperature: float, share: float) -> float:
        """One step of InfoNCE both ways (van den Oord et al. 2018); ``share`` is that of the rate."""
        import torch

        for group in self._optimizer.param_groups:
            group["lr"] = self._rate * share
        asked = self.vectors([p.asked for p in batch])
        offered = self.vectors([p.passage for p in batch])
        scores = asked @ offered.T / temperature
        names = np.array([hash(p.group) for p in batch])
        same = torch.from_numpy(names[:, None] == names[None]) & ~torch.eye(len(batch)).bool()
        scores = scores.masked_fill(same, -1e4)
        right = torch.arange(len(batch))
        entropy = torch.nn.functional.cross_entropy
        loss = (entropy(scores, right) + entropy(scores.T, right)) / 2
        self._optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        self._optimizer.step()
        return float(loss.detach())

    def save(self, folder: Path) -> None:
        """Write a sentence-transformers folder, ``StaticEmbedding``, in float16."""
        import torch
        from sentence_transformers import SentenceTransformer
        from sentence_transformers.sentence_transformer.modules import StaticEmbedding

        weights = self.bag.weight.detach().to(torch.float16)
        module: Any = StaticEmbedding(self.tokenizer, embedding_weights=weights.float().numpy())
        model = SentenceTransformer(modules=[module.half()], device="cpu")
        model.save(str(folder), create_model_card=False)


def batches(pairs: Sequence[Pair], size: int, draw: random.Random) -> Iterator[list[Pair]]:
    """Batches without end, in a new order each time round."""
    while True:
        order = draw.sample(list(pairs), len(pairs))
        for first in range(0, len(order) - size + 1, size):
            yield order[first : first + size]
