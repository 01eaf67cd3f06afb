"""What an answer object claims: read from JSON, whoever wrote it, and believed in nothing."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator
from pydantic.dataclasses import dataclass

from wenju.corpus.errors import WenjuError

if TYPE_CHECKING:
    from pydantic import TypeAdapter

Span = tuple[int, int]


def _writable(text: str) -> str:
    """The text; ValueError for one with halves of characters, which no file or database holds."""
    text.encode("utf-8")
    return text


Text = Annotated[str, AfterValidator(_writable)]


class BadAnswer(WenjuError):
    """What was given to be checked is no answer object."""


@dataclass(frozen=True, slots=True)
class ClaimedCitation:
    """What a citation says of its document."""

    document_id: Text
    start: int
    end: int
    original: Text
    quote: Text
    highlight: tuple[Span, ...] = ()
    source_highlight: tuple[Span, ...] = ()
    title: Text = ""
    source: Text = ""


@dataclass(frozen=True, slots=True)
class ClaimedPart:
    """An item or an alternative: ``citations[citation].quote[start:end] == text``."""

    text: Text
    citation: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ClaimedAnswer:
    """An answer as it was printed or sent; fields that nothing depends on are passed over."""

    answered: bool
    answer: Text
    citations: tuple[ClaimedCitation, ...]
    nearest: tuple[ClaimedCitation, ...] = ()
    items: tuple[ClaimedPart, ...] = ()
    alternatives: tuple[ClaimedPart, ...] = ()


def read_claim(said: str | bytes) -> ClaimedAnswer:
    """The answer in a JSON text; raises BadAnswer where it is none."""
    from pydantic import ValidationError

    try:
        value: Any = json.loads(said)
    except (ValueError, RecursionError) as error:
        raise _bad(f"it is not JSON: {error}") from None
    try:
        return _adapter().validate_python(value)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"])) or "the whole"
        raise _bad(f"{place}: {first['msg']}") from None


def _bad(why: str) -> BadAnswer:
    return BadAnswer(
        f"This is no answer ({why}). Expected is the object that `wenju ask --json` prints and "
        "POST /api/v1/ask sends."
    )


@cache
def _adapter() -> TypeAdapter[ClaimedAnswer]:
    from pydantic import TypeAdapter

    return TypeAdapter(ClaimedAnswer)
