"""Ask every gold question over all documents, and score what comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from wenju.corpus.build import build_document
from wenju.corpus.document import Source, content_id
from wenju.corpus.passages import cut
from wenju.eval.answers import score, sentence_around
from wenju.eval.configuration import Request
from wenju.eval.datasets import GoldQuestion
from wenju.eval.preparation import Prepared, Task, prepare
from wenju.eval.recording import Recorder, recording
from wenju.eval.records import QuestionRecord
from wenju.eval.report import EvalReport, summarise
from wenju.eval.retrieval import deep_search, gold_passage, rank
from wenju.index.encoder import Encoder
from wenju.index.encoding import encoded_text
from wenju.index.schema import SCHEMA_VERSION
from wenju.qa.answer import Answer
from wenju.qa.conversation import Turn
from wenju.qa.engine import Engine
from wenju.qa.question import BadQuestion
from wenju.qa.settings import Settings

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""
OpenEngine = Callable[[Settings], Engine]


def evaluate(
    request: Request,
    settings: Settings,
    *,
    progress: Progress | None = None,
    encoder: Encoder | None = None,
    open_engine: OpenEngine | None = None,
    out: Path | None = None,
) -> list[EvalReport]:
    """One report for each gold file, in order.

    Args:
        request: what is asked, of which gold files.
        settings: those of the engine; documents go into a home of their own, ``in_own_home``.
        progress: told how it goes.
        encoder: used in place of the one the settings name.
        open_engine: used in place of ``Engine.open``.
        out: the folder to write the run to, or to go on with, see ``eval.runs``; None writes none.

    Raises DatasetError for a file that cannot be used, RunError for a folder, and the engine's own.
    """
    prepared = prepare(request, settings, encoder)
    with recording(out, prepared.configuration, prepared.questions) as recorder:
        return carry_out(prepared, recorder, progress, open_engine)


def carry_out(
    prepared: Prepared,
    recorder: Recorder,
    progress: Progress | None = None,
    open_engine: OpenEngine | None = None,
) -> list[EvalReport]:
    """Ask what the recorder does not hold yet; one report for each gold file, in order."""
    tell: Progress = progress or (lambda label, done, total: None)
    opener = open_engine or (lambda chosen: Engine.open(chosen, encoder=prepared.encoder))
    reports = []
    for task in prepared.tasks:
        report = _report(task, prepared, recorder, opener, tell)
        recorder.finish(report)
        reports.append(report)
    recorder.complete()
    return reports


def _report(
    task: Task, prepared: Prepared, recorder: Recorder, open_engine: OpenEngine, tell: Progress
) -> EvalReport:
    """The report of one gold file; nothing is opened where an earlier run asked all of it."""
    records = recorder.take(len(task.gold.questions))
    counts = recorder.counts()
    if counts is None or len(records) < len(task.gold.questions):
        settings = prepared.settings
        if task.sources is not None:
            settings = in_own_home(settings, task.sources, prepared.encoder.name)
        with open_engine(settings) as engine:
            if task.sources is not None:
                fill(engine, task.gold.name, task.sources, settings.home / "complete", tell)
            records += _ask_rest(engine, task, len(records), recorder, tell)
            counts = engine.library.count()
    documents, passages = counts
    report = summarise(task.gold.name, records, documents=documents, passages=passages)
    return replace(report, skipped=prepared.skipped)


def in_own_home(settings: Settings, sources: Iterable[Source], encoder_name: str) -> Settings:
    """The settings with a home named by all that decides what is in it: none is ever stale."""
    key = content_id(f"eval-1 library-{SCHEMA_VERSION}", encoder_name, *map(_made_of, sources))
    return settings.within(settings.home / "eval" / key)


def _made_of(source: Source) -> str:
    """A hash of the document as it is repaired and of the passages as they are encoded."""
    document = build_document(source)
    texts = (encoded_text(passage) for passage in cut(document))
    return content_id(document.id, document.name, document.date, document.issuer, *texts)


def fill(
    engine: Engine, name: str, sources: Sequence[Source], marker: Path, tell: Progress
) -> None:
    """Add the documents, unless an earlier run did; one that was interrupted is taken up again."""
    if marker.exists():
        return
    engine.add_sources(sources, lambda done, total, _: tell(f"{name}: index", done, total))
    marker.touch()


def _ask_rest(
    engine: Engine, task: Task, done: int, recorder: Recorder, tell: Progress
) -> list[QuestionRecord]:
    """Every question behind the first ``done``, in order."""
    questions = task.gold.questions
    records = []
    if done < len(questions):
        engine.ask("1+1")  # what is loaded on first use is no question's latency
    for number, question in enumerate(questions[done:], done + 1):
        documents = task.documents[question.document]
        records.append(_ask(engine, question, documents, given_context=task.given_context))
        recorder.add(task.gold.name, records[-1])
        tell(f"{task.gold.name}: ask", number, len(questions))
    return records


def _turns(engine: Engine, earlier: Sequence[str]) -> list[Turn]:
    """The conversation so far, each question asked after those before it."""
    turns: list[Turn] = []
    for question in earlier:
        given = engine.ask(question, earlier=turns)
        turns.append(Turn(given.asked or given.question, given.answer))
    return turns


def _ask(
    engine: Engine, gold: GoldQuestion, documents: frozenset[str], *, given_context: bool
) -> QuestionRecord:
    """Ask, then search: nothing that a search leaves behind may shorten the answer's time."""
    only = (documents or None) if given_context else None
    turns = _turns(engine, gold.earlier)
    started = perf_counter()
    try:
        answer = engine.ask(gold.text, document_ids=only, earlier=turns)
    except BadQuestion as error:
        answer = Answer(gold.text, answered=False, answer="", kind="refused", reason=str(error))
    took_ms = (perf_counter() - started) * 1000
    refused = answer.kind == "refused"
    hits = [] if refused else deep_search(engine.search, answer.asked or gold.text)
    evidence = hits if gold.answerable else []
    shown = next(iter(answer.citations or answer.nearest), None)
    return QuestionRecord(
        gold=gold,
        kind=answer.kind,
        prediction=answer.answer,
        sentence=sentence_around(answer),
        score=score(
            answer,
            gold.answers,
            answerable=gold.answerable,
            documents=documents,
            places=gold.places,
        ),
        ranks=rank(evidence, documents, gold.answers),
        took_ms=took_ms,
        answer_score=None if refused else 1 - answer.no_answer_score,
        retrieval_score=hits[0].score if hits else None,
        passage=shown.quote if shown else "",
        passage_source=shown.title if shown else "",
        gold_passage=gold_passage(evidence, documents, gold.answers),
        confidence=answer.confidence,
    )
