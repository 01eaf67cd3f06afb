"""Numbers and dates: one term for every spelling, and none for what merely holds a numeral."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wenju.corpus.script import fold, to_traditional
from wenju.corpus.values import terms as values

DAY = ["y:2025", "ym:2025-03", "m:03", "d:2025-03-01", "md:03-01"]

# every spelling of a row gives just the row's terms
SPELLINGS: dict[str, tuple[list[str], tuple[str, ...]]] = {
    "ten million": (
        ["n:10000000"],
        (
            "1000萬元",
            "1000万元",
            "一千万元",
            "1,000万元",
            "１０００万元",
            "１，０００萬元",
            "10 million yuan",
            "10,000,000元",
            "10000000元",
            "RMB10,000,000",
            "壹仟萬元整",
            "一仟万元",
            "ten million yuan",
            "1000 万元",
            "1000余万元",
            "一千多萬元",
            "0.1亿元",
            "零点一亿元",
        ),
    ),
    "mixed": (
        ["n:530000000"],
        ("5亿3千万元", "5億3千萬元", "5 亿 3 千万元", "五亿三千万", "53000万"),
    ),
    "two": (["n:2"], ("2个", "两个", "兩個", "二人", "2 people", "two people")),
    "half": (["n:0.5"], ("0.5公里", "0.50公里", "零点五公里", "〇点五公里")),
    "colloquial": (["n:35000"], ("3万5", "三万五", "35,000", "3万5千", "三万五千", "叁萬伍仟圓")),
    "short tens": (["n:25"], ("廿五", "二十五", "25", "twenty-five")),
    "words": (["n:250000"], ("two hundred and fifty thousand", "25萬", "250,000")),
    "percent": (
        ["p:12.5"],
        (
            "12.5%",
            "12.50％",
            "百分之十二点五",
            "百分之12.5",
            "12.5 per cent",
            "12.5 percent",
            "125‰",
        ),
    ),
    "points": (["pp:2"], ("2个百分点", "两个百分点", "2 percentage points")),
    "tenths": (["p:85"], ("八成五", "8成五", "85%", "百分之八十五")),
    "thousandths": (["p:0.5"], ("千分之五", "0.5%", "5‰")),
    "fraction": (["f:2/3"], ("三分之二", "3分之2", "two-thirds", "2/3")),
    "ordinal": (["o:12"], ("第十二条", "第12条", "第 12 條", "Article 12", "第拾贰条")),
    "inserted": (["o:12-1"], ("第十二条之一", "第12條之1", "Article 12-1", "第12-1条")),
    "day": (
        DAY,
        (
            "2025年3月1日",
            "2025 年 3 月 1 日",
            "2025年03月01日",
            "２０２５年３月１號",
            "二〇二五年三月一日",
            "二○二五年三月一日",
            "二零二五年三月一日",
            "二O二五年三月一日",
            "2025-03-01",
            "2025/3/1",
            "2025.3.1",
            "20250301",
            "March 1, 2025",
            "Mar. 1, 2025",
            "March 1st, 2025",
            "1 March 2025",
            "1st of March 2025",
        ),
    ),
    # a year of the Republic stands besides as a number of its own
    "day of the Republic": (
        ["n:114", *DAY],
        (
            "民國114年3月1日",
            "民國 114 年 3 月 1 日",
            "中華民國一百十四年三月一日",
            "中華民國一百一十四年三月一日",
            "民國一一四年三月一日",
            "民國114.3.1",
            "114年3月1日",
            "114.3.1",
            "114/03/01",
        ),
    ),
    "month": (DAY[:3], ("2025年3月", "二〇二五年三月", "2025-03", "2025/03", "March 2025")),
    "month alone": (["m:03"], ("3月份", "三月", "in March")),
    "year": (["y:2025"], ("2025年", "二〇二五年", "2025年度", "2025学年")),
    "first year": (["n:1", "y:1912"], ("民國元年", "民国1年", "民国一年")),
    "before our era": (["n:221", "y:-221"], ("公元前221年", "西元前二百二十一年")),
    "day of a year": (["m:03", "md:03-01"], ("3月1日", "三月一号", "March 1", "on 1 March")),
    "time": (
        ["t:14:30"],
        (
            "下午2时30分",
            "14:30",
            "14：30",
            "14時30分",
            "下午兩點半",
            "下午2:30",
            "下午两点三十分",
            "2:30 pm",
            "2:30 p.m.",
            "2:30PM",
        ),
    ),
    "noon": (["t:12:00"], ("中午12点", "正午十二时", "12:00", "12 pm")),
    "midnight": (["t:00:00"], ("凌晨12点", "0时", "00:00", "12 am")),
    "quarter": (["t:09:15"], ("9点一刻", "上午九点十五分", "9:15")),
}


@pytest.mark.parametrize(
    ("wanted", "text"),
    [(terms, text) for terms, texts in SPELLINGS.values() for text in texts],
)
@pytest.mark.parametrize("around", ["{}", "自{}", "共 {} ，", "“{}”", "于{}。\n"])
def test_every_spelling_gives_the_same_terms(wanted: list[str], text: str, around: str) -> None:
    assert values(fold(around.format(text))) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "一些人一定统一，一般一起，唯一，万一，逐一，之一，进一步，一方面，一次性，一个，一种",
        "三角洲、四川、五金、六合、九江、十堰、百色、千岛湖、万达、三亚、十字路口、三门峡、五台山",
        "十分重要，十足，四处，百姓，千万不要，成千上万",
        "周三至周五、星期一、礼拜六、初一",
        "十四五规划，三四个，五六十人，七八百，几十万，十几人，数百万，上百家，一二三",
        "COVID-19、H1N1、PM2.5、G20、5G、3D、A4、1.2.3、192.168.1.1、007",
        "大陆、登陆、队伍、收拾、参加、肆意、陆续",
        "哪一年，同一年，某一天，每一年，前一年度，下一季度",
        "零售、零组件、一点、有一点、一时、同一月",
        "1.申请\n2、审核\n(3)发证\n十二、附则\n（十三）其他",
        "you may be one of the march hares, a hundredth, per second",
        "一元化、二元结构、第几条、百分比",
        "123456789012345678901",
        "",
    ],
)
def test_what_merely_holds_a_numeral_is_none(text: str) -> None:
    found = values(fold(text))
    assert found == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # units that begin like a scale
        ("5千克、3千米、100兆瓦、2百分点", ["n:5", "n:3", "n:100", "pp:2"]),
        ("3仟元、10兆元", ["n:3000", "n:10000000000000"]),
        ("2025 万达广场", ["y:2025", "n:2025"]),
        # a year is one where it may be, a sum is none
        ("in 1998", ["y:1998", "n:1998"]),
        ("the 1990s", ["y:1990", "n:1990"]),
        ("2000元", ["n:2000"]),
        ("$2000", ["n:2000"]),
        ("公元44年", ["n:44", "y:44"]),
        ("98年、114年度、114年3月", ["n:98", "n:114", "n:114", "m:03"]),
        ("昭和60年，康熙二十一年五月", ["n:60", "y:1985", "n:21", "m:05"]),
        # months and lengths of time
        ("三个月、六月以上五年以下", ["n:3", "n:6", "n:5"]),
        ("13月45日", ["n:13", "n:45"]),
        # ranges and lists
        ("2020-2025年", ["y:2020", "n:2020", "y:2025"]),
        ("二至三年，10%至20%", ["n:2", "n:3", "p:10", "p:20"]),
        ("下午2点至5点", ["t:14:00", "t:17:00"]),
        ("第12-15条", ["o:12", "n:15"]),
        ("Articles 17, 18 or 19", ["o:17", "o:18", "o:19"]),
        ("by the 10th, the third paragraph", ["o:10", "n:10", "o:3"]),
        # points that are no hours, and hours
        ("提出三点意见", ["n:3"]),
        ("三点五倍", ["n:3.5"]),
        ("九时至二十四时", ["t:09:00", "t:24:00"]),
        ("晚上12点", ["t:24:00"]),
        ("1:50,000", ["n:1", "n:50000"]),
        # what stands before and behind
        ("每周三次", ["n:3"]),
        ("一年级一班一号", ["n:1", "n:1"]),
        ("万分之五，百万分之一，10万分之1", ["p:0.05", "p:0.0001", "p:0.001"]),
        ("三成员国成立", []),
        ("USD100 and NT$300", ["n:100", "n:300"]),
        ("10km、5h", ["n:10", "n:5"]),
    ],
)
def test_what_a_number_is_follows_from_what_is_around_it(text: str, wanted: list[str]) -> None:
    assert values(fold(text)) == wanted


def test_terms_stand_in_order_and_as_often_as_in_the_text() -> None:
    found = values(fold("第三条 補助300元，再補助300元，計百分之五"))
    assert found == ["o:3", "n:300", "n:300", "p:5"]


# --- every number in every spelling -----------------------------------------------------------
_HAN = "零一二三四五六七八九"
_FORMAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")


def below_ten_thousand(number: int) -> str:
    text, gap = "", False
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // scale % 10
        if digit:
            text += ("零" if gap and text else "") + _HAN[digit] + name
        gap = not digit
    return text


def han(number: int) -> str:
    """The numeral as it is taught: 一千零一十万零二十; 0 < number < 10 ** 16."""
    text = ""
    for scale, name in ((10**12, "万"), (10**8, "亿"), (10**4, "万"), (1, "")):
        group = number // scale % 10**4
        if group:
            text += ("零" if text and group < 1000 else "") + below_ten_thousand(group) + name
        elif name == "亿" and text:
            text += name
    return text


def short(taught: str) -> str:
    """十二 for 一十二."""
    return taught.removeprefix("一") if taught.startswith("一十") else taught


def english(number: int) -> str:
    """The number with the largest scale that divides it."""
    for scale, name in ((10**9, " billion"), (10**6, " million"), (1, "")):
        if number % scale == 0:
            return f"{number // scale:,}{name}"
    raise AssertionError


def by_scale(number: int) -> str:
    """Digits before 亿 and 万: 5亿3000万20."""
    parts = [(number // 10**8, "亿"), (number // 10**4 % 10**4, "万"), (number % 10**4, "")]
    return "".join(f"{value}{name}" for value, name in parts if value)


def decimal_of_ten_thousand(number: int) -> str:
    """1.2万."""
    return f"{Decimal(number) / 10**4:f}万"


NUMBERS = st.one_of(
    st.integers(1, 10**12 - 1),
    st.integers(1, 20000),
    st.builds(lambda a, b: a * 10**b, st.integers(1, 999), st.integers(0, 9)),
)


@given(NUMBERS)
@example(1)
@example(10)
@example(100_000_005)
@example(1_0001_0000)
def test_every_number_has_one_term_in_every_spelling(number: int) -> None:
    taught = han(number)
    spellings = [
        *(str(number), f"{number:,}", decimal_of_ten_thousand(number)),
        *(taught, taught.translate(_FORMAL), to_traditional(taught), short(taught)),
    ]
    if number < 10**4 or not 1 <= number % 10**4 <= 9:  # 3万5 is 35,000
        spellings.append(by_scale(number))
    for spelling in spellings:
        assert values(fold(f"补助{spelling}元")) == [f"n:{number}"], spelling
    assert values(f"a grant of {english(number)} yuan") == [f"n:{number}"]


@given(st.decimals(Decimal("0.001"), 100, places=3))
def test_every_share_has_one_term_in_every_spelling(share: Decimal) -> None:
    whole, _, part = f"{share:f}".rstrip("0").rstrip(".").partition(".")
    plain = f"{whole}.{part}" if part else whole
    spelled = short(han(int(whole))) or "零"
    spelled += "点" + "".join(_HAN[int(d)] for d in part) if part else ""
    spellings = (
        f"{share}%",
        f"百分之{spelled}",
        f"百分之{plain}",
        f"{share * 10}‰",
        f"{plain} percent",
    )
    for text in spellings:
        assert values(fold(text)) == [f"p:{plain}"], text


@given(st.dates(dt.date(1000, 1, 1), dt.date(2999, 12, 31)))
def test_every_day_gives_all_that_it_implies_in_every_spelling(day: dt.date) -> None:
    year, month, date = day.year, day.month, day.day
    spelled = "".join(_HAN[int(d)] for d in str(year)).replace("零", "〇")
    months, days = (short(han(n)) for n in (month, date))
    wanted = [
        f"y:{year}",
        f"ym:{year}-{month:02}",
        f"m:{month:02}",
        f"d:{day}",
        f"md:{month:02}-{date:02}",
    ]
    texts = [
        f"{year}年{month}月{date}日",
        f"{year}/{month}/{date}",
        f"{day}",
        f"{year}.{month}.{date}",
    ]
    texts += [f"{day:%B} {date}, {year}", f"{date} {day:%B} {year}"]
    texts += [] if spelled in ("一二三四", "二三四五") else [f"{spelled}年{months}月{days}日"]
    for text in texts:
        assert values(fold(text)) == wanted, text
    republic = year - 1911
    if 1 <= republic <= 199:
        for text in (
            f"民国{republic}年{month}月{date}日",
            f"中華民國{han(republic)}年{months}月{days}日",
        ):
            assert values(fold(text)) == [f"n:{republic}", *wanted], text


@given(st.times())
def test_every_time_has_one_term_in_every_spelling(time: dt.time) -> None:
    hour, minute = time.hour, time.minute
    texts = [f"{hour}:{minute:02}", f"{hour:02}时{minute:02}分", f"{hour}点{minute}分"]
    texts.append(f"{hour % 12 or 12}:{minute:02} {'pm' if hour >= 12 else 'am'}")
    if 13 <= hour <= 18:
        texts += [f"下午{hour - 12}点{minute}分", f"下午{han(hour - 12)}時{minute:02}分"]
    for text in texts:
        assert values(fold(text)) == [f"t:{hour:02}:{minute:02}"], text


# --- any text -----------------------------------------------------------------------------------
PIECES = st.sampled_from(
    "0 1 9 , . : / - % 一 十 百 千 万 亿 兆 两 廿 〇 零 半 壹 拾 仟 年 月 日 号 点 时 分 成 第 条 之 民国 公元 "
    "下午 百分之 元 个 几 多 周 may march one two hundred million pm th article 2025 3 31 \n ( ) 、 ² ٣ o".split(
        " "
    )
)


@given(st.one_of(st.text(), st.lists(PIECES).map("".join), st.lists(PIECES).map(" ".join)))
def test_no_text_raises_and_terms_are_well_formed(text: str) -> None:
    folded = fold(text)
    found = values(folded)
    assert found == values(fold(folded))
    for term in found:
        kind, _, value = term.partition(":")
        assert kind in ("n", "p", "pp", "f", "o", "y", "ym", "d", "m", "md", "t")
        assert value and not set(term) & set(" \n\t"), term


@given(st.lists(PIECES, max_size=6).map("".join))
def test_a_text_of_its_own_line_changes_nothing_on_the_next(text: str) -> None:
    assert values(fold(f"{text}\n。补助300元")) == [*values(fold(f"{text}\n")), "n:300"]


_HOSTILE = """
from wenju.corpus.values import terms as values
for unit in ("1", "一", "十", "1,", "1,000,", "1.", "1-", "1:", "一点", "1万", "5 亿 ", "一万", "百分之", "分之一",
             "two ", "hundred ", "a million ", "one and ", "articles 1 and ", "march ", "1 may ", "民国1年",
             "十几1,", "第1条之", "上午1至", "壹", "拾万"):
    values(unit * 20_000)
    values(unit * 20_000 + "x")
"""


def test_no_text_is_read_twice_over() -> None:
    """A text that is read again from each of its places never ends at this length.

    The limit only ends the test then, and is no measure of speed.
    """
    root = Path(__file__).resolve().parents[3]
    subprocess.run([sys.executable, "-c", _HOSTILE], check=True, cwd=root, timeout=300)
