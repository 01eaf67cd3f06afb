"""What checking an answer again finds."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

Status = Literal["unchanged", "moved", "gone"]
ORDER: Final[tuple[Status, ...]] = ("unchanged", "moved", "gone")
"""From the best to the worst."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand now: ``source_text[start:end]`` of a document of the library."""

    document_id: str
    title: str
    source: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CheckedCitation:
    """One citation of the answer, or of the passages that came nearest.

    ``unchanged``: its document, its places, its words and what is highlighted are as the citation says.
    ``moved``: the document does not say it there, and the same words stand at ``places``, in it or in
    its new version; ``words`` are those: the whole ``quotation``, or the ``sentence`` of what is
    highlighted. ``gone``: neither. ``reason`` is a sentence, empty where nothing has changed.
    """

    document_id: str
    source: str
    status: Status
    reason: str = ""
    words: Literal["", "quotation", "sentence"] = ""
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Recheck:
    """An answer checked again; ``status`` is the worst that was found.

    ``answer_stands`` is whether the answer's words are what its citations highlight; ``library`` and
    ``revision`` are those that it was checked against.
    """

    status: Status
    answer_stands: bool
    reason: str
    citations: tuple[CheckedCitation, ...]
    nearest: tuple[CheckedCitation, ...]
    library: str
    revision: int

    def as_dict(self) -> dict[str, Any]:
        """The JSON object of the command line and the API."""
        return asdict(self)


def worst(statuses: list[Status]) -> Status:
    """The worst of them; unchanged where there are none."""
    return max(statuses, key=ORDER.index, default="unchanged")
