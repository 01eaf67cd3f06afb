"""``POST /transcript/{form}``: a conversation that a browser kept, as a file. Nothing of it is kept here."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from wenju import __version__
from wenju.qa.answer import reference
from wenju.ui import serializers
from wenju.ui.api.bodies import CheckedRoute
from wenju.ui.load.routes import in_pool
from wenju.ui.page.history import turns_of
from wenju.ui.texts import LANGUAGES, ZH_HANT, Texts
from wenju.ui.transcript import markdown, word
from wenju.ui.transcript.blocks import Asked, blocks

MOST_TURNS = 1000
Form = Literal["md", "docx", "json"]
_MEDIA: dict[Form, str] = {
    "md": "text/markdown; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
}
router = APIRouter(include_in_schema=False, route_class=CheckedRoute)


class KeptTurn(BaseModel):
    """A turn as a browser kept it, with what else is known of when and where it was asked."""

    model_config = ConfigDict(extra="allow")

    day: str = Field("", max_length=40)
    scope: dict[str, Any] = {}


class Kept(BaseModel):
    """A conversation as a browser kept it."""

    turns: list[KeptTurn] = Field(min_length=1, max_length=MOST_TURNS)


@router.post("/transcript/{form}")
@in_pool("views")
def transcript(form: Form, kept: Kept, lang: Annotated[str, Query()] = "") -> Response:
    """The conversation as a file of this form."""
    conversation = [asked for turn in kept.turns for asked in _asked(turn)]
    texts = LANGUAGES.get(lang.lower(), ZH_HANT)
    headers = {"content-disposition": f'attachment; filename="wenju.{form}"'}
    return Response(written(conversation, form, texts), media_type=_MEDIA[form], headers=headers)


def written(conversation: Sequence[Asked], form: Form, texts: Texts) -> bytes:
    """A conversation in this form."""
    if form == "json":
        said = {
            "wenju": __version__,
            "exported": date.today().isoformat(),
            "turns": [_turn_object(asked) for asked in conversation],
        }
        return json.dumps(said, ensure_ascii=False, indent=2).encode()
    paragraphs = blocks(conversation, texts)
    return word.written(paragraphs) if form == "docx" else markdown.written(paragraphs).encode()


def _turn_object(asked: Asked) -> dict[str, Any]:
    answer = asked.answer
    cited = (answer.citations or answer.nearest) if answer else ()
    return {
        "question": asked.question,
        "day": asked.day,
        "scope": asked.scope,
        "trouble": asked.trouble,
        "answer": serializers.answer_object(answer) if answer else None,
        "references": [reference(citation) for citation in cited],
    }


def _asked(turn: KeptTurn) -> list[Asked]:
    known = {name: value for name, value in turn.scope.items() if name in ZH_HANT.filters}
    return [
        Asked(shown.question, shown.answer, shown.trouble, turn.day, known)
        for shown in turns_of([turn.model_dump()])
    ]
