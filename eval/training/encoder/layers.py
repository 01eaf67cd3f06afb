"""The encoder in two halves: lower layers that stay as they are, upper ones that are trained."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch
    from numpy.typing import NDArray
    from torch import nn

Progress = Callable[[str, int, int], None]

_BATCH, _LONGEST = 64, 320  # texts computed together; tokens of a text
_MATRICES = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)


class Lower:
    """Embeddings and lower layers, whose output for a text never changes."""

    def __init__(self, folder: Path, upper: int) -> None:
        """Load the model; ``upper`` layers at its end are left out."""
        from transformers import AutoModel, AutoTokenizer

        self.model: Any = AutoModel.from_pretrained(folder).eval()
        self._tokenizer: Any = AutoTokenizer.from_pretrained(folder)
        self._layers = self.model.encoder.layer[:-upper]
        for parameter in self.model.parameters():
            parameter.requires_grad_(False)

    def states(self, texts: Sequence[str], tell: Progress) -> dict[str, torch.Tensor]:
        """Each text's states, shape (tokens, hidden), bfloat16."""
        import torch

        ids = self._tokenizer(list(texts), truncation=True, max_length=_LONGEST)["input_ids"]
        order = sorted(range(len(ids)), key=lambda i: -len(ids[i]))
        found = {}
        for first in range(0, len(order), _BATCH):
            chosen = order[first : first + _BATCH]
            rows, mask = padded([torch.tensor(ids[i])[:, None] for i in chosen])
            with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
                embedded = self.model.embeddings(rows[:, :, 0].long())
                states = through(self._layers, embedded, mask).to(torch.bfloat16)
            for row, i in enumerate(chosen):
                found[texts[i]] = states[row, : len(ids[i])].clone()
            tell("lower layers", min(first + _BATCH, len(order)), len(order))
        return found


class Change:
    """A low-rank change of a linear map, added to what the map gives."""

    def __init__(self, linear: nn.Linear, rank: int) -> None:
        import torch

        spread = 1 / math.sqrt(linear.in_features)
        self.down = (torch.randn(rank, linear.in_features) * spread).requires_grad_()
        self.up = torch.zeros(linear.out_features, rank).requires_grad_()
        linear.register_forward_hook(self._added)

    def _added(
        self, linear: nn.Module, given: tuple[torch.Tensor, ...], output: torch.Tensor
    ) -> torch.Tensor:
        from torch.nn.functional import linear as multiply

        return output + 2 * multiply(multiply(given[0], self.down), self.up)


class Upper:
    """The upper layers with a trainable change of each of their matrices."""

    def __init__(self, model: Any, layers: int, rank: int) -> None:  # noqa: ANN401
        self._layers = model.encoder.layer[-layers:]
        self._first = len(model.encoder.layer) - layers
        self._changes: dict[str, Change] = {}
        for number, layer in enumerate(self._layers, self._first):
            for name in _MATRICES:
                change = Change(layer.get_submodule(name), rank)
                self._changes[f"encoder.layer.{number}.{name}.weight"] = change

    def parameters(self) -> list[torch.Tensor]:
        """What is trained."""
        return [p for c in self._changes.values() for p in (c.down, c.up)]

    def vectors(self, states: Sequence[torch.Tensor]) -> torch.Tensor:
        """Vectors of texts by their lower states, shape (n, hidden), of unit length."""
        import torch

        order = sorted(range(len(states)), key=lambda i: -len(states[i]))
        parts = []
        for first in range(0, len(order), _BATCH):
            rows, mask = padded([states[i] for i in order[first : first + _BATCH]])
            with torch.autocast("cpu", torch.bfloat16):
                found = through(self._layers, rows.float(), mask).float()
            mean = (found * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
            parts.append(torch.nn.functional.normalize(mean, dim=1))
        back = torch.empty(len(order), dtype=torch.long)
        back[torch.tensor(order)] = torch.arange(len(order))
        return torch.cat(parts)[back]

    def vectors_of(
        self, states: dict[str, torch.Tensor], tell: Progress
    ) -> dict[str, torch.Tensor]:
        """Every text's vector as the layers now are, for comparison."""
        import torch

        texts = list(states)
        found: dict[str, torch.Tensor] = {}
        for first in range(0, len(texts), 1024):
            batch = texts[first : first + 1024]
            with torch.no_grad():
                found |= zip(batch, self.vectors([states[t] for t in batch]), strict=True)
            tell("upper layers", len(found), len(texts))
        return found

    def changes(self, way: float) -> Iterator[tuple[str, NDArray[Any], NDArray[Any]]]:
        """Name of a matrix, and the two factors of its change, taken that part of the way."""
        for name, change in self._changes.items():
            up = 2 * way * change.up.detach()
            yield name, up.half().numpy(), change.down.detach().half().numpy()


def padded(rows: Sequence[torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor]:
    """Rows of unequal length as one tensor, and a mask that is 1 where there is something."""
    import torch

    whole = torch.nn.utils.rnn.pad_sequence(list(rows), batch_first=True)
    lengths = torch.tensor([len(row) for row in rows])
    return whole, (torch.arange(whole.shape[1])[None, :] < lengths[:, None]).float()


def through(layers: Any, states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:  # noqa: ANN401
    """States behind the layers; masked places are attended to by none."""
    import torch

    hidden = (1 - mask)[:, None, None, :] * torch.finfo(torch.float32).min
    for layer in layers:
        output = layer(states, hidden)
        states = output[0] if isinstance(output, tuple) else output
    return states
