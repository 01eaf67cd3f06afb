from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from wenju.corpus.build import build_document
from wenju.eval import gold
from wenju.eval.benchmarks.conversations import (
    Conversation,
    is_resolved,
    load,
    main,
    measure,
    shares,
)
from wenju.eval.datasets import DatasetError
from wenju.qa.answer import Answer, Citation
from wenju.qa.conversation import Turn

LAST = {
    "question": "那任務型呢",
    "asked": ["任務型聯合體最高支持多少"],
    "answers": ["500萬元"],
    "document": "a.txt",
    "answerable": True,
}
TWO = {"id": "task", "turns": [{"question": "生態型聯合體最高支持多少"}, LAST]}


def conversation(
    last: str, *asked: str, answers: tuple[str, ...] = (), answerable: bool = True
) -> Conversation:
    return Conversation("c", ("生態型聯合體最高支持多少",), last, asked, answers, answerable)


def answered(question: str, sentence: str = "", asked: str = "") -> Answer:
    """An answer that is the whole sentence; none where it is empty."""
    citation = Citation(
        *("d", "題", "a.txt", None, (), "p", 0, len(sentence), sentence, sentence),
        highlight=((0, len(sentence)),),
        retrieval_score=1.0,
        span_score=1.0,
    )
    cited = (citation,) if sentence else ()
    return Answer(question, bool(sentence), sentence, "amount", citations=cited, asked=asked)


def written(tmp_path: Path, *lines: Any) -> Path:  # noqa: ANN401 - any JSON value
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    return path


def test_script_and_punctuation_count_for_nothing() -> None:
    assert is_resolved("任务型联合体，最高支持多少？", ["任務型聯合體最高支持多少"])
    assert is_resolved("What is IT?", ["x", "what is it"])
    assert not is_resolved("任務型聯合體支持多少", ["任務型聯合體最高支持多少"])
    assert not is_resolved("任務型", [])


def test_the_share_resolved_is_of_the_rewritten_questions() -> None:
    outcomes = measure([
        conversation("那任務型呢", "任務型聯合體最高支持多少"),
        conversation("那任務型呢", "任務型聯合體有多少家"),
        conversation("今天天氣如何？", "今天天气如何"),
        conversation("誰負責", "由誰負責", "生態型聯合體誰負責"),
    ])  # fmt: skip
    assert [o.resolved for o in outcomes] == [True, False, True, True]
    assert [o.right for o in outcomes] == [None] * 4
    assert shares(outcomes) == {"conversations": 4, "resolved": 0.75}


def test_right_is_a_gold_in_the_sentence_or_silence_where_nothing_answers() -> None:
    given = {
        "a": answered("a", "最高500萬元。", asked="任務型聯合體最高支持多少"),
        "b": answered("b", "最高1000萬元。"),
        "c": answered("c"),
        "d": answered("d", "0836-5550177"),
    }
    asked: list[tuple[str, tuple[Turn, ...]]] = []

    def ask(question: str, turns: Sequence[Turn]) -> Answer:
        asked.append((question, tuple(turns)))
        return given.get(question) or answered(question, "最高1000萬元。", asked="甲")

    outcomes = measure(
        [
            conversation("a", "任務型聯合體最高支持多少", answers=("500万元",)),
            conversation("b", "b", answers=("500萬元",)),
            conversation("c", "c", answerable=False),
            conversation("d", "d", answerable=False),
        ],
        ask,
    )
    assert [o.right for o in outcomes] == [True, False, True, False]
    assert [o.resolved for o in outcomes] == [True] * 4
    assert shares(outcomes) == {"conversations": 4, "resolved": 1.0, "right": 0.5}
    # the second turn is asked with the first as it was rewritten, and its answer
    assert asked[:2] == [
        ("生態型聯合體最高支持多少", ()),
        ("a", (Turn("甲", "最高1000萬元。"),)),
    ]


def test_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("任務型聯合體最高支持500萬元。", "utf-8")
    found, sources = load(written(tmp_path, {"documents": "a.txt"}, TWO))
    assert [source.name for source in sources] == ["a.txt"]
    assert found == (
        Conversation(
            "task",
            ("生態型聯合體最高支持多少",),
            "那任務型呢",
            ("任務型聯合體最高支持多少",),
            ("500萬元",),
            True,
        ),
    )


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], "no conversation"),
        ([{"turns": [LAST]}], "two turns"),
        ([{"id": "x"}], '"turns"'),
        ([{"turns": [{"question": "a"}, {**LAST, "asked": []}]}], '"asked"'),
        ([{"turns": [{"question": "a"}, {**LAST, "answers": []}]}], '"answers"'),
        ([{"turns": [{"question": ""}, LAST]}], "not empty"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(
    tmp_path: Path, lines: list[Any], expected: str
) -> None:
    path = written(tmp_path, *lines)
    with pytest.raises(DatasetError, match=expected) as error:
        load(path)
    assert str(path) in str(error.value)


def test_the_command_prints_shares_and_what_was_misunderstood(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = {
        "id": "odd",
        "turns": [{"question": "生態型聯合體最高支持多少"}, {**LAST, "asked": ["乙"]}],
    }
    path = written(tmp_path, TWO, wrong)
    assert main([str(path), "--only-rewrite"]) == 0
    shown = capsys.readouterr().out
    assert "0.5" in shown and "odd: 那任務型呢 → 任務型聯合體最高支持多少, not 乙" in shown
    assert main([str(path), "--only-rewrite", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"conversations": 2, "resolved": 0.5}


def test_the_command_says_what_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path / "none.jsonl")]) == 2
    assert "none.jsonl" in capsys.readouterr().err
    assert main([str(written(tmp_path, TWO))]) == 2
    assert "documents" in capsys.readouterr().err


def test_the_bundled_conversations_are_understood() -> None:
    path = Path(gold.__file__).parent / "conversations.jsonl"
    found, sources = load(path)
    names = {source.name for source in sources}
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()[1:]]
    documents = {line["turns"][-1]["document"] for line in lines} - {None}
    assert len(found) == 20 and documents <= names
    assert sum(not c.answerable for c in found) >= 2
    assert shares(measure(found))["resolved"] >= 0.9


def test_the_bundled_answers_stand_in_their_documents() -> None:
    path = Path(gold.__file__).parent / "conversations.jsonl"
    found, sources = load(path)
    texts = "\n".join(build_document(source).text for source in sources)
    missing = [(c.id, a) for c in found for a in c.answers if a not in texts]
    assert missing == []
