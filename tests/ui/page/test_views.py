from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.ui.conftest import PRESS
from tests.ui.page.parser import Page
from wenju.qa.engine import Engine
from wenju.ui.api.routes import create_api
from wenju.ui.page.views import LANGUAGE, places_in, router
from wenju.ui.texts import EN, ZH_HANS, ZH_HANT


@pytest.fixture
def client(filled: Engine) -> Iterator[TestClient]:
    app: FastAPI = create_api(filled)
    app.include_router(router)
    with TestClient(app, follow_redirects=False) as opened:
        yield opened


@pytest.fixture
def press(filled: Engine) -> str:
    return next(d.id for d in filled.library.documents() if d.name == "press.txt")


@pytest.mark.parametrize(
    ("cookie", "accepted", "path"),
    [
        ("", "", "zh-hant/"),
        ("", "zh-CN", "zh-hans/"),
        ("", "en-US,en;q=0.9", "en/"),
        ("zh-hans", "en", "zh-hans/"),
        ("klingon", "en", "en/"),
    ],
)
def test_the_front_leads_to_the_readers_language(
    client: TestClient, cookie: str, accepted: str, path: str
) -> None:
    if cookie:
        client.cookies.set(LANGUAGE, cookie)
    answer = client.get("/", headers={"accept-language": accepted})
    assert (answer.status_code, answer.headers["location"]) == (307, path)
    assert answer.headers["vary"] == "Accept-Language, Cookie"


def test_the_front_keeps_the_question(client: TestClient) -> None:
    answer = client.get("/", params={"q": "最高支持多少&x=<b>"})
    where = answer.headers["location"]
    assert where.startswith("zh-hant/?q=") and "<" not in where
    assert client.get(f"/{where}").request.url.params["q"] == "最高支持多少&x=<b>"


def test_a_document_has_a_page_of_its_own(client: TestClient, press: str) -> None:
    answer = client.get(f"/document/{press}", headers={"accept-language": "en"})
    assert answer.headers["content-type"].startswith("text/html")
    assert '<html lang="en">' in answer.text
    assert "創新聯合體新聞發布會實錄 · Wenju" in answer.text
    assert "1000萬元" in Page(answer.text).text


@pytest.mark.parametrize("path", ["", "/view"])
def test_a_document_that_is_not_there_is_said_to_be_missing(client: TestClient, path: str) -> None:
    answer = client.get(f"/document/nothing{path}", params={"lang": "en"})
    assert answer.status_code == 404
    assert EN.document_missing in Page(answer.text).text


def test_the_view_lights_its_places(client: TestClient, press: str) -> None:
    at, other = PRESS.index("1000萬元"), PRESS.index("500萬元")
    places = f"{at}-{at + 6},{other}-{other + 5}"
    shown = Page(client.get(f"/document/{press}/view", params={"places": places}).text)
    assert shown.marked[1:] == ["1000萬元", "500萬元"]


@pytest.mark.parametrize(
    ("written", "places"),
    [
        ("", []),
        ("3-9", [(3, 9)]),
        ("3-9,12-14", [(3, 9), (12, 14)]),
        ("9-3,4-4", []),
        ("0-999999", []),
        ("-3-9", [(3, 9)]),
        ("<script>", []),
        ("1-2," * 100, [(1, 2)] * 50),
    ],
)
def test_only_places_that_are_there_are_lit(
    filled: Engine, press: str, written: str, places: list[tuple[int, int]]
) -> None:
    assert places_in(written, filled.library.document(press)) == places


def test_hostile_text_is_escaped_on_every_page(client: TestClient, filled: Engine) -> None:
    handbook = next(d.id for d in filled.library.documents() if d.name != "press.txt")
    for path in (f"/document/{handbook}", f"/document/{handbook}/view", "/library"):
        shown = client.get(path).text
        assert "&lt;b&gt;handbook&lt;/b&gt;.txt" in shown
        for raw in ("<script>window", "<img", "<b>handbook"):
            assert raw not in shown


def test_the_library_is_a_table_in_the_language_asked_for(client: TestClient) -> None:
    for texts in (ZH_HANT, ZH_HANS, EN):
        shown = Page(client.get("/library", params={"lang": texts.lang}).text)
        assert shown.tags.count("tr") == 3
        assert texts.remove in shown.text


def test_the_icon_is_a_picture(client: TestClient) -> None:
    answer = client.get("/favicon.ico")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert answer.text.startswith("<svg")
