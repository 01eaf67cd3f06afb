"""Questions in the documents' words: what is replaced, by what, and what never is."""

from __future__ import annotations

import pytest

from tests.qa.reading import hit
from wenju.index.variants import Variants
from wenju.qa.question import parse
from wenju.qa.rewording import Rewording

OVERTIME = "延長工作時間之工資，依下列標準加給。"
ONLINE = "經營者採用網絡方式銷售商品，消費者購買後七日內可以退貨。"
TABLE = Variants(
    {
        "加班费": ("延长工作时间之工资",),
        "加班": ("延长工作时间",),
        "老板": ("雇主", "用人单位"),
        "网购": ("网络购买", "线上购买"),
        "东西": ("商品",),
        "要多久": ("七日内",),
        "延长工作时间之工资": (),
    }
)


def test_titles_and_headings_are_words_of_the_document() -> None:
    found = hit("前三十分鐘五元。", title="公共自行車辦法")
    table = Variants({"youbike": ("公共自行车",)})
    said = Rewording(table).of(parse("YouBike一小時多少錢"), [found])
    assert said == "公共自行車一小時多少錢"


def reworded(question: str, *texts: str) -> str:
    hits = [hit(text, rank=i) for i, text in enumerate(texts, 1)]
    return Rewording(TABLE).of(parse(question), hits)


@pytest.mark.parametrize(
    ("question", "texts", "expected"),
    [
        # as the text writes it, or else in the question's script
        ("加班費怎麼算", (OVERTIME,), "延長工作時間之工資怎麼算"),
        ("加班费怎么算", (OVERTIME,), "延长工作时间之工资怎么算"),
        ("老闆要做什麼", ("雇主應給付工資。",), "雇主要做什麼"),
        ("老板要做什么", ("僱用之人及用人單位應給付工資。",), "用人单位要做什么"),
        # said, if not in one piece
        ("網購可以退嗎", (ONLINE,), "網絡購買可以退嗎"),
        # several at once
        ("网购的东西可以退吗", (ONLINE,), "网络购买的商品可以退吗"),
        # one of them within the other, and both by themselves
        ("加班费和加班怎么算", (OVERTIME,), "延长工作时间之工资和延长工作时间怎么算"),
        # of the first three only
        ("老闆要做什麼", ("甲。", "乙。", "雇主應給付工資。"), "雇主要做什麼"),
    ],
)
def test_the_documents_words_take_the_place_of_the_questions(
    question: str, texts: tuple[str, ...], expected: str
) -> None:
    assert reworded(question, *texts) == expected


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        ("老闆要做什麼", ()),
        ("老闆要做什麼", ("甲。", "乙。", "丙。", "雇主應給付工資。")),  # too far down
        ("老闆要做什麼", ("老闆即雇主。",)),  # that text has the question's own word
        ("加班費怎麼算", ("工作規則。",)),  # says a part of it
        ("退貨要多久", ("七日內可以退貨。",)),  # without what asks there is no question
        ("工資怎麼算", (OVERTIME,)),
    ],
)
def test_what_stays_as_it_is(question: str, texts: tuple[str, ...]) -> None:
    assert reworded(question, *texts) == ""


@pytest.mark.parametrize("question", ["加班費怎麼算", "網購的東西可以退嗎", "老闆要做什麼"])
def test_both_scripts_come_to_the_same(question: str) -> None:
    texts = (OVERTIME, ONLINE, "雇主應給付工資。")
    simplified = parse(question).folded
    assert parse(reworded(question, *texts)).folded == reworded(simplified, *texts)
