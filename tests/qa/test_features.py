"""Signs of candidates and of answers, by hand; and the file that weighs them."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from tests.qa.reading import hit
from tests.qa.network.small import candidate
from wenju.corpus.script import fold
from wenju.index.hit import Hit
from wenju.qa.question import Question, parse
from wenju.qa.reader import Reading, Span
from wenju.qa.trained.answers import grouped
from wenju.qa.trained.calibration import CONFIDENCE, Calibration, confidence_signs, load, save
from wenju.qa.trained.candidates import SIGNS, Surroundings, logistic, reweighed
from wenju.qa.network.checkpoint import ReaderError
from wenju.qa.network.spans import Scored

GRANT = "生態型最高支持1000萬元,每年3次。"
ZERO = dict.fromkeys((*SIGNS, "constant"), 0.0)


def around(question: Question, found: Hit, *spans: Span, top: float = 2.5) -> Surroundings:
    folded = fold(found.passage.text)
    return Surroundings.of(question, found, top, folded, Reading(spans, 0.25))


def place(text: str, said: str) -> tuple[int, int]:
    return text.index(said), text.index(said) + len(said)


def signs(surroundings: Surroundings, scored: Scored) -> dict[str, float]:
    return dict(zip(SIGNS, surroundings.weighed(scored, ZERO).signs, strict=True))


def test_signs_of_a_typed_answer() -> None:
    found = hit(GRANT, score=2.0, dense=0.8)
    lexical = (
        Span(hit("別處1000萬元", rank=2), 0, 8, 3.0),
        Span(found, *place(GRANT, "最高支持1000萬元"), 2.0),
    )
    question = parse("最高支持多少錢")
    surroundings = around(question, found, *lexical)
    amount = place(GRANT, "1000萬元")
    assert surroundings.typed == (amount,)
    assert surroundings.offered() == [place(GRANT, "最高支持1000萬元"), amount]
    scored = Scored(*amount, margin=5.0, log_share=-3.0, sentence=math.log(3))
    assert signs(surroundings, scored) == pytest.approx(
        {
            "share": -0.25,
            "margin": 0.5,
            "sentence": 0.75,
            "gap": -0.5,
            "similarity": 0.8,
            "lexical_first": 0.0,  # that is in another passage
            "lexical_near": 1.0,
            "support": 0.0,
            "typed": 1.0,
            "holds_typed": 1.0,
            "untyped": 0.0,
            "listed": 0.0,
            "counted": 0.0,
        }
    )


def test_signs_of_what_holds_the_typed_and_of_what_does_not() -> None:
    found = hit(GRANT)
    surroundings = around(parse("最高支持多少錢"), found, Span(found, 0, 3, 1.0))
    wider = signs(surroundings, Scored(*place(GRANT, "支持1000萬元"), 99.0, -99.0, -99.0))
    assert (wider["typed"], wider["holds_typed"]) == (0.0, 1.0)
    assert (wider["share"], wider["margin"]) == (-1.0, 1.0)
    assert wider["sentence"] == pytest.approx(0.0, abs=1e-9)
    assert (wider["lexical_first"], wider["lexical_near"]) == (0.0, 0.0)
    other = signs(surroundings, Scored(*place(GRANT, "生態"), -99.0, 0.0, 0.0))
    assert (other["typed"], other["holds_typed"], other["lexical_first"]) == (0.0, 0.0, 1.0)
    assert (other["share"], other["margin"]) == (0.0, -1.0)
    # the lexical reader's support counts where it looks at the same place
    assert (wider["support"], other["support"]) == (0.0, 0.75)


def test_a_passage_without_the_kind_asked_for() -> None:
    nothing = around(parse("最高支持多少錢"), hit("生態型聯合體。"))
    assert nothing.typed == ()
    assert signs(nothing, Scored(0, 3, 0, 0, 0))["untyped"] == 1.0
    any_kind = around(parse("重點是什麼"), hit("生態型聯合體。"))
    assert any_kind.typed is None
    assert signs(any_kind, Scored(0, 3, 0, 0, 0))["untyped"] == 0.0


def test_signs_of_a_list() -> None:
    text = "分為甲類、乙類、丙類。"
    found = hit(text)
    parts = tuple(place(text, item) for item in ("甲類", "乙類", "丙類"))
    span = Span(found, *place(text, "甲類、乙類、丙類"), 1.0, parts)
    for question, counted in (("分為哪三類", 1.0), ("分為哪四類", 0.0)):
        surroundings = around(parse(question), found, span)
        whole = signs(surroundings, Scored(span.start, span.end, 0, 0, 0))
        assert (whole["listed"], whole["counted"]) == (1.0, counted)
        part = signs(surroundings, Scored(*parts[0], 0, 0, 0))
        assert (part["listed"], part["counted"]) == (0.0, 0.0)


def test_a_weight_is_the_signs_weighed() -> None:
    weights = ZERO | {"margin": 2.0, "similarity": -1.0, "constant": 0.25}
    surroundings = around(parse("重點是什麼"), hit(GRANT, dense=0.8))
    scored = Scored(0, 3, margin=5.0, log_share=0.0, sentence=0.0)
    weighed = surroundings.weighed(scored, weights)
    assert weighed.weight == pytest.approx(0.25 + 2 * 0.5 - 0.8)
    assert reweighed(surroundings.weighed(scored, ZERO), weights) == weighed


def test_a_logistic_never_overflows() -> None:
    assert logistic(0) == 0.5
    assert logistic(math.log(3)) == pytest.approx(0.75)
    assert 0 < logistic(-1e9) < logistic(-20) < 1e-8
    assert 1 - 1e-8 < logistic(20) < logistic(1e9) < 1


CALIBRATION = Calibration(
    {name: round(0.1 * i, 4) for i, name in enumerate((*SIGNS, "constant"))},
    {"weight": 0.5, "share": 2.0, "second": -3.0, "similarity": 1.0, "score": 0.25}
    | {"margin": 0.5, "sentence": 3.0, "support": 2.0, "untyped": -0.5, "constant": -1.0},
)


def test_confidence_by_hand() -> None:
    found = [
        candidate("图书馆120席。", "120席", 1.0, rank=2, score=1.5, support=0.3, untyped=1.0),
        candidate("体育馆800席。", "800席", 0.0, rank=1, score=2.0),
    ]
    groups = grouped(found)
    first, second = logistic(1.0), 0.5
    margin, sentence = (found[0].sign(name) for name in ("margin", "sentence"))
    # the similarity is the answer's hit's, the score that of the best hit
    assert confidence_signs(groups) == pytest.approx(
        (1.0, first, second, 0.8, 2.0, margin, sentence, 0.3, 1.0)
    )
    own = 0.5 * margin + 3 * sentence + 2 * 0.3 - 0.5 * 1.0
    total = 0.5 * 1 + 2 * first - 3 * second + 0.8 + 0.25 * 2 + own - 1
    assert CALIBRATION.of(groups) == pytest.approx(1 / (1 + math.exp(-total)))
    alone = 0.5 * 1 + 2 * first + 0.8 + 0.25 * 1.5 + own - 1
    assert CALIBRATION.of(grouped(found[:1])) == pytest.approx(1 / (1 + math.exp(-alone)))
    assert CALIBRATION.of([]) == 0.0


def test_a_calibration_is_saved_and_loaded(tmp_path: Path) -> None:
    save(CALIBRATION, tmp_path / "calibration.json")
    assert load(tmp_path / "calibration.json") == CALIBRATION


@pytest.mark.parametrize("damage", ["missing", "cut", "bytes", "list", "lacks", "words"])
def test_a_damaged_calibration_is_refused_in_a_sentence(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "calibration.json"
    save(CALIBRATION, path)
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
        case "lacks":
            del told["confidence"][CONFIDENCE[0]]
            path.write_text(json.dumps(told))
        case "words":
            told["candidate"]["share"] = "much"
            path.write_text(json.dumps(told))
    with pytest.raises(ReaderError, match=r"calibration\.json cannot be used .*set the reader"):
        load(path)


BRIEFING = "记者:平台型有几家?局长:平台型有20家。另有三家在建。"


def test_words_of_a_question_do_not_answer() -> None:
    surroundings = around(parse("平台型有几家"), hit(BRIEFING))
    assert not surroundings.answers(place(BRIEFING, "几家"))
    assert surroundings.answers(place(BRIEFING, "20家"))
    # what runs from the question into the reply holds words of the reply
    assert surroundings.answers(place(BRIEFING, "几家?局长:平台型有20家"))


@pytest.mark.parametrize(
    ("said", "broken"),
    [
        ("20家", False),
        ("局长:平台型有20家", False),
        ("局长:平台型有20家。另有三家在建", False),
        ("20家。另有三家", True),
        ("20家。另有三家在建", True),
    ],
)
def test_a_span_that_breaks_statements_says_so(said: str, broken: bool) -> None:
    surroundings = around(parse("平台型有几家"), hit(BRIEFING))
    scored = Scored(*place(BRIEFING, said), 1.0, -1.0, 0.5)
    assert surroundings.weighed(scored, ZERO).broken == broken
