"""Answers dumped and compared, and the memory that makes the second dump cheap."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.fakes import FakeEncoder
from tests.qa.network.small import NumberScorer, input_of
from wenju.eval.benchmarks.answers import __main__ as command
from wenju.eval.benchmarks.answers import dump
from wenju.eval.benchmarks.answers.compare import auroc, compared, figures, read
from wenju.eval.benchmarks.answers.dump import Dumped, Dumper, write
from wenju.eval.benchmarks.answers.memory import Memory, RememberedEncoder, RememberedScorer
from wenju.qa.network.inputs import Input
from wenju.qa.network.scorer import NetworkScorer
from wenju.qa.settings import Settings

# --- memory ---------------------------------------------------------------------------------------


class CountingScorer(NumberScorer):
    """Scores by the text, and counts."""

    digest = "0123"

    def __init__(self) -> None:
        super().__init__()
        self.scored = 0

    def score(self, inputs: Sequence[Input]) -> list[NDArray[np.float32]]:
        self.scored += len(inputs)
        return super().score(inputs)


class CountingEncoder(FakeEncoder):
    """Encodes by the text, and counts."""

    def __init__(self, name: str = "fake:1") -> None:
        super().__init__(name)
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str], *, query: bool = False) -> NDArray[np.float32]:
        self.encoded += texts
        return super().encode(texts, query=query)


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    return Memory(tmp_path / "deep" / "memory.sqlite")


def remembered(scorer: CountingScorer, memory: Memory) -> RememberedScorer:
    return RememberedScorer(cast(NetworkScorer, scorer), memory)


A, B, C = (input_of(f"图书馆有座位{n}席。") for n in (120, 7, 43210))


def test_an_input_is_scored_once_and_comes_back_in_its_place(memory: Memory) -> None:
    scorer = CountingScorer()
    remembering = remembered(scorer, memory)
    first = remembering.score([A, B])
    again = remembering.score([B, C, A])
    assert scorer.scored == 3
    for found, wanted in zip([*first, *again], NumberScorer().score([A, B, B, C, A]), strict=True):
        assert found.dtype == wanted.dtype == np.float32
        assert np.array_equal(found, wanted)
    assert remembering.reads is scorer.reads


def test_another_process_need_not_score_again(tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite"
    first = remembered(CountingScorer(), Memory(path)).score([A])
    scorer = CountingScorer()
    (again,) = remembered(scorer, Memory(path)).score([A])
    assert scorer.scored == 0
    assert np.array_equal(first[0], again)
    other = CountingScorer()
    other.digest = "4567"  # another network
    remembered(other, Memory(path)).score([A])
    assert other.scored == 1


def test_a_text_is_encoded_once_and_comes_back_in_its_place(memory: Memory) -> None:
    encoder = CountingEncoder()
    remembering = RememberedEncoder(encoder, memory)
    first = remembering.encode(["甲", "乙"])
    again = remembering.encode(["乙", "丙", "甲"])
    assert encoder.encoded == ["甲", "乙", "丙"]
    assert np.array_equal(first, FakeEncoder().encode(["甲", "乙"]))
    assert np.array_equal(again, FakeEncoder().encode(["乙", "丙", "甲"]))
    assert again.dtype == np.float32
    assert (remembering.name, remembering.dimension) == (encoder.name, encoder.dimension)


def test_questions_passages_and_encoders_are_kept_apart(memory: Memory) -> None:
    encoder, other = CountingEncoder(), CountingEncoder("fake:2")
    RememberedEncoder(encoder, memory).encode(["甲"])
    RememberedEncoder(encoder, memory).encode(["甲"], query=True)
    RememberedEncoder(other, memory).encode(["甲"])
    assert (encoder.encoded, other.encoded) == (["甲", "甲"], ["甲"])


def test_of_nothing_nothing_is_encoded(memory: Memory) -> None:
    assert RememberedEncoder(CountingEncoder(), memory).encode([]).shape == (0, 64)


# --- comparing ------------------------------------------------------------------------------------


def line(
    id_: str = "a", answer: str = "120席", *, right: bool = True, **more: object
) -> dict[str, Any]:
    return {
        "set": "set",
        "id": id_,
        "question": f"问{id_}",
        "answerable": True,
        "answers": ["120席", "120", "一百二十席"],
        "answered": bool(answer),
        "answer": answer,
        "items": [],
        "confidence": 0.75,
        "score": 0.75,
        "citations": [["a.txt", 0, 9]],
        "exact_match": 1.0,
        "char_f1": 0.5,
        "rouge_l": 0.25,
        "right": right,
        "document_rank": 1,
        "took_ms": 10.0,
        **more,
    }


def test_better_worse_and_other_are_counted() -> None:
    before = [
        line("same"),
        line("better", "800席", right=False),
        line("worse"),
        line("other"),
        line("place"),
        line("gone"),
    ]
    after = [
        line("same", confidence=0.1, took_ms=99.0),
        line("better"),
        line("worse", "", right=False, confidence=0.125),
        line("other", "共120席"),
        line("place", citations=[["b.txt", 0, 9]]),
        line("new"),
    ]
    told = list(compared(before, after))
    assert told[0] == "set (6 questions)"
    counts = [row.strip() for row in told if row.startswith("  ") and row.rstrip()[-3:-1] == ": "]
    assert counts == ["better: 1", "worse: 1", "other: 2"]
    better, worse = (told[told.index(f"  {title}: 1") + 1] for title in ("better", "worse"))
    assert better == "    问better  «800席» 0.75 → «120席» 0.75  gold ['120席', '120']"
    assert worse == "    问worse  «120席» 0.75 → refused 0.12  gold ['120席', '120']"
    others = told[told.index("  other: 2") + 1 :]
    assert [row.split()[0] for row in others] == ["问other", "问place"]


def test_figures_of_the_same_questions_stand_side_by_side() -> None:
    before = [line("a"), line("b", right=False), line("gone", right=False)]
    after = [line("a"), line("b")]
    told = list(compared(before, after))
    (right,) = (row.split() for row in told if row.startswith("  right"))
    assert right == ["right", "0.500", "→", "1.000", "+0.500"]


def test_a_set_that_was_not_asked_before_is_named() -> None:
    assert list(compared([line()], [line(set="other")])) == ["other: not in the first dump"]


def test_figures_by_hand() -> None:
    lines = [
        line("a", took_ms=10.0, document_rank=1),
        line("b", "", right=False, took_ms=20.0, document_rank=4, char_f1=0.0),
        line("c", right=False, took_ms=90.0, document_rank=None),
        line("d", "", answerable=False, took_ms=30.0, document_rank=6, score=0.5),
    ]
    found = figures(lines)
    assert (found["right"], found["answered"]) == (0.5, 0.5)
    assert (found["recall_at_1"], found["recall_at_5"]) == (0.25, 0.5)
    assert (found["exact_match"], found["char_f1"], found["rouge_l"]) == (1.0, 0.375, 0.25)
    assert found["p50_ms"] == 25.0
    assert found["auroc"] == 1.0
    assert "auroc" not in figures(lines[:3])


def test_auroc_counts_ties_as_a_half() -> None:
    yes = [line(score=s) for s in (0.2, 0.5, 0.9)]
    no = [line(score=s, answerable=False) for s in (0.2, 0.6)]
    assert auroc([*yes, *no]) == pytest.approx((0.5 + 1 + 2) / 6)
    assert auroc(yes) is None


# --- dumping --------------------------------------------------------------------------------------

GOLD = (
    {"id": "seats", "question": "图书馆有多少席座位？", "answers": ["120席"], "document": "a.txt"},
    {"id": "none", "question": "火星上有几座城市？", "answers": []},
)


@pytest.fixture
def gold(tmp_path: Path) -> Dumped:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "a.txt").write_text("图书馆公告\n图书馆有自习座位120席。\n", encoding="utf-8")
    (folder / "b.txt").write_text("车库公告\n车库停车六元。\n", encoding="utf-8")
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps(q) + "\n" for q in GOLD), encoding="utf-8")
    return Dumped(path, folder)


def dumper(tmp_path: Path, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch) -> Dumper:
    monkeypatch.setattr(dump, "load_encoder", lambda *_: encoder)
    options = Settings(
        home=tmp_path / "home", cache=tmp_path / "cache", reader="lexical", min_confidence=0.0
    )
    return Dumper(options, tmp_path / "memory.sqlite", "lexical")


def test_every_answer_is_written_down_with_its_place(
    tmp_path: Path, gold: Dumped, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoder = CountingEncoder()
    out = tmp_path / "out.jsonl"
    assert write(out, dumper(tmp_path, encoder, monkeypatch).lines(gold, 10)) == 2
    found = {told["id"]: told for told in read(out)}
    seats, none = found["seats"], found["none"]
    assert (seats["answered"], seats["answer"], seats["right"]) == (True, "120席", True)
    assert (seats["document_rank"], seats["answer_rank"]) == (1, 1)
    assert (seats["exact_match"], seats["kind"], seats["set"]) == (1.0, "count", "gold")
    assert seats["confidence"] == pytest.approx(seats["score"])
    ((name, start, end, place),) = seats["citations"]
    text = (tmp_path / "documents" / "a.txt").read_text(encoding="utf-8")
    assert name == "a.txt"
    assert text[start:end][slice(*place)] == "120席"
    # with no threshold something is answered, which is wrong
    assert (none["answerable"], none["answered"], none["right"]) == (False, True, False)
    assert (none["document_rank"], none["answers"]) == (None, [])
    # the second dump adds to the file and says the same; no text is encoded for it
    encoded = len(encoder.encoded)
    assert write(out, dumper(tmp_path, encoder, monkeypatch).lines(gold, 10)) == 2
    assert len(encoder.encoded) == encoded
    lines = read(out)
    told = [{k: v for k, v in row.items() if k != "took_ms"} for row in lines]
    assert told[:2] == told[2:]
    assert [r for r in compared(lines[:2], lines[2:]) if "er: " in r or "worse: " in r] == [
        "  better: 0",
        "  worse: 0",
        "  other: 0",
    ]


def test_so_many_questions_are_drawn(
    tmp_path: Path, gold: Dumped, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = dumper(tmp_path, FakeEncoder(), monkeypatch)
    assert len(list(made.lines(gold, 1))) == 1


def test_the_command_dumps_and_compares(
    tmp_path: Path,
    gold: Dumped,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(dump, "load_encoder", lambda *_: FakeEncoder())
    monkeypatch.setenv("WENJU_HOME", str(tmp_path / "home"))
    monkeypatch.setitem(command.SETS, "samples", gold)
    out = tmp_path / "out.jsonl"
    out.write_text("what stood there before", encoding="utf-8")
    wanted = ["dump", str(out), "--sets", "samples", "--reader", "lexical"]
    assert command.main([*wanted, "--memory", str(tmp_path / "m.sqlite")]) == 0
    assert len(read(out)) == 2
    assert "samples: 2 questions" in capsys.readouterr().err
    assert command.main(["compare", str(out), str(out)]) == 0
    assert capsys.readouterr().out.startswith("gold (2 questions)\n")
