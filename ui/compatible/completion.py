"""An answer as a chat completion: whole, or in pieces as a stream of events.

The form is that of OpenAI's API reference. ``message.annotations`` name the quotations as it names web pages, and the field
``wenju`` holds the answer object of ``POST /api/v1/ask``, with everything needed to check it.
"""

from __future__ import annotations

import json
import re
import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from wenju.qa.answer import Answer
from wenju.qa.conversation import Turn
from wenju.qa.question import BadQuestion
from wenju.ui import serializers
from wenju.ui.compatible.schemas import MODEL, Message
from wenju.ui.quotations import as_markdown, where

_TURNS = 20  # of a conversation, that a follow-up is rewritten from
_PIECE = 24  # characters of a piece of a stream
_MARKS = re.compile(r"\*\*|\\(?=\W)| \[\d+\]$")
_USAGE = {
    "prompt_tokens": 0,
    "completion_tokens": 0,
    "total_tokens": 0,
}  # nothing is counted in tokens


def read_conversation(messages: Sequence[Message]) -> tuple[str, list[Turn]]:
    """The question, which the last user's message asks, and the turns before it, newest last.

    Raises BadQuestion where no user asks anything.
    """
    asked = [m for m in messages if m.role in ("user", "assistant")]
    if not asked or asked[-1].role != "user" or not asked[-1].text.strip():
        raise BadQuestion(
            "The last message is not a user's question; expected one with role 'user'."
        )
    turns = [
        Turn(one.text, _answer_in(other.text))
        for one, other in zip(asked, asked[1:], strict=False)
        if (one.role, other.role) == ("user", "assistant")
    ]
    return asked[-1].text.strip(), turns[-_TURNS:]


def _answer_in(said: str) -> str:
    """The answer in a message that was made of one: its first line, without marks."""
    first = said.strip().split("\n", 1)[0]
    return _MARKS.sub("", first.strip())


@dataclass(frozen=True, slots=True)
class Completion:
    """One answer, with what all pieces of its completion have in common."""

    answer: Answer
    id: str = field(default_factory=lambda: f"chatcmpl-{uuid.uuid4().hex}")
    created: int = field(default_factory=lambda: int(time.time()))

    @property
    def text(self) -> str:
        """What the assistant says."""
        return as_markdown(self.answer)

    def whole(self) -> dict[str, Any]:
        """The completion as one object."""
        message = {
            "role": "assistant",
            "content": self.text,
            "refusal": None,
            "annotations": self._annotations(),
        }
        choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
        return self._object("chat.completion", [choice]) | {"usage": _USAGE, **self._own()}

    def events(self, *, usage: bool) -> Iterator[str]:
        """The completion as server-sent events; the last but one piece has what is Wenju's own."""
        yield self._event({"role": "assistant", "content": ""})
        for start in range(0, len(self.text), _PIECE):
            yield self._event({"content": self.text[start : start + _PIECE]})
        yield self._event({"annotations": self._annotations()}, "stop", self._own())
        if usage:
            yield _event(self._object("chat.completion.chunk", []) | {"usage": _USAGE})
        yield "data: [DONE]\n\n"

    def _event(
        self, delta: dict[str, Any], end: str | None = None, more: dict[str, Any] | None = None
    ) -> str:
        choice = {"index": 0, "delta": delta, "finish_reason": end, "logprobs": None}
        return _event(self._object("chat.completion.chunk", [choice]) | (more or {}))

    def _object(self, kind: str, choices: list[dict[str, Any]]) -> dict[str, Any]:
        return {
            "id": self.id,
            "object": kind,
            "created": self.created,
            "model": MODEL,
            "choices": choices,
        }

    def _own(self) -> dict[str, Any]:
        return {"wenju": serializers.answer_object(self.answer)}

    def _annotations(self) -> list[dict[str, Any]]:
        """Each citation as a page that is cited, at its number in the text."""
        found = []
        for number, citation in enumerate(self.answer.citations or self.answer.nearest, 1):
            at = self.text.find(f"[{number}]")
            about = {
                "start_index": at,
                "end_index": at + len(f"[{number}]"),
                "title": where(citation),
                "url": f"/document/{citation.document_id}#{citation.start}-{citation.end}",
            }
            found.append({"type": "url_citation", "url_citation": about})
        return found


def _event(value: dict[str, Any]) -> str:
    return f"data: {json.dumps(value, ensure_ascii=False)}\n\n"
