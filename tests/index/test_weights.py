"""The signs' weights: their sum, and the files they are kept in."""

from __future__ import annotations

import json
from dataclasses import astuple, fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenju.corpus.errors import ReadError
from wenju.index.weights import BUNDLED, SIGNS, Signs, bundled_weights, load_weights, save_weights

NUMBERS = st.floats(-10, 10)
EVERY = st.builds(Signs, *[NUMBERS] * len(SIGNS))


def test_the_score_is_the_weighted_sum() -> None:
    signs = Signs(1, 2, 3, 4, 5, 6, 7)
    assert signs.score(Signs(0.5, 0.25, 2, 1, 10, 0, -1)) == 0.5 + 0.5 + 6 + 4 + 50 + 0 - 7
    assert signs.score(Signs()) == 0.0
    assert isinstance(Signs().score(Signs()), float)


@given(EVERY, EVERY)
def test_each_sign_is_weighed_by_its_own_weight(signs: Signs, weights: Signs) -> None:
    wanted = sum(getattr(signs, name) * getattr(weights, name) for name in SIGNS)
    assert signs.score(weights) == pytest.approx(wanted, abs=1e-9)
    assert signs.score(weights) == pytest.approx(weights.score(signs), abs=1e-9)


def test_the_signs_are_named_in_order() -> None:
    assert tuple(field.name for field in fields(Signs)) == SIGNS
    assert SIGNS[0] == "similarity" and len(SIGNS) == 7


@given(EVERY, st.sets(st.sampled_from(SIGNS)))
def test_without_some_of_them(signs: Signs, names: set[str]) -> None:
    found = signs.without(*names)
    for name in SIGNS:
        assert getattr(found, name) == (0.0 if name in names else getattr(signs, name))


def test_the_bundled_weights_say_something_of_every_sign() -> None:
    assert load_weights(BUNDLED) == bundled_weights() is bundled_weights()
    assert 0 <= min(astuple(bundled_weights())) < max(astuple(bundled_weights()))
    assert set(json.loads(BUNDLED.read_text(encoding="utf-8"))) == {*SIGNS}


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    save_weights(Signs(1, 0.12345, 0.0004, 2, -0.5, 3.0006, 0), path)
    assert load_weights(path) == Signs(1, 0.123, 0.0, 2, -0.5, 3.001, 0)
    save_weights(bundled_weights(), path)
    assert path.read_bytes() == BUNDLED.read_bytes()


def test_what_else_a_file_says_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    path.write_text(json.dumps(dict.fromkeys(SIGNS, 2) | {"questions": 100}), encoding="utf-8")
    assert load_weights(path) == Signs(*[2.0] * len(SIGNS))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "1",
        "null",
        json.dumps(dict.fromkeys(SIGNS[1:], 1.0)),
        json.dumps(dict.fromkeys(SIGNS, None)),
        json.dumps(dict.fromkeys(SIGNS, "much")),
        json.dumps(dict.fromkeys(SIGNS, [1.0])),
        "\udcff",
    ],
)
def test_a_file_that_is_of_no_use_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "mine.json"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(ReadError, match=r"mine\.json.*number for each of similarity, ") as caught:
        load_weights(path)
    assert caught.value.__cause__ is None


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="none\\.json"):
        load_weights(tmp_path / "none.json")
