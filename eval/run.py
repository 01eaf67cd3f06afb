"""Ask every gold question over all documents, and score what comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from corpus.build import build_document
from corpus.document import Source, content_id
from corpus.passages import cut
from eval.answers import score, sentence_around
from eval.datasets import (
    DatasetError,
    GoldQuestion,
    GoldSet,
    Script,
    in_script,
    load,
    sample,
    with_questions_of,
)
from eval.distractors import read_distractors
from eval.report import EvalReport, QuestionRecord, summarise
from eval.retrieval import deep_search, rank
from index.encoder import Encoder, load_encoder
from index.ingest import encoded_text
from index.library import Library
from index.schema import SCHEMA_VERSION
from qa.answer import Answer
from qa.engine import Engine
from qa.question import BadQuestion
from qa.settings import Settings

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""
OpenEngine = Callable[[Settings], Engine]


def evaluate(
    paths: Sequence[Path],
    settings: Settings,
    *,
    limit: int | None = None,
    seed: int = 0,
    questions: Path | None = None,
    script: Script | None = None,
    distractors: Sequence[Path] = (),
    distractor_passages: int | None = None,
    progress: Progress | None = None,
    encoder: Encoder | None = None,
    open_engine: OpenEngine | None = None,
) -> list[EvalReport]:
    """One report for each gold file, in order.

    Args:
        paths: gold files, see ``eval.datasets.load``.
        settings: those of the engine; a gold file's documents go into a home of their own below
            ``settings.home / "eval"``, named by its content, and are indexed only once.
        limit: ask at most this many questions, drawn with ``seed``.
        seed: of the draw.
        questions: another gold file; its wording is asked, matched by question id.
        script: ask in Simplified (``hans``) or Traditional (``hant``) characters.
        distractors: files, folders, tar archives and ``.jsonl.xz`` that answer nothing.
        distractor_passages: take about this many passages of them.
        progress: told how it goes.
        encoder: used in place of the one the settings name.
        open_engine: used in place of ``Engine.open``.

    Raises DatasetError for a file that cannot be used, and what the engine raises.
    """
    tell: Progress = progress or (lambda label, done, total: None)
    other = load(questions) if questions else None
    golds = [_prepare(load(path), other, limit, seed, script) for path in paths]
    skipped: list[str] = []
    noise = _noise(golds, distractors, distractor_passages, skipped)
    model = encoder or load_encoder(settings.encoder, settings.cache)
    opener = open_engine or (lambda chosen: Engine.open(chosen, encoder=model))
    reports = []
    for gold in golds:
        sources = None if gold.sources is None else _distinct([*gold.sources, *noise])
        chosen = settings if sources is None else _in_own_home(settings, sources, model.name)
        report = _evaluate(gold, sources, chosen, opener, tell)
        reports.append(replace(report, skipped=tuple(skipped)))
    return reports


def _prepare(
    gold: GoldSet, other: GoldSet | None, limit: int | None, seed: int, script: Script | None
) -> GoldSet:
    """The questions to ask: reworded, then drawn, then converted."""
    gold = with_questions_of(gold, other) if other else gold
    gold = sample(gold, limit, seed) if limit is not None else gold
    return in_script(gold, script) if script else gold


def _evaluate(
    gold: GoldSet,
    sources: Sequence[Source] | None,
    settings: Settings,
    open_engine: OpenEngine,
    tell: Progress,
) -> EvalReport:
    """Add the sources, if any, to the library the settings name, and ask over all it holds."""
    with open_engine(settings) as engine:
        documents = _gold_documents(gold, engine.library)
        if sources is not None:
            _fill(engine, gold.name, sources, settings.home / "complete", tell)
        records = _ask_all(engine, gold, documents, tell)
        n_documents, n_passages = engine.library.count()
    return summarise(gold.name, records, documents=n_documents, passages=n_passages)


def _in_own_home(settings: Settings, sources: Iterable[Source], encoder_name: str) -> Settings:
    """The settings with a home named by all that decides what is in it: none is ever stale."""
    key = content_id(f"eval-1 library-{SCHEMA_VERSION}", encoder_name, *map(_made_of, sources))
    return settings.model_copy(update={"home": settings.home / "eval" / key})


def _made_of(source: Source) -> str:
    """A hash of the document as it is repaired and of the passages as they are encoded."""
    document = build_document(source)
    texts = (encoded_text(passage) for passage in cut(document))
    return content_id(document.id, document.name, document.date, document.issuer, *texts)


def _distinct(sources: Iterable[Source]) -> list[Source]:
    """Identical texts once, the first of them, so that gold documents win over distractors."""
    first: dict[str, Source] = {}
    for source in sources:
        first.setdefault(source.text, source)
    return list(first.values())


def _fill(
    engine: Engine, name: str, sources: Sequence[Source], marker: Path, tell: Progress
) -> None:
    """Add the documents, unless an earlier run did; one that was interrupted is taken up again."""
    if marker.exists():
        return
    engine.add_sources(sources, lambda done, total, _: tell(f"{name}: index", done, total))
    marker.touch()


def _gold_documents(gold: GoldSet, library: Library) -> dict[str | None, frozenset[str]]:
    """What a question calls its document, to the ids of the documents it may mean."""
    named: dict[str | None, frozenset[str]] = {None: frozenset()}
    if gold.sources is None:
        known = [(summary.name, summary.id) for summary in library.documents()]
    else:
        known = [(source.name, content_id(source.text)) for source in gold.sources]
    for name, document_id in known:
        named[name] = named.get(name, frozenset()) | {document_id}
        named[document_id] = frozenset({document_id})
    for question in gold.questions:
        if question.document not in named:
            raise DatasetError(
                f"{gold.name}, question {question.id!r}: no document is called "
                f"{question.document!r}; expected the name of one of the {len(known)} documents."
            )
    return named


def _ask_all(
    engine: Engine, gold: GoldSet, documents: dict[str | None, frozenset[str]], tell: Progress
) -> list[QuestionRecord]:
    """Every question, in order."""
    engine.ask("1+1")  # what is loaded on first use is no question's latency
    records = []
    for done, question in enumerate(gold.questions, 1):
        records.append(_ask(engine, question, documents[question.document]))
        tell(f"{gold.name}: ask", done, len(gold.questions))
    return records


def _ask(engine: Engine, gold: GoldQuestion, documents: frozenset[str]) -> QuestionRecord:
    """Ask, then search: nothing that a search leaves behind may shorten the answer's time."""
    started = perf_counter()
    try:
        answer = engine.ask(gold.text)
    except BadQuestion as error:
        answer = Answer(gold.text, answered=False, answer="", kind="refused", reason=str(error))
    took_ms = (perf_counter() - started) * 1000
    refused = answer.kind == "refused"
    hits = [] if refused or not gold.answerable else deep_search(engine.search, gold.text)
    return QuestionRecord(
        gold=gold,
        kind=answer.kind,
        prediction=answer.answer,
        sentence=sentence_around(answer),
        score=score(answer, gold.answers, answerable=gold.answerable),
        ranks=rank(hits, documents, gold.answers),
        took_ms=took_ms,
    )


def _noise(
    golds: Iterable[GoldSet], paths: Sequence[Path], passages: int | None, skipped: list[str]
) -> list[Source]:
    """The distractors, once it is sure that they will not land in somebody's own library."""
    for gold in golds:
        if paths and gold.sources is None:
            raise DatasetError(
                f"{gold.name} brings no documents, and distractors are not added to your own "
                'library. Begin the file with a line {"documents": "FOLDER"}.'
            )
    return read_distractors(paths, passages, skipped)
