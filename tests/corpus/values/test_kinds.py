"""What is found whole, and what must be left alone, by kind of value."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from wenju.corpus.script import fold
from wenju.corpus.values import shapes, values
from wenju.qa.names import QUOTED

# the text between the brackets is all that may be found, and must be found whole
MATCHES = {
    "AMOUNT": (
        "獎金為[£1,000]。",
        "補助[NT$5,000]",
        "總額[5億3千萬元]",
        "總額 [5 億 3 千萬元]整",
        "補助[最高1000萬元]的經費",
        "處[新臺幣六百元以上]",
        "每人[人民币3000元]/月",
        "票價[3元5角]",
        "[約12.6亿元]",
        "[$12.5 million] in all",
        "[at least twenty-five pounds] each",
        "公元前的元老和一元化無關",
        "12.5公里，元旦，1000名",
        "2024年元月",
    ),
    "PERCENTAGE": (
        "補助[不低於30%]",
        "佔[三分之一]",
        "[百分之十五]",
        "減收[三成]",
        "[八成五]的人",
        "[5個百分點]",
        "[40 per cent] of costs",
        "[3分之2以上]的席次",
        "成三十人",
        "3個百分百",
        "分之",
    ),
    "DATE": (
        "自[民國113年5月1日起]施行",
        "[2024年4月2日上午10:00]召開",
        "[二〇二四年四月]",
        "[今年3月22日]",
        "[2024-04-02]",
        "[5月1日]",
        "[9月底]完成",
        "[九月初九]登高",
        "[20世纪80年代]",
        "[1980年代]",
        "on [30 May 2025]",
        "by [May 30, 2025]",
        "founded in [1998]",
        "5日內補件",
        "1000 元",
        "1,998 units and £1999",
        "電話2345678",
    ),
    "TIME": (
        "[上午9時至12時]",
        "[14:30]",
        "[9:00-17:00]",
        "[早上八點半]",
        "[下午三點十五分]",
        "from [6:30 p.m.]",
        "24小時",
        "三點意見",
        "重點",
        "一時間",
    ),
    "PERIOD": (
        "[5月1日至5月31日]",
        "[2024年4月2日-2025年4月1日]",
        "[11月1日到30日]",
        "自[民國113年5月1日起至113年6月30日止]",
        "5月1日，5月3日",
        "1至3日",
    ),
    "WEEKDAY": (
        "[每周三]休館",
        "[星期一至星期五]",
        "[週六、日]",
        "closed on [Mondays]",
        "一周",
        "三個星期",
    ),
    "DURATION": (
        "[3個工作日內]",
        "[六個月]",
        "[最長24個月]",
        "[不超过15个工作日]",
        "[兩年]",
        "[三十分鐘]",
        "[10 working days]",
        "65周岁",
        "三人",
    ),
    "COUNT": (
        "[近100家]",
        "[4萬2千戶]",
        "[一百二十家]",
        "[三百餘人]",
        "滿[十二歲以上]",
        "[28項]目標",
        "[12,500名]",
        "3個月",
        "一方面",
        "100公里",
    ),
    "MEASURED": (
        "[不超过60平方米]",
        "全長[12公里]",
        "[60米以內]",
        "[約3.5公頃]",
        "28項",
        "2030年度",
    ),
    "NUMBER": ("[近100]", "[4萬]", "[不少于800]", "[一百]", "[兩千三]", "[40多萬]", "[壹仟萬]"),
    "CONTACT": (
        "電話[02-2720-8889轉1234]",
        "[(02)2720-8889]",
        "[0800-123-456]",
        "手機[13800138000]",
        "[010-12345678]",
        "請撥[110]",
        "撥打[12345熱線]",
        "監督電話：[0837-5550171]",
        "專線：[1966]",
        "電話[4567]",
        "[service@gov.tw]洽詢",
        "見[https://www.gov.tw/x?a=1]。",
        "1999年",
        "113/5/1",
        "110%",
        "2024年4月2日",
        "115.5公里",
    ),
    "QUOTED": ("[“12345”]方案", "依[《行動方案》]", '""'),
}
# a name in the table, and the kinds of value that it stands for
KINDS: dict[str, tuple[str, ...]] = {
    "AMOUNT": ("amount",),
    "PERCENTAGE": ("percentage", "points", "fraction"),
    "DATE": ("date",),
    "TIME": ("time",),
    "PERIOD": ("period",),
    "WEEKDAY": ("weekday",),
    "DURATION": ("duration",),
    "COUNT": ("count",),
    "MEASURED": ("measure",),
    "NUMBER": ("number",),
    "CONTACT": ("contact",),
}
CASES = [(name, text) for name, texts in MATCHES.items() for text in texts if name in KINDS]
SHAPES = [name for name in KINDS if hasattr(shapes, name)]


def split(text: str) -> tuple[str, list[str]]:
    """The folded text without its brackets, and what stands between them."""
    wanted = [fold(found) for found in re.findall(r"\[(.*?)\]", text)]
    return fold(text.replace("[", "").replace("]", "")), wanted


def found(text: str, *kinds: str) -> list[str]:
    return [text[slice(*v.whole)] for v in values(text) if v.kind in kinds]


@pytest.mark.parametrize(("name", "text"), CASES)
def test_a_kind_finds_just_this(name: str, text: str) -> None:
    folded, wanted = split(text)
    assert found(folded, *KINDS[name]) == wanted


@pytest.mark.parametrize(("name", "text"), [case for case in CASES if case[0] in SHAPES])
def test_a_shape_finds_what_the_grammar_finds(name: str, text: str) -> None:
    folded, wanted = split(text)
    pattern: re.Pattern[str] = getattr(shapes, name)
    assert [m.group() for m in pattern.finditer(folded)] == wanted


@pytest.mark.parametrize("text", MATCHES["QUOTED"])
def test_what_is_quoted_is_found(text: str) -> None:
    folded, wanted = split(text)
    assert [m.group() for m in QUOTED.finditer(folded)] == wanted


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("5月1日至5月31日", "5月1日", "5月31日"),
        ("11月1日到30日", "11月1日", "30日"),
        ("3月25日9:00至4月18日17:00", "3月25日9:00", "4月18日17:00"),
    ],
)
def test_a_period_has_two_ends(text: str, first: str, last: str) -> None:
    (period,) = values(fold(text))
    assert period.kind == "period" and period.place == (0, len(text))
    assert [text[slice(*part.place)] for part in period.parts] == [first, last]


@pytest.mark.parametrize(
    ("text", "whole", "kind"),
    [
        ("opens in May 2024", "May 2024", "date"),
        ("due on March 3rd", "March 3rd", "date"),
        ("on the 10th of May", "the 10th of May", "date"),
        ("2024-04-02T10:00", "2024-04-02T10:00", "date"),
        ("廿四日前", "廿四日", "duration"),
        ("共兩千三", "兩千三", "number"),
        ("有40多萬", "40多萬", "number"),
        ("計壹仟萬", "壹仟萬", "number"),
        ("一個半月後", "一個半月", "duration"),
        ("歷時1年6個月", "1年6個月", "duration"),
        ("處3-5萬元", "3-5萬元", "amount"),
        ("第12-15條", "第12-15條", "ordinal"),
        ("依第12條之1", "第12條之1", "ordinal"),
        ("see Article 12", "Article 12", "ordinal"),
        ("周五十點", "十點", "time"),
        ("見www.gov.cn/5 萬人", "www.gov.cn/", "contact"),
    ],
)
def test_a_value_is_whole(text: str, whole: str, kind: str) -> None:
    assert whole in [text[slice(*v.place)] for v in values(fold(text)) if v.kind == kind]


@pytest.mark.parametrize(
    ("text", "kind", "whole"),
    [
        ("補助最高1000萬元", "at most", "最高1000萬元"),
        ("不少於30家", "at least", "不少於30家"),
        ("40歲以下", "at most", "40歲以下"),
        ("最高達5000元", "at most", "最高達5000元"),
        ("約20人左右", "about", "約20人左右"),
        ("5月1日起施行", "from", "5月1日起"),
        ("5月1日起草", None, "5月1日"),
        ("5個內容", None, "5個"),
        ("at least 30 pounds", "at least", "at least 30 pounds"),
    ],
)
def test_the_words_that_bound_a_value_are_told(text: str, kind: str | None, whole: str) -> None:
    (value,) = values(fold(text))
    assert (value.bound.kind if value.bound else None) == kind
    assert text[slice(*value.whole)] == whole
    assert value.whole[0] <= value.start < value.end <= value.whole[1]


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("1,000萬元", "10000000", "元"),
        ("5公里", "5", "公里"),
        ("12.5%", "12.5", "%"),
        ("1/4", "0.25", ""),
        ("3分之2", None, ""),
        ("十幾人", None, "人"),
        ("半年", "0.5", "年"),
        ("3元5角", "3.5", "元"),
        ("二至三年", None, "年"),
        ("第十二條", "12", "条"),
        ("ten working days", "10", "working days"),
    ],
)
def test_a_number_is_in_the_unit_that_is_written(text: str, number: str | None, unit: str) -> None:
    (value,) = values(fold(text))
    assert (None if value.number is None else f"{value.number:f}") == number
    assert value.unit == unit


_HOSTILE = """
import sys
from wenju.corpus.script import fold
from wenju.corpus.values import shapes, values
for unit in ("1", "一", "十", "1,", "最高", "5億", "one ", "1-", "a.", "、一", "a@", "5月1日至", "9:00-", "周三、",
             "近百", "年", "約 ", "1年", "0-", "(0"):
    text = fold(unit * (400 // len(unit)))
    for name in sys.argv[1:]:
        list(getattr(shapes, name).finditer(text))
        list(getattr(shapes, name).finditer(text + "x"))
    values(text * 50)
    values(text * 50 + "x")
"""


def test_no_pattern_tries_every_division_of_hostile_text() -> None:
    """An account number in a passage must not hold up an answer.

    A pattern that tries every division of a text this long never ends; the limit only ends the
    test then, and is no measure of speed.
    """
    root = Path(__file__).resolve().parents[3]
    subprocess.run([sys.executable, "-c", _HOSTILE, *SHAPES], check=True, cwd=root, timeout=300)
