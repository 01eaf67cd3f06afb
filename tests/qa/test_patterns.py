"""What the patterns take for an answer, and what they must leave alone."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from wenju.corpus.script import fold
from wenju.qa import patterns

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
    "NUMBER": ("[近100]", "[4萬]", "[不少于800]", "一百"),
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
NAMES = [n for n, value in vars(patterns).items() if isinstance(value, re.Pattern) and n[0] != "_"]
CASES = [(name, text) for name, texts in MATCHES.items() for text in texts]


@pytest.mark.parametrize(("name", "text"), CASES)
def test_a_pattern_finds_just_this(name: str, text: str) -> None:
    wanted = [fold(found) for found in re.findall(r"\[(.*?)\]", text)]
    folded = fold(text.replace("[", "").replace("]", ""))
    assert [m.group() for m in getattr(patterns, name).finditer(folded)] == wanted


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("5月1日至5月31日", "5月1日", "5月31日"),
        ("11月1日到30日", "11月1日", "30日"),
        ("3月25日9:00至4月18日17:00", "3月25日9:00", "4月18日17:00"),
    ],
)
def test_a_period_has_two_ends(text: str, first: str, last: str) -> None:
    found = patterns.PERIOD.fullmatch(fold(text))
    assert found
    assert (found["first"], found["last"]) == (first, last)


_HOSTILE = """
import sys
from wenju.corpus.script import fold
from wenju.qa import patterns
for name in sys.argv[1:]:
    for unit in ("1", "一", "十", "1,", "最高", "5億", "one ", "1-", "a.", "、一"):
        text = fold(unit * (400 // len(unit)))
        list(getattr(patterns, name).finditer(text))
        list(getattr(patterns, name).finditer(text + "x"))
"""


def test_no_pattern_tries_every_division_of_hostile_text() -> None:
    """An account number in a passage must not hold up an answer.

    A pattern that tries every division of a text this long never ends; the limit only ends the
    test then, and is no measure of speed.
    """
    root = Path(__file__).resolve().parents[2]
    subprocess.run([sys.executable, "-c", _HOSTILE, *NAMES], check=True, cwd=root, timeout=300)
