"""One validated Settings for everything; made once, passed down, nothing done at import."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Annotated, Literal

from platformdirs import user_cache_path, user_data_path
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from wenju.corpus.allowance import MEGABYTES, OCR_SECONDS, SECONDS, Allowance
from wenju.qa.settings_file import sources

MIN_KEY_CHARACTERS = 16


def _parted(given: object) -> object:
    """A list written as one text, parted by commas."""
    if isinstance(given, str):
        return tuple(part for part in (part.strip() for part in given.split(",")) if part)
    return given


def _strong(keys: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
    for key in keys:
        said = key.get_secret_value()
        if len(said) < MIN_KEY_CHARACTERS or not all("!" <= c <= "~" for c in said):
            raise ValueError(
                f"a key has at least {MIN_KEY_CHARACTERS} characters: letters, digits and signs "
                "of ASCII, no spaces"
            )
    return keys


def _place(store: str) -> str:
    if not re.fullmatch(r"embedded|milvus(\+tls)?://[^/@\s]+(/\w+)?", store):
        raise ValueError(
            "expected embedded, or milvus://host:19530, whose password stands in WENJU_STORE_TOKEN"
        )
    return store


# NoDecode: pydantic-settings would read a list from the environment as JSON
Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_parted)]
Keys = Annotated[tuple[SecretStr, ...], NoDecode, BeforeValidator(_parted), AfterValidator(_strong)]


def _cores() -> int:
    return os.cpu_count() or 1


class Settings(BaseSettings):
    """What can be set: by name, by environment variable (``WENJU_HOME``…), or in ``wenju.toml`` (``home = …``)."""

    model_config = SettingsConfigDict(env_prefix="WENJU_", extra="forbid", frozen=True)

    home: Path = Field(
        default_factory=lambda: user_data_path("wenju", appauthor=False),
        description="The folder that holds the library and its indexes, where they are embedded.",
    )
    cache: Path = Field(
        default_factory=lambda: user_cache_path("wenju", appauthor=False),
        description="The folder for what can be made again, such as the unpacked model.",
    )
    store: Annotated[str, AfterValidator(_place)] = Field(
        default="embedded",
        description="Where the library and its indexes lie: 'embedded', in the home folder, or "
        "milvus://host:19530, the indexes in Milvus and all else in the database.",
    )
    store_token: SecretStr = Field(
        default=SecretStr(""), description="What Milvus lets in: user:password, or an API key."
    )
    database: SecretStr = Field(
        default=SecretStr(""),
        description="The PostgreSQL database beside Milvus: postgresql://user:password@host:5432/name.",
    )
    encoder: str = Field(
        default="embedded",
        min_length=1,
        description="'embedded', 'embedded-plain' (without the adapter trained on top of it), or the hub "
        "name or folder of a sentence-transformers model.",
    )
    device: str = Field(
        default="cpu",
        pattern=r"^(cpu|mps|cuda(:\d+)?)$",
        description="Where a sentence-transformers model computes: 'cpu', 'cuda' or 'cuda:1' (a graphics card of "
        "NVIDIA, with PyTorch's build for it), 'mps' (Apple's). What comes with Wenju takes the processor.",
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
    use_server: bool = Field(
        default=True,
        description="Whether commands let a server do their work that runs on the same home.",
    )
    read_keys: Keys = Field(
        default=(), description="API keys, parted by commas, that may ask and read."
    )
    write_keys: Keys = Field(
        default=(),
        description="API keys, parted by commas, that may also add, change and remove documents "
        "and list feedback.",
    )
    allowed_hosts: Names = Field(
        default=(),
        description="Names, parted by commas, under which the server is reached beside its own.",
    )
    allowed_origins: Names = Field(
        default=(),
        description="Origins (https://intranet.example), parted by commas, whose pages may call "
        "the API from a browser; none by default.",
    )
    max_upload_megabytes: int = Field(
        default=50, ge=1, le=10_000, description="The largest request that adds files, in MB."
    )
    request_timeout: float = Field(
        default=30,
        gt=0,
        description="Seconds in which a request must have arrived, uploads excepted.",
    )
    upload_timeout: float = Field(
        default=600, gt=0, description="Seconds in which an upload must have arrived."
    )
    ask_workers: int = Field(
        default_factory=_cores,
        ge=1,
        le=256,
        description="How many questions a server works on at the same time; by default as many as "
        "there are processors.",
    )
    ask_queue: int = Field(
        default=64,
        ge=0,
        le=10_000,
        description="How many questions may wait for that; what comes then is refused (429).",
    )
    change_workers: int = Field(
        default=2,
        ge=1,
        le=64,
        description="How many changes of the library a server makes at once.",
    )
    change_queue: int = Field(
        default=32, ge=0, le=10_000, description="How many uploads and other changes may wait."
    )
    stop_timeout: float = Field(
        default=30,
        ge=0,
        description="Seconds that a server which is told to stop takes to answer what it has begun.",
    )
    max_connections: int = Field(
        default=512, ge=1, description="How many connections a server holds open at the same time."
    )
    key_attempts: int = Field(
        default=20,
        ge=0,
        description="How many wrong keys a minute are heard of one address; 0 for any number.",
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

    read_seconds: float = Field(
        default=SECONDS,
        gt=0,
        allow_inf_nan=False,
        description="Seconds of processor time that reading one file may take.",
    )
    ocr_seconds: float = Field(
        default=OCR_SECONDS,
        gt=0,
        allow_inf_nan=False,
        description="The same for a file in which text is recognised (OCR).",
    )
    read_memory: float = Field(
        default=MEGABYTES,
        gt=0,
        allow_inf_nan=False,
        description="MB of memory that reading one file may take, over what its process has before.",
    )

    @property
    def allowance(self) -> Allowance:
        """What reading one file may take."""
        return Allowance(self.read_seconds, self.ocr_seconds, self.read_memory)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Where settings come from, which pydantic-settings asks for by this name."""
        return sources(settings_cls, init_settings, env_settings)

    def within(self, home: Path, **changes: object) -> Settings:
        """The same settings for a library of its own in another folder, with some changes."""
        own = {"home": home, "store": "embedded", "database": SecretStr("")}
        return self.model_copy(update=own | changes)

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
