"""The reader's network: the base's layers, and heads for spans and for sentences."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from wenju.eval.training.encoder.unpacked import bert_config

if TYPE_CHECKING:
    import numpy as np
    import torch
    from numpy.typing import NDArray

    from wenju.index.base import Base


def _config(base: Base) -> dict[str, Any]:
    """The settings of a ``BertModel`` that is given vectors, and so has no vocabulary."""
    no_words = {"vocab_size": 1, "pad_token_id": 0, "attn_implementation": "sdpa"}
    return bert_config(base.model) | no_words


class Network:
    """A ``BertModel`` over word vectors, with one linear map of its states.

    The three numbers of a piece are how well an answer begins there, how well it ends there, and
    how much the piece belongs to a sentence that answers; those of the first piece, which lies
    before all text, say the first two of no answer at all. Higher is better.
    """

    def __init__(
        self, base: Base, weights: Mapping[str, NDArray[np.float32]] | None = None
    ) -> None:
        """Take the base's own weights, or these in their place; the heads are drawn."""
        from torch import nn
        from transformers import BertConfig, BertModel

        config = BertConfig(**_config(base))
        config.hidden_dropout_prob = config.attention_probs_dropout_prob = 0.0
        self.bert: Any = BertModel(config, add_pooling_layer=False)
        self.heads = nn.Linear(config.hidden_size, 3)
        nn.init.normal_(self.heads.weight, std=0.02)
        nn.init.zeros_(self.heads.bias)
        self._both = nn.ModuleDict({"bert": self.bert, "heads": self.heads})
        self.take(weights or base.weights())

    def take(self, weights: Mapping[str, NDArray[np.float32]]) -> None:
        """Put the layers' weights in; raises KeyError where one lacks or is too many."""
        import torch

        own = self.bert.state_dict()
        missing = set(own) ^ set(weights) - {"embeddings.word_embeddings.weight"}
        missing -= {"embeddings.word_embeddings.weight"}
        if missing:
            raise KeyError(f"weights that do not fit: {sorted(missing)}")
        self.bert.load_state_dict(
            {n: torch.from_numpy(w) for n, w in weights.items()}, strict=False
        )

    def train(self, training: bool = True) -> Self:
        """Make ready for training, or for use."""
        self._both.train(training)
        return self

    def eval(self) -> Self:
        """Make ready for use."""
        return self.train(False)

    def state_dict(self) -> dict[str, torch.Tensor]:
        """All weights: the layers' under ``bert.``, the heads' under ``heads.``."""
        return dict(self._both.state_dict())

    def load_state_dict(self, state: Mapping[str, torch.Tensor]) -> None:
        """Take all weights as ``state_dict`` gave them."""
        self._both.load_state_dict(state)

    def __call__(self, vectors: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Scores of shape (texts, pieces, 3) for word vectors (texts, pieces, hidden).

        ``mask`` is 1 where there is a piece, 0 where a shorter text is filled up.
        """
        states: Any = self.bert(inputs_embeds=vectors, attention_mask=mask)
        scores: torch.Tensor = self.heads(states.last_hidden_state)
        return scores


def load_network(base: Base, path: Path) -> Network:
    """The network with a file's changes and heads; raises ReaderError."""
    import torch

    from wenju.qa.network import checkpoint as changes

    weights, heads = changes.load(base.weights(), path)
    network = Network(base, weights)
    network.heads.load_state_dict({n: torch.from_numpy(h) for n, h in heads.items()})
    return network
