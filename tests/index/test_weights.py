"""The features' weights: their sum, and the files they are kept in."""

from __future__ import annotations

import json
from dataclasses import astuple, fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenju.corpus.errors import ReadError
from wenju.index.weights import (
    BUNDLED,
    FEATURES,
    Features,
    bundled_weights,
    load_weights,
    save_weights,
)

NUMBERS = st.floats(-10, 10)
EVERY = st.builds(Features, *[NUMBERS] * len(FEATURES))


def test_the_score_is_the_weighted_sum() -> None:
    features = Features(1, 2, 3, 4, 5, 6, 7)
    assert features.score(Features(0.5, 0.25, 2, 1, 10, 0, -1)) == 0.5 + 0.5 + 6 + 4 + 50 + 0 - 7
    assert features.score(Features()) == 0.0
    assert isinstance(Features().score(Features()), float)


@given(EVERY, EVERY)
def test_each_sign_is_weighed_by_its_own_weight(features: Features, weights: Features) -> None:
    wanted = sum(getattr(features, name) * getattr(weights, name) for name in FEATURES)
    assert features.score(weights) == pytest.approx(wanted, abs=1e-9)
    assert features.score(weights) == pytest.approx(weights.score(features), abs=1e-9)


def test_the_signs_are_named_in_order() -> None:
    assert tuple(field.name for field in fields(Features)) == FEATURES
    assert FEATURES[0] == "similarity" and len(FEATURES) == 7


@given(EVERY, st.sets(st.sampled_from(FEATURES)))
def test_without_some_of_them(features: Features, names: set[str]) -> None:
    found = features.without(*names)
    for name in FEATURES:
        assert getattr(found, name) == (0.0 if name in names else getattr(features, name))


def test_the_bundled_weights_say_something_of_every_sign() -> None:
    assert load_weights(BUNDLED) == bundled_weights() is bundled_weights()
    assert 0 <= min(astuple(bundled_weights())) < max(astuple(bundled_weights()))
    assert set(json.loads(BUNDLED.read_text(encoding="utf-8"))) == {*FEATURES}


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    save_weights(Features(1, 0.12345, 0.0004, 2, -0.5, 3.0006, 0), path)
    assert load_weights(path) == Features(1, 0.123, 0.0, 2, -0.5, 3.001, 0)
    save_weights(bundled_weights(), path)
    assert path.read_bytes() == BUNDLED.read_bytes()


def test_what_else_a_file_says_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    path.write_text(json.dumps(dict.fromkeys(FEATURES, 2) | {"questions": 100}), encoding="utf-8")
    assert load_weights(path) == Features(*[2.0] * len(FEATURES))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "1",
        "null",
        json.dumps(dict.fromkeys(FEATURES[1:], 1.0)),
        json.dumps(dict.fromkeys(FEATURES, None)),
        json.dumps(dict.fromkeys(FEATURES, "much")),
        json.dumps(dict.fromkeys(FEATURES, [1.0])),
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
