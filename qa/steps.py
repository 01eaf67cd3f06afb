"""What is being done for a question, told step by step to whoever waits for its answer."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Step:
    """``searching`` for passages, or ``reading`` them: ``done`` of ``of`` were read.

    A question may be searched for several times: part by part, or once more in the documents' words.
    Reading ends as soon as the answer is settled.
    """

    stage: Literal["searching", "reading"]
    done: int = 0
    of: int = 0


Tell = Callable[[Step], None]
"""Is told of every step, in the thread that takes it; what it raises ends the question."""


def silent(_: Step) -> None:
    """Tells nobody."""


@dataclass(frozen=True, slots=True)
class Run:
    """A question that is being answered: since when, and who is told of its steps."""

    tell: Tell = silent
    started: float = field(default_factory=time.perf_counter)

    @property
    def took_ms(self) -> float:
        """Milliseconds since it was asked."""
        return (time.perf_counter() - self.started) * 1000
