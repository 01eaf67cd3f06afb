"""Models of responses, made from the dataclasses that they show.

What a model and its fields mean is said in ``descriptions.toml``, in the order in which the API
shows them; an example of some is in ``examples.json``.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from functools import cache, reduce
from importlib.resources import files
from operator import or_
from types import GenericAlias, UnionType
from typing import Any, Final, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, create_model

from wenju.corpus.document import Heading, Page, Passage, Region, Repair
from wenju.corpus.formats.pdf.sheet import PageBox, Sheet
from wenju.corpus.inventory import Inventory, Note
from wenju.corpus.metadata.fields import Metadata
from wenju.index.hit import Hit
from wenju.index.ingest import Failure, FileReport, SourceNote
from wenju.index.listing import Facet
from wenju.index.records import DocumentSummary
from wenju.qa.answer import (
    Absent,
    Alternative,
    Answer,
    Citation,
    Holding,
    Holdings,
    Item,
    Provenance,
    Reference,
    RowCell,
)
from wenju.qa.feedback import Feedback
from wenju.qa.recheck import CheckedCitation, Place, Recheck

NAMES: Final[Mapping[type, str]] = {
    Absent: "AbsentOut",
    Alternative: "AlternativeOut",
    Answer: "AnswerOut",
    CheckedCitation: "CheckedCitationOut",
    Citation: "CitationOut",
    DocumentSummary: "SummaryOut",
    Facet: "FacetOut",
    Failure: "FailureOut",
    FileReport: "FileReportOut",
    Feedback: "FeedbackOut",
    Heading: "HeadingOut",
    Hit: "HitOut",
    Holding: "HoldingOut",
    Holdings: "HoldingsOut",
    Inventory: "InventoryOut",
    Item: "ItemOut",
    Metadata: "MetadataOut",
    Note: "NoteOut",
    Page: "PageOut",
    PageBox: "BoxOut",
    Passage: "PassageOut",
    Place: "PlaceOut",
    Provenance: "ProvenanceOut",
    Recheck: "RecheckOut",
    Reference: "ReferenceOut",
    Region: "RegionOut",
    Repair: "RepairOut",
    SourceNote: "SourceNoteOut",
    RowCell: "RowCellOut",
    Sheet: "SheetOut",
}
"""The dataclasses that the API shows, by the names of their models."""


@cache
def descriptions() -> dict[str, Any]:
    """By model: what it is (``about``), its ``fields``, and which fields the API keeps ``hidden``."""
    return tomllib.loads(_text("descriptions.toml"))


@cache
def examples() -> dict[str, Any]:
    """An example of a model, by its name."""
    return dict(json.loads(_text("examples.json")))


@cache
def model_of(record: type) -> type[BaseModel]:
    """The model of a dataclass, with the fields that are described."""
    return make_model(NAMES[record], get_type_hints(record))


def make_model(name: str, types: Mapping[str, Any]) -> type[BaseModel]:
    """The model of this name; ``types`` are its fields', dataclasses among them."""
    said = descriptions()[name]
    fields: dict[str, Any] = {
        field: (_shown(types[field]), Field(description=about))
        for field, about in said["fields"].items()
    }
    return create_model(name, __doc__=said["about"], __config__=example_of(name), **fields)


def example_of(name: str) -> ConfigDict:
    """The configuration of a model that shows its example, if there is one."""
    found = [examples()[name]] if name in examples() else []
    return ConfigDict(json_schema_extra={"examples": found}) if found else ConfigDict()


def several(item: type) -> GenericAlias:
    """The type of a list of them."""
    return GenericAlias(list, (item,))


def _shown(hint: Any) -> Any:  # noqa: ANN401 - any type
    """The type with models in the place of dataclasses."""
    if get_origin(hint) in (list, tuple):
        return GenericAlias(get_origin(hint), tuple(map(_shown, get_args(hint))))
    if isinstance(hint, UnionType):
        return reduce(or_, map(_shown, get_args(hint)))
    return model_of(hint) if isinstance(hint, type) and hint in NAMES else hint


def _text(name: str) -> str:
    return files("wenju.ui.api").joinpath(name).read_text(encoding="utf-8")
