"""Learning the ranker: what was offered and how right it was, the weights of it, the curve."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from tests.fakes import FakeEncoder
from tests.making import source
from tests.qa.network.small import NOTHING, NumberScorer, candidate, ranker
from wenju.corpus.document import content_id
from wenju.eval.datasets import GoldQuestion, GoldSet
from wenju.eval.training import priors, questions
from wenju.eval.training import ranker as training
from wenju.eval.training.network.gold import Example
from wenju.eval.training.questions import Asked, Asker
from wenju.eval.training.ranker import curve, learn, regrouped
from wenju.eval.training.sets import made_set
from wenju.qa.features import FEATURES
from wenju.qa.ranker import CONSTANT, EVIDENCE, Candidate, load
from wenju.qa.relevance import EVIDENCE as OF_PASSAGES
from wenju.qa.relevance import OF_SENTENCES
from wenju.qa.settings import Settings

TEXT = "共有30家,另有50家。"
NO_PASSAGES, NO_SENTENCES = np.zeros((0, len(OF_PASSAGES))), np.zeros((0, len(OF_SENTENCES)))


def asked(of: str, *found: tuple[str, float, dict[str, float]]) -> Asked:
    """What a question was offered: what is said, how right it is, and its features."""
    offered: tuple[Candidate, ...] = tuple(
        candidate(TEXT, said, features=f) for said, _, f in found
    )
    f1 = np.array([right for _, right, _ in found])
    table = np.array([c.features for c in offered]).reshape(len(offered), len(FEATURES))
    right = tuple(bool(r >= 0.5) for r in f1)
    passages, sentences = np.zeros((1, len(OF_PASSAGES))), np.zeros((1, len(OF_SENTENCES)))
    ids = tuple({c.hit.passage.id for c in offered})
    return Asked(
        of,
        "count",
        offered,
        table,
        f1,
        right,
        passages,
        (any(right),),
        sentences,
        (any(right),),
        ids,
    )


def one(of: str, margin: float, f1: float) -> Asked:
    return asked(of, ("30家", f1, {"margin": margin}))


# --- what was asked -------------------------------------------------------------------------------


def test_a_target_is_the_f1_and_whether_the_sentence_holds_it() -> None:
    found = asked("own", ("30家", 1.0, {}), ("50家", 0.4, {}))
    assert found.targets == pytest.approx([1.0, 0.3])


def test_candidates_are_scored_as_the_ranker_scores_them() -> None:
    weights = ranker({"margin": 2.0, "nearness": -1.0, CONSTANT: 0.5}, {})
    found = asked("own", ("30家", 1.0, {"margin": 0.4}), ("50家", 0.0, {"nearness": 0.3}))
    scored = found.scored(weights)
    assert [c.score for c in scored] == pytest.approx(weights.scores(found.table, found.kind))
    assert [c.score for c in scored] == pytest.approx([1.3, 0.2 + 0.5 - 0.3])
    assert regrouped(found, weights)[0].best == scored[0]
    assert (found.is_right(scored[0]), found.is_right(scored[1])) == (True, False)
    assert (found.f1_of(scored[0]), found.f1_of(scored[1])) == (1.0, 0.0)
    assert not found.is_right(None)


def test_made_questions_have_documents_of_their_own() -> None:
    yes = Example("馆有几席", "本馆", "本馆有座位120席。", ((5, 9),), "rule")
    no = Example("馆有几席", "旧馆", "本馆周一闭馆。", (), "rule")
    found = made_set("made", [yes, no])
    assert [q.answers for q in found.questions] == [("120席",), ()]
    assert [q.answerable for q in found.questions] == [True, False]
    assert [q.document for q in found.questions] == [content_id(e.text) for e in (yes, no)]
    assert [s.text for s in found.sources or ()] == [yes.text, no.text]
    assert [s.title for s in found.sources or ()] == ["本馆", "旧馆"]


POOL, LIBRARY = "游泳池公告。游泳池有储物柜60个。", "图书馆公告。图书馆有自习座位120席。"


@pytest.fixture
def asker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Asker:
    monkeypatch.setattr(questions, "load_encoder", lambda *_: FakeEncoder())
    options = Settings(home=tmp_path / "home", cache=tmp_path / "cache")
    return Asker(options, tmp_path / "memory.sqlite", "lexical")


def gold_set() -> GoldSet:
    def gold(id_: str, text: str, answer: str, document: str) -> GoldQuestion:
        return GoldQuestion(id_, text, (answer,), content_id(document), answerable=True)

    found = (
        gold("a", "图书馆有多少席座位", "120席", LIBRARY),
        gold("b", "游泳池有多少个储物柜", "60个", POOL),
        gold("c", "游泳池的储物柜有多少个", "60个", POOL),
    )
    return GoldSet("set", found, (source(LIBRARY, "a.txt"), source(POOL, "b.txt")))


def documents(found: Asked) -> set[str]:
    return {c.hit.passage.document_id for c in found.candidates}


def test_a_set_is_asked_of_its_own_of_what_is_left_and_for_others(asker: Asker) -> None:
    stranger = GoldQuestion("x", "车库停车多少元", ("6元",), None, answerable=True)
    found = list(asker.ask(gold_set(), [stranger]))
    assert [f.of for f in found] == ["own", "own", "own", "left", "others"]
    for one_asked, answer in zip(found, ("120席", "60个", "60个"), strict=False):
        right = [c for c, r in zip(one_asked.candidates, one_asked.f1, strict=True) if r == 1.0]
        assert {c.hit.passage.text[c.start : c.end] for c in right} == {answer}
        assert one_asked.table.shape == (len(one_asked.candidates), len(FEATURES))
    # every third is asked of what is left without its document, and nothing is right there
    assert content_id(POOL) in documents(found[2])
    assert documents(found[3]) == {content_id(LIBRARY)}
    assert not any(found[3].right) and not any(found[4].right)


def test_alone_each_is_asked_of_its_own_document(asker: Asker) -> None:
    found = list(asker.ask(gold_set(), (), alone=True))
    assert [f.of for f in found] == ["own"] * 3
    assert [documents(f) for f in found] == [{content_id(t)} for t in (LIBRARY, POOL, POOL)]


def test_of_long_questions_nothing_is_asked(asker: Asker) -> None:
    gold = gold_set()
    long = GoldQuestion("l", "馆" * 301, ("120席",), content_id(LIBRARY), answerable=True)
    assert not list(asker.ask(GoldSet("set", (long,), gold.sources), [long]))


# --- learning -------------------------------------------------------------------------------------


def pairs(count: int) -> list[Asked]:
    """Questions with a right and a wrong answer each, which nearness tells apart, and others'."""
    rng = np.random.default_rng(0)
    found = []
    for _ in range(count):
        good, bad = rng.normal(0.7, 0.2), rng.normal(0.3, 0.2)
        found.append(
            asked(
                "own",
                ("30家", 1.0, {"nearness": good, "coverage": rng.normal(0.8, 0.1)}),
                ("50家", 0.0, {"nearness": bad, "coverage": rng.normal(0.8, 0.1)}),
            )
        )
        found.append(asked("others", ("30家", 0.0, {"nearness": bad, "coverage": 0.2})))
    return found


def test_what_is_stronger_is_learned_to_be_more_probable() -> None:
    found = [one("own", 1.0, 1.0)] * 30 + [one("others", 0.0, 0.0)] * 30
    learned = learn(found, "trained")
    assert learned.weights["margin"] > 0
    half = next(row for row in curve(found, [learned] * len(found)) if row.split()[0] == "0.50")
    assert half.split()[1:] == ["1.000", "1.000", "0.000", "0.000"]


def test_what_tells_right_from_wrong_is_learned() -> None:
    found = pairs(60)
    learned = learn(found, "lexical")
    best = [regrouped(f, learned)[0].best for f in found if f.of == "own"]
    own = [f for f in found if f.of == "own"]
    assert sum(f.is_right(b) for f, b in zip(own, best, strict=True)) >= 50
    assert learned.weights["nearness"] > 1.0
    confident = [learned.confidence(regrouped(f, learned), 0.5) for f in found]
    yes, no = (
        [c for c, f in zip(confident, found, strict=True) if f.of == of] for of in ("own", "others")
    )
    assert np.mean(yes) > 0.6 > 0.2 > np.mean(no)


def test_what_never_varies_keeps_what_was_believed_before() -> None:
    learned = learn(pairs(20), "trained")
    prior = {**priors.PRIOR, **priors.GIVEN}
    slope = learned.weights["section"] / prior["section"]
    assert slope > 0
    for name in ("section", "fine", "event_line", "asking", "clock", "headed"):
        assert learned.weights[name] == pytest.approx(slope * prior.get(name, 0.0), abs=1e-6)
    assert learned.calibration["clock"] == pytest.approx(-12.0, abs=1e-6)
    assert learned.calibration["other_year"] == pytest.approx(-1.5, abs=1e-6)


def test_without_a_network_nothing_of_it_is_learned() -> None:
    found = [one("own", 1.0, 1.0)] * 30 + [one("others", 0.0, 0.0)] * 30
    learned = learn(found, "lexical")
    assert {learned.weights[n] for n in ("margin", "likelihood", "sentence", "first")} == {0.0}
    assert {learned.calibration[n] for n in ("margin", "sentence")} == {0.0}


def test_nothing_counts_against_what_it_speaks_for() -> None:
    """Even where the texts say otherwise."""
    found = [one("own", -1.0, 1.0)] * 30 + [one("others", 1.0, 0.0)] * 30
    found += [asked("own", ("30家", 1.0, {"fine": 1.0}))] * 10
    learned = learn(found, "trained")
    assert learned.weights["margin"] == 0.0
    assert learned.weights["fine"] < 0
    assert all(learned.weights[n] >= 0 for n in priors.FOR if n in FEATURES)
    assert all(learned.weights[n] <= 0 for n in priors.AGAINST if n in FEATURES)
    assert all(learned.calibration[n] >= 0 for n in priors.FOR if n in EVIDENCE)
    assert all(learned.calibration[n] <= 0 for n in priors.AGAINST if n in EVIDENCE)


def test_priors_and_bounds_are_of_features_that_exist() -> None:
    known = {*FEATURES, *EVIDENCE, *OF_PASSAGES, *OF_SENTENCES}
    assert {*priors.PRIOR, *priors.GIVEN} <= {*FEATURES}
    assert not {*priors.PRIOR} & {*priors.GIVEN}
    assert {*priors.PRIOR_EVIDENCE} <= {*EVIDENCE}
    assert known >= training._NETWORK
    assert known >= priors.FOR | priors.AGAINST
    assert not priors.FOR & priors.AGAINST
    for name, weight in (*priors.PRIOR.items(), *priors.PRIOR_EVIDENCE.items()):
        low, high = training._bounds(name)
        assert (low is None or weight >= low) and (high is None or weight <= high), name


def test_the_curve_counts_what_each_threshold_answers() -> None:
    weights = ranker({"margin": 2.0}, {"score": 1.0})
    found = [one("own", 1, 1), one("own", 0, 0), one("left", -1, 0), one("others", -1, 0)]
    found.append(
        Asked(
            "left",
            "count",
            (),
            np.zeros((0, len(FEATURES))),
            np.zeros(0),
            (),
            NO_PASSAGES,
            (),
            NO_SENTENCES,
            (),
            (),
        )
    )
    # confidences: .88 and .5 of its own, .12 without the document and of others', 0 of nothing
    lines = list(curve(found, [weights] * len(found)))
    assert lines[0].split() == ["own:", "right", "0.5000", "F1", "0.5000"]
    rows = {line.split()[0]: [float(x) for x in line.split()[1:]] for line in lines[2:]}
    assert rows["0.05"] == rows["0.10"] == [1.0, 0.5, 0.5, 1.0]
    assert rows["0.40"] == [1.0, 0.5, 0.0, 0.0]
    assert rows["0.80"] == [0.5, 1.0, 0.0, 0.0]
    assert rows["0.90"] == [0.0, 0.0, 0.0, 0.0]


def test_both_modes_are_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    modes: list[str] = []

    def asks(settings: Settings, memory: Path, mode: str) -> NumberScorer:
        modes.append(mode)
        return NumberScorer()

    def found_of(golds: Sequence[GoldSet], asker: object) -> list[Asked]:
        return pairs(10)

    monkeypatch.setattr(training, "Asker", asks)
    monkeypatch.setattr(training, "asked_of", found_of)
    gold = tmp_path / "gold.jsonl"
    gold.write_text('{"question": "几席", "answers": ["120席"]}\n', encoding="utf-8")
    out = tmp_path / "ranker.json"
    training.main([str(gold), "--out", str(out), "--memory", str(tmp_path / "m.sqlite")])
    assert modes == ["trained", "lexical"]
    assert load(out, "trained") != load(out, "lexical")
    assert load(out, "lexical").weights["margin"] == 0.0
    assert NOTHING.weights.keys() == load(out, "trained").weights.keys()
