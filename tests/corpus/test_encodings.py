from __future__ import annotations

import gzip
import json
import os
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenju.corpus.encodings import decode, plausibility
from wenju.corpus.errors import ReadError

TRADITIONAL = (
    "生態型聯合體最高支持新臺幣一千萬元，由主管機關核定後撥付。",
    "申請人應於每年三月底前檢附申請書及相關證明文件提出申請。",
    "本市各級學校自九月一日起正式上課，請家長留意校車時間。",
    "人民身體之自由應予保障。除現行犯之逮捕由法律另定外，非經審問不得處罰。",
    "台北捷運營運時間為上午六時至深夜十二時，週末另行公告。",
)
SIMPLIFIED = (
    "生态型联合体最高支持一千万元，由主管部门核定后拨付到账。",
    "申请人应当于每年三月底前提交申请书以及相关证明材料。",
    "本市各级学校自九月一日起正式上课，请家长留意校车时间。",
    "为辐鳍鱼纲鲈形目的其中一种，分布于西太平洋的热带水域。",
    "新闻发布会由市科技局副局长主持，发言人回答了记者的提问。",
)
LEGACY = [
    *((text, "big5") for text in TRADITIONAL),
    *((text, "gb18030") for text in (*TRADITIONAL, *SIMPLIFIED)),
]
UNICODE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32")


@pytest.mark.parametrize(("text", "encoding"), LEGACY)
def test_short_texts_in_legacy_encodings(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "a.txt") == text


@pytest.mark.parametrize("encoding", UNICODE)
@pytest.mark.parametrize("text", [*TRADITIONAL, *SIMPLIFIED, "Plain ASCII, nothing else.\n"])
def test_short_texts_in_unicode(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "a.txt") == text


@pytest.mark.parametrize(("text", "encoding"), LEGACY)
def test_wrong_readings_look_less_like_writing(text: str, encoding: str) -> None:
    other = "gb18030" if encoding == "big5" else "cp950"
    misread = text.encode(encoding).decode(other, "replace")
    assert plausibility(misread) < plausibility(text) - 0.2


def test_toned_pinyin_does_not_mislead() -> None:
    text = "無(wú)錫市召開物聯(lián)網(wǎng)創(chuàng)新促進(jìn)中心領(lǐng)導(dǎo)小組會(huì)議"
    assert decode(text.encode("gb18030"), "a.txt") == text


def test_western_punctuation_of_windows() -> None:
    text = "“It’s a test” — the café’s menu: naïve façade."
    assert decode(text.encode("cp1252"), "a.txt") == text


def test_line_ends_become_newlines() -> None:
    assert decode(b"a\r\nb\rc\n\r\n", "a.txt") == "a\nb\nc\n\n"


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1))
def test_any_utf8_text_is_read_as_it_is(text: str) -> None:
    assert decode(text.encode("utf-8-sig"), "a.txt") == text
    assert decode(("標題\n" + text).encode(), "a.txt") == "標題\n" + text


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0",
        gzip.compress("發布會".encode() * 100),
        b"text\0and zero bytes",
        bytes(byte | 0x80 for byte in random.Random(7).randbytes(3000)),
        random.Random(8).randbytes(3000),
        bytes(range(1, 9)) * 20,
    ],
    ids=["png", "gzip", "zeros", "high bytes", "noise", "controls"],
)
def test_binary_data_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(ReadError, match=r"^photo\.txt "):
        decode(data, "photo.txt")


def test_damaged_utf8_names_the_byte_instead_of_guessing() -> None:
    data = bytearray(("無錫市召開新聞發布會。" * 20).encode())
    data[31] = 0xFF
    with pytest.raises(ReadError, match=r"a\.txt .* byte 30.*UTF-8"):
        decode(bytes(data), "a.txt")


def test_damaged_utf16_is_refused() -> None:
    with pytest.raises(ReadError, match=r"a\.txt .*utf-16.*damaged"):
        decode("無錫".encode("utf-16") + b"\x00", "a.txt")


def _page(charset: str, text: str) -> str:
    return f'<html><head><meta charset="{charset}"></head><body><p>{text}</p></body></html>'


def test_declared_charset_is_respected() -> None:
    # one character is too little to tell Big5 from GB 18030 by
    data = _page("big5", "轉").encode("cp950")
    assert "轉" in decode(data, "a.html", markup=True)
    old = _page("gb2312", "一").replace('charset="gb2312"', 'content="text/html; charset=gb2312"')
    assert "一" in decode(old.encode("gbk"), "a.html", markup=True)


@pytest.mark.parametrize("declared", ["gb2312", "big5", "no-such-charset"])
def test_wrongly_declared_charset_is_overruled(declared: str) -> None:
    page = _page(declared, TRADITIONAL[0])
    assert decode(page.encode("utf-8"), "a.html", markup=True) == page


def test_page_declared_utf8_but_written_in_gbk() -> None:
    page = _page("utf-8", SIMPLIFIED[0])
    assert decode(page.encode("gbk"), "a.html", markup=True) == page


def _contexts(path: Path) -> list[str]:
    articles = json.loads(path.read_text("utf-8"))["data"]
    return [paragraph["context"] for article in articles for paragraph in article["paragraphs"]]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "encoding"),
    [
        ("drcd_dev.json", "cp950"),
        ("drcd_dev.json", "gb18030"),
        ("drcd_dev.json", "utf-16-le"),
        ("cmrc2018_trial.json", "gb18030"),
        ("cmrc2018_trial.json", "utf-16-be"),
    ],
)
def test_thirty_characters_are_enough(file: str, encoding: str) -> None:
    """At most 1 in 200 slices of real text is misread."""
    root = Path(__file__).parents[2]
    data = Path(os.environ.get("WENJU_DATA", root / "../shared/data")) / "train" / file
    if not data.exists():
        pytest.skip(f"{data} is absent")
    slices = [text[40:70] for text in _contexts(data) if len(text) >= 70]
    encoded = [text.encode(encoding, "ignore") for text in slices]
    wrong = [one for one in encoded if not _is_read(one, one.decode(encoding))]
    assert len(wrong) <= len(slices) / 200


def _is_read(data: bytes, text: str) -> bool:
    try:
        return decode(data, "a.txt") == text
    except ReadError:
        return False
