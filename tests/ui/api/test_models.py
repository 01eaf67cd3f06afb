"""What the API shows of the dataclasses: every field that is not hidden, described."""

from __future__ import annotations

import dataclasses
import json

import pytest
from pydantic import BaseModel, ValidationError

from tests.ui.test_serializers import ANSWER
from wenju.corpus.document import Document
from wenju.index.ingest import AddReport
from wenju.qa.answer import Answer
from wenju.qa.engine import Engine
from wenju.ui import serializers
from wenju.ui.api import schemas
from wenju.ui.api.models import NAMES, descriptions, examples, model_of

# what the API shows of them beside their own fields
MORE = {"DocumentOut": {"passages", "references", "original_pages"}, "FileOut": {"name"}}


@pytest.mark.parametrize(
    ("record", "name"), [*NAMES.items(), (AddReport, "FileOut"), (Document, "DocumentOut")]
)
def test_every_field_is_described_or_hidden(record: type, name: str) -> None:
    said = descriptions()[name]
    ours = {field.name for field in dataclasses.fields(record)} | MORE.get(name, set())
    assert said["fields"].keys() | set(said.get("hidden", ())) == ours
    assert not said["fields"].keys() & set(said.get("hidden", ()))


def test_every_description_is_a_sentence() -> None:
    for name, said in descriptions().items():
        assert said.keys() <= {"about", "fields", "hidden"}, name
        for sentence in (said["about"], *said["fields"].values()):
            assert sentence == sentence.strip() and sentence.endswith("."), name


def test_nothing_is_described_that_is_not_shown() -> None:
    made = {model_of(record).__name__ for record in NAMES}
    assert descriptions().keys() - made == {
        *("ArticleOut", "DocumentOut", "DocumentsOut", "FacetsOut", "FeedbackListOut"),
        "FileOut",
        *("PlacesOut", "RemovedOut", "SearchOut", "UploadOut"),
    }


def test_where_a_document_came_from_stays_on_the_server() -> None:
    for name in ("DocumentOut", "SummaryOut"):
        assert "origin" in descriptions()[name]["hidden"]


def test_a_model_shows_an_answer_unchanged() -> None:
    said = serializers.answer_object(ANSWER)
    model = schemas.AnswerOut.model_validate(said)
    assert model.model_dump(mode="json") == json.loads(json.dumps(said))


def test_a_model_wants_every_field() -> None:
    said = serializers.answer_object(ANSWER)
    del said["citations"][0]["quote"]
    with pytest.raises(ValidationError, match="citations.0.quote"):
        model_of(Answer).model_validate(said)


def test_a_document_object_is_what_its_model_says(filled: Engine) -> None:
    library = filled.library
    summary = library.documents()[0]
    document, passages = library.document(summary.id), library.passages_of(summary.id)
    said = serializers.document_object(document, passages)
    assert said.keys() == schemas.DocumentOut.model_fields.keys()
    assert schemas.DocumentOut.model_validate(said)


@pytest.mark.parametrize("model", [schemas.AnswerOut, schemas.FeedbackOut, schemas.Problem])
def test_an_example_is_one(model: type[BaseModel]) -> None:
    example = examples()[model.__name__]
    assert model.model_validate(example).model_dump(mode="json") == example
    assert model.model_json_schema()["examples"] == [example]
