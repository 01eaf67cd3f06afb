"""The conversation: questions, answers, refusals. Everything shown was decided in ``qa``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from wenju.corpus.readers import SUFFIXES, is_read
from wenju.qa.answer import Answer
from wenju.qa.steps import Step
from wenju.ui.page.markup import render
from wenju.ui.texts import LANGUAGES, ZH_HANT, Texts

_FIRST = Step("searching")


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of a conversation and what came of it.

    ``answer`` is None while it is looked for, or for good when ``trouble`` says why there is none.
    """

    question: str
    answer: Answer | None = None
    trouble: str = ""

    @property
    def waits(self) -> bool:
        """Whether its answer is looked for."""
        return self.answer is None and not self.trouble


def header_html(documents: int, passages: int, texts: Texts = ZH_HANT) -> str:
    """Name, what this is, over how much it answers, and the other languages of the page."""
    return render(
        "header",
        texts=texts,
        held=texts.held.format(documents=f"{documents:,}", passages=f"{passages:,}"),
        words=json.dumps({**texts.script, "problems": {**texts.problems}}, ensure_ascii=False),
        languages=LANGUAGES,
    )


def welcome_html(documents: int, texts: Texts = ZH_HANT) -> str:
    """What stands in an empty conversation; over an empty library, how to fill it."""
    return render("welcome", documents=documents, texts=texts)


def filters_html(texts: Texts = ZH_HANT) -> str:
    """What narrows down where a question is asked, and the line that says what does."""
    return render("filters", texts=texts)


def upload_html(texts: Texts = ZH_HANT) -> str:
    """Where files are added, and what is looked for in the library."""
    accepted = ",".join(sorted(filter(is_read, SUFFIXES)))
    return render("upload", texts=texts, accepted=accepted)


def conversation_html(turns: Sequence[Turn], texts: Texts = ZH_HANT) -> str:
    """The conversation so far, oldest first."""
    return render("conversation", turns=turns, texts=texts)


def progress_html(step: Step = _FIRST, texts: Texts = ZH_HANT) -> str:
    """What is being done for a question."""
    return render("progress", words=texts.progress[step.stage].format(done=step.done, of=step.of))


def panels_html(turns: Sequence[Turn], texts: Texts = ZH_HANT) -> str:
    """What stands beside it: a turn's citations, or the passages that came nearest."""
    return render("panels", turns=turns, texts=texts)
