"""Seconds of the processor by what they were used for."""

from __future__ import annotations

import resource
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from time import process_time
from typing import Any, Final
from unittest.mock import patch

from wenju.corpus.worker.pool import WORKERS

BY_WORKERS: Final = "read, by workers"
_STAGES: Final = (
    ("read", "wenju.index.ingest.read"),
    ("repair, metadata", "wenju.index.ingest.build_document"),
    ("layout", "wenju.index.ingest.read_layout"),
    ("cut", "wenju.index.ingest.cut"),
    ("provisions", "wenju.index.ingest.provisions_of"),
)

OF_ADDING: Final = frozenset(stage for stage, _ in _STAGES)
"""The stages that this process takes part in."""


class Stopwatch:
    """Seconds that this process and its ended children used, by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def timing(self, stage: str) -> Iterator[None]:
        """Add what the block uses in this process."""
        started = process_time()
        try:
            yield
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + process_time() - started

    @contextmanager
    def staged(self) -> Iterator[None]:
        """While it lasts, the stages of adding are timed; reading with the workers that do it."""
        before = _children()
        with ExitStack() as stack:
            for stage, name in _STAGES:
                stack.enter_context(patch(name, self._timed(stage, name)))
            yield
        WORKERS.close()  # what they used is known once they have ended
        self.seconds[BY_WORKERS] = self.seconds.get(BY_WORKERS, 0.0) + _children() - before

    def _timed(self, stage: str, name: str) -> Callable[..., Any]:
        module, _, function = name.rpartition(".")
        original = getattr(__import__(module, fromlist=[function]), function)

        def timed(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401
            with self.timing(stage):
                return original(*arguments, **named)

        return timed


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
