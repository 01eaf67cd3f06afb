from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.ui.browser.driving import NEWEST, QUESTION, answer_of, ask, opened, welcomed
from wenju.corpus.document import Document
from wenju.corpus.metadata.fields import Metadata
from wenju.corpus.readers import SUFFIXES
from wenju.index.records import document_row
from wenju.qa.engine import Engine
from wenju.ui.server import background_server
from wenju.ui.texts import ZH_HANT

pytestmark = pytest.mark.slow
SAMPLES = Path(str(files("wenju.corpus.samples")))
FORMATS = ("childcare.md", "bus.html", "housing.pdf", "plan.docx", "subsidy.csv", "faq.jsonl")
SAID = ZH_HANT.script
_DROP = """([name, text]) => {
  const files = new DataTransfer();
  files.items.add(new File([text], name));
  document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, dataTransfer: files }));
}"""


@pytest.fixture
def shelf(browser: Browser, engine: Engine) -> Iterator[Page]:
    """The page over an empty library, with the library in sight."""
    with background_server(engine) as address, opened(browser, address) as page:
        welcomed(page)
        page.get_by_role("tab", name=ZH_HANT.library).click()
        page.locator("#wj-library").get_by_text("wenju add").wait_for()
        yield page


@pytest.fixture
def stocked(browser: Browser, filled: Engine) -> Iterator[Page]:
    """The page over two documents, with the library in sight."""
    with background_server(filled) as address, opened(browser, address) as page:
        welcomed(page)
        page.get_by_role("tab", name=ZH_HANT.library).click()
        page.locator(".wj-table").wait_for()
        yield page


def upload(page: Page, *paths: Path) -> dict[str, str]:
    """Choose files, wait until all are dealt with, and read what became of each."""
    page.locator("#wj-files").set_input_files(paths)
    done = "#wj-adding .wj-file:is(.wj-done, .wj-failed)"
    page.wait_for_function(f"document.querySelectorAll('{done}').length === {len(paths)}")
    rows = page.locator("#wj-adding .wj-file:not(.wj-left)").all()
    return {row.locator("strong").inner_text(): row.locator("span").inner_text() for row in rows}


def row(page: Page, words: str) -> str:
    return page.locator(".wj-table tbody tr", has_text=words).inner_text()


def test_every_format_can_be_added_and_then_asked(shelf: Page, engine: Engine) -> None:
    said = upload(shelf, *(SAMPLES / name for name in (*FORMATS, "press.txt")))
    added = SAID["added"].split("{")[0]
    assert all(outcome.startswith(added) for outcome in said.values()), said
    shelf.locator(".wj-table").wait_for()
    for document in engine.library.documents():
        shown = row(shelf, document.name)
        assert document.title in shown
        assert f"{document.passages:,}" in shown
    documents, passages = engine.library.count()
    assert documents >= len(said)
    held = ZH_HANT.held.format(documents=documents, passages=f"{passages:,}")
    shelf.locator(".wj-held", has_text=held).wait_for()
    shelf.get_by_role("tab", name=ZH_HANT.chat).click()
    shelf.wait_for_selector(".wj-chip")
    ask(shelf, "創新聯合體發布會是什麼時間")
    assert shelf.locator(NEWEST).inner_text()


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_added(
    shelf: Page, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4 nothing of a PDF follows")
    odd = tmp_path / "photo.png"
    odd.write_bytes(b"\x89PNG\r\n")
    said = upload(shelf, broken, SAMPLES / "water.txt", odd)
    assert said["broken.pdf"] == ZH_HANT.problems["damaged"]
    assert said["photo.png"] in (ZH_HANT.problems["image"], ZH_HANT.problems["damaged"])
    # the server's own sentence is there for who wants it
    assert "broken.pdf" in (shelf.locator(".wj-failed span").first.get_attribute("title") or "")
    finished = SAID["finished"].format(count=1, failed=2)
    shelf.locator(".wj-left", has_text=finished).wait_for()
    accepted = (shelf.locator("#wj-files").get_attribute("accept") or "").split(",")
    assert {".pdf", ".docx", ".txt"} <= {*accepted} <= SUFFIXES
    assert said["water.txt"].startswith(SAID["added"].split("{")[0])
    failed = shelf.locator(".wj-file.wj-failed strong").all_inner_texts()
    assert failed == ["broken.pdf", "photo.png"]
    shelf.locator(".wj-table tbody tr").wait_for()
    again = upload(shelf, SAMPLES / "water.txt")
    assert again == {"water.txt": SAID["unchanged"]}


def test_files_are_dropped_anywhere(browser: Browser, engine: Engine) -> None:
    with background_server(engine) as address, opened(browser, address) as page:
        welcomed(page)
        page.evaluate(_DROP, ["<img src=x onerror=alert(1)>.txt", "停車費每小時30元。"])
        page.locator(".wj-file.wj-done").wait_for()
        page.locator(".wj-table tbody tr").wait_for()
        assert "<img src=x onerror=alert(1)>.txt" in row(page, "onerror")
        assert page.locator("#wj-library img").count() == 0


def test_removing_can_be_taken_back(stocked: Page, filled: Engine) -> None:
    rows = stocked.locator(".wj-table tbody tr")
    remove = rows.filter(has_text="press.txt").locator(".wj-remove")
    remove.click()
    bar = stocked.locator("#wj-leaving")
    expect(bar).to_contain_text(SAID["leaving"].partition("{seconds}")[0].format(count=1))
    expect(stocked.locator(".wj-going")).to_have_count(1)
    bar.get_by_role("button", name=SAID["undo"]).click()
    expect(stocked.locator(".wj-going")).to_have_count(0)
    remove.click()
    stocked.reload()  # nothing is removed before the time is over
    stocked.get_by_role("tab", name=ZH_HANT.library).click()
    expect(rows).to_have_count(2)
    assert filled.library.count()[0] == 2
    remove.click()
    bar.get_by_role("button", name=SAID["now"]).click()
    expect(rows).to_have_count(1)
    assert [d.name for d in filled.library.documents()] == ["<b>handbook</b>.txt"]
    stocked.get_by_role("tab", name=ZH_HANT.chat).click()
    ask(stocked, QUESTION)
    assert "1000萬元" not in stocked.locator(NEWEST).inner_text()


def test_twenty_thousand_documents_are_looked_through(browser: Browser, engine: Engine) -> None:
    _write_documents(engine, 20_000)
    with background_server(engine) as address, opened(browser, address) as page:
        welcomed(page)
        page.get_by_role("tab", name=ZH_HANT.library).click()
        rows, line = page.locator(".wj-table tbody tr"), page.locator(".wj-shelf-line")
        shown = ZH_HANT.shelf["shown"]
        expect(line).to_contain_text(shown.format(first=1, last=50, total="20,000"))
        expect(rows).to_have_count(50)
        page.get_by_role("button", name=ZH_HANT.sheet["following"]).click()
        expect(line).to_contain_text(shown.format(first=51, last=100, total="20,000"))
        expect(rows.first).to_contain_text("00050.txt")
        look = {name: page.locator(f"[data-look={name}]") for name in ("query", "kind", "sort")}
        look["sort"].select_option("date descending")
        expect(rows.first).to_contain_text("2024-12-28")
        look["query"].fill("补助 甲区")  # in the other script
        expect(line).to_contain_text(shown.format(first=1, last=50, total="5,000"))
        look["kind"].select_option("notice")
        expect(line).to_contain_text("2,500")
        line.locator("[data-all-found]").click()
        chosen = page.locator(".wj-chosen-ones")
        expect(chosen).to_contain_text(SAID["only"].format(count=2500))
        page.locator("#wj-all").uncheck()
        expect(chosen).to_contain_text(SAID["only"].format(count=2450))
        page.locator("#wj-all").check()
        chosen.get_by_role("button", name=ZH_HANT.remove).click()
        page.locator("#wj-leaving").get_by_role("button", name=SAID["now"]).click()
        expect(page.locator("#wj-library")).to_have_text(SAID["nothing"])
        assert engine.library.count()[0] == 17_500
        look["query"].fill("")
        look["kind"].select_option("")
        expect(line).to_contain_text("17,500")
        expect(page.locator("#wj-limits .wj-limit")).to_have_count(0)


def _write_documents(engine: Engine, count: int) -> None:
    """Documents without passages, which take no time to find."""
    made = [
        Document(
            *(f"{n:020x}", f"{n:05}.txt", f"/f/{n}", f"{'甲乙丙丁'[n % 4]}區補助辦法第{n}號"),
            *(f"2024-{n % 12 + 1:02}-{n % 28 + 1:02}", "", "文", "文"),
            metadata=Metadata(kind="notice" if n % 8 < 4 else "law"),
        )
        for n in range(count)
    ]
    with engine.library.transaction():
        engine.library.insert("documents", *map(document_row, made))
        engine.library.insert("origins", *((d.origin, d.id) for d in made))
        engine.library.changed()


def test_questions_are_limited_to_chosen_documents(stocked: Page) -> None:
    handbook = stocked.locator(".wj-table tbody tr", has_text="handbook").locator("[data-only]")
    handbook.check()
    # the browser's own mark, in a colour that stands out from the page
    look = "e => [getComputedStyle(e).appearance, getComputedStyle(e).accentColor]"
    assert handbook.evaluate(look) == ["auto", "rgb(14, 90, 107)"]
    stocked.get_by_role("tab", name=ZH_HANT.chat).click()
    told = stocked.locator("#wj-limits")
    assert "安全培訓手冊" in told.inner_text()
    ask(stocked, QUESTION)
    assert "1000萬元" not in stocked.locator(NEWEST).inner_text()
    told.get_by_role("button").click()
    told.wait_for(state="hidden")
    ask(stocked, QUESTION)
    assert answer_of(stocked) == "1000萬元"
    assert not handbook.is_checked()


def test_a_document_is_read_whole(stocked: Page, filled: Engine) -> None:
    with stocked.expect_popup() as opening:
        stocked.locator(".wj-table tbody tr", has_text="press.txt").get_by_role("link").click()
    document = opening.value
    document.wait_for_selector(".wj-document")
    [press] = [d for d in filled.library.documents() if d.name == "press.txt"]
    shown = document.locator(".wj-text").evaluate("e => e.textContent")
    assert shown == filled.library.document(press.id).text


def test_what_is_known_of_a_document_can_be_changed(stocked: Page, filled: Engine) -> None:
    document = next(d for d in filled.library.documents() if d.name == "press.txt")
    stocked.locator(f"[data-describe='{document.id}']").click()
    form = stocked.locator(".wj-fields")
    form.get_by_label(ZH_HANT.fields["effective"]).fill("2020-01-02")
    form.get_by_label(ZH_HANT.fields["kind"]).select_option("notice")
    form.get_by_role("button", name=ZH_HANT.save).click()
    stocked.get_by_text(ZH_HANT.facts["effective"].format(day="2020-01-02")).wait_for()
    metadata = filled.library.document(document.id).metadata
    assert (metadata.effective, metadata.kind) == ("2020-01-02", "notice")
    stocked.locator(f"[data-describe='{document.id}']").click()
    form.get_by_label(ZH_HANT.fields["effective"]).fill("soon")
    form.get_by_role("button", name=ZH_HANT.save).click()
    stocked.locator(".wj-toast", has_text="YYYY-MM-DD").wait_for()
