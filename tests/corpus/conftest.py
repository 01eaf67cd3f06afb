"""Readers are tested in this process: what a test puts in their place is there, and warnings are errors.

Tests of the workers, and of files that are made to hurt, ask for ``workers``.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fakes import WorkersHere
from wenju.corpus import read as reading
from wenju.corpus.worker.pool import Workers


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "WORKERS", WorkersHere())


@pytest.fixture
def workers(in_this_process: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workers]:
    """Workers of this test alone, which ``read`` has files read by."""
    own = Workers()
    monkeypatch.setattr(reading, "WORKERS", own)
    yield own
    own.close()
