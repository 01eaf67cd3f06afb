"""What the page does with a question: asks it, and shows the conversation that comes of it."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import AsyncIterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool

from wenju.corpus.errors import WenjuError
from wenju.index.scope import Scope
from wenju.qa.conversation import Turn as Earlier
from wenju.qa.steps import Tell, silent
from wenju.ui.load.pool import Busy, Left, Pool, Stopping
from wenju.ui.load.stepwise import Done, stepwise
from wenju.ui.page import conversation
from wenju.ui.page.conversation import Turn
from wenju.ui.texts import ZH_HANT, Texts

if TYPE_CHECKING:
    from wenju.qa.engine import Engine

MAX_TURNS = 30  # of a conversation, kept and shown
_READABLE = 0.3  # seconds that a step stands at least; faster ones would only hold up the answer
_LOG = logging.getLogger(__name__)

State = tuple[str, list[Turn], str, str, str]
"""What the box, the state, the conversation, the panels, and the line of what is being done become."""


def new_turn(
    engine: Engine,
    question: str,
    texts: Texts = ZH_HANT,
    turns: Sequence[Turn] = (),
    scope: str = "",
    tell: Tell = silent,
) -> Turn:
    """Ask after the turns so far, and take whatever comes of it as a turn; nothing is raised.

    ``scope`` is what the page's script says of where to look, in JSON.
    """
    try:
        said = chosen_scope(scope)
        answer = engine.ask(question, scope=said, earlier=earlier(turns), tell=tell)
        return Turn(question, answer)
    except Left:
        raise
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
        # a greeting is about nothing that could be gone on with
        if turn.answer is not None and turn.answer.reason != "overview"
    ]


async def ask(
    engine: Engine,
    texts: Texts,
    pool: Pool,
    question: str,
    turns: list[Turn],
    only: str = "",
    session: str = "",
) -> AsyncIterator[State | str]:
    """First the conversation with the question waiting, then with what came of it.

    In between, as HTML, what is being done. ``only`` says in JSON which documents to ask (see
    ``chosen_scope``), empty for all of them. The question waits for its place in the pool, as long as
    the page of ``session`` is open and nobody says :func:`stop`.
    """
    question = question.strip()
    if not question:
        yield await _state(engine, turns, texts)
        return
    before = turns[1 - MAX_TURNS :]
    yield await _state(engine, [*before, Turn(question)], texts)
    turn, told = Turn(question), time.monotonic()
    try:
        work = partial(new_turn, engine, question, texts, before, only)
        async for step in stepwise(pool, work, session):
            if isinstance(step, Done):
                turn = step.result
            elif time.monotonic() - told >= _READABLE:
                yield conversation.progress_html(step, texts)
                told = time.monotonic()
    except (Busy, Stopping, Left) as refused:
        turn = Turn(question, trouble=_sentence(refused, texts))
    yield await _state(engine, [*before, turn], texts)


def stop(pool: Pool, session: str) -> None:
    """Give up what the page of ``session`` asks; its places in the pool are free again."""
    pool.leave(session)


def _sentence(refused: Busy | Stopping | Left, texts: Texts) -> str:
    if isinstance(refused, Left):
        return texts.progress["stopped"]
    return texts.busy if isinstance(refused, Busy) else texts.stopping


async def _state(engine: Engine, turns: list[Turn], texts: Texts) -> State:
    """What is shown of the turns, made in a thread: a long conversation is a long page."""
    talk, panels = await run_in_threadpool(views, engine, turns, texts)
    waiting = bool(turns) and turns[-1].waits
    return "", turns, talk, panels, conversation.progress_html(texts=texts) if waiting else ""


def chosen_scope(said: str) -> Scope:
    """What the page sent, a list of ids or an object of a scope's fields; raises BadScope.

    All documents where it sent anything else.
    """
    try:
        given = json.loads(said or "[]")
    except ValueError:
        return Scope()
    if isinstance(given, list):
        given = {"document_ids": given}
    if not isinstance(given, dict):
        return Scope()
    days = [str(given.get(name) or "") for name in ("issued_from", "issued_until", "as_of")]
    return Scope(
        _words(given.get("document_ids")) or None,
        _words(given.get("kinds")),
        _words(given.get("issuers")),
        _words(given.get("jurisdictions")),
        *days,
    )


def _words(given: object) -> tuple[str, ...]:
    return tuple(str(word) for word in given if word) if isinstance(given, list) else ()


def views(engine: Engine, turns: Sequence[Turn], texts: Texts) -> tuple[str, str]:
    """The conversation and its panels; where there is none yet, the welcome."""
    panels = conversation.panels_html(turns, texts)
    if not turns:
        return conversation.welcome_html(engine.library.count()[0], texts), panels
    return conversation.conversation_html(turns, texts), panels


def clear(engine: Engine, texts: Texts) -> State:
    """An empty conversation."""
    return "", [], *views(engine, [], texts), ""
