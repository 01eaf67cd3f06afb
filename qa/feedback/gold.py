"""Feedback as gold questions, in the lines that evaluation reads."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import PurePath
from typing import Any

from wenju.corpus.script import fold, to_simplified
from wenju.index.library import Library
from wenju.index.records import DocumentSummary
from wenju.qa.feedback.store import Feedback, FeedbackStore

_UNSAFE = re.compile(r"[^\w.-]+")
_LONGEST = 60  # characters of a file's name; three bytes each at most for Chinese


@dataclass(frozen=True, slots=True)
class GoldLines:
    """Gold lines in the order in which their questions were first asked, and what is left out.

    ``without_answer`` are questions answered wrongly whose correct answer nobody gave, ``gone``
    those whose documents are no longer in the library.
    """

    lines: tuple[dict[str, Any], ...]
    without_answer: tuple[str, ...]
    gone: tuple[str, ...]


def export(
    store: FeedbackStore, library: Library, names: Mapping[str, str] | None = None
) -> GoldLines:
    """Gold questions of all that was said; of one question what was said last counts.

    Right answers of one question that nothing contradicts since all count as right. ``names`` are
    what documents are called, by id, default :func:`library_names`. Raises FeedbackError.
    """
    names = library_names(library.documents()) if names is None else names
    lines: list[dict[str, Any]] = []
    without_answer: list[str] = []
    gone: list[str] = []
    for said in _by_question(store.read()):
        asked, agreeing = said[-1], _agreeing(said)
        held = [f for f in agreeing if f.document_id in names]
        if _is_unanswerable(asked):
            lines.append({"id": asked.id, "question": asked.question, "answerable": False})
        elif held:
            lines.append(_line(asked, held, library, names))
        else:
            (gone if agreeing else without_answer).append(asked.question)
    return GoldLines(tuple(lines), tuple(without_answer), tuple(gone))


def library_names(documents: Iterable[DocumentSummary]) -> dict[str, str]:
    """What a gold question calls each document: its name, or its id where others have that name."""
    found = {d.id: d.name for d in documents}
    count = Counter(found.values())
    return {i: name if count[name] == 1 else i for i, name in found.items()}


def file_names(documents: Iterable[DocumentSummary]) -> dict[str, str]:
    """A ``.txt`` for each document, by id: safe on every system, each once whatever the case."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for document in documents:
        stem = PurePath(document.name).name.removesuffix(".txt")
        stem = _UNSAFE.sub("_", stem)[-_LONGEST:].strip("._") or document.id
        name = stem if stem.lower() not in taken else f"{stem}-{document.id}"
        taken.add(name.lower())
        found[document.id] = f"{name}.txt"
    return found


def _by_question(feedback: Iterable[Feedback]) -> list[list[Feedback]]:
    """What was said of each question, which counts as the same in both scripts."""
    found: dict[str, list[Feedback]] = defaultdict(list)
    for said in feedback:
        folded = fold(to_simplified(said.question))
        found["".join(c for c in folded if c.isalnum())].append(said)
    return list(found.values())


def _is_unanswerable(asked: Feedback) -> bool:
    """It should not have been answered, or it was right not to answer it."""
    refused = asked.verdict == "right" and not asked.answer
    return refused or asked.verdict == "should_not_have_answered"


def _agreeing(said: Sequence[Feedback]) -> list[Feedback]:
    """The feedback whose words are right by what was said last, in order."""
    if said[-1].verdict == "wrong":
        return [said[-1]] if said[-1].correct else []
    agree = takewhile(lambda f: f.verdict == "right" and bool(f.answer), reversed(said))
    return [*agree][::-1]


def _line(
    asked: Feedback, held: Sequence[Feedback], library: Library, names: Mapping[str, str]
) -> dict[str, Any]:
    answers = dict.fromkeys(words for f in held for words in _forms(f, library))
    line = {"id": asked.id, "question": asked.question, "answers": list(answers)}
    documents = dict.fromkeys(names[f.document_id] for f in held if f.document_id)
    # where several documents say it, none of them is the only right one
    if len(documents) == 1:
        line["document"] = next(iter(documents))
    return line


def _forms(said: Feedback, library: Library) -> list[str]:
    """The words, first as they were repaired where only the source has them as they were given."""
    if not said.document_id or not said.place:
        return [said.words]
    document = library.document(said.document_id)
    if said.words in document.text:
        return [said.words]
    start, end = map(document.alignment.to_text, said.place)
    return [document.text[start:end], said.words]
