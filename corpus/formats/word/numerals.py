"""Numbers as Word writes them before paragraphs: 一百零三, 甲, ①, iv."""

from __future__ import annotations

from collections.abc import Mapping

_LARGEST = 9999  # what a Chinese numeral below says; a larger number is written in digits
_FORMAL = str.maketrans("零一二三四五六七八九十百千", "零壹貳參肆伍陸柒捌玖拾佰仟")
_FORMAL_SIMPLIFIED = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")),
    *((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_COUNTING = frozenset(
    (
        *("chineseCounting", "chineseCountingThousand", "taiwaneseCounting"),
        *("taiwaneseCountingThousand", "japaneseCounting"),
    )
)
_SETS: Mapping[str, str] = {
    "ideographTraditional": _STEMS,
    "ideographZodiac": _BRANCHES,
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedCircleChinese": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "ideographEnclosedCircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
}


def numeral(number: int, form: str) -> str:
    """A number in one of Word's formats (ST_NumberFormat); in digits where the format is not known."""
    if form == "none":
        return ""
    if not 0 < number <= _LARGEST:
        return str(number)
    if form in _COUNTING:
        return _counting(number)
    if form in _SETS and number <= len(_SETS[form]):
        return _SETS[form][number - 1]
    if form in ("chineseLegalSimplified", "ideographLegalTraditional"):
        simplified = form == "chineseLegalSimplified"
        return _plain(number).translate(_FORMAL_SIMPLIFIED if simplified else _FORMAL)
    if form in ("taiwaneseDigital", "ideographDigital", "japaneseDigitalTenThousand"):
        return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))
    return _latin(number, form)


def _counting(number: int) -> str:
    """十二, 一百零三."""
    said = _plain(number)
    return said[1:] if said.startswith("一十") else said


def _plain(number: int) -> str:
    said = ""
    digits = str(number)
    for place, digit in enumerate(digits):
        unit = ("", "十", "百", "千")[len(digits) - 1 - place]
        said += "零一二三四五六七八九"[int(digit)] + (unit if digit != "0" else "")
    while "零零" in said:
        said = said.replace("零零", "零")
    return said.rstrip("零")


def _latin(number: int, form: str) -> str:
    if form in ("upperLetter", "lowerLetter"):
        letter = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if form == "upperLetter" else letter.lower()
    if form in ("upperRoman", "lowerRoman"):
        said, rest = "", number
        for value, sign in _ROMAN:
            said, rest = said + sign * (rest // value), rest % value
        return said if form == "upperRoman" else said.lower()
    if form == "decimalFullWidth":
        return str(number).translate({ord("0") + i: ord("０") + i for i in range(10)})
    return f"{number:02}" if form == "decimalZero" else str(number)
