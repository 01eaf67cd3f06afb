"""Conversations that the reader's browser keeps: what it is given of each turn, and what it brings back.

Nothing of them stays here. What comes back was kept by a browser, perhaps by an older version of the
page, so whatever cannot be shown is left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from wenju.qa.answer import Answer
from wenju.ui import serializers
from wenju.ui.page import conversation, events
from wenju.ui.page.conversation import Turn
from wenju.ui.texts import ZH_HANT, Texts

if TYPE_CHECKING:
    from wenju.qa.engine import Engine


def newest(turns: Sequence[Turn]) -> str:
    """The newest turn as a browser keeps it, in JSON; empty where none is dealt with yet."""
    if not turns or not (turns[-1].answer or turns[-1].trouble):
        return ""
    return json.dumps(turn_object(turns[-1]), ensure_ascii=False)


def turn_object(turn: Turn) -> dict[str, Any]:
    """A turn as plain values."""
    answer = serializers.answer_object(turn.answer) if turn.answer else None
    return {"question": turn.question, "answer": answer, "trouble": turn.trouble}


def turns_of(kept: object) -> list[Turn]:
    """The turns that a browser kept, oldest first, without those that cannot be shown."""
    found = kept if isinstance(kept, list) else []
    turns = [turn for turn in map(_turn, found[-events.MAX_TURNS :]) if turn]
    return turns if _is_shown(turns) else [turn for turn in turns if _is_shown([turn])]


def reopened(engine: Engine, texts: Texts, said: str) -> events.State:
    """A conversation that a browser kept, as the page shows it; ``said`` is a list of turns in JSON."""
    turns = list(_said(said))
    return "", turns, *events.views(engine, turns, texts), ""


def load(engine: Engine, texts: Texts, said: str) -> tuple[str, list[Turn], str, str, str]:
    """The header as of now, and the conversation that the page showed before, or else the welcome."""
    header = conversation.header_html(*engine.library.count(), texts)
    return header, *reopened(engine, texts, said)[1:]


def _said(said: str) -> Iterator[Turn]:
    try:
        yield from turns_of(json.loads(said or "[]"))
    except (ValueError, RecursionError):
        return


def _turn(kept: object) -> Turn | None:
    if not isinstance(kept, dict) or not isinstance(kept.get("question"), str):
        return None
    try:
        answer = _answers().validate_python(kept.get("answer"))
    except ValueError:
        return None
    trouble = str(kept.get("trouble") or "")
    return Turn(kept["question"], answer, trouble) if answer or trouble else None


def _is_shown(turns: Sequence[Turn]) -> bool:
    from jinja2 import TemplateError

    try:
        conversation.conversation_html(turns, ZH_HANT)
        conversation.panels_html(turns, ZH_HANT)
    except (
        LookupError,
        TypeError,
        ValueError,
        TemplateError,
    ):  # places that are none, or no citation
        return False
    return True


@cache
def _answers() -> Any:  # noqa: ANN401 - a validator of answers, or None
    from pydantic import TypeAdapter

    return TypeAdapter(Answer | None)
