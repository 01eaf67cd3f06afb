"""What every system is given, and where the gold documents stand in what it gives back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from wenju.corpus.build import build_document
from wenju.corpus.document import Source, content_id
from wenju.corpus.passages import cut
from wenju.eval.answers import Score
from wenju.eval.benchmarks.external.systems import OthersError, System, run
from wenju.eval.datasets import DatasetError, GoldQuestion, GoldSet
from wenju.eval.records import QuestionRecord
from wenju.eval.retrieval import DOCUMENT_DEPTH, Ranks
from wenju.index.encoding import encoded_text

_PASSAGES_DEEP = 200  # passages asked for, so that enough distinct documents are among them


@dataclass(frozen=True, slots=True)
class Task:
    """Passages to index, and questions to ask over all of them.

    ``passages`` are texts by id and ``document_of`` says which document each is of. ``gold`` holds
    the ids of the documents that are right for each question. ``depth`` passages are asked for.
    """

    passages: Mapping[str, str]
    document_of: Mapping[str, str]
    questions: tuple[GoldQuestion, ...]
    gold: tuple[frozenset[str], ...]
    depth: int

    def as_dict(self) -> dict[str, object]:
        """What a worker reads: nothing of what is right is in it."""
        passages = [{"id": id_, "text": text} for id_, text in self.passages.items()]
        questions = [question.text for question in self.questions]
        return {"depth": self.depth, "passages": passages, "questions": questions}


def make_task(gold: GoldSet, *, passages: bool = False) -> Task:
    """The answerable questions whose document is known, over the repaired texts of all documents.

    A document is one passage, as the data set has it. With ``passages`` it is as many as Wenju cuts
    it into, title, issuer and headings in front: all that Wenju searches. Raises DatasetError for a
    set without documents and for one without such a question.
    """
    if gold.sources is None:
        raise DatasetError(
            f"{gold.name} brings no documents, and other systems do not know your library. "
            'Begin the file with a line {"documents": "FOLDER"}.'
        )
    counted = [q for q in gold.questions if q.answerable and q.document is not None]
    if not counted:
        raise DatasetError(f"{gold.name}: at least one question with a gold document was expected.")
    pieces = [piece for source in gold.sources for piece in _pieces(source, passages)]
    named = _named(gold.sources)
    return Task(
        passages={id_: text for id_, _, text in pieces},
        document_of={id_: document for id_, document, _ in pieces},
        questions=tuple(counted),
        gold=tuple(_gold_documents(gold, q, named) for q in counted),
        depth=_PASSAGES_DEEP if passages else DOCUMENT_DEPTH,
    )


def _pieces(source: Source, passages: bool) -> list[tuple[str, str, str]]:
    """Passage id, document id and text of each piece of a document, or of the whole."""
    document = build_document(source)
    if not passages:
        return [(document.id, document.id, document.text)]
    return [(passage.id, document.id, encoded_text(passage)) for passage in cut(document)]


def _named(sources: Sequence[Source]) -> dict[str, frozenset[str]]:
    """What a question may call a document, its id or its name, to the ids it may mean."""
    named: dict[str, frozenset[str]] = {}
    for source in sources:
        id_ = content_id(source.text)
        for name in (id_, source.name):
            named[name] = named.get(name, frozenset()) | {id_}
    return named


def _gold_documents(
    gold: GoldSet, question: GoldQuestion, named: Mapping[str, frozenset[str]]
) -> frozenset[str]:
    if found := named.get(question.document or ""):
        return found
    raise DatasetError(
        f"{gold.name}, question {question.id!r}: no document is called {question.document!r}; "
        "expected the name of one of its documents."
    )


def rankings(task: Task, system: System, python: Path) -> list[list[str]]:
    """Passage ids for each question, best first, as the system's worker finds them.

    Raises OthersError where the worker fails or does not answer for every question.
    """
    with TemporaryDirectory(prefix="wenju-others-") as folder:
        given, found = Path(folder, "given.json"), Path(folder, "found.json")
        given.write_text(json.dumps(task.as_dict()), encoding="utf-8")
        command = [str(python), "-I", str(system.worker), str(given), str(found)]
        run(command, f"{system.called} could not be asked")
        if not found.is_file():
            raise OthersError(f"{system.called}: its worker {system.worker.name} wrote nothing.")
        ranked: list[list[str]] = json.loads(found.read_text(encoding="utf-8"))
    if len(ranked) != len(task.questions):
        raise OthersError(
            f"{system.called}: its worker answered {len(ranked)} questions, "
            f"{len(task.questions)} were asked."
        )
    return ranked


def records(task: Task, ranked: Sequence[Sequence[str]]) -> list[QuestionRecord]:
    """The questions, marked by where the gold document stands among the distinct documents.

    Nothing is answered, so only measures of the documents found say anything of them.
    """
    nothing = Score(
        answerable=True, answered=False, exact_match=0, char_f1=0, sentence_correct=False
    )
    made = []
    for question, passages, gold in zip(task.questions, ranked, task.gold, strict=True):
        documents = list(dict.fromkeys(task.document_of[p] for p in passages))[:DOCUMENT_DEPTH]
        place = next((at for at, id_ in enumerate(documents, 1) if id_ in gold), None)
        made.append(QuestionRecord(question, "", "", "", nothing, Ranks(place, None), 0.0))
    return made
