"""Gold question-answer pairs: SQuAD-style JSON, JSONL, FAQ sets, and choices among them."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Literal

from wenju.corpus.document import Source, content_id
from wenju.corpus.read import find_files, read_file
from wenju.corpus.script import to_simplified, to_traditional
from wenju.eval.places import DatasetError, Place, parse

__all__ = [
    "DatasetError",
    "GoldQuestion",
    "GoldSet",
    "Script",
    "Task",
    "documents_of",
    "in_script",
    "load",
    "sample",
    "with_questions_of",
]

Script = Literal["hans", "hant"]
Task = Literal["answers", "faq"]
# What data sets put where a title or a name belongs: hashes, UUIDs, numbers, DEV_0, 1147-5
_IDENTIFIER = re.compile(r"[0-9a-fA-F-]{12,}|[\d_.#-]+|[A-Z]{2,}[_-]?\d+(?:[_-]\w+)*")


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question and the answers that count as right.

    ``document`` is the gold document's id (SQuAD-style) or its name (JSONL), None where the file
    does not say. A question that is not ``answerable`` has no answers. ``earlier`` are the
    questions asked before it in its conversation, oldest first. ``places`` are the half-open
    places in the document as it was read, in characters, that answer; none where that is not known.
    """

    id: str
    text: str
    answers: tuple[str, ...]
    document: str | None
    answerable: bool
    earlier: tuple[str, ...] = ()
    places: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class GoldSet:
    """Questions and the documents they are asked over.

    ``sources`` is None where the file brings no documents: the questions are then asked over those
    already in the library. The task is ``answers`` where an answer is to be found in a document and
    ``faq`` where the documents are the answers, so that finding the right one is what counts.
    """

    name: str
    questions: tuple[GoldQuestion, ...]
    sources: tuple[Source, ...] | None
    task: Task = "answers"


def load(path: Path) -> GoldSet:
    """Read a gold file: ``.jsonl`` as the project's own format or a FAQ set, else SQuAD-style JSON.

    Raises DatasetError.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise DatasetError(f"{path} cannot be read: {reason}. Give a JSON or JSONL file.") from None
    gold = _load_lines(path, text) if path.suffix.lower() == ".jsonl" else _load_squad(path, text)
    if gold.questions:
        return gold
    raise DatasetError(f"{path}: there is no question in it, at least one was expected.")


def sample(gold: GoldSet, limit: int, seed: int) -> GoldSet:
    """``limit`` questions drawn with the seed, in their own order; all documents stay."""
    if limit < 1:
        raise DatasetError(f"A limit of {limit} questions was given; it must be 1 or more.")
    n = len(gold.questions)
    chosen = sorted(random.Random(seed).sample(range(n), min(limit, n)))
    return replace(gold, questions=tuple(gold.questions[i] for i in chosen))


def with_questions_of(gold: GoldSet, other: GoldSet) -> GoldSet:
    """The other set's wording, matched by id; answers and documents stay this set's.

    Questions that the other set lacks are left out; raises DatasetError when none is left.
    """
    wording = {question.id: question.text for question in other.questions}
    if len(wording) < len(other.questions):
        raise DatasetError(f"{other.name}: question ids repeat, so they cannot be matched by id.")
    questions = tuple(replace(q, text=wording[q.id]) for q in gold.questions if q.id in wording)
    if not questions:
        raise DatasetError(
            f"{other.name} has no question with an id of {gold.name}; give its translation, "
            "whose question ids are the same."
        )
    return replace(gold, questions=questions)


def in_script(gold: GoldSet, script: Script) -> GoldSet:
    """The questions in Simplified (``hans``) or Traditional (``hant``) characters."""
    convert = to_simplified if script == "hans" else to_traditional
    converted = (
        replace(q, text=convert(q.text), earlier=tuple(map(convert, q.earlier)))
        for q in gold.questions
    )
    return replace(gold, questions=tuple(converted))


def _load_squad(path: Path, text: str) -> GoldSet:
    """SQuAD, CMRC 2018 (both of its layouts), DRCD, XQuAD: every distinct context is a document."""
    root = Place(path, "top level", parse(path, text))
    articles = root if isinstance(root.value, list) else root.field("data")
    sources: dict[str, Source] = {}
    questions: list[GoldQuestion] = []
    for title, paragraph in _paragraphs(articles):
        context = paragraph.field("context", "context_text").text()
        source = _source(path, len(sources) + 1, title, paragraph, context)
        document = content_id(source.text)
        sources.setdefault(document, source)
        for question in paragraph.field("qas").items():
            if question.has("question", "query_text") and not question.label(
                "question", "query_text"
            ):
                continue  # published sets have a few blank ones
            questions.append(_squad_question(question, document, len(questions) + 1))
    return GoldSet(path.stem, tuple(questions), tuple(sources.values()))


def _paragraphs(articles: Place) -> Iterator[tuple[str, Place]]:
    """Titles and paragraphs; the first layout of CMRC 2018 has one paragraph to an article."""
    for article in articles.items():
        title = article.label("title")
        flat = article.has("context", "context_text") and not article.has("paragraphs")
        for paragraph in [article] if flat else article.field("paragraphs").items():
            yield title, paragraph


def _source(path: Path, number: int, title: str, paragraph: Place, context: str) -> Source:
    """A context as a document of its own, named for a person where the file allows it."""
    given = paragraph.label("id", "context_id")
    human = title.replace("_", " ") if title != given and not _IDENTIFIER.fullmatch(title) else ""
    name = f"{human or path.stem}#{given or number}"
    # an origin to each: adding a file anew would otherwise replace all that came from it before
    return Source(name=name, origin=f"{path.name}#{number}", text=context, title=human)


def _squad_question(place: Place, document: str, number: int) -> GoldQuestion:
    """As SQuAD 2.0's script has it, a question without any answer is not answerable."""
    answers = place.answers()
    answerable = bool(answers) and not place.flag("is_impossible")
    text = place.field("question", "query_text").text()
    id_ = place.label("id", "query_id") or f"#{number}"
    return GoldQuestion(id_, text, answers if answerable else (), document, answerable)


def _load_lines(path: Path, text: str) -> GoldSet:
    """The project's JSONL: an optional header ``{"documents": …}``, then a question to a line.

    A file whose first line has an ``answer`` in place of ``answers`` is a FAQ set.
    """
    places = [
        Place(path, f"line {number}", parse(path, line, number))
        for number, line in enumerate(text.split("\n"), 1)
        if line.strip()
    ]
    if places and _is_faq(places[0]):
        return _faq(path, places)
    sources = None
    if places and places[0].has("documents") and not places[0].has("question"):
        sources = documents_of(places.pop(0).field("documents"))
    questions = tuple(_line_question(place, i) for i, place in enumerate(places, 1))
    return GoldSet(path.stem, questions, sources)


def documents_of(place: Place) -> tuple[Source, ...]:
    """The files and folders of a header, relative to the gold file; raises DatasetError."""
    entries = [place] if isinstance(place.value, str) else list(place.items())
    paths = [place.file.parent / PurePath(entry.text()) for entry in entries]
    for path in paths:
        if not path.exists():
            raise place.error(f"files or folders that exist ({path} does not)")
    if sources := tuple(source for path in find_files(paths) for source in read_file(path)):
        return sources
    raise place.error("at least one document that can be read")


def _line_question(place: Place, number: int) -> GoldQuestion:
    answers = place.answers()
    flag = place.flag("answerable")
    answerable = bool(answers) if flag is None else flag
    if answerable and not answers:
        raise place.error('at least one of "answers", or "answerable": false')
    return GoldQuestion(
        id=place.label("id") or f"#{number}",
        text=place.field("question").text(),
        answers=answers if answerable else (),
        document=place.label("document") or None,
        answerable=answerable,
        earlier=tuple(_turns(place)),
        places=tuple(place.field("passage").ranges()) if place.has("passage") else (),
    )


def _turns(place: Place) -> Iterator[str]:
    """The questions under ``earlier``: texts, or objects with ``question``."""
    for turn in place.field("earlier").items() if place.has("earlier") else ():
        yield turn.text() if isinstance(turn.value, str) else turn.field("question").text()


def _is_faq(place: Place) -> bool:
    return place.has("question") and place.has("answer") and not place.has("answers", "answerable")


def _faq(path: Path, places: Sequence[Place]) -> GoldSet:
    """A question and its one answer to a line: every distinct answer is a document."""
    sources: dict[str, Source] = {}
    questions = []
    for number, place in enumerate(places, 1):
        if not _is_faq(place):
            raise place.error('"question" and "answer" without "answers", as in the first line')
        text, answer = place.field("question").text(), place.field("answer").text()
        source = _faq_source(path, number, place, answer)
        document = content_id(source.text)
        sources.setdefault(document, source)
        id_ = place.label("id") or f"#{number}"
        questions.append(GoldQuestion(id_, text, (answer,), document, answerable=True))
    return GoldSet(path.stem, tuple(questions), tuple(sources.values()), task="faq")


def _faq_source(path: Path, number: int, place: Place, answer: str) -> Source:
    """An answer as a document of its own; its question must be no part of it."""
    return Source(
        name=f"{path.stem}#{place.label('id') or number}",
        # an origin to each, see _source
        origin=f"{path.name}#{number}",
        text=answer,
        title=place.label("title"),
        date=place.label("date"),
        issuer=place.label("dept", "issuer"),
    )
