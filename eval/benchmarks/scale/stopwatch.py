"""Seconds of the processor by what they were used for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from time import process_time
from typing import Any, Final
from unittest.mock import patch

from wenju.corpus.allowance import Allowance
from wenju.corpus.worker.jobs import Job
from wenju.corpus.worker.pool import Workers

_STAGES: Final = (
    ("read", "wenju.index.preparation.read"),
    ("repair, metadata", "wenju.corpus.worker.jobs.build_document"),
    ("layout", "wenju.corpus.worker.jobs.read_layout"),
    ("cut", "wenju.corpus.worker.jobs.cut"),
    ("provisions", "wenju.corpus.worker.jobs.provisions_of"),
)

OF_ADDING: Final = frozenset(stage for stage, _ in _STAGES)
"""The stages that this process takes part in."""


class Stopwatch:
    """Seconds that this process used, by stage."""

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
        """While it lasts, the stages of adding are timed, all done in this process."""
        with ExitStack() as stack:
            stack.enter_context(patch.object(Workers, "run", _here))
            for stage, name in _STAGES:
                stack.enter_context(patch(name, self._timed(stage, name)))
            yield

    def _timed(self, stage: str, name: str) -> Callable[..., Any]:
        module, _, function = name.rpartition(".")
        original = getattr(__import__(module, fromlist=[function]), function)

        def timed(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401
            with self.timing(stage):
                return original(*arguments, **named)

        return timed


def _here(_: Workers, job: Job[Any], allowance: Allowance) -> object:
    del allowance
    return job.here()
