"""The examples in the API's description."""

from __future__ import annotations

from typing import Any

CITATION: dict[str, Any] = {
    "document_id": "5f0c2a9be1d34c7788aa",
    "title": "創新聯合體行動方案新聞發布會",
    "source": "press.txt",
    "page": None,
    "headings": ["支持政策"],
    "passage_id": "9d1e70b2c4f85a3366bb",
    "start": 812,
    "end": 833,
    "original": "對生態型聯合體，給予最高1000萬元支持。",
    "quote": "對生態型聯合體，給予最高1000萬元支持。",
    "highlight": [[10, 18]],
    "source_highlight": [[822, 830]],
    "retrieval_score": 0.9312,
    "span_score": 0.8045,
    "date": "2024-04-02",
    "issuer": "",
}
ANSWER: dict[str, Any] = {
    "question": "生態型聯合體最高支持多少",
    "answered": True,
    "answer": "最高1000萬元",
    "kind": "amount",
    "items": [],
    "citations": [CITATION],
    "nearest": [],
    "no_answer_score": 0.1021,
    "took_ms": 241.7,
    "reason": "",
    "confidence": 0.8979,
    "alternatives": [],
    "sentence": [0, 19],
    "asked": "",
    "reworded": "",
}
SUMMARY: dict[str, Any] = {
    "id": "5f0c2a9be1d34c7788aa",
    "name": "press.txt",
    "title": "創新聯合體行動方案新聞發布會",
    "date": "2024-04-02",
    "issuer": "",
    "characters": 5120,
    "passages": 38,
    "repairs": {"pinyin": 12},
}
FEEDBACK: dict[str, Any] = {
    "question": "生態型聯合體最高支持多少",
    "verdict": "wrong",
    "answer": "最高500萬元",
    "correct": "最高1000萬元",
    "document_id": "5f0c2a9be1d34c7788aa",
    "start": 822,
    "end": 830,
    "comment": "",
}
PROBLEM: dict[str, Any] = {
    "type": "about:blank",
    "title": "Not Found",
    "status": 404,
    "detail": "There is no document 'x'. List the documents to see their ids.",
}
