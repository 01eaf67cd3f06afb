"""The page of an evaluation: what it says, in which order, and that no text breaks out of it."""

from __future__ import annotations

import random
import re
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import astuple, fields, replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html
from playwright.sync_api import Browser, sync_playwright

from tests.eval.making import record
from wenju.eval.answers import Score, char_f1
from wenju.eval.datasets import GoldQuestion
from wenju.eval.error_categories import Cause, cause
from wenju.eval.html import marked, visible, worst, write_html
from wenju.eval.kinds import KindScores, by_kind
from wenju.eval.plots import share
from wenju.eval.records import QuestionRecord
from wenju.eval.report import EvalReport, summarise
from wenju.eval.retrieval import Ranks
from wenju.eval.runs import RunError

CONFIGURATION: dict[str, object] = {
    "wenju": "0.1.0",
    "code": "5f0c2b7e9d1a4c3b8e6f",
    "settings": {"encoder": "multilingual-e5-small", "passages_read": 8, "min_confidence": 0.34},
    "gold": [{"name": "notices.jsonl", "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b"}],
    "questions": None,
    "seed": 0,
    "distractors": [],
}
TOWNS = ("臨川", "安和", "北屏", "青埔", "石門", "雲林里")
TOPICS = {
    "amount": ("{}市的托育補助每月最高多少錢？", "{}千元", "補助金額每月最高{}，按月發給。"),
    "date": ("{}市的圖書館什麼時候搬遷？", "十月{}日", "舊館於{}起停止借閱，搬至新址。"),
    "person": ("{}市這項計畫由誰負責？", "第{}科科長", "本計畫由{}負責，副局長督導。"),
    "place": ("{}市的民眾要到哪裡領取證件？", "行政大樓{}樓", "證件請至{}服務櫃檯領取。"),
    "percentage": ("{}市的垃圾回收率提高了多少？", "百分之{}", "去年回收率提高{}，為歷年最高。"),
    "method": (
        "{}市的居民如何申請停車證？",
        "填寫第{}號表格並附行照影本",
        "申請人應{}，郵寄至承辦單位。",
    ),
}
NUMBERS = "一二三四五六七八九"


def passage(topic: str, town: str, number: str) -> str:
    answer = TOPICS[topic][1].format(number)
    middle = TOPICS[topic][2].format(answer)
    return f"{town}市政府公告。為便利市民，自即日起實施下列措施。{middle}未盡事宜，另行公告。"


def made(number: int, draw: random.Random) -> QuestionRecord:
    """A question about one of the towns, which comes out in one of the seven ways."""
    (topic, other), town = draw.sample([*TOPICS], 2), draw.choice(TOWNS)
    answerable, way, digit = draw.random() > 0.1, draw.random(), draw.choice(NUMBERS)
    rank = (
        draw.choices([1, 2, 3, 4, 7, 15, None], [80, 6, 4, 3, 3, 2, 2])[0] if answerable else None
    )
    held = rank is not None and rank <= 5
    correct = held and way < 0.8
    answered = way < 0.93 if answerable else way < 0.3
    gold, read = TOPICS[topic][1].format(digit), topic if correct else other
    said = TOPICS[read][1].format(digit)
    said = said[:1] if correct and way > 0.72 else said
    golds, f1 = ((gold,), char_f1(said * answered, (gold,))) if answerable else ((), 1.0 - answered)
    support = draw.betavariate(6, 2) if correct else draw.betavariate(3, 4)
    return QuestionRecord(
        gold=GoldQuestion(
            f"q{number}", TOPICS[topic][0].format(town), golds, f"{town}.txt", answerable
        ),
        kind=topic,
        prediction=said * answered,
        sentence=TOPICS[read][2].format(TOPICS[read][1].format(digit)) * answered,
        score=Score(
            answerable,
            answered,
            float(f1 == 1),
            f1,
            correct if answerable else None,
            served=correct if answerable else None,
        ),
        ranks=Ranks(rank, rank if held else None, rank if held else None),
        took_ms=draw.lognormvariate(3.4, 0.6),
        answer_score=0.34 + 0.66 * support if answered else 0.34 * support,
        retrieval_score=draw.gauss(1.2 if rank == 1 else 0.7, 0.3),
        passage=passage(read, town, digit),
        passage_source=f"{town}市政府公報",
        gold_passage=passage(topic, town, digit) if rank else "",
        confidence=support,
    )


def made_report(name: str = "公告", questions: int = 300, seed: int = 0) -> EvalReport:
    draw = random.Random(seed)
    records = [made(i, draw) for i in range(questions)]
    return summarise(name, records, documents=len(TOWNS), passages=1234)


def page_of(folder: Path, *reports: EvalReport, **more: object) -> str:
    path = folder / "report.html"
    write_html(reports, {**CONFIGURATION, **more}, path)
    return path.read_text(encoding="utf-8")


def rows(page: str, table: str) -> list[list[str]]:
    """The texts of a table's cells, row by row."""
    found = lxml_html.document_fromstring(page).find_class(table)[0]
    return [
        [" ".join(cell.text_content().split()) for cell in row] for row in found.findall(".//tr")
    ]


class Skeleton(HTMLParser):
    """A page's tags with the names of their attributes, and its texts."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.texts: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.tags.append((f"/{tag}", ()))

    def handle_comment(self, data: str) -> None:
        self.tags.append(("comment", ()))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def filled(text: str) -> EvalReport:
    """A report of one case that went wrong, with the text wherever a text can be."""
    case = QuestionRecord(
        gold=GoldQuestion(text, text, (text,), text, True),
        kind=text,
        prediction="",
        sentence="",
        score=Score(True, False, 0.0, 0.0, False),
        ranks=Ranks(2, 2, 2),
        took_ms=1.0,
        answer_score=0.1,
        retrieval_score=0.1,
        passage=f"其{text}一",
        passage_source=text,
        gold_passage=f"其{text}二",
    )
    report = summarise(text, [case], documents=1, passages=1)
    return replace(report, skipped=(text,))


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "</div></details></main></body></html>",
        "</title></style></svg><img src=x onerror=alert(1)>",
        "<!-- --><![CDATA[",
        '"\' onmouseover="alert(1)',
        "&lt;b&gt; &amp; &#60;i&#62;",
        "{{ 7 * 7 }}{% raw %}{# #}",
        "**粗** `碼` [鏈](javascript:alert(1)) # 題",
        "\u202e反\u2066",
    ],
)
def test_no_text_breaks_out_of_its_place(hostile: str, tmp_path: Path) -> None:
    plain = Skeleton(page_of(tmp_path, filled("文"), **{"文": ["文", {"文": "文"}]}))
    found = Skeleton(page_of(tmp_path, filled(hostile), **{hostile: [hostile, {hostile: hostile}]}))
    assert found.tags == plain.tags
    assert found.texts == [text.replace("文", hostile) for text in plain.texts]


def test_what_html_forbids_is_shown_by_signs(tmp_path: Path) -> None:
    broken = "零\x00逃\x1b[31m\x7f\x85半\ud800\udfff\ufffe行\r\n尾"
    page = page_of(tmp_path, filled(broken), 設定=broken)
    assert "零␀逃␛[31m\ufffd\ufffd半\ufffd\ufffd\ufffd行\n尾" in page
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]", page)


@given(st.text())
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    shown = visible(text)
    assert isinstance(shown, str)
    shown.encode("utf-8")
    if text.isprintable():
        assert shown == text


def test_every_measure_has_its_interval(tmp_path: Path) -> None:
    report = made_report()
    shown = {row[0].split()[0]: row for row in rows(page_of(tmp_path, report), "summary")[1:]}
    assert len(shown) == len(report.intervals) + len(report.whole) > 14
    for name, interval in report.intervals.items():
        assert interval is not None
        numbers = [interval.mean, interval.low, interval.high]
        assert re.findall(r"\d?\.\d{3}", shown[name][1]) == [share(n) for n in numbers]
        assert shown[name][-1] == str(interval.n)
    for name, value in report.whole.items():
        assert value is not None
        assert (shown[name][1], shown[name][-1]) == (share(value), "all")


def test_what_is_told_of_no_set_is_not_shown(tmp_path: Path) -> None:
    plain = [replace(r, confidence=None) for r in made_report().records if r.gold.answerable]
    page = page_of(tmp_path, summarise("集", plain, documents=1, passages=1))
    names = [row[0].split()[0] for row in rows(page, "summary")[1:]]
    assert "aurc" in names
    assert not {"ece", "abstention_auroc", "false_answers_at_90_coverage"} & {*names}
    assert "Share of answers right over confidence" not in page
    nothing = page_of(
        tmp_path, summarise("集", [record(answerable=False)], documents=1, passages=1)
    )
    assert "aurc" not in nothing


def test_kinds_have_their_scores(tmp_path: Path) -> None:
    records = made_report().records
    heads, *shown = rows(page_of(tmp_path, made_report()), "kind-scores")
    assert heads == ["kind", *(field.name for field in fields(KindScores))]
    expected = by_kind(records)
    assert [row[0] for row in shown] == list(expected)
    for kind, *cells in shown:
        scores = [value for value in astuple(expected[kind])[1:] if value is not None]
        assert cells == [str(expected[kind].questions), *map(share, scores)]
    unanswerable = summarise("集", [record(answerable=False)], documents=1, passages=1)
    assert rows(page_of(tmp_path, unanswerable), "kind-scores")[1][-1] == "–"


def test_causes_and_kinds_are_counted(tmp_path: Path) -> None:
    records = made_report().records
    page = page_of(tmp_path, made_report())
    counts = Counter(map(cause, records))
    assert {*counts} == {*Cause}
    heads, *kinds = rows(page, "kinds")
    names = [head.replace(" ", "_") for head in heads[1:-1]]
    assert sorted(names) == sorted(Cause)
    table = {row[0]: [int(cell.split()[0]) for cell in row[1:-1]] + [int(row[-1])] for row in kinds}
    for kind in TOPICS:
        of_kind = Counter(cause(r) for r in records if r.kind == kind)
        assert table[kind] == [*(of_kind[Cause(name)] for name in names), of_kind.total()]
    assert table["all"] == [*(counts[Cause(name)] for name in names), 300]
    assert [row[0] for row in kinds][:-1] == sorted(TOPICS, key=lambda k: (-table[k][-1], k))
    assert [int(row[1]) for row in rows(page, "causes")[1:]] == table["all"][:-1]


def answered(score: float, id_: str, *, answerable: bool = True) -> QuestionRecord:
    """A question whose evidence is there and something else was answered."""
    made = record(Ranks(1, 1, 1), id_=id_, prediction="他", answerable=answerable)
    return replace(made, answer_score=score)


def test_the_worst_come_first() -> None:
    refused = [
        replace(record(Ranks(1, 1, 1), id_=f"refused {s}"), answer_score=s) for s in (0.3, 0.1)
    ]
    unread = replace(record(kind="refused", id_="unread"), answer_score=None)
    span = record(Ranks(1, 1, 1), id_="span", prediction="他", sentence_correct=True)
    right = replace(record(id_="right", prediction="答", exact_match=1.0), answer_score=0.0)
    abstained = record(id_="abstained", answerable=False)
    made_up = answered(0.9, "made up", answerable=False)
    wrong = [answered(0.5, "unsure"), answered(0.95, "sure")]
    order = [*refused, replace(span, answer_score=0.99), right, unread, abstained, made_up, *wrong]
    assert [r.gold.id for r in worst(order)] == [
        *("sure", "made up", "unsure"),
        *("unread", "refused 0.1", "refused 0.3"),
        "span",
    ]
    assert [r.gold.id for r in worst(order, 2)] == ["sure", "made up"]


def test_equally_bad_ones_stay_in_their_order() -> None:
    alike = [answered(0.5, str(i)) for i in range(9)]
    assert worst(alike) == alike


def test_the_page_lists_the_worst_fifty(tmp_path: Path) -> None:
    report = made_report()
    page = lxml_html.document_fromstring(page_of(tmp_path, report))
    shown = [case.find_class("question")[0].text_content() for case in page.find_class("case")]
    assert shown == [r.gold.text for r in worst(report.records)]
    assert len(shown) == 50 < sum(r.score.exact_match == 0 for r in report.records)


def pieces(made: QuestionRecord, text: str) -> list[tuple[str, str]]:
    return [(piece.text, piece.kind) for piece in marked(made, text)]


def test_the_answer_is_marked_in_its_sentence() -> None:
    text = "去年三人。今年三人。"
    made = record(prediction="三人", sentence="今年三人。", passage=text, golds=("去年",))
    assert pieces(made, text) == [
        ("去年", "gold"),
        ("三人。今年", ""),
        ("三人", "answer"),
        ("。", ""),
    ]


def test_an_answer_is_marked_only_where_it_was_cited() -> None:
    made = record(prediction="三人", passage="三人。", golds=())
    assert pieces(made, "共三人。") == [("共三人。", "")]


def test_gold_answers_are_marked_in_either_script_and_may_overlap() -> None:
    text = "最高支持1000萬元整。"
    made = record(
        prediction="支持1000萬元", sentence=text, passage=text, golds=("１０００万元整", "萬元")
    )
    assert pieces(made, text) == [
        ("最高", ""),
        ("支持", "answer"),
        ("1000萬元", "answer gold"),
        ("整", "gold"),
        ("。", ""),
    ]


@given(st.text(alphabet="甲乙丙。\n", max_size=800), st.text(alphabet="甲乙丙", max_size=3))
def test_pieces_are_the_passage(text: str, gold: str) -> None:
    made = record(golds=(gold,), prediction=gold, sentence=gold, passage=text)
    parts = marked(made, text)
    assert "".join(part.text for part in parts) == text
    assert all(a.kind != b.kind for a, b in pairwise(parts))
    lit = any(part.kind for part in parts)
    assert lit == bool(gold and gold in text)


def test_of_a_long_passage_what_is_around_the_answer() -> None:
    text = "前" * 5000 + "答" + "後" * 5000
    shown = pieces(record(), text)
    assert [kind for _, kind in shown] == ["", "", "gold", "", ""]
    assert (shown[0][0], shown[2][0], shown[-1][0]) == ("…", "答", "…")
    assert sum(len(part) for part, _ in shown) == 802
    assert pieces(record(golds=()), text) == [("前" * 800, ""), ("…", "")]


def test_the_same_run_gives_the_same_bytes(tmp_path: Path) -> None:
    page = page_of(tmp_path, made_report())
    assert page_of(tmp_path, made_report()) == page
    assert page_of(tmp_path, made_report(seed=1)) != page


def test_only_times_differ_when_only_times_differ(tmp_path: Path) -> None:
    first = made_report()
    slower = [replace(r, took_ms=r.took_ms * 3 + 1) for r in first.records]
    second = summarise(first.dataset, slower, documents=first.documents, passages=first.passages)

    def timeless(report: EvalReport) -> str:
        page = re.sub(r"[\d.]+ m?s\b", "TIME", page_of(tmp_path, report))
        figure = r"<svg(?:(?!</svg>).)*Time for one question.*?</svg>"
        page, figures = re.subn(figure, "FIGURE", page, flags=re.DOTALL)
        assert figures == 1
        return page

    assert page_of(tmp_path, first) != page_of(tmp_path, second)
    assert timeless(first) == timeless(second)


def test_the_page_needs_nothing_else(tmp_path: Path) -> None:
    page = page_of(tmp_path, made_report(), made_report("第二", 20, 1))
    assert "http://" not in page and "https://" not in page and "@import" not in page
    root = lxml_html.document_fromstring(page)
    assert not root.xpath("//script | //iframe | //object | //img | //@src")
    assert all(link.startswith(("#", "data:,")) for link in root.xpath("//@href"))
    assert {*re.findall(r"url\((.)", page)} == {"#"}
    policy = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy[0].startswith("default-src 'none'")


def test_ids_are_unique_and_all_that_is_pointed_at_is_there(tmp_path: Path) -> None:
    page = page_of(tmp_path, made_report(), made_report("第二", 300, 0))
    ids = re.findall(r'\bid="([^"]*)"', page)
    assert len(ids) == len({*ids})
    pointed = re.findall(r'(?:href="|url\()#([^")]+)', page)
    named = " ".join(re.findall(r'aria-labelledby="([^"]*)"', page)).split()
    assert {*pointed, *named} <= {*ids}
    assert len(named) > 16


def test_every_figure_says_in_words_what_it_shows(tmp_path: Path) -> None:
    root = lxml_html.document_fromstring(page_of(tmp_path, made_report()))
    figures = root.xpath("//*[local-name()='svg']")
    assert len(figures) == 6
    for figure in figures:
        assert figure.get("role") == "img"
        title, description = (
            root.get_element_by_id(i) for i in figure.get("aria-labelledby").split()
        )
        assert title.text and len(description.text) > 20


def test_the_mark_stands_where_questions_begin_to_be_answered(tmp_path: Path) -> None:
    assert "answered from 0.34 on" in page_of(tmp_path, made_report())
    assert "answered from" not in page_of(tmp_path, made_report(), settings={})
    assert "answered from" not in page_of(tmp_path, made_report(), settings=None)
    for reader in ("lexical", "trained"):
        settings: dict[str, object] = {"min_confidence": 0.3, "reader": reader}
        assert "answered from 0.3 on" in page_of(tmp_path, made_report(), settings=settings)
    for unusable in (None, "0.3"):
        page = page_of(tmp_path, made_report(), settings={"min_confidence": unusable})
        assert "answered from" not in page


def test_without_answerable_questions_there_is_no_recall(tmp_path: Path) -> None:
    report = summarise("空", [record(answerable=False)], documents=1, passages=1)
    page = page_of(tmp_path, report)
    assert page.count("No question counts for this figure.") == 1
    assert "No question went wrong." in page
    assert rows(page, "summary")[1][1] == "–"


def test_questions_without_a_known_document_do_not_count_for_recall(tmp_path: Path) -> None:
    known = [record(Ranks(1, 1, 1), id_=str(i), prediction="答", exact_match=1.0) for i in range(3)]
    unknown = record(Ranks(None, 2, 2), document=None)
    page = page_of(tmp_path, summarise("集", [*known, unknown], documents=1, passages=1))
    assert "k = 1: 1.000 [1.000, 1.000]; k = 3: 1.000" in page
    assert "gold document first (3)" in page and "not first" not in page
    assert "A gold answer stands in passage 2." in " ".join(page.split())


def test_a_run_of_1500_questions_stays_below_one_megabyte(tmp_path: Path) -> None:
    draw = random.Random(0)
    long = "長" * 4000
    records = [
        replace(r, passage=long + r.passage + long, gold_passage=r.gold_passage + long)
        for r in (made(i, draw) for i in range(1500))
    ]
    write_html([summarise("大", records, documents=9, passages=9)], {}, tmp_path / "report.html")
    assert (tmp_path / "report.html").stat().st_size < 1_000_000


def test_without_matplotlib_the_page_says_how_to_get_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    page = lxml_html.document_fromstring(page_of(tmp_path, made_report()))
    said = [" ".join(e.text_content().split()) for e in page.find_class("nothing")]
    assert said == [
        'Figures need Matplotlib, which is not installed: run pip install "wenju[reports]".'
    ]
    assert not page.find_class("figure") and page.find_class("causes")


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(RunError, match=r"nowhere/report\.html cannot be written \(No such file"):
        write_html([], {}, tmp_path / "nowhere" / "report.html")


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_by_hand() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_text_can_be_read_in_both_schemes(scheme: int) -> None:
    css = (Path(__file__).parents[2] / "eval" / "report.css").read_text(encoding="utf-8")
    blocks = re.findall(r":root \{[^}]*--paper[^}]*\}", css)
    assert len(blocks) == 2
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", blocks[scheme]))
    for ground in ("paper", "card"):
        for text in ("ink", "soft", "right", "wrong", "other"):
            assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
    assert contrast(colours["ink"], colours["mark"]) >= 4.5
    assert {*re.findall(r"var\(--(\w+)", css)} <= {*colours, "low", "mean", "high", "share"}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("chromium is not installed")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"]
        )
        yield opened
        opened.close()


@pytest.mark.slow
@pytest.mark.parametrize("width", [375, 1280])
def test_in_a_browser_it_fits_and_asks_for_nothing(
    browser: Browser, tmp_path: Path, width: int
) -> None:
    page_of(tmp_path, made_report(), made_report("第二個名字很長的資料集" * 5, 40, 1))
    path = tmp_path / "report.html"
    page = browser.new_page(viewport={"width": width, "height": 800})
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text))
    page.on("request", lambda request: wrong.append(request.url))
    page.goto(path.as_uri())
    page.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.locator("blockquote").count() > 50
    page.close()
    assert [w for w in wrong if w not in (path.as_uri(), "data:,")] == []


@pytest.mark.slow
def test_its_colours_follow_the_scheme(browser: Browser, tmp_path: Path) -> None:
    page_of(tmp_path, made_report(questions=40))
    grounds = []
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme)
        page = context.new_page()
        page.goto((tmp_path / "report.html").as_uri())
        script = "e => getComputedStyle(e).{}"
        text = page.locator("svg text").first.evaluate(script.format("fill"))
        grounds.append((page.locator("html").evaluate(script.format("backgroundColor")), text))
        context.close()
    assert grounds == [
        ("rgb(250, 248, 243)", "rgb(87, 99, 110)"),
        ("rgb(19, 24, 29)", "rgb(164, 176, 186)"),
    ]
