"""Everything that can be settled before the first question is asked: gold files, documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

from wenju.corpus.document import Source, content_id
from wenju.eval.configuration import Request, configure, hash_of_library, hash_of_sources
from wenju.eval.datasets import (
    DatasetError,
    GoldQuestion,
    GoldSet,
    in_script,
    load,
    sample,
    with_questions_of,
)
from wenju.eval.distractors import read_distractors
from wenju.index.encoder import Encoder, load_encoder
from wenju.index.records import DocumentSummary
from wenju.qa.settings import Settings
from wenju.qa.stores import open_library

Documents = Mapping[str | None, frozenset[str]]
"""What a question calls its document, to the ids of the documents it may mean."""


@dataclass(frozen=True, slots=True)
class Task:
    """A gold file's questions, and what they are asked over.

    ``sources`` is None where that is the library the settings name. With ``given_context`` a
    question is read against its own documents only, where they are known.
    """

    gold: GoldSet
    sources: tuple[Source, ...] | None
    documents: Documents
    given_context: bool = False


@dataclass(frozen=True, slots=True)
class Prepared:
    """All that a run needs, and the configuration that says so.

    ``skipped`` says of each distractor that could not be read why not.
    """

    tasks: tuple[Task, ...]
    settings: Settings
    encoder: Encoder
    skipped: tuple[str, ...]
    configuration: Mapping[str, Any]

    @property
    def questions(self) -> list[tuple[str, GoldQuestion]]:
        """Every question with its dataset's name, in the order of asking."""
        return [
            (task.gold.name, question) for task in self.tasks for question in task.gold.questions
        ]


def prepare(request: Request, settings: Settings, encoder: Encoder | None = None) -> Prepared:
    """Read the gold files and the distractors, and make sure that they fit.

    Raises DatasetError, EncoderError, and LibraryError where the questions are asked over the
    library that the settings name.
    """
    other = load(request.questions) if request.questions else None
    off_topic = load(request.off_topic) if request.off_topic else None
    golds = [_wanted(load(path), other, off_topic, request) for path in request.paths]
    skipped: list[str] = []
    noise = _noise(golds, request, skipped)
    model = encoder or load_encoder(settings.encoder, settings.device)
    tasks, hashes = [], []
    for gold in golds:
        task, documents_hash = _task(gold, noise, settings)
        tasks.append(replace(task, given_context=request.given_context))
        hashes.append(documents_hash)
    configuration = configure(request, settings, model.name, hashes, noise)
    return Prepared(tuple(tasks), settings, model, tuple(skipped), configuration)


def _wanted(
    gold: GoldSet, other: GoldSet | None, off_topic: GoldSet | None, request: Request
) -> GoldSet:
    """The questions to ask: reworded, then drawn, then those off the topic, then converted."""
    gold = with_questions_of(gold, other) if other else gold
    more = _drawn(_unanswerable(gold, off_topic), request).questions if off_topic else ()
    gold = _drawn(gold, request)
    gold = replace(gold, questions=(*gold.questions, *more))
    return in_script(gold, request.script) if request.script else gold


def _unanswerable(gold: GoldSet, off_topic: GoldSet) -> GoldSet:
    """The questions off the topic as ones that the gold set's documents do not answer.

    What the gold set asks too is left out; raises DatasetError where nothing is left.
    """
    asked = {question.text for question in gold.questions}
    questions = tuple(
        replace(q, id=f"off-topic:{q.id}", answers=(), document=None, answerable=False)
        for q in off_topic.questions
        if q.text not in asked
    )
    if not questions:
        raise DatasetError(
            f"{off_topic.name} asks nothing that {gold.name} does not ask too; give a file with "
            "questions off its topic."
        )
    return replace(off_topic, questions=questions)


def _drawn(gold: GoldSet, request: Request) -> GoldSet:
    return sample(gold, request.limit, request.seed) if request.limit is not None else gold


def _noise(golds: Iterable[GoldSet], request: Request, skipped: list[str]) -> list[Source]:
    """The distractors, once it is sure that they will not land in somebody's own library."""
    for gold in golds:
        if request.distractors and gold.sources is None:
            raise DatasetError(
                f"{gold.name} brings no documents, and distractors are not added to your own "
                'library. Begin the file with a line {"documents": "FOLDER"}.'
            )
    return read_distractors(request.distractors, request.distractor_passages, skipped)


def _task(gold: GoldSet, noise: Sequence[Source], settings: Settings) -> tuple[Task, str]:
    """The gold set with what it is asked over, and a hash of its own documents."""
    if gold.sources is None:
        held = _library(settings)
        named = _named(gold, [(summary.name, summary.id) for summary in held])
        return Task(gold, None, named), hash_of_library(held)
    named = _named(gold, [(source.name, content_id(source.text)) for source in gold.sources])
    sources = _distinct([*gold.sources, *noise])
    return Task(gold, sources, named), hash_of_sources(gold.sources)


def _library(settings: Settings) -> list[DocumentSummary]:
    library = open_library(settings)
    try:
        return library.documents()
    finally:
        library.close()


def _distinct(sources: Iterable[Source]) -> tuple[Source, ...]:
    """Identical texts once, the first of them, so that gold documents win over distractors."""
    first: dict[str, Source] = {}
    for source in sources:
        first.setdefault(source.text, source)
    return tuple(first.values())


def _named(gold: GoldSet, known: Sequence[tuple[str, str]]) -> Documents:
    """Ids by name and by id; raises DatasetError for a question whose document is not there."""
    named: dict[str | None, frozenset[str]] = {None: frozenset()}
    for name, document_id in known:
        named[name] = named.get(name, frozenset()) | {document_id}
        named[document_id] = frozenset({document_id})
    for question in gold.questions:
        if question.document not in named:
            raise DatasetError(
                f"{gold.name}, question {question.id!r}: no document is called "
                f"{question.document!r}; expected the name of one of the {len(known)} documents"
                f"{_meant(str(question.document), named)}."
            )
    return named


def _meant(written: str, named: Documents) -> str:
    """What may have been meant, by name or id; empty where nothing is near."""
    known = [name for name in named if name is not None]
    near = get_close_matches(written, known, n=1)
    return f" (did you mean {near[0]!r}?)" if near else ""
