from __future__ import annotations

import json

from wenju.corpus.document import Passage
from wenju.index.hit import Hit
from wenju.index.ingest import AddReport, Failure
from wenju.qa.answer import Answer, Citation
from wenju.qa.engine import Engine
from wenju.ui import serializers

CITATION = Citation(
    document_id="d",
    title="t",
    source="s.txt",
    page=None,
    headings=("h",),
    passage_id="p",
    start=3,
    end=8,
    original="最高1000",
    quote="最高1000",
    highlight=((0, 2),),
    retrieval_score=0.123456,
    span_score=1.99996,
)
ANSWER = Answer(
    "問",
    True,
    "最高",
    "amount",
    (),
    (CITATION,),
    (CITATION,),
    no_answer_score=0.00004,
    took_ms=41.777,
)


def test_an_answer_is_the_object_that_was_promised() -> None:
    said = json.loads(json.dumps(serializers.answer_object(ANSWER)))
    assert list(said)[:9] == [
        *("question", "answered", "answer", "kind", "items", "citations", "nearest"),
        *("no_answer_score", "took_ms"),
    ]
    assert said["took_ms"] == 41.8
    assert said["no_answer_score"] == 0.0
    citation = said["citations"][0]
    assert (citation["retrieval_score"], citation["span_score"]) == (0.1235, 2.0)
    assert citation["highlight"] == [[0, 2]]
    assert citation["start"] == 3


def test_a_document_object_can_be_checked(filled: Engine) -> None:
    summary = filled.library.documents()[0]
    library = filled.library
    document = library.document(summary.id)
    said = serializers.document_object(document, library.passages_of(summary.id))
    for passage in said["passages"]:
        assert said["text"][passage["start"] : passage["end"]] == passage["text"]


def test_what_a_passage_keeps_for_itself_is_not_said() -> None:
    passage = Passage("p", "d", 0, 0, 4, "最高支持", heading="一、支持", article="第一條")
    assert passage.folded == "最高支持"  # kept from now on
    (hit,) = serializers.search_object("問", [Hit(passage, 1.0, 1, 0.5, 0.5)])["hits"]
    assert [key for key in hit["passage"] if key.startswith("_")] == []
    assert (hit["passage"]["heading"], hit["passage"]["article"]) == ("一、支持", "第一條")


def test_a_report_names_what_failed() -> None:
    report = AddReport(1, 2, 3, (Failure("x.pdf", "broken"),), 4, {"pinyin": 5})
    said = serializers.report_object(report)
    assert said == {
        "added": 1,
        "updated": 2,
        "unchanged": 3,
        "failed": [{"source": "x.pdf", "reason": "broken", "why": "other"}],
        "passages": 4,
        "repairs": {"pinyin": 5},
        "skipped": {},
        "gone": [],
        "removed": 0,
        "notes": [],
        "files": [],
    }
    assert serializers.kept(said)
    assert not serializers.kept(serializers.report_object(AddReport(failed=report.failed)))


def test_what_a_passage_keeps_for_itself_is_not_shown() -> None:
    passage = Passage("p", "d", 0, 0, 2, "文字", heading="附件")
    assert passage.folded == "文字"
    (hit,) = serializers.search_object("附件", [Hit(passage, 1.0, 1, 0.5, 0.5)])["hits"]
    assert hit["passage"]["heading"] == "附件"
    assert not [name for name in hit["passage"] if name.startswith("_")]
