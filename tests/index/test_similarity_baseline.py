"""The baseline: what an encoder's cosine is worth."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.fakes import FakeEncoder
from wenju.index.library import Library
from wenju.index.similarity_baseline import (
    SimilarityBaseline,
    is_han_text,
    measure_baseline,
    remembered_baseline,
)


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
    ("cosine", "baseline"), [(0.8, 0.8), (0.1, 0.1), (0.0, 0.0), (-0.5, 0.0), (1.0, 0.99)]
)
def test_the_floor_is_the_cosine_of_unrelated_texts(cosine: float, baseline: float) -> None:
    assert measure_baseline(AtAngle(cosine)) == SimilarityBaseline(baseline, baseline, baseline)


def test_it_is_measured_once_for_each_library_and_encoder(tmp_path: Path) -> None:
    library = Library(tmp_path / "library.sqlite")
    first, second = AtAngle(0.8, "first"), AtAngle(0.3, "second")
    assert remembered_baseline(library, first) == SimilarityBaseline(0.8, 0.8, 0.8)
    assert remembered_baseline(library, second) == SimilarityBaseline(0.3, 0.3, 0.3)
    calls = first.calls
    assert remembered_baseline(library, first) == SimilarityBaseline(0.8, 0.8, 0.8)
    assert first.calls == calls
    library.close()


class ByScript(AtAngle):
    """Texts of one script lie closer than texts of two."""

    def encode(self, texts: Sequence[str], *, query: bool = False) -> NDArray[np.float32]:
        rows = [[0.8, 0.6] if is_han_text(text) else [0.6, 0.8] for text in texts]
        return np.array(rows, dtype=np.float32)


def test_two_languages_have_a_floor_of_their_own() -> None:
    baseline = measure_baseline(ByScript(0.0))
    assert baseline == SimilarityBaseline(0.99, 0.99, 0.96)
    baseline = SimilarityBaseline(han=0.8, other=0.7, across=0.6)
    assert baseline.above(0.9, True, True) == pytest.approx(0.5)
    assert baseline.above(0.85, False, False) == pytest.approx(0.5)
    assert (
        baseline.above(0.8, True, False) == baseline.above(0.8, False, True) == pytest.approx(0.5)
    )
    assert baseline.above(0.5, True, True) < 0


@pytest.mark.parametrize(
    ("text", "han"),
    [
        ("最高支持多少", True),
        ("5G手機補助", True),
        ("How much is 臺北 worth in a year", False),
        ("", False),
        ("2024", False),
    ],
)
def test_what_a_text_is_written_in(text: str, han: bool) -> None:
    assert is_han_text(text) is han
