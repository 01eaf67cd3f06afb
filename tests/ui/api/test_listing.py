"""Documents a page at a time, what to filter them by, and several removed at once."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

DOCUMENTS = "/api/v1/documents"


def test_documents_come_a_page_at_a_time(filled_client: TestClient) -> None:
    every = filled_client.get(DOCUMENTS).json()
    assert every["total"] == len(every["documents"]) == 2
    wanted: dict[str, str | int] = {"query": "创新", "sort": "date", "descending": True, "limit": 1}
    found = filled_client.get(DOCUMENTS, params=wanted).json()
    assert (found["total"], [d["name"] for d in found["documents"]]) == (1, ["press.txt"])
    rest = filled_client.get(DOCUMENTS, params={"offset": 1, "limit": 5}).json()
    assert (rest["total"], rest["documents"]) == (2, every["documents"][1:])
    one = every["documents"][0]
    assert filled_client.get(DOCUMENTS, params={"id": one["id"]}).json()["documents"] == [one]
    of_kind = filled_client.get(DOCUMENTS, params={"kind": "press_conference"}).json()
    assert [d["name"] for d in of_kind["documents"]] == ["press.txt"]


@pytest.mark.parametrize(
    "wanted", [{"sort": "size"}, {"limit": 0}, {"offset": -1}, {"issued_from": "soon"}]
)
def test_what_is_no_page_is_refused(filled_client: TestClient, wanted: dict[str, str]) -> None:
    assert filled_client.get(DOCUMENTS, params=wanted).status_code == 422


def test_facets_say_what_there_is(filled_client: TestClient) -> None:
    found = filled_client.get("/api/v1/facets").json()
    assert found.keys() == {"kinds", "issuers", "jurisdictions"}
    assert {"value": "press_conference", "documents": 1} in found["kinds"]


def test_several_are_removed_or_none(filled_client: TestClient) -> None:
    ids = [d["id"] for d in filled_client.get(DOCUMENTS).json()["documents"]]
    assert filled_client.delete(DOCUMENTS).status_code == 422
    assert filled_client.delete(DOCUMENTS, params={"id": [*ids, "gone"]}).status_code == 404
    assert filled_client.get(DOCUMENTS).json()["total"] == 2
    removed = filled_client.delete(DOCUMENTS, params={"id": ids}).json()["removed"]
    assert {d["id"] for d in removed} == {*ids}
    assert filled_client.get(DOCUMENTS).json()["total"] == 0


def test_a_failure_says_of_which_kind_it_is(filled_client: TestClient) -> None:
    kinds = {"a.exe": "format", "b.pdf": "damaged", "c.txt": "empty"}
    for name, why in kinds.items():
        file = ("files", (name, b"" if why == "empty" else b"nothing", ""))
        said = filled_client.post(DOCUMENTS, files=[file]).json()
        assert [f["why"] for f in said["files"][0]["failed"]] == [why], said
