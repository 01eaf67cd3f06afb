"""Where the words of a feedback stand: nothing is kept as an answer that no document says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace

from wenju.corpus.document import Document
from wenju.index.hit import Hit
from wenju.index.library import Library
from wenju.qa.feedback.store import VERDICTS, BadFeedback, Feedback

Search = Callable[[str, Collection[str] | None], Sequence[Hit]]
"""The passages nearest to some words, best first, in the documents of these ids or in all."""

_SHOWN = 60  # characters of words that are quoted in an error


def placed(feedback: Feedback, library: Library, search: Search) -> Feedback:
    """The feedback with its words checked, and with their place where it does not say it.

    Raises BadFeedback where it contradicts itself or no document has its words, UnknownDocument
    where the document it names is not there.
    """
    feedback = replace(
        feedback,
        answer=feedback.answer.strip(),
        correct=feedback.correct.strip(),
        comment=feedback.comment.strip(),
    )
    _check(feedback)
    if feedback.document_id is not None and feedback.place is not None:
        return _confirmed(feedback, library.document(feedback.document_id), feedback.place)
    if feedback.document_id is not None:
        library.summary(feedback.document_id)
    found = _found(feedback, library, search) if feedback.words else None
    if found:
        return replace(feedback, document_id=found[0], start=found[1], end=found[2])
    # of a wrong answer it does not matter where it stood
    if feedback.words and (feedback.correct or feedback.verdict == "right"):
        raise _nowhere(feedback, feedback.document_id)
    return feedback


def _check(feedback: Feedback) -> None:
    """Raise BadFeedback where its parts do not go together."""
    if feedback.verdict not in VERDICTS:
        raise BadFeedback(
            f"The verdict {feedback.verdict!r} is none; expected one of {', '.join(VERDICTS)}."
        )
    if feedback.correct and feedback.verdict != "wrong":
        raise BadFeedback(
            f"A correct answer was given with the verdict {feedback.verdict!r}; expected it with "
            "'wrong' only. Leave it out, or change the verdict."
        )
    given = (feedback.start, feedback.end)
    if any(g is not None for g in given) and (None in given or feedback.document_id is None):
        raise BadFeedback(
            f"The place {feedback.start}:{feedback.end} in document {feedback.document_id} is not "
            "whole; expected document_id, start and end, or document_id alone, or none of them."
        )


def _confirmed(feedback: Feedback, document: Document, place: tuple[int, int]) -> Feedback:
    """The feedback, if its words stand at its place as they were read or as they were repaired."""
    start, end = place
    if not 0 <= start < end <= len(document.source_text):
        raise BadFeedback(
            f"The place {start}:{end} is not in document {document.id}, whose source text has "
            f"{len(document.source_text)} characters; expected 0 <= start < end within it."
        )
    words = feedback.words
    if not words or place in _places(document, words):
        return feedback
    raise BadFeedback(
        f"{_short(words)} does not stand at {start}:{end} of document {document.id}, where its "
        f"source text says {_short(document.source_text[start:end])}; copy the words from there, "
        "or leave start and end out."
    )


def _found(feedback: Feedback, library: Library, search: Search) -> tuple[str, int, int] | None:
    """Document, start and end of the words, in a passage about the question if there is one."""
    words, document_ids = feedback.words, feedback.document_id and [feedback.document_id]
    hits = search(f"{feedback.question} {words}", document_ids or None)
    for hit in hits:
        at = hit.passage.text.find(words)
        if at >= 0:
            at += hit.passage.start
            document = library.document(hit.passage.document_id)
            return (document.id, *document.alignment.to_source(at, at + len(words)))
    for document_id in document_ids or dict.fromkeys(hit.passage.document_id for hit in hits):
        for start, end in _places(library.document(document_id), words):
            return document_id, start, end
    return None


def _places(document: Document, words: str) -> Iterator[tuple[int, int]]:
    """Where the words stand, as places in the source text, which may be written otherwise."""
    for at in _occurrences(document.source_text, words):
        yield at, at + len(words)
    for at in _occurrences(document.text, words):
        yield document.alignment.to_source(at, at + len(words))


def _occurrences(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _nowhere(feedback: Feedback, document_id: str | None) -> BadFeedback:
    what = "correct answer" if feedback.correct else "answer"
    where = f"in document {document_id}" if document_id else "in the documents that were found"
    return BadFeedback(
        f"The {what} {_short(feedback.words)} does not stand {where}; expected words copied from a "
        "document as they are. Copy them, and name the document they are from."
    )


def _short(words: str) -> str:
    return repr(words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…")
