"""What the page does with a question: asks it, and shows the conversation that comes of it."""

from __future__ import annotations

import json
import logging
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from wenju.corpus.errors import WenjuError
from wenju.qa.conversation import Turn as Earlier
from wenju.ui.page import conversation
from wenju.ui.page.conversation import Turn
from wenju.ui.texts import ZH_HANT, Texts

if TYPE_CHECKING:
    from wenju.qa.engine import Engine

MAX_TURNS = 30  # of a conversation, kept and shown
_LOG = logging.getLogger(__name__)

State = tuple[str, list[Turn], str, str]
"""What the box, the state, the conversation and the panels become."""


def new_turn(
    engine: Engine,
    question: str,
    texts: Texts = ZH_HANT,
    turns: Sequence[Turn] = (),
    document_ids: Collection[str] | None = None,
) -> Turn:
    """Ask after the turns so far, and take whatever comes of it as a turn; nothing is raised."""
    try:
        return Turn(
            question, engine.ask(question, document_ids=document_ids, earlier=earlier(turns))
        )
    except WenjuError as error:
        return Turn(question, trouble=str(error))
    except Exception:
        _LOG.exception("a question could not be answered")
        return Turn(question, trouble=texts.unexpected)


def earlier(turns: Sequence[Turn]) -> list[Earlier]:
    """The conversation as the engine rewrites follow-ups from it."""
    return [
        Earlier(turn.answer.asked or turn.question, turn.answer.answer)
        for turn in turns
        if turn.answer is not None
    ]


def ask(
    engine: Engine, texts: Texts, question: str, turns: list[Turn], only: str = ""
) -> Iterator[State]:
    """First the conversation with the question waiting, then with what came of it.

    ``only`` is a JSON list of the ids of the documents to ask, empty for all of them.
    """
    question = question.strip()
    if not question:
        yield "", turns, *views(engine, turns, texts)
        return
    before = turns[1 - MAX_TURNS :]
    waiting = [*before, Turn(question)]
    yield "", waiting, *views(engine, waiting, texts)
    done = [*before, new_turn(engine, question, texts, before, _chosen(only))]
    yield "", done, *views(engine, done, texts)


def _chosen(only: str) -> list[str] | None:
    """The ids that the page sent; None for all documents, or where it sent anything else."""
    try:
        ids = json.loads(only or "[]")
    except ValueError:
        return None
    return [str(i) for i in ids] if isinstance(ids, list) and ids else None


def views(engine: Engine, turns: Sequence[Turn], texts: Texts) -> tuple[str, str]:
    """The conversation and its panels; where there is none yet, the welcome."""
    panels = conversation.panels_html(turns, texts)
    if not turns:
        return conversation.welcome_html(engine.library.count()[0], texts), panels
    return conversation.conversation_html(turns, texts), panels


def load(engine: Engine, texts: Texts) -> tuple[str, str]:
    """Header and welcome as of now, for a page that was just opened."""
    documents, passages = engine.library.count()
    header = conversation.header_html(documents, passages, texts)
    return header, conversation.welcome_html(documents, texts)


def clear(engine: Engine, texts: Texts) -> State:
    """An empty conversation."""
    return "", [], *views(engine, [], texts)
