"""The adapter changes the matrices it names, by the product of its factors, and nothing else."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from wenju.index import adapter


def test_factors_are_multiplied_and_added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(0)
    up, down = rng.normal(size=(4, 2)), rng.normal(size=(2, 6))
    path = tmp_path / "adapter.safetensors"
    adapter.save([("a.weight", up.astype("f2"), down.astype("f2"))], path, {"data": "none"})
    monkeypatch.setattr(adapter, "BUNDLED", path)
    weights = {"a.weight": rng.normal(size=(4, 6)), "b.weight": rng.normal(size=(2, 2))}
    changed = dict(adapter.adapted(weights.items()))
    assert list(changed) == ["a.weight", "b.weight"]
    expected = weights["a.weight"] + up.astype("f2") @ down.astype("f2")
    assert np.allclose(changed["a.weight"], expected, atol=0.02)
    assert changed["b.weight"] is weights["b.weight"]


def test_the_bundled_one_is_small_and_says_how_it_came_about() -> None:
    from safetensors import safe_open

    assert adapter.BUNDLED.stat().st_size < 10_000_000
    with safe_open(adapter.BUNDLED, "np") as file:
        assert {"recipe", "data"} <= set(file.metadata())
        assert all(name.startswith("encoder.layer.") for name in file.keys())  # noqa: SIM118
    assert len(adapter.digest()) == 12
