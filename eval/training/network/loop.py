"""The training loop: loss, steps, and a checkpoint that an interrupted run goes on from."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wenju.eval.training.network.batches import Batch, batch_of
from wenju.eval.training.network.model import Network, load_network
from wenju.eval.training.network.recipe import Recipe
from wenju.eval.training.network.samples import UNKNOWN, Sample
from wenju.index.base import Base
from wenju.index.model import native_precision

if TYPE_CHECKING:
    import torch

Tell = Callable[[str, int, int], None]
_EVERY = 100  # steps between checkpoints
_HEADS_RATE = 5.0


def loss_of(scores: torch.Tensor, batch: Batch, recipe: Recipe) -> torch.Tensor:
    """Cross-entropy of the first and the last piece, of each sentence's score and the passage's.

    The first piece of all stands for no answer (Devlin et al. 2019, on SQuAD 2.0), and its third
    number is the passage's score; a sentence's is the mean of its pieces'. What is not known counts
    for nothing.
    """
    import torch
    from torch.nn import functional

    hidden = (1 - batch.body) * torch.finfo(torch.float32).min
    spans = sum(
        functional.cross_entropy(
            scores[:, :, side] + hidden, pieces, ignore_index=UNKNOWN, reduction="sum"
        )
        for side, pieces in enumerate((batch.first, batch.last))
    ) / (batch.first != UNKNOWN).sum().clamp(min=1)
    known = batch.answering >= 0
    means = sentence_means(scores[:, :, 2], batch.sentence, batch.answering.shape[1])
    sentences = functional.binary_cross_entropy_with_logits(means[known], batch.answering[known])
    if not known.any():
        sentences = scores.sum() * 0
    passages = functional.binary_cross_entropy_with_logits(scores[:, 0, 2], batch.passage)
    return spans / 2 + recipe.sentence_loss * sentences + recipe.passage_loss * passages


def sentence_means(scores: torch.Tensor, sentence: torch.Tensor, count: int) -> torch.Tensor:
    """Means of the pieces' scores by sentence, shape (n, count); 0 for one without pieces."""
    import torch
    from torch.nn import functional

    one_hot = functional.one_hot(sentence + 1, count + 1)[:, :, 1:].to(scores.dtype)
    sums = torch.einsum("np,nps->ns", scores, one_hot)
    means: torch.Tensor = sums / one_hot.sum(1).clamp(min=1)
    return means


def groups(network: Network, recipe: Recipe) -> list[dict[str, Any]]:
    """The trained parameters with their rates; the lowest layers and the tables are frozen."""
    network.bert.embeddings.requires_grad_(False)
    layers = network.bert.encoder.layer
    found = []
    for number, layer in enumerate(layers):
        if number < recipe.frozen:
            layer.requires_grad_(False)
            continue
        rate = recipe.learning_rate * recipe.layer_decay ** (len(layers) - 1 - number)
        found.append({"params": list(layer.parameters()), "rate": rate})
    heads = recipe.learning_rate * _HEADS_RATE
    return [*found, {"params": list(network.heads.parameters()), "rate": heads}]


class Training:
    """A network under way; ``folder`` keeps its checkpoint."""

    def __init__(self, base: Base, recipe: Recipe, folder: Path, start: Path | None = None) -> None:
        """Go on from the folder's checkpoint, else from a file of changes, else from the base."""
        import torch

        torch.manual_seed(recipe.seed)
        self.network = load_network(base, start) if start else Network(base)
        self.base, self.recipe, self.folder = base, recipe, folder
        self._groups = groups(self.network, recipe)
        self._optimizer = torch.optim.AdamW(
            self._groups, betas=(0.9, 0.98), weight_decay=recipe.weight_decay, fused=True
        )
        self.step = 0
        self._resume()

    def run(self, drawn: Iterator[Sequence[Sample]], until: int, tell: Tell) -> float:
        """Take steps until that many are done; the mean loss of the last hundred."""
        self.network.train()
        losses: list[float] = []
        while self.step < until:
            losses.append(self._take(batch_of(next(drawn), self.base)))
            self.step += 1
            shown = sum(losses[-_EVERY:]) / len(losses[-_EVERY:])
            tell(f"train, loss {shown:.3f}", self.step, self.recipe.steps)
            if self.step % _EVERY == 0:
                self.save()
        return sum(losses[-_EVERY:]) / max(1, len(losses[-_EVERY:]))

    def _take(self, batch: Batch) -> float:
        import torch
        from torch import nn

        for group in self._optimizer.param_groups:
            group["lr"] = group["rate"] * self.recipe.pace(self.step)
        fast = native_precision() == "bfloat16"
        with torch.autocast("cpu", torch.bfloat16, enabled=fast):
            scores = self.network(batch.vectors, batch.mask)
        loss = loss_of(scores.float(), batch, self.recipe)
        self._optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]  # torch ships it untyped
        nn.utils.clip_grad_norm_([p for g in self._groups for p in g["params"]], 1.0)
        self._optimizer.step()
        return loss.item()

    def save(self) -> None:
        """Write the checkpoint beside the old one, then in its place."""
        import torch

        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / "checkpoint.pt"
        state = {
            "recipe": repr(self.recipe),
            "step": self.step,
            "network": self.network.state_dict(),
            "optimizer": self._optimizer.state_dict(),
        }
        torch.save(state, path.with_suffix(".new"))
        os.replace(path.with_suffix(".new"), path)

    def _resume(self) -> None:
        import torch

        path = self.folder / "checkpoint.pt"
        if not path.exists():
            return
        state = torch.load(path, weights_only=True)
        if state["recipe"] == repr(self.recipe):
            self.network.load_state_dict(state["network"])
            self._optimizer.load_state_dict(state["optimizer"])
            self.step = state["step"]
