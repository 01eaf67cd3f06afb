"""All that decides what training gives, but for the data."""

from __future__ import annotations

from dataclasses import dataclass

SOURCES = ("gold", "made", "notices", "foreign", "lay", "translated", "everyday")


@dataclass(frozen=True, slots=True)
class Recipe:
    """Sizes, rates and shares; ``shares`` are those of the sources, in the order of ``SOURCES``."""

    steps: int = 2000
    pieces: int = 2304  # of a batch
    learning_rate: float = 2.5e-4  # of the uppermost layer; of the heads five times that
    layer_decay: float = 0.9  # of the rate, for each layer further down
    frozen: int = 4  # lowest layers that stay as they are
    warm_up: float = 0.05  # of the steps
    weight_decay: float = 0.01
    sentence_loss: float = 0.3
    passage_loss: float = 0.8
    shares: tuple[float, ...] = (0.33, 0.07, 0.1, 0.08, 0.07, 0.05, 0.3)
    notices: int = 4000  # questions on made-up notices
    per_rule: int = 350  # questions made by a rule
    others: int = 10000  # articles of each archive that only windows without an answer show
    articles: int = 30000  # read of each archive of statutes
    seed: int = 0

    def window(self, progress: float) -> tuple[int, int]:
        """Characters of a window: short ones first, which are many, then as long as passages."""
        return (50, 200) if progress < 0.5 else (120, 400)

    def negatives(self, progress: float) -> float:
        """The share of windows that do not answer; first it is learned what an answer is."""
        return 0.1 if progress < 0.1 else 0.36

    def pace(self, step: int) -> float:
        """The share of the learning rate: rising at first, then falling in a line."""
        rising = (step + 1) / (self.warm_up * self.steps)
        return min(1.0, rising) * max(0.01, 1 - step / self.steps)
