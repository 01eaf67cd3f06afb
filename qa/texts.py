"""Answers over texts that are brought along, without a library: quotations of them that can be checked."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from wenju.corpus.document import Source
from wenju.corpus.errors import WenjuError
from wenju.index.encoder import Encoder, load_encoder
from wenju.qa.answer import Answer
from wenju.qa.engine import Engine
from wenju.qa.reader import Reader, load_reader
from wenju.qa.settings import Settings

MOST_TEXTS = 200
MOST_CHARACTERS = 1_000_000  # of all of them
_LOADING = threading.Lock()


class BadTexts(WenjuError):
    """Texts that cannot be read for an answer."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text to answer from. ``name`` is how citations call it (``source``); ``date`` a day, as 2024-05-16."""

    text: str
    name: str = ""
    title: str = ""
    date: str = ""


def read(question: str, texts: Sequence[str | Text], *, settings: Settings | None = None) -> Answer:
    """Answer a question from these texts alone, with slices of them, or say that none answers.

    The road is that of a library: ``answer.citations`` have places in the text that they cite
    (``text[start:end] == original``), by its name (``source``), or ``1``, ``2``, … in the order given.
    ``settings`` choose encoder and reader, which are loaded with the first call and kept. Raises
    BadTexts where nothing can be read or it is too much, and BadQuestion.
    """
    chosen = settings or Settings()
    with _LOADING:
        parts = _loaded(chosen.encoder, chosen.reader, chosen.device)
    return answered(question, texts, chosen, *parts)


@lru_cache(maxsize=2)
def _loaded(encoder: str, reader: str, device: str) -> tuple[Encoder, Reader]:
    return load_encoder(encoder, device), load_reader(reader)


def answered(
    question: str,
    texts: Sequence[str | Text],
    settings: Settings,
    encoder: Encoder,
    reader: Reader,
) -> Answer:
    """The same with an encoder and a reader that are at hand."""
    sources = _sources(texts)
    with TemporaryDirectory(prefix="wenju-") as folder:
        here = settings.within(Path(folder), keep_originals=False)
        with Engine.open(here, encoder=encoder, reader=reader) as engine:
            engine.add_sources(sources)
            return engine.ask(question)


def _sources(texts: Sequence[str | Text]) -> list[Source]:
    given = [Text(one) if isinstance(one, str) else one for one in texts]
    if not 1 <= len(given) <= MOST_TEXTS:
        raise BadTexts(f"{len(given)} texts were given; expected 1 to {MOST_TEXTS}.")
    if (total := sum(len(one.text) for one in given)) > MOST_CHARACTERS:
        raise BadTexts(
            f"The texts have {total:,} characters together, at most {MOST_CHARACTERS:,} are read: "
            "add them to a library instead."
        )
    if not any(one.text.strip() for one in given):
        raise BadTexts("All of the texts are empty; there is nothing to answer from.")
    return [
        Source(one.name or str(number), f"given:{number}", one.text, one.title, one.date)
        for number, one in enumerate(given, 1)
        if one.text.strip()
    ]
