"""Gold files: every layout that is published, every way to be malformed, and the choices."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.fakes import FakeEncoder
from wenju.corpus.document import Source, content_id
from wenju.eval.configuration import Request
from wenju.eval.datasets import (
    DatasetError,
    GoldQuestion,
    GoldSet,
    in_script,
    load,
    sample,
    with_questions_of,
)
from wenju.eval.run import evaluate
from wenju.qa.settings import Settings


def write(folder: Path, value: object, name: str = "gold.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return path


def lines(folder: Path, *values: object) -> Path:
    path = folder / "gold.jsonl"
    text = "\n".join(v if isinstance(v, str) else json.dumps(v) for v in values)
    path.write_text(text, encoding="utf-8")
    return path


def qa(**fields: object) -> dict[str, Any]:
    return {
        "question": "甲是什麼",
        "id": "q",
        "answers": [{"text": "一", "answer_start": 2}],
        **fields,
    }


def squad(*qas: object, title: object = "標題", **paragraph: object) -> dict[str, Any]:
    paragraphs = [{"context": "甲是一。", "qas": list(qas), **paragraph}]
    return {"version": "1.1", "data": [{"title": title, "paragraphs": paragraphs}]}


def only(gold: GoldSet) -> GoldQuestion:
    (question,) = gold.questions
    return question


def test_blank_questions_are_passed_over(tmp_path: Path) -> None:
    gold = load(write(tmp_path, squad(qa(question=""), qa(id="kept"), qa(question=" "))))
    assert only(gold).id == "kept"


def test_squad_as_published(tmp_path: Path) -> None:
    gold = load(write(tmp_path, squad(qa(), title="Super_Bowl_50")))
    assert gold.name == "gold"
    assert only(gold) == GoldQuestion("q", "甲是什麼", ("一",), content_id("甲是一。"), True)
    assert gold.sources is not None
    (source,) = gold.sources
    assert (source.text, source.title) == ("甲是一。", "Super Bowl 50")


def test_the_first_layout_of_cmrc(tmp_path: Path) -> None:
    item = {
        "context_id": "TRIAL_1",
        "context_text": "甲是一。",
        "title": "甲",
        "qas": [{"query_id": "TRIAL_1_Q0", "query_text": "甲？", "answers": ["一", "一", "是一"]}],
    }
    gold = load(write(tmp_path, [item]))
    expected = GoldQuestion("TRIAL_1_Q0", "甲？", ("一", "是一"), content_id("甲是一。"), True)
    assert only(gold) == expected
    assert gold.sources is not None
    assert gold.sources[0].name == "甲#TRIAL_1"


@pytest.mark.parametrize(
    ("fields", "answers", "answerable"),
    [
        ({"is_impossible": True, "answers": []}, (), False),
        ({"is_impossible": True, "plausible_answers": [{"text": "一"}]}, (), False),
        ({"is_impossible": "true"}, (), False),
        ({"is_impossible": "false"}, ("一",), True),
        ({"is_impossible": None}, ("一",), True),
        ({"answers": []}, (), False),
        ({"answers": None}, (), False),
        ({"answers": [{"text": " "}]}, (), False),
        ({"answers": [{"text": "一", "answer_start": -1}]}, ("一",), True),
        (
            {"answers": [{"id": "1", "text": "一"}, {"text": "一"}, {"text": "是一"}]},
            ("一", "是一"),
            True,
        ),
        ({"answers": {"text": ["一", "一"], "answer_start": [2, 2]}}, ("一",), True),
        ({"answers": {"text": [], "answer_start": []}}, (), False),
    ],
)
def test_spellings_of_answers(
    tmp_path: Path, fields: dict[str, object], answers: tuple[str, ...], answerable: bool
) -> None:
    question = only(load(write(tmp_path, squad(qa(**fields)))))
    assert (question.answers, question.answerable) == (answers, answerable)


def test_ids_may_be_missing_or_numbers(tmp_path: Path) -> None:
    without = {k: v for k, v in qa().items() if k != "id"}
    gold = load(write(tmp_path, squad(without, qa(id=7), without)))
    assert [q.id for q in gold.questions] == ["#1", "7", "#3"]


@pytest.mark.parametrize(
    ("title", "context_id", "human"),
    [
        ("战国无双3", "DEV_0", "战国无双3"),
        ("Super_Bowl_50", "", "Super Bowl 50"),
        ("Apollo_11", "", "Apollo 11"),
        ("ticketmaster.com", "", "ticketmaster.com"),
        ("2008年夏季奥运会", "", "2008年夏季奥运会"),
        ("6488f3b3332b3995a4c60c7e3e3e9993", "", ""),
        ("0b6f7d4e-1c54-4f9c-8d0e-3a4b5c6d7e8f", "", ""),
        ("DEV_0", "", ""),
        ("DEV_0_QUERY_1", "", ""),
        ("1147-5", "", ""),
        ("same", "same", ""),
        ("", "x", ""),
        (None, "x", ""),
        (12, "", ""),
    ],
)
def test_only_human_titles_are_titles(
    tmp_path: Path, title: object, context_id: str, human: str
) -> None:
    gold = load(write(tmp_path, squad(qa(), title=title, id=context_id)))
    assert gold.sources is not None
    assert gold.sources[0].title == human
    assert gold.sources[0].name == f"{human or 'gold'}#{context_id or 1}"


def test_identical_contexts_are_one_document(tmp_path: Path) -> None:
    data = squad(qa(id="a"))
    data["data"] += squad(qa(id="b"), title="另一")["data"]
    data["data"] += squad(qa(id="c"), context="乙是二。")["data"]
    gold = load(write(tmp_path, data))
    assert gold.sources is not None
    assert [s.text for s in gold.sources] == ["甲是一。", "乙是二。"]
    assert len({s.origin for s in gold.sources}) == 2
    ids = [content_id(t) for t in ("甲是一。", "甲是一。", "乙是二。")]
    assert [q.document for q in gold.questions] == ids


def test_a_byte_order_mark_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "gold.json"
    path.write_text(json.dumps(squad(qa())), encoding="utf-8-sig")
    assert only(load(path)).text == "甲是什麼"


def broken(paragraph: dict[str, object]) -> dict[str, Any]:
    return {"data": [{"title": "t", "paragraphs": [paragraph]}]}


@pytest.mark.parametrize(
    ("value", "place", "expected"),
    [
        ("a text", "top level", "an object"),
        ({"version": "1.1"}, "top level", '"data"'),
        ({"data": {}}, "top level.data", "a list"),
        ({"data": []}, "gold.json", "at least one"),
        ({"data": [3]}, "top level.data[0]", "an object"),
        ({"data": [{"title": "t"}]}, "top level.data[0]", '"paragraphs"'),
        ({"data": [{"title": ["t"], "paragraphs": []}]}, "data[0].title", "a text or a number"),
        ({"data": [{"paragraphs": "p"}]}, "data[0].paragraphs", "a list"),
        (broken({"qas": []}), "data[0].paragraphs[0]", '"context"'),
        (broken({"context": " ", "qas": []}), "paragraphs[0].context", "not empty"),
        (broken({"context": ["x"], "qas": []}), "paragraphs[0].context", "a text"),
        (broken({"context": "x"}), "data[0].paragraphs[0]", '"qas"'),
        (broken({"context": "x", "qas": []}), "gold.json", "at least one"),
        (broken({"context": "x", "qas": ["q"]}), "paragraphs[0].qas[0]", "an object"),
        (squad({"id": "q"}), "qas[0]", '"question"'),
        (squad(qa(question="")), "gold.json", "at least one"),
        (squad(qa(question=["q"])), "qas[0].question", "a text"),
        (squad(qa(), qa(answers="一")), "qas[1].answers", "a list"),
        (squad(qa(answers=[{"start": 1}])), "qas[0].answers[0]", '"text"'),
        (squad(qa(answers=[{"text": 1}])), "qas[0].answers[0].text", "a text"),
        (squad(qa(answers=[3])), "qas[0].answers[0]", "an object"),
        (squad(qa(is_impossible="maybe")), "qas[0].is_impossible", "true or false"),
        (squad(qa(is_impossible=1)), "qas[0].is_impossible", "true or false"),
        (squad(qa(id={})), "qas[0].id", "a text or a number"),
    ],
)
def test_malformed_squad_says_where_and_what(
    tmp_path: Path, value: object, place: str, expected: str
) -> None:
    with pytest.raises(DatasetError) as caught:
        load(write(tmp_path, value))
    assert str(tmp_path / "gold.json") in str(caught.value)
    assert place in str(caught.value)
    assert expected in str(caught.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"data": [\n{"title": }]}', "line 2: expected JSON"),
        (b"", "line 1: expected JSON"),
        ("{}".encode("utf-16"), "not UTF-8"),
        (b"[" * 100_000, "expected JSON"),
    ],
)
def test_what_is_no_json(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "gold.json"
    path.write_bytes(content)
    with pytest.raises(DatasetError, match=said):
        load(path)


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="nowhere.json"):
        load(tmp_path / "nowhere.json")
    with pytest.raises(DatasetError, match="cannot be read"):
        load(tmp_path)


def test_jsonl_without_a_header_brings_no_documents(tmp_path: Path) -> None:
    gold = load(
        lines(
            tmp_path,
            {"question": "甲？", "answers": ["一"], "document": "faq.jsonl#3", "answerable": True},
            "",
            {"id": "x", "question": "乙？", "answers": [], "document": None, "answerable": False},
            {"question": "丙？", "answers": ["三", "三"]},
        )
    )
    assert gold.sources is None
    assert gold.questions == (
        GoldQuestion("#1", "甲？", ("一",), "faq.jsonl#3", True),
        GoldQuestion("x", "乙？", (), None, False),
        GoldQuestion("#3", "丙？", ("三",), None, True),
    )


def test_jsonl_header_names_documents_relative_to_the_file(tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "a.txt").write_text("甲是一。", encoding="utf-8")
    (documents / "b.jsonl").write_text(
        '{"text": "乙是二。"}\n{"text": "丙是三。"}\n', encoding="utf-8"
    )
    (documents / "code.py").write_text("1", encoding="utf-8")
    gold = load(
        lines(tmp_path, {"documents": "documents"}, {"question": "甲？", "answers": ["一"]})
    )
    assert gold.sources is not None
    assert [(s.name, s.text) for s in gold.sources] == [
        ("a.txt", "甲是一。"),
        ("b.jsonl#1", "乙是二。"),
        ("b.jsonl#2", "丙是三。"),
    ]
    assert only(gold).id == "#1"
    named = load(lines(tmp_path, {"documents": ["documents/a.txt"]}, {"question": "?"}))
    assert named.sources is not None
    assert [s.name for s in named.sources] == ["a.txt"]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (["{"], "line 1: expected JSON"),
        ([{"question": "甲"}, "nonsense"], "line 2: expected JSON"),
        ([{"question": "甲"}, [1]], "line 2: expected an object"),
        ([{"answers": ["一"]}], 'line 1: expected an object with "question"'),
        ([{"question": "甲", "answerable": True}], "line 1: expected at least one"),
        ([{"question": "甲", "answers": [], "answerable": True}], "line 1: expected at least one"),
        ([{"question": "甲", "answerable": "no"}], "line 1.answerable: expected true or false"),
        ([{"question": "甲", "answers": "一"}], "line 1.answers: expected a list"),
        ([{"question": "甲", "answers": ["一"], "document": ["d"]}], "line 1.document: expected"),
        ([{"documents": "nowhere"}, {"question": "甲"}], "line 1.documents: expected files"),
        ([{"documents": 3}, {"question": "甲"}], "line 1.documents: expected a list"),
        ([{"documents": [3]}, {"question": "甲"}], r"line 1.documents\[0\]: expected a text"),
        (
            [{"documents": []}, {"question": "甲"}],
            "line 1.documents: expected at least one document",
        ),
        ([{"question": "甲"}, {"documents": "x"}], 'line 2: expected an object with "question"'),
        ([""], "no question in it"),
        ([{"documents": "."}], "no question in it|documents"),
    ],
)
def test_malformed_jsonl_says_which_line_and_what(
    tmp_path: Path, values: list[object], said: str
) -> None:
    with pytest.raises(DatasetError, match=said):
        load(lines(tmp_path, *values))


FAQ = (
    {
        "id": "GIP_1",
        "dept": "警察局",
        "date": "2015-01-06",
        "keywords": "",
        "question": "車被拖吊怎麼領？",
        "answer": "請持身分證領車。",
    },
    {"question": "拖吊費多少？", "answer": "小型車一千元。", "title": "收費", "issuer": "交通局"},
    {"id": 3, "question": "車在哪裡領？", "answer": "請持身分證領車。", "dept": "停管處"},
)


def test_a_faq_set_makes_a_document_of_every_distinct_answer(tmp_path: Path) -> None:
    gold = load(lines(tmp_path, *FAQ))
    assert gold.task == "faq"
    car, fee = (content_id(text) for text in ("請持身分證領車。", "小型車一千元。"))
    assert gold.questions == (
        GoldQuestion("GIP_1", "車被拖吊怎麼領？", ("請持身分證領車。",), car, True),
        GoldQuestion("#2", "拖吊費多少？", ("小型車一千元。",), fee, True),
        GoldQuestion("3", "車在哪裡領？", ("請持身分證領車。",), car, True),
    )
    assert gold.sources == (
        Source(
            name="gold#GIP_1",
            origin="gold.jsonl#1",
            text="請持身分證領車。",
            date="2015-01-06",
            issuer="警察局",
        ),
        Source(
            name="gold#2",
            origin="gold.jsonl#2",
            text="小型車一千元。",
            title="收費",
            issuer="交通局",
        ),
    )


def test_a_faqs_question_is_no_part_of_any_document(tmp_path: Path) -> None:
    gold = load(lines(tmp_path, *FAQ))
    assert gold.sources is not None
    for question in gold.questions:
        assert not any(question.text in str(source) for source in gold.sources)


def test_other_sets_are_no_faq(tmp_path: Path) -> None:
    assert load(write(tmp_path, squad(qa()))).task == "answers"
    both = {"question": "甲？", "answer": "一", "answers": ["一"]}
    for line in (both, {"question": "甲？", "answer": "一", "answerable": False}):
        gold = load(lines(tmp_path, line))
        assert (gold.task, gold.sources) == ("answers", None)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"question": "甲？"}, 'line 2: expected "question" and "answer" without'),
        ({"question": "甲？", "answers": ["一"]}, 'line 2: expected "question" and "answer"'),
        (
            {"question": "甲？", "answer": "一", "answers": ["一"]},
            'line 2: expected "question" and "answer" without "answers", as in the first',
        ),
        ({"answer": "一"}, 'line 2: expected "question" and "answer"'),
        ([1], 'line 2: expected "question" and "answer"'),
        ({"question": " ", "answer": "一"}, "line 2.question: expected a text"),
        ({"question": "甲？", "answer": " "}, "line 2.answer: expected a text"),
        ({"question": "甲？", "answer": ["一"]}, "line 2.answer: expected a text"),
        ({"question": "甲？", "answer": "一", "date": ["x"]}, "line 2.date: expected a text"),
        ("{", "line 2: expected JSON"),
    ],
)
def test_malformed_faq_says_which_line_and_what(tmp_path: Path, line: object, said: str) -> None:
    with pytest.raises(DatasetError, match=said):
        load(lines(tmp_path, {"question": "乙？", "answer": "二"}, line))


def test_a_faq_is_asked_and_its_answers_are_what_is_found(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home", cache=tmp_path / "cache")
    (report,) = evaluate(Request((lines(tmp_path, *FAQ),)), settings, encoder=FakeEncoder())
    assert (report.questions, report.documents) == (3, 2)
    assert report.value("recall_at_5") == 1.0
    assert report.value("answer_coverage_at_5") == 1.0
    gold_passages = [record.gold_passage for record in report.records]
    assert gold_passages == ["請持身分證領車。", "小型車一千元。", "請持身分證領車。"]


def numbered(name: str, n: int) -> GoldSet:
    questions = (GoldQuestion(f"q{i}", f"{name}{i}", (f"答{i}",), f"d{i}", True) for i in range(n))
    return GoldSet(name, tuple(questions), None)


def test_a_sample_is_seeded_keeps_order_and_all_documents() -> None:
    gold = numbered("問", 50)
    drawn = sample(gold, 10, 3)
    assert drawn == sample(gold, 10, 3)
    assert drawn.questions != sample(gold, 10, 4).questions
    places = [gold.questions.index(q) for q in drawn.questions]
    assert places == sorted(set(places)) and len(places) == 10
    assert places != list(range(10))
    assert sample(gold, 99, 0) == gold
    with pytest.raises(DatasetError, match="limit of 0"):
        sample(gold, 0, 0)


def test_questions_of_another_file_keep_this_files_answers() -> None:
    asked = with_questions_of(numbered("問", 3), numbered("Q", 2))
    assert asked.questions == (
        GoldQuestion("q0", "Q0", ("答0",), "d0", True),
        GoldQuestion("q1", "Q1", ("答1",), "d1", True),
    )


def test_questions_of_another_file_must_match() -> None:
    other = GoldSet("other", (GoldQuestion("z", "Z", (), None, False),), None)
    with pytest.raises(DatasetError, match="other has no question with an id of 問"):
        with_questions_of(numbered("問", 3), other)
    twice = GoldSet("twice", numbered("Q", 2).questions * 2, None)
    with pytest.raises(DatasetError, match="twice: question ids repeat"):
        with_questions_of(numbered("問", 3), twice)


def test_questions_are_converted_and_nothing_else() -> None:
    gold = GoldSet("g", (GoldQuestion("q", "生態型聯合體", ("聯合體",), "聯", True),), None)
    assert only(in_script(gold, "hans")) == GoldQuestion(
        "q", "生态型联合体", ("聯合體",), "聯", True
    )
    there_and_back = in_script(in_script(gold, "hans"), "hant")
    assert there_and_back == gold


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "questions", "documents", "unanswerable"),
    [
        ("dev/cmrc2018_dev_b.json", 1622, 848, 0),
        ("dev/xquad.zh.json", 1190, 240, 0),
        ("dev/xquad.en.json", 1190, 240, 0),
        ("dev/dureader_robust_dev.json", 1417, 1398, 0),
        ("dev/ncp_policies.json", 331, 297, 0),
        ("dev/cail2019_dev.json", 2591, 500, 649),
        ("dev/taipei_gov_faq.jsonl", 1038, 1033, 0),
        ("train/drcd_dev.json", 3524, 1000, 0),
        ("train/policyqa_dev.json", 3809, 574, 0),
    ],
)
def test_the_published_sets(
    data_folder: Path, file: str, questions: int, documents: int, unanswerable: int
) -> None:
    gold = load(data_folder / file)
    assert gold.sources is not None
    assert (len(gold.questions), len(gold.sources)) == (questions, documents)
    assert sum(not q.answerable for q in gold.questions) == unanswerable
    assert {q.document for q in gold.questions} <= {content_id(s.text) for s in gold.sources}


def test_a_follow_up_and_the_passage_that_answers(tmp_path: Path) -> None:
    asked = {
        "question": "乙呢？",
        "answers": ["二"],
        "earlier": ["甲？", {"question": "甲是什麼？"}],
    }
    gold = load(
        lines(tmp_path, {**asked, "passage": [3, 9]}, {**asked, "passage": [[3, 9], [0, 2]]})
    )
    assert [q.earlier for q in gold.questions] == [("甲？", "甲是什麼？")] * 2
    assert [q.places for q in gold.questions] == [((3, 9),), ((3, 9), (0, 2))]
    plain = only(load(lines(tmp_path, {"question": "甲？", "answers": ["一"]})))
    assert (plain.earlier, plain.places) == ((), ())


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"passage": [3]}, "a start and an end"),
        ({"passage": [[3, 4], 5]}, "a start and an end"),
        ({"passage": [4, 4]}, "a start before its end"),
        ({"passage": [-1, 4]}, "a start before its end"),
        ({"passage": "3-4"}, "a list"),
        ({"earlier": "甲？"}, "a list"),
        ({"earlier": [{}]}, 'an object with "question"'),
    ],
)
def test_what_is_no_conversation_and_no_passage(
    tmp_path: Path, fields: dict[str, Any], complaint: str
) -> None:
    path = lines(tmp_path, {"question": "乙呢？", "answers": ["二"], **fields})
    with pytest.raises(DatasetError, match=complaint):
        load(path)


def test_a_conversation_is_converted_as_a_whole() -> None:
    asked = GoldQuestion("q", "乙體呢？", ("二",), None, True, earlier=("甲體是什麼？",))
    converted = only(in_script(GoldSet("g", (asked,), None), "hans"))
    assert (converted.text, converted.earlier) == ("乙体呢？", ("甲体是什么？",))
