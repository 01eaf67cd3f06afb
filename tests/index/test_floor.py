"""The floor: what an encoder's cosine is worth."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.floor import cosine_floor, remembered_floor
from index.library import Library
from tests.fakes import FakeEncoder


class AtAngle(FakeEncoder):
    """Questions and passages stand at one angle, whatever they say."""

    def __init__(self, cosine: float, name: str = "angle") -> None:
        super().__init__(name, 2)
        self.cosine = cosine
        self.calls = 0

    def encode(self, texts: Sequence[str], *, query: bool = False) -> NDArray[np.float32]:
        self.calls += 1
        vector = [1.0, 0.0] if query else [self.cosine, float(np.sqrt(1 - self.cosine**2))]
        return np.tile(np.array(vector, dtype=np.float32), (len(texts), 1))


@pytest.mark.parametrize(
    ("cosine", "floor"), [(0.8, 0.8), (0.1, 0.1), (0.0, 0.0), (-0.5, 0.0), (1.0, 0.99)]
)
def test_the_floor_is_the_cosine_of_unrelated_texts(cosine: float, floor: float) -> None:
    assert cosine_floor(AtAngle(cosine)) == pytest.approx(floor, abs=1e-6)


def test_it_is_measured_once_for_each_library_and_encoder(tmp_path: Path) -> None:
    library = Library(tmp_path / "library.sqlite")
    first, second = AtAngle(0.8, "first"), AtAngle(0.3, "second")
    assert remembered_floor(library, first) == pytest.approx(0.8)
    assert remembered_floor(library, second) == pytest.approx(0.3)
    calls = first.calls
    assert remembered_floor(library, first) == pytest.approx(0.8)
    assert first.calls == calls
    library.close()
