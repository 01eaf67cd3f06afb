"""Candidates taken together, how probably they are right, and the file of weights."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.qa.network.small import RANKER, candidate, ranker
from wenju.qa.features import FEATURES, logistic
from wenju.qa.ranker import (
    BUNDLED,
    CONSTANT,
    EVIDENCE,
    WITNESS,
    Candidate,
    Mode,
    RankerError,
    bundled,
    evidence,
    grouped,
    load,
    save,
)
from wenju.qa.relevance import EVIDENCE as OF_PASSAGES
from wenju.qa.trees import to_rows

SEATS, MORE, OTHER = "图书馆有座位120席。", "共有座位120席可用。", "体育馆有座位800席。"


def said(found: list[Candidate]) -> list[list[str]]:
    return [[c.text for c in group.candidates] for group in grouped(found)]


def test_nothing_found() -> None:
    assert grouped([]) == []


def test_what_two_passages_say_adds_up() -> None:
    found = [candidate(SEATS, "120席", 1.0), candidate(MORE, "120席", 0.0, rank=2)]
    (group,) = grouped(found)
    one = 1 / (1 + math.exp(-1))
    assert group.probability == pytest.approx(1 - (1 - one) * (1 - WITNESS * 0.5))
    assert [c.hit.rank for c in group.candidates] == [1, 2]
    assert group.best is found[0]


def test_what_one_passage_says_twice_does_not() -> None:
    found = [candidate(SEATS, "120席", 1.0), candidate(SEATS, "座位120席", 0.5)]
    (group,) = grouped(found)
    assert group.probability == pytest.approx(logistic(1.0))
    assert len(group.candidates) == 2


def test_one_place_is_one_answer_and_two_places_are_two() -> None:
    text = "甲馆有120席,乙馆有800席。"
    found = [candidate(text, "120席", 2.0), candidate(text, "800席", 1.0)]
    assert said(found) == [["120席"], ["800席"]]
    found.append(candidate(text, "馆有120席", 0.0))
    assert said(found) == [["120席", "馆有120席"], ["800席"]]


def test_words_that_hold_one_another_are_one_answer() -> None:
    one, other = candidate(SEATS, "120席", 1.0), candidate(MORE, "座位120席", 0.9, rank=2)
    assert said([one, other]) == [["120席", "座位120席"]]
    # a single character is part of nearly everything
    one, other = candidate("共3。", "3", 1.0), candidate("共350席。", "350席", 0.9, rank=2)
    assert said([one, other]) == [["3"], ["350席"]]
    other = candidate("有3。", "3", 0.9, rank=2)
    assert said([one, other]) == [["3", "3"]]


@pytest.mark.parametrize(
    ("one", "other"),
    [("800席", "1800席"), ("席", "800席"), ("十五席", "五席"), ("3.5公顷", "5公顷")],
)
def test_a_number_says_nothing_but_itself(one: str, other: str) -> None:
    found = [candidate(f"设{one}。", one, 1.0), candidate(f"有{other}。", other, 0.9, rank=2)]
    assert said(found) == [[one], [other]]


def test_script_and_width_are_no_difference() -> None:
    found = [candidate("最高1000萬元", "1000萬元", 1.0), candidate("1000万元", "1000万元", rank=2)]
    assert len(grouped(found)) == 1


def test_two_that_agree_come_before_one_that_is_better() -> None:
    found = [
        candidate(OTHER, "800席", 0.6, rank=1),
        candidate(SEATS, "120席", 0.5, rank=2),
        candidate(MORE, "120席", 0.5, rank=3),
    ]
    assert said(found) == [["120席", "120席"], ["800席"]]


def test_ties_go_by_rank_then_by_place() -> None:
    text = "甲馆有120席,乙馆有800席。"
    tied = [
        candidate("丙馆600席。", "600席", 1.0, rank=2),
        candidate(text, "800席", 1.0, rank=1),
        candidate(text, "120席", 1.0, rank=1),
    ]
    assert said(tied) == said(tied[::-1]) == [["120席"], ["800席"], ["600席"]]


WEIGHTS = st.floats(-10, 10)


@settings(deadline=None)
@given(st.lists(WEIGHTS, min_size=1, max_size=6))
def test_the_probability_is_what_is_left_when_all_are_wrong(weights: list[float]) -> None:
    found = [candidate(SEATS, "120席", w, rank=i) for i, w in enumerate(weights, 1)]
    (group,) = grouped(found)
    wrong = 1.0
    for i, weight in enumerate(sorted(weights, reverse=True)):
        wrong *= 1 - (WITNESS if i else 1.0) / (1 + math.exp(-weight))
    assert group.probability == pytest.approx(1 - wrong)
    assert [c.score for c in group.candidates] == sorted(weights, reverse=True)


def test_only_what_rather_answers_than_not_is_another_witness() -> None:
    """A passage in which the network sees no answer adds nothing to one that answers."""
    found = [
        candidate(SEATS, "120席", 1.0),
        candidate(MORE, "120席", 0.5, rank=2, features={"margin": 0.0}),
    ]
    (group,) = grouped(found)
    assert group.probability == pytest.approx(logistic(1.0))
    assert len(group.candidates) == 2
    # the best one counts whatever the network thinks of it
    (alone,) = grouped([candidate(SEATS, "120席", 1.0, features={"margin": -1.0})])
    assert alone.probability == pytest.approx(logistic(1.0))


def test_a_score_is_the_features_weighed() -> None:
    weighing = ranker({"margin": 2.0, "similarity": -1.0, CONSTANT: 0.25}, {})
    found = candidate(SEATS, "120席", features={"margin": 0.5, "similarity": 0.8, "coverage": 9.0})
    table = np.array([found.features, found.features])
    assert weighing.scores(table, "count") == pytest.approx([0.25 + 2 * 0.5 - 0.8] * 2)
    with pytest.raises(ValueError, match="shape|dimension|mismatch"):
        weighing.scores(table[:, 1:], "count")


def test_a_logistic_never_overflows() -> None:
    assert logistic(0) == 0.5
    assert logistic(math.log(3)) == pytest.approx(0.75)
    assert 0 < logistic(-1e9) < logistic(-20) < 1e-8
    assert 1 - 1e-8 < logistic(20) < logistic(1e9) < 1


CALIBRATED = ranker(
    {name: round(0.1 * i, 4) for i, name in enumerate((*FEATURES, CONSTANT))},
    {"score": 0.5, "probability": 2.0, "second": -3.0, "similarity": 1.0, "top": 0.25}
    | {"margin": 0.5, "sentence": 3.0, "coverage": 2.0, "untyped": -0.5, CONSTANT: -1.0},
)


def test_confidence_by_hand() -> None:
    own = {"margin": 0.3, "sentence": 0.6, "coverage": 0.3, "untyped": 1.0, "similarity": 0.8}
    found = [
        candidate("图书馆120席。", "120席", 1.0, rank=2, score=1.5, features=own),
        candidate("体育馆800席。", "800席", 0.0, rank=1, score=2.0, features={"similarity": 0.1}),
    ]
    groups = grouped(found)
    first, second = logistic(1.0), 0.5
    # the similarity is the answer's hit's, the retrieval score that of the best hit
    assert dict(zip(EVIDENCE, evidence(groups, 0.8), strict=True)) == pytest.approx(
        {
            **dict.fromkeys(EVIDENCE, 0.0),
            **{"score": 1.0, "probability": first, "second": second, "top": 2.0},
            "relevance": math.log(4) / 4,  # the log-odds of .8, in fours
            **own,
        }
    )
    of_own = 0.5 * 0.3 + 3 * 0.6 + 2 * 0.3 - 0.5 * 1.0
    total = 0.5 * 1 + 2 * first - 3 * second + 0.8 + 0.25 * 2 + of_own - 1
    assert CALIBRATED.confidence(groups, 0.5) == pytest.approx(1 / (1 + math.exp(-total)))
    alone = 0.5 * 1 + 2 * first + 0.8 + 0.25 * 1.5 + of_own - 1
    assert CALIBRATED.confidence(grouped(found[:1]), 0.5) == pytest.approx(
        1 / (1 + math.exp(-alone))
    )
    assert CALIBRATED.confidence([], 0.5) == 0.0


def test_rankers_are_saved_and_loaded(tmp_path: Path) -> None:
    path = tmp_path / "ranker.json"
    save({"trained": CALIBRATED, "lexical": RANKER}, path)
    assert load(path, "trained") == CALIBRATED
    assert load(path, "lexical") == RANKER


def test_weights_are_rounded_to_what_they_are_good_for(tmp_path: Path) -> None:
    path = tmp_path / "ranker.json"
    save({"lexical": ranker({"margin": 1.23456}, {"top": -0.00004})}, path)
    found = load(path, "lexical")
    assert found.weights["margin"] == 1.2346
    assert found.calibration["top"] == 0.0


@pytest.mark.parametrize("mode", ["trained", "lexical"])
def test_what_ships_weighs_every_feature(mode: Mode) -> None:
    found = bundled(mode)
    assert list(found.weights) == [*FEATURES, CONSTANT]
    assert list(found.calibration) == [*EVIDENCE, CONSTANT]
    stored = json.loads(BUNDLED.read_text(encoding="utf-8"))[mode]
    assert list(found.relevance.weights) == [*OF_PASSAGES, CONSTANT]
    assert stored == {
        "weights": found.weights,
        "calibration": found.calibration,
        "relevance": found.relevance.weights,
        "sentences": found.sentences.weights,
        "trees": to_rows(found.trees),
    }


def test_without_a_network_nothing_of_it_counts() -> None:
    found = bundled("lexical")
    assert {found.weights[n] for n in ("margin", "likelihood", "sentence", "first")} == {0.0}


@pytest.mark.parametrize("damage", ["missing", "cut", "bytes", "list", "mode", "lacks", "words"])
def test_damaged_weights_are_refused_in_a_sentence(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "ranker.json"
    save({"trained": CALIBRATED}, path)
    told = json.loads(path.read_text())
    match damage:
        case "missing":
            path.unlink()
        case "cut":
            path.write_text(path.read_text()[:-20])
        case "bytes":
            path.write_bytes(b"\xff\xfe\x00")
        case "list":
            path.write_text("[]")
        case "mode":
            path.write_text(json.dumps({"lexical": told["trained"]}))
        case "lacks":
            del told["trained"]["calibration"][EVIDENCE[0]]
            path.write_text(json.dumps(told))
        case "words":
            told["trained"]["weights"]["margin"] = "much"
            path.write_text(json.dumps(told))
    with pytest.raises(RankerError, match=r"ranker\.json cannot be used .*install Wenju again"):
        load(path, "trained")
