"""Calibrating the reader: the regression finds the weights, and an input is scored once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray
from wenju.qa.trained.calibration import CONFIDENCE, Calibration
from wenju.qa.trained.candidates import SIGNS, Candidate

from tests.qa.reading import hit
from wenju.eval.training.ranker import Asked, Remembering, _regression, _without, curve, learn
from wenju.qa.network.inputs import Input, Reads
from wenju.qa.network.spans import Scored


class Counting:
    """A scorer that counts what it scores."""

    reads: Reads

    def __init__(self) -> None:
        self.scored = 0

    def score(self, inputs: Sequence[Input]) -> list[NDArray[np.float32]]:
        self.scored += len(inputs)
        return [np.full((len(i.pieces), 3), i.pieces[0], np.float32) for i in inputs]


def an_input(*pieces: int) -> Input:
    return Input(pieces, 0, (), (), ())


def asked(of: str, strength: float, f1: float) -> Asked:
    signs = (strength, *(0.0 for _ in SIGNS[1:]))
    found = Candidate(hit("共有30家。"), Scored(2, 5, 0.0, 0.0, 0.0), signs, 0.0)
    return Asked(of, (found,), np.array([f1]), (f1 >= 0.5,))


def test_the_regression_finds_the_weights_that_made_the_targets() -> None:
    signs = np.random.default_rng(0).normal(size=(4000, 2))
    targets = 1 / (1 + np.exp(-(signs @ np.array([1.5, -0.5]) + 0.25)))
    found = _regression(("a", "untyped"), signs, targets)
    assert found["a"] == pytest.approx(1.5, abs=0.05)
    assert found["untyped"] == pytest.approx(-0.5, abs=0.05)
    assert found["constant"] == pytest.approx(0.25, abs=0.05)


def test_an_input_is_scored_once_and_comes_back_in_its_place() -> None:
    counting = Counting()
    remembering = Remembering(counting)
    first = remembering.score([an_input(7, 1), an_input(8)])
    again = remembering.score([an_input(8), an_input(9), an_input(7, 1)])
    assert counting.scored == 3
    assert [scores[0, 0] for scores in again] == [8, 9, 7]
    assert np.array_equal(first[0], again[2])


def test_what_is_stronger_is_learned_to_be_more_probable() -> None:
    found = [asked("own", 1.0, 1.0)] * 30 + [asked("others", 0.0, 0.0)] * 30
    calibration = learn(found)
    assert calibration.candidate["share"] > 0
    lines = list(curve(found, calibration))
    half = next(line for line in lines if line.split()[0] == "0.50")
    assert half.split()[1:] == ["1.000", "1.000", "0.000", "0.000", "0.000"]


def test_the_curve_counts_what_each_threshold_answers() -> None:
    weights = dict.fromkeys(SIGNS, 0.0) | {"constant": 0.0, "share": 2.0}
    confidence = dict.fromkeys(CONFIDENCE, 0.0) | {"constant": 0.0, "weight": 1.0}
    found = [asked("own", 1, 1), asked("own", 0, 0), asked("left", -1, 0)]
    found += [asked("cut", 0, 0), asked("others", -1, 0)]
    # confidences: .88 and .5 of its own, .12 without the document and of others', .5 of the cut
    rows = {
        line.split()[0]: [float(x) for x in line.split()[1:]]
        for line in list(curve(found, Calibration(weights, confidence)))[1:]
    }
    assert rows["0.10"] == [1.0, 0.5, 1.0, 1.0, 1.0]
    assert rows["0.40"] == [1.0, 0.5, 0.0, 1.0, 0.0]
    assert rows["0.80"] == [0.5, 1.0, 0.0, 0.0, 0.0]
    assert rows["0.90"] == [0.0, 0.0, 0.0, 0.0, 0.0]


def test_what_answers_is_cut_out_of_a_passage() -> None:
    text = "图书馆周一闭馆。图书馆有座位120席。座位先到先得。"
    cut = _without(hit(text), ["120席"]).passage.text
    assert cut == "图书馆周一闭馆。座位先到先得。"
    assert _without(hit(text), ["800席"]).passage.text == text
    # what runs over sentences leaves nothing to ask
    assert _without(hit(text), ["120席。座位先到"]).passage.text == ""
