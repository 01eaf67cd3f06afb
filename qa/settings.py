"""One validated Settings for everything; made once, passed down, nothing done at import."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from platformdirs import user_cache_path, user_data_path
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What can be set, by name or by environment variable (``WENJU_HOME``, ``WENJU_ENCODER``…)."""

    model_config = SettingsConfigDict(env_prefix="WENJU_", extra="forbid", frozen=True)

    home: Path = Field(
        default_factory=lambda: user_data_path("wenju", appauthor=False),
        description="The folder that holds the library and its indexes.",
    )
    cache: Path = Field(
        default_factory=lambda: user_cache_path("wenju", appauthor=False),
        description="The folder for what can be made again, such as the unpacked model.",
    )
    encoder: str = Field(
        default="embedded",
        min_length=1,
        description="'embedded', 'embedded-plain' (without the adapter trained on top of it), or the hub "
        "name or folder of a sentence-transformers model.",
    )
    variants: Path | None = Field(
        default=None,
        description="A table of other words for the same thing, used instead of the bundled one.",
    )
    statute_names: Path | None = Field(
        default=None,
        description="A table of what statutes are called for short, used beside the bundled one; "
        "by default statute_names.tsv in the home folder, where there is one.",
    )
    reader: Literal["trained", "lexical"] = Field(
        default="trained",
        description="Which reader finds the answer inside the passages: 'trained', with the network, "
        "or 'lexical', without it and faster.",
    )
    passages_read: int = Field(
        default=6,
        ge=1,
        le=100,
        description="How many of the best passages are read at most; the trained reader stops once "
        "it is sure.",
    )
    nearest: int = Field(
        default=3, ge=0, le=20, description="How many passages are shown when nothing is answered."
    )
    min_confidence: float = Field(
        default=0.4,
        ge=0,
        le=1,
        description="An answer is given if it is right with at least this probability; higher refuses more.",
    )
    keep_originals: bool = Field(
        default=True,
        description="Whether the library keeps the files whose pages can be shown as they look (PDF); "
        "those that it has are shown and removed with their documents either way.",
    )
    max_question_characters: int = Field(
        default=500, ge=1, description="The longest question accepted, in characters."
    )
    log: Literal["plain", "json"] = Field(
        default="plain",
        description="How a server logs: 'plain', warnings as text, or 'json', a line to each request, question "
        "and warning.",
    )
    log_questions: bool = Field(
        default=False,
        description="Whether the log holds what was asked and answered; without it the log tells only what "
        "came of it.",
    )

    @property
    def library_path(self) -> Path:
        """The library's file."""
        return self.home / "library.sqlite"

    @property
    def feedback_path(self) -> Path:
        """The file of what people say of answers."""
        return self.home / "feedback.jsonl"

    @property
    def originals_path(self) -> Path:
        """The folder of the files that are kept."""
        return self.home / "originals"

    @property
    def index_path(self) -> Path:
        """The folder of the indexes."""
        return self.home / "index"
