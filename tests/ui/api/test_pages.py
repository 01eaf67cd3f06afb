"""Pages of documents over HTTP: pictures, places, and what is said where there are none."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from PIL import Image

from tests.corpus.formats.drawing import text_within
from tests.fakes import FakeEncoder
from tests.ui.api.test_routes import problem
from wenju.corpus.formats.pdf.sheet import PageBox
from wenju.qa.engine import Engine
from wenju.qa.settings import Settings
from wenju.ui.api.routes import create_api

SAMPLE = Path(__file__).parents[3] / "corpus" / "samples" / "housing.pdf"
DOCUMENTS = "/api/v1/documents"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    settings = Settings(home=tmp_path / "home", cache=tmp_path / "cache", reader="lexical")
    with Engine.open(settings, encoder=FakeEncoder()) as engine:
        with TestClient(create_api(engine), raise_server_exceptions=False) as opened:
            yield opened


def uploaded(client: TestClient, name: str, data: bytes) -> dict[str, Any]:
    said = client.post(DOCUMENTS, files=[("files", (name, data, ""))])
    assert said.json()["files"][0]["failed"] == []
    held = client.get(DOCUMENTS).json()["documents"]
    document: dict[str, Any] = client.get(f"{DOCUMENTS}/{held[-1]['id']}").json()
    return document


@pytest.fixture
def document(client: TestClient) -> dict[str, Any]:
    return uploaded(client, "housing.pdf", SAMPLE.read_bytes())


def test_a_cited_answer_is_framed_on_its_page(client: TestClient, document: dict[str, Any]) -> None:
    said = client.post("/api/v1/ask", json={"question": "单套建筑面积一般不超过多少平方米"}).json()
    citation = said["citations"][0]
    start, end = citation["source_highlight"][0]
    found = client.get(
        f"{DOCUMENTS}/{document['id']}/places", params={"start": start, "end": end}
    ).json()
    (page,) = found.pop("pages")
    assert found == {"document_id": document["id"], "start": start, "end": end}
    assert page["page"] == citation["page"] == 1
    boxes = [PageBox(**box) for box in page["boxes"]]
    assert text_within(SAMPLE, 1, boxes) == said["answer"]


def test_a_page_is_a_picture_of_its_size(client: TestClient, document: dict[str, Any]) -> None:
    assert document["original_pages"] == 2
    address = f"{DOCUMENTS}/{document['id']}/pages/2"
    said = client.get(address, params={"scale": 0.5})
    assert (said.status_code, said.headers["content-type"]) == (200, "image/png")
    assert "max-age" in said.headers["cache-control"]
    width, height = Image.open(BytesIO(said.content)).size
    assert abs(width - 595 / 2) <= 1 and abs(height - 842 / 2) <= 1
    again = client.get(
        address, params={"scale": 0.5}, headers={"If-None-Match": said.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")
    larger = client.get(address, headers={"If-None-Match": said.headers["etag"]})
    assert larger.status_code == 200


def test_pages_and_places_that_are_not_there(client: TestClient, document: dict[str, Any]) -> None:
    here = f"{DOCUMENTS}/{document['id']}"
    assert "pages 1 to 2" in problem(client.get(f"{here}/pages/3"), 404)["detail"]
    problem(client.get(f"{DOCUMENTS}/nothing/pages/1"), 404)
    problem(client.get(f"{DOCUMENTS}/nothing/places?start=0&end=1"), 404)
    problem(client.get(f"{here}/pages/1?scale=100"), 422)
    problem(client.get(f"{here}/places?start=3&end=3"), 422)
    problem(client.get(f"{here}/places?start=0&end=100000"), 422)


def test_a_document_whose_file_is_not_kept_has_no_pages(client: TestClient) -> None:
    text = uploaded(client, "a.txt", "乙市公園每日上午六時開放。".encode())
    assert text["original_pages"] == 0
    for path in ("pages/1", "places?start=0&end=2"):
        said = problem(client.get(f"{DOCUMENTS}/{text['id']}/{path}"), 409)
        assert said["detail"].startswith("The file of a.txt is not kept")


def test_a_file_goes_with_its_document(
    client: TestClient, document: dict[str, Any], tmp_path: Path
) -> None:
    kept = tmp_path / "home" / "originals"
    assert sorted(path.suffix for path in kept.iterdir()) == [".link", ".pdf"]
    client.delete(f"{DOCUMENTS}/{document['id']}")
    assert list(kept.iterdir()) == []
    problem(client.get(f"{DOCUMENTS}/{document['id']}/pages/1"), 404)


def test_a_kept_file_that_was_damaged_is_said_to_be(
    client: TestClient, document: dict[str, Any], tmp_path: Path
) -> None:
    (file,) = (tmp_path / "home" / "originals").glob("*.pdf")
    file.write_bytes(b"%PDF-1.4 nothing")
    said = problem(client.get(f"{DOCUMENTS}/{document['id']}/pages/1"), 422)
    assert "add the document's file again" in said["detail"]
    assert client.get(f"{DOCUMENTS}/{document['id']}").json()["original_pages"] == 0
