"""The filters and the day of the API."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.making import ASKED_OF_VERSIONS, VERSIONS
from wenju.corpus.document import Source
from wenju.qa.engine import Engine
from wenju.ui.api.routes import create_api

KINDS = {"kinds": ["regulation"]}


@pytest.fixture
def client(engine: Engine) -> Iterator[TestClient]:
    engine.add_sources(Source(name, name, text) for name, text in VERSIONS.items())
    with TestClient(create_api(engine)) as opened:
        yield opened


def asked(client: TestClient, **said: object) -> dict[str, Any]:
    body = {"question": ASKED_OF_VERSIONS, **said}
    answer: dict[str, Any] = client.post("/api/v1/ask", json=body).json()
    return answer


def test_an_answer_says_which_version_it_is_of(client: TestClient) -> None:
    answer = asked(client)
    first, second = answer["citations"]
    assert (answer["answer"], first["standing"]) == ("百分之七十", "in_force")
    (other,) = answer["alternatives"]
    assert (other["text"], other["difference"]) == ("百分之六十", "version")
    assert second["standing"] == "superseded"
    assert (second["current_id"], second["current_date"]) == (first["document_id"], "2023-09-01")


def test_a_day_may_be_asked_of(client: TestClient) -> None:
    assert asked(client, as_of="2021-05-01")["answer"] == "百分之六十"
    assert asked(client, as_of="2019")["reason"] == "not_in_force"


def test_filters_narrow_down_both_ways_alike(client: TestClient) -> None:
    assert asked(client, issued_from="2023", **KINDS)["answer"] == "百分之七十"
    assert asked(client, issued_until="2022")["answer"] == "百分之六十"
    assert asked(client, kinds=["form"])["reason"] == "nothing_in_scope"
    body = {"question": ASKED_OF_VERSIONS, "issued_until": "2022", **KINDS}
    found = client.post("/api/v1/search", json=body).json()
    address = {"question": ASKED_OF_VERSIONS, "issued_until": "2022", "kind": "regulation"}
    assert client.get("/api/v1/search", params=address).json() == found
    assert {hit["passage"]["date"] for hit in found["hits"]} == {"2020-03-05"}
    nowhere = {"question": ASKED_OF_VERSIONS, "jurisdiction": "HK"}
    assert client.get("/api/v1/search", params=nowhere).json()["hits"] == []


@pytest.mark.parametrize(
    "said", [{"as_of": "soon"}, {"issued_from": "2021-13-01"}, {"kinds": ["statute"]}]
)
def test_what_cannot_be_meant_is_refused(client: TestClient, said: dict[str, object]) -> None:
    body = {"question": ASKED_OF_VERSIONS, **said}
    refused = client.post("/api/v1/ask", json=body)
    assert refused.status_code == 422
    assert refused.json()["detail"].endswith(".")
