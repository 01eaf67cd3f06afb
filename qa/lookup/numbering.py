"""How the parts of statutes are called and written: 第24條第1項第2款, 第四十七条第二款, Article 24."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from wenju.corpus.script import is_han, to_simplified

_DIGITS = "零一二三四五六七八九"
_SCALES = ((1000, "千"), (100, "百"), (10, "十"))
_BEFORE = ("前项", "前款")
_TELLING = 2  # articles more that say the one than say the other


@dataclass(frozen=True, slots=True)
class Numbering:
    """What a statute calls its articles, paragraphs, items and subitems, and how it writes numbers.

    ``units`` are the words by kind of provision; ``arabic`` says that references have figures.
    """

    units: dict[str, str]
    arabic: bool
    quoted: bool

    def label(self, kind: str, number: Sequence[int], *, arabic: bool | None = None) -> str:
        """A number as a reference has it: 第9條之1, 第九条之一, Article 9-1."""
        unit = self.units[kind]
        if unit.isascii():
            return f"{unit} {'-'.join(map(str, number))}"
        arabic = self.arabic if arabic is None else arabic
        first, *under = (str(n) if arabic else han(n) for n in number)
        return f"第{first}{unit}" + "".join(f"之{n}" for n in under)

    def reference(self, title: str, labels: Sequence[str]) -> str:
        """Title and numbers in one: 勞動基準法第24條第1項, 《劳动合同法》第四十七条第二款."""
        if self.units["article"].isascii():
            return ", ".join([title, *labels])
        return (f"《{title}》" if self.quoted else title) + self.joined(labels)

    def joined(self, labels: Sequence[str]) -> str:
        """Numbers in one, without a title."""
        return (", " if self.units["article"].isascii() else "").join(labels)

    def kind_of(self, unit: str) -> str:
        """The kind of provision that a folded unit stands for; a kind stands for itself."""
        by_unit = {to_simplified(word): kind for kind, word in self.units.items()}
        return by_unit.get(unit, unit)


_KINDS = ("article", "paragraph", "item", "subitem")
_UNITS = {  # by whether it is of the mainland and whether it is in Simplified characters
    (True, True): "条款项目",
    (True, False): "條款項目",
    (False, True): "条项款目",
    (False, False): "條項款目",
}
_ENGLISH = Numbering(
    dict(zip(_KINDS, ("Article", "paragraph", "item", "subitem"), strict=True)), True, False
)


@cache
def _numbering(mainland: bool, simplified: bool) -> Numbering:
    units = dict(zip(_KINDS, _UNITS[mainland, simplified], strict=True))
    return Numbering(units, arabic=not mainland, quoted=mainland)


def numbering_of(articles: Sequence[str], jurisdiction: str) -> Numbering:
    """The numbering of a statute: of its jurisdiction, else by its script, its words and its marks.

    Simplified ``articles`` are the mainland's, unless they call the paragraph before 前项, as Taiwan
    does, and not 前款; Traditional ones are Taiwan's, unless （一） stands before their items, as in
    Macao, and not 一、.
    """
    if not any(is_han(char) for article in articles[:1] for char in article[:5]):
        return _ENGLISH
    sample = "".join(articles[:20])
    simplified = to_simplified(sample) == sample
    return _numbering(_is_mainland(articles, jurisdiction, simplified), simplified)


def _is_mainland(articles: Sequence[str], jurisdiction: str, simplified: bool) -> bool:
    if jurisdiction:
        return not jurisdiction.startswith("TW")
    if simplified:
        said = Counter(word for article in articles for word in _BEFORE if word in article)
        return said["前项"] - said["前款"] < _TELLING
    outer = Counter(map(_outer_mark, articles))
    return outer["（"] > outer["一"]


def _outer_mark(article: str) -> str:
    """How the mark of the first item of an article begins, empty where it has none."""
    places = {mark[1]: article.find(mark) for mark in ("\n一、", "\n（一）")}
    return min((at, mark) for mark, at in [*places.items(), ("", len(article))] if at >= 0)[1]


def han(number: int) -> str:
    """A number below ten thousand in Chinese: 24 is 二十四, 105 一百零五."""
    if number < 10:
        return _DIGITS[number]
    said, zero = "", False
    for scale, char in _SCALES:
        digit, number = divmod(number, scale)
        if digit:
            said += ("零" if zero else "") + _DIGITS[digit] + char
        zero = bool(said) and not digit
    said += ("零" if zero else "") + _DIGITS[number] if number else ""
    return said.removeprefix("一") if said.startswith("一十") else said
