"""Pages of other sites, in a real browser: they change nothing, read nothing, run nothing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from tests.ui.browser.driving import CHROMIUM, PATIENCE, QUESTION, ask, came, opened, welcomed
from tests.ui.conftest import HOSTILE, PRESS, make_engine
from wenju.corpus.document import Source
from wenju.eval.benchmarks.page import FLAGS
from wenju.qa.engine import Engine
from wenju.ui.access import middleware
from wenju.ui.access.keys import key_ring
from wenju.ui.access.policy import Policy
from wenju.ui.api.problems import problem
from wenju.ui.server import background_server

pytestmark = pytest.mark.slow
EVIL = "evil.example"
KEY = "k" * 20
# what a page can send without asking first, and what it has to ask for; and what it could read
ATTACK = """async (at) => {
  const form = () => { const f = new FormData(); f.append("files", new Blob(["planted"]), "planted.txt"); return f; };
  const json = JSON.stringify({ question: "x", verdict: "right", data: [], fn_index: 0, session_hash: "x" });
  const tried = [
    ["api/v1/documents", { method: "POST", body: form(), mode: "no-cors" }],
    ["api/v1/documents", { method: "POST", body: form() }],
    ["api/v1/feedback", { method: "POST", body: json, mode: "no-cors" }],
    ["zh-hant/gradio_api/queue/join", { method: "POST", body: json, mode: "no-cors" }],
    ["zh-hant/gradio_api/upload", { method: "POST", body: form(), mode: "no-cors" }],
    ["api/v1/documents/DOCUMENT", { method: "DELETE" }],
    ["api/v1/documents/DOCUMENT", { method: "PATCH", body: "{}", headers: { "content-type": "application/json" } }],
    ["api/v1/documents", {}],
    ["api/v1/documents", { mode: "no-cors" }],
    ["library", { credentials: "include" }],
  ];
  const read = [];
  for (const [path, options] of tried) {
    try {
      const response = await fetch(new URL(path, at), options);
      read.push(await response.text());
    } catch { read.push(""); }
  }
  return read;
}"""


class _Blank(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>other</title><body></body>")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def other_port() -> Iterator[int]:
    """A server of somebody else on the same machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Blank) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


@pytest.fixture(scope="module")
def misled(playwright: Playwright) -> Iterator[Browser]:
    """A browser for which another site's name leads to this machine."""
    rules = [f"--host-resolver-rules=MAP {EVIL} 127.0.0.1"]
    launched = playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, *rules])
    yield launched
    launched.close()


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with make_engine(tmp_path_factory.mktemp("origins")) as engine:
        engine.add_sources([Source("press.txt", "press", PRESS), Source("h.txt", "h", HOSTILE)])
        yield engine


@pytest.fixture(scope="module")
def served(held: Engine) -> Iterator[str]:
    with background_server(held) as address:
        yield address


@pytest.fixture
def within(misled: Browser) -> Iterator[BrowserContext]:
    context = misled.new_context()
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The statuses of what the server refuses; browsers hide them from the page, and from us."""
    statuses: list[int] = []
    real = problem

    def noted(status: int, *rest: Any, **more: Any) -> Any:  # noqa: ANN401
        statuses.append(int(status))
        return real(status, *rest, **more)

    monkeypatch.setattr(middleware, "problem", noted)
    return statuses


def _attacked(page: Page, engine: Engine, address: str) -> list[str]:
    """What an attack read; nothing has changed by it."""
    before = [one.id for one in engine.library.documents()]
    read: list[str] = page.evaluate(ATTACK.replace("DOCUMENT", before[0]), f"{address}/")
    assert [one.id for one in engine.library.documents()] == before
    assert engine.feedback.read() == []
    return read


@pytest.mark.parametrize("host", [EVIL, "127.0.0.1", "localhost"])
def test_a_page_of_another_origin_reads_and_changes_nothing(
    within: BrowserContext,
    held: Engine,
    served: str,
    other_port: int,
    refused: list[int],
    host: str,
) -> None:
    """Another site, another port of the same name, and another name of the same machine."""
    page = within.new_page()
    page.goto(f"http://{host}:{other_port}/")
    assert {*_attacked(page, held, served)} == {""}
    # what arrived was refused; some was not even sent, as browsers ask first (OPTIONS)
    assert {*refused} == {403} and len(refused) >= 8


def test_a_name_that_was_made_to_lead_here_reads_nothing(
    misled: Browser, held: Engine, served: str, refused: list[int]
) -> None:
    """DNS rebinding: the page's own origin has become this server, so browsers allow everything."""
    theirs = f"http://{EVIL}:{urlsplit(served).port}"
    # of the attacker's page that was there before the name moved, whose policy allows everything
    within = misled.new_context(bypass_csp=True)
    within.set_default_timeout(PATIENCE)
    page = within.new_page()
    opening = page.goto(f"{theirs}/zh-hant/")
    assert opening is not None and opening.status == 421
    refused.clear()
    read = _attacked(page, held, theirs)
    assert {*refused} == {421} and len(refused) >= len(read)
    assert all("--allow-host" in text for text in read if text) and any(read)
    within.close()


def test_no_other_page_frames_ours_or_sends_it_a_form(
    within: BrowserContext, held: Engine, served: str, other_port: int
) -> None:
    page = within.new_page()
    page.goto(f"http://127.0.0.1:{other_port}/")
    frame = (
        "at => new Promise(done => { const f = document.createElement('iframe'); f.src = at;"
        " f.onload = done; document.body.append(f); })"
    )
    page.evaluate(frame, f"{served}/zh-hant/")
    assert "gradio" not in page.frames[1].content()
    form = (
        "at => { const f = document.createElement('form'); f.method = 'post'; f.action = at;"
        " f.enctype = 'multipart/form-data'; f.innerHTML = '<input name=files value=x>';"
        " document.body.append(f); f.submit(); }"
    )
    with page.expect_navigation() as arriving:
        page.evaluate(form, f"{served}/api/v1/documents")
    assert arriving.value is not None and arriving.value.status == 403
    assert len(held.library.documents()) == 2


def test_a_link_from_another_site_opens_the_page(
    within: BrowserContext, served: str, other_port: int
) -> None:
    page = within.new_page()
    page.goto(f"http://{EVIL}:{other_port}/")
    page.evaluate("at => { location = at; }", f"{served}/zh-hant/?q={QUESTION}")
    page.wait_for_selector(".wj-turn .wj-card")


def test_what_gets_into_the_page_does_not_run_and_sends_nothing(
    within: BrowserContext, served: str, other_port: int
) -> None:
    page = within.new_page()
    page.goto(f"{served}/zh-hant/")
    welcomed(page)
    page.evaluate(
        """() => {
          document.body.insertAdjacentHTML("beforeend", '<img src=x onerror="window.ran = 1">');
          const inline = document.createElement("script");
          inline.textContent = "window.ran = 2";
          document.body.append(inline);
          const link = document.createElement("a");
          link.href = "javascript:window.ran = 3";
          document.body.append(link);
          link.click();
        }"""
    )
    foreign = f"http://127.0.0.1:{other_port}/"
    tried = (
        "at => Promise.all([fetch(at, {mode: 'no-cors'}).then(() => 'sent', () => 'blocked'),"
        " new Promise(done => { const s = document.createElement('script'); s.src = at;"
        " s.onload = () => done('ran'); s.onerror = () => done('blocked'); document.body.append(s); })])"
    )
    assert page.evaluate(tried, foreign) == ["blocked", "blocked"]
    assert page.evaluate("window.ran") is None


def test_the_page_asks_for_the_key_once(misled: Browser, held: Engine) -> None:
    with background_server(held, Policy(keys=key_ring([], [KEY]))) as address:
        with opened(misled, address, "zh-hant/?q=" + QUESTION) as page:
            page.get_by_label("金鑰").fill(KEY)
            page.get_by_role("button", name="進入").click()
            page.wait_for_selector(".wj-turn .wj-card")  # the question was not lost
            page.goto(f"{address}/zh-hant/")
            came(page, 1)  # nor was what came of it
            ask(page, QUESTION)
            page.get_by_role("tab").nth(1).click()
            page.locator(".wj-table a").first.wait_for()
            assert page.evaluate("document.cookie").find("wenju_session") < 0
