"""What ships of the reader: numbers in 4 bits, and files that are whole or refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from wenju.index.embedded import BIN_SHA256
from wenju.qa.network import checkpoint as changes
from wenju.qa.network.checkpoint import ReaderError, pack, unpack

ORDINARY = st.one_of(st.just(0.0), st.floats(-1, 1, width=32).filter(lambda x: abs(x) > 1e-3))
BLOCKS = st.integers(1, 4).flatmap(lambda n: st.lists(ORDINARY, min_size=32 * n, max_size=32 * n))


@settings(deadline=None)
@given(BLOCKS)
def test_every_number_is_within_half_a_scale(numbers: list[float]) -> None:
    change = np.array(numbers, np.float32)
    nibbles, scales = pack(change)
    assert nibbles.shape == (len(numbers) // 32, 16)
    assert scales.shape == (len(numbers) // 32,)
    scale = scales.astype(np.float64).repeat(32)
    error = np.abs(unpack(nibbles, scales) - change.astype(np.float64))
    steps = np.divide(change, scale, out=np.zeros_like(scale), where=scale != 0)
    clipped = steps > 7.5  # it would be 8, and 7 is the most
    assert (error[~clipped] <= np.abs(scale)[~clipped] * 0.501).all()
    assert (error[clipped] <= np.abs(scale)[clipped] * 1.01).all()


@settings(deadline=None)
@given(BLOCKS)
def test_the_farthest_number_of_a_block_is_kept_best(numbers: list[float]) -> None:
    change = np.array(numbers, np.float32)
    back = unpack(*pack(change)).reshape(-1, 32)
    blocks = change.reshape(-1, 32)
    at = np.abs(blocks).argmax(1)
    rows = np.arange(len(blocks))
    assert np.allclose(back[rows, at], blocks[rows, at], rtol=1e-3)


def test_a_block_of_zeros_stays_one_beside_another() -> None:
    change = np.concatenate([np.zeros(32), np.full(32, -0.5), np.zeros(32)]).astype(np.float32)
    assert unpack(*pack(change)).tolist() == change.tolist()


def test_the_order_within_a_block() -> None:
    change = np.arange(-8, 8, dtype=np.float32).repeat(2)
    nibbles, scales = pack(change)
    assert scales.tolist() == [1.0]
    # byte j: number j low, number j + 16 high
    assert nibbles[0, 0] == 0 | (8 << 4)
    assert nibbles[0, 15] == 7 | (15 << 4)
    assert unpack(nibbles, scales).tolist() == change.tolist()


Weights = dict[str, NDArray[np.float32]]


def weights() -> Weights:
    rng = np.random.default_rng(1)
    return {
        "moved": rng.normal(size=(8, 64)).astype(np.float32),
        "bias": rng.normal(size=64).astype(np.float32),
        "still": rng.normal(size=(2, 32)).astype(np.float32),
    }


def saved(path: Path) -> tuple[Weights, Weights]:
    """A file of changes; the changes and the heads that are in it."""
    rng = np.random.default_rng(2)
    moved: Weights = {
        "moved": (rng.normal(size=(8, 64)) / 100).astype(np.float32),
        "bias": (rng.normal(size=64) / 100).astype(np.float32),
    }
    heads = {
        "weight": rng.normal(size=(64, 3)).astype(np.float32).T,  # not contiguous
        "bias": np.array([1, 2, 3], np.float32),
    }
    changes.save(moved, heads, path, {"data": ["a.json"], "by": "hand"})
    return moved, heads


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "reader.safetensors"
    moved, heads = saved(path)
    before = weights()
    changed, found = changes.load(before, path)
    assert changed.keys() == before.keys()
    assert found.keys() == heads.keys()
    for name in heads:
        assert np.array_equal(found[name], heads[name])
    packed = unpack(*pack(moved["moved"])).reshape(8, 64)
    assert np.array_equal(changed["moved"], before["moved"] + packed)
    assert np.allclose(changed["bias"], before["bias"] + moved["bias"], atol=1e-5)
    assert not np.allclose(changed["bias"], before["bias"], atol=1e-5)
    assert np.array_equal(changed["still"], before["still"])
    assert np.array_equal(before["moved"], weights()["moved"])
    assert changes.digest(path) == path.with_suffix(".sha256").read_text().strip()


def test_how_it_came_about_is_in_the_file(tmp_path: Path) -> None:
    from safetensors import safe_open

    saved(tmp_path / "reader.safetensors")
    with safe_open(tmp_path / "reader.safetensors", "numpy") as file:
        told = file.metadata()
    assert (told["data"], told["by"]) == ('["a.json"]', "hand")
    assert told["base"] == BIN_SHA256


@pytest.mark.parametrize(
    "damage", ["missing", "no hash", "hash of bytes", "truncated", "altered", "empty hash"]
)
def test_a_damaged_file_is_refused_in_a_sentence(tmp_path: Path, damage: str) -> None:
    path = tmp_path / f"{damage}.safetensors"
    saved(path)
    good, told = path.read_bytes(), path.with_suffix(".sha256")
    match damage:
        case "missing":
            path.unlink()
        case "no hash":
            told.unlink()
        case "hash of bytes":
            told.write_bytes(b"\xff\xfe")
        case "truncated":
            path.write_bytes(good[:-8])
        case "altered":
            path.write_bytes(good[:-1] + bytes([good[-1] ^ 1]))
        case "empty hash":
            told.write_text("")
    with pytest.raises(ReaderError, match=r"install Wenju again, or\s+set the reader to lexical"):
        changes.load(weights(), path)
    with pytest.raises(ReaderError, match=damage):  # the path is named
        changes.digest(path)


def test_another_base_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    saved(tmp_path / "reader.safetensors")
    monkeypatch.setattr(changes, "BIN_SHA256", "0" * 64)
    with pytest.raises(ReaderError, match="another base; install Wenju again"):
        changes.load(weights(), tmp_path / "reader.safetensors")
