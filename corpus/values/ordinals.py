"""Ordinals of folded text as index terms: 第十二条, 第12条 and article 12 are ``o:12``."""

from __future__ import annotations

import re
from decimal import Decimal

from wenju.corpus.values.english import NTH
from wenju.corpus.values.numerals import NUMERAL, canonical, evaluate
from wenju.corpus.values.value import Place, Reading, Value

_NUMERAL = re.compile(NUMERAL, re.ASCII)
_WORD = re.compile(rf"(?:{'|'.join(NTH)})\b", re.ASCII)
_NAMED = (
    r"\b(?:articles?|sections?|clauses?|chapters?|(?:sub)?paragraphs?|items?|rules?|parts?"
    r"|(?:sub)?para\.|art\.|no\.|nos\.)"
)
# article 12; articles 12, 13-1 and 15
_BEFORE = re.compile(
    rf"第 ?$|{_NAMED} ?(?:[0-9]{{1,4}}(?:-[0-9]{{1,2}})?(?: ?,| and| or| to| through)++ ?)*+$",
    re.ASCII,
)
_NOUN = re.compile(rf"(?:第|{_NAMED}) ?$", re.ASCII)
_WINDOW = 40
_SUFFIX = re.compile(r"(?:st|nd|rd|th)\b", re.ASCII)
# 第十二条之一, article 12-1
_SUBNUMBER = re.compile(rf" ?(?:[条项款点] ?之|-)(?P<number>{NUMERAL})", re.ASCII)
_PER_SECOND = re.compile(r"(?:[0-9]|per|a|one|each)[ -]$")


_UNIT = re.compile(
    r" ?(?:[条章节编款项目卷期届次批类级位名号页集季步轮代任点]|部分|阶段|季度|年度|小组)"
)
_HAN_MARK = "[一二三四五六七八九十]+"
# 一是, 一、, 第一，, （一）, 1., ①
ORDINAL_MARK = re.compile(
    rf"(?:(?<=[。；;：:，,\n])|^)\s*{_HAN_MARK}[是要]"
    r"|(?:(?<=[。；;：:\n])|^)\s*(?:"
    rf"{_HAN_MARK}、|第{_HAN_MARK}[,，、]|[（(][一二三四五六七八九十\d]+[）)]"
    r"|\d{1,2}\s*[.、．)](?!\d)|[①-⑳])"
)
"""What a list's items are numbered with where they begin."""


def read_ordinal(text: str, at: int, floor: int) -> Reading | None:
    """The ordinal at ``at``, with 第 or its noun before it; None where none does.

    A second of time is none, and is passed over.
    """
    if word := _WORD.match(text, at):
        if word[0] == "second" and _PER_SECOND.search(text, max(0, at - 5), at):
            return None, word.end()
        number = Decimal(NTH[word[0]])
        return Value(at, word.end(), "ordinal", number, terms=(f"o:{number}",)), word.end()
    found = _NUMERAL.match(text, at)
    if found is None:
        return None
    value, end = evaluate(found[0]), found.end()
    if value is None or value % 1:
        return None
    if suffix := _SUFFIX.match(text, end):
        # by the 10th of each month
        terms = (f"o:{canonical(value)}", f"n:{canonical(value)}")
        return Value(at, suffix.end(), "ordinal", value, terms=terms), suffix.end()
    if _BEFORE.search(text, max(0, at - _WINDOW), at):
        ordinal = _numbered(value, text, (at, end), floor)
        return ordinal, ordinal.end
    return None


def _numbered(number: Decimal, text: str, place: Place, floor: int) -> Value:
    """With the number of an article that was put in later: 第12-1条; 第12-15条 is a range."""
    at, end = place
    noun = _NOUN.search(text, max(floor, at - 14), at)
    start = noun.start() if noun else at
    under = _SUBNUMBER.match(text, end)
    part = evaluate(under["number"]) if under else None
    term = f"o:{canonical(number)}"
    if under and part is not None and part <= number:
        term, end = f"{term}-{canonical(part)}", under.end()
    unit = _UNIT.match(text, end)
    end = unit.end() if unit else end
    written = unit[0].strip() if unit else text[start:at].strip(" 第")
    return Value(start, end, "ordinal", number, written, terms=(term,))
