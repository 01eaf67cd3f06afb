"""Requests of OpenAI's chat completions, as far as they say something to an extractive answerer."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

MODEL = "wenju"
_MOST_MESSAGES = 500
_MOST_CHARACTERS = 100_000
_Text = Annotated[str, Field(max_length=_MOST_CHARACTERS)]


class TextPart(BaseModel):
    """A piece of a message's content."""

    model_config = ConfigDict(extra="ignore")

    type: Literal["text"]
    text: _Text


class Message(BaseModel):
    """What one side said; a system's or a developer's prompt changes nothing here."""

    model_config = ConfigDict(extra="ignore")

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: _Text | list[TextPart] | None = None

    @property
    def text(self) -> str:
        """All that the message says."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content)
        return self.content or ""


class StreamOptions(BaseModel):
    """What a stream has at its end."""

    model_config = ConfigDict(extra="ignore")

    include_usage: bool = False


class ChatIn(BaseModel):
    """A conversation to go on with. Fields that only a language model has a use for are passed over."""

    model_config = ConfigDict(extra="ignore")

    messages: Annotated[list[Message], Field(min_length=1, max_length=_MOST_MESSAGES)]
    model: Annotated[str, Field(max_length=200)] = MODEL
    stream: bool = False
    stream_options: StreamOptions | None = None
