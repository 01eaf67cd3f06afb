"""Ask everything once and write down what came back, place and confidence included."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wenju.corpus.document import Source
from wenju.corpus.read import find_files, read_file
from wenju.eval.answers import score, sentence_around
from wenju.eval.benchmarks.answers.memory import Memory, RememberedEncoder, RememberedScorer
from wenju.eval.datasets import GoldQuestion, GoldSet, load, sample
from wenju.eval.retrieval import deep_search, rank
from wenju.eval.run import fill, in_own_home
from wenju.index.encoder import load_encoder
from wenju.qa.answer import Answer, Citation
from wenju.qa.engine import Engine
from wenju.qa.network.scorer import NetworkScorer
from wenju.qa.ranker import Mode, bundled
from wenju.qa.reader import RankedReader
from wenju.qa.settings import Settings


@dataclass(frozen=True, slots=True)
class Dumped:
    """A gold file, and the folder of its documents where the file does not bring them."""

    gold: Path
    documents: Path | None = None
    given_context: bool = False


class Dumper:
    """Asks gold sets of an engine whose networks remember what they computed."""

    def __init__(self, settings: Settings, memory: Path, mode: Mode) -> None:
        kept = Memory(memory)
        self._encoder = RememberedEncoder(load_encoder(settings.encoder), kept)
        self._settings = settings
        scorer = RememberedScorer(NetworkScorer(), kept) if mode == "trained" else None
        self._reader = RankedReader(bundled(mode), scorer)

    def lines(self, dumped: Dumped, limit: int, seed: int = 0) -> Iterator[dict[str, Any]]:
        """A line to each question of the set, at most ``limit`` of them drawn with the seed."""
        gold = sample(load(dumped.gold), limit, seed)
        sources = gold.sources or _sources(dumped.documents)
        settings = in_own_home(self._settings, sources, self._encoder.name)
        with Engine.open(settings, encoder=self._encoder, reader=self._reader) as engine:
            fill(engine, gold.name, sources, settings.home / "complete", lambda *_: None)
            named = {s.name: s.id for s in engine.library.documents()}
            for question in gold.questions:
                document = named.get(question.document or "", question.document)
                document_ids = [document] if dumped.given_context and document else None
                yield _line(gold, question, engine, document, document_ids)


def _sources(folder: Path | None) -> Sequence[Source]:
    return [s for path in find_files([folder]) for s in read_file(path)] if folder else []


def _line(
    gold: GoldSet,
    question: GoldQuestion,
    engine: Engine,
    document: str | None,
    document_ids: list[str] | None,
) -> dict[str, Any]:
    started = time.perf_counter()
    answer = engine.ask(question.text, document_ids=document_ids)
    took_ms = (time.perf_counter() - started) * 1000
    marks = score(answer, question.answers, answerable=question.answerable)
    hits = deep_search(engine.search, question.text) if question.answers else []
    ranks = rank(hits, frozenset([document] if document else []), question.answers)
    return {
        "set": gold.name,
        "id": question.id,
        "question": question.text,
        "answerable": question.answerable,
        "answers": list(question.answers),
        "answered": answer.answered,
        "answer": answer.answer,
        "sentence": sentence_around(answer),
        "items": [item.text for item in answer.items],
        "confidence": answer.confidence,
        "score": 1 - answer.no_answer_score,
        "reason": answer.reason,
        "kind": answer.kind,
        "citations": [_place(c) for c in answer.citations],
        "nearest": [_place(c) for c in answer.nearest],
        "alternatives": [a.text for a in answer.alternatives],
        "exact_match": marks.exact_match,
        "char_f1": marks.char_f1,
        "rouge_l": marks.rouge_l,
        "right": _is_right(answer, question, marks.sentence_correct),
        "document_rank": ranks.document,
        "answer_rank": ranks.answer,
        "took_ms": round(took_ms, 1),
    }


def _is_right(answer: Answer, question: GoldQuestion, sentence_correct: bool | None) -> bool:
    return bool(sentence_correct) if question.answerable else not answer.answered


def _place(citation: Citation) -> list[Any]:
    return [citation.source, citation.start, citation.end, *map(list, citation.highlight)]


def write(path: Path, lines: Iterator[dict[str, Any]]) -> int:
    """Append lines of JSON; returns how many."""
    count = 0
    with path.open("a", encoding="utf-8") as file:
        for line in lines:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
            count += 1
    return count
