"""Questions with known answers: numbers, scripts and names in many forms, and what is not there."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from wenju.corpus.script import to_simplified, to_traditional
from wenju.eval.benchmarks.lookup.laws import Law, is_plain, items, paragraphs

SHORT = {
    "勞基法": "勞動基準法", "個資法": "個人資料保護法", "消保法": "消費者保護法", "國賠法": "國家賠償法",
    "公寓條例": "公寓大廈管理條例", "道交條例": "道路交通管理處罰條例", "證交法": "證券交易法",
    "社維法": "社會秩序維護法", "食安法": "食品安全衛生管理法", "勞保條例": "勞工保險條例",
    "刑訴法": "刑事訴訟法", "民訴法": "民事訴訟法", "行訴法": "行政訴訟法", "兒少法": "兒童及少年福利與權益保障法",
    "政資法": "政府資訊公開法", "行執法": "行政執行法", "勞退條例": "勞工退休金條例", "性工法": "性別平等工作法",
    "个保法": "中华人民共和国个人信息保护法", "消法": "中华人民共和国消费者权益保护法",
    "道交法": "中华人民共和国道路交通安全法", "未保法": "中华人民共和国未成年人保护法",
}  # fmt: skip
"""What people call well-known laws."""

_ASKS = (
    *(
        "{}規定什麼",
        "{}是什麼？",
        "{}的內容是什麼",
        "{}怎麼規定",
        "{}寫了什麼",
        "{}",
        "{}的規定",
        "請問{}規定了什麼？",
    ),
    *("{} 條文", "想知道{}的內容", "{}說什麼", "{}有什麼規定"),
)
_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True)
class Question:
    """A question, and the titles and texts that answer it; none where nothing is there."""

    text: str
    form: str
    right: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True)
class _Asked:
    law: Law
    name: str
    article: tuple[int, ...]
    text: str
    parts: tuple[int, ...] = ()


def squeezed(text: str) -> str:
    """A text without blanks."""
    return "".join(text.split())


def questions(laws: Sequence[Law], count: int, absent: int, seed: int) -> list[Question]:
    """``count`` questions that have an answer and ``absent`` that have none."""
    chance = random.Random(seed)
    newest: dict[str, Law] = {}
    for law in laws:
        if law.title not in newest or law.date > newest[law.title].date:
            newest[law.title] = law
    pool = [newest[title] for title in sorted(newest)]
    made = [_present(pool, chance) for _ in range(count)]
    return made + [_absent(pool, chance) for _ in range(absent)]


def _present(pool: Sequence[Law], chance: random.Random) -> Question:
    law = chance.choice(pool)
    short = [name for name, title in SHORT.items() if title in {law.title for law in pool}]
    form = chance.choice(("title", "title", "short", "paragraph", "item", "bare"))
    name = law.title.removeprefix("中华人民共和国") if chance.random() < 0.7 else law.title
    if form == "short" and short:
        name = chance.choice(short)
        law = next(law for law in pool if law.title == SHORT[name])
    asked = _asked(law, name, form, chance)
    said = _said(asked, form, chance)
    return Question(said, form, frozenset(_right(asked, pool)))


def _right(asked: _Asked, pool: Sequence[Law]) -> list[tuple[str, str]]:
    """The answer, and those of other laws of the same name."""
    return [(asked.law.title, squeezed(asked.text))]


def _asked(law: Law, name: str, form: str, chance: random.Random) -> _Asked:
    article = chance.choice(sorted(law.articles))
    text = law.articles[article]
    if form in ("paragraph", "item"):
        for article in chance.sample(sorted(law.articles), len(law.articles)):
            text = law.articles[article]
            if not is_plain(text):
                continue
            found = paragraphs(text)
            if form == "paragraph" and len(found) > 1:
                at = chance.randrange(len(found))
                return _Asked(law, name, article, "\n".join(found[at]), (at + 1, 0))
            listed = [(i, items(p, mainland=law.mainland)) for i, p in enumerate(found)]
            listed = [(i, told) for i, told in listed if len(told) > 1]
            if form == "item" and listed:
                at, told = chance.choice(listed)
                item = chance.randrange(len(told))
                return _Asked(
                    law, name, article, told[item], (at + 1 if len(found) > 1 else 0, item + 1)
                )
    return _Asked(law, name, article, text)


def _said(asked: _Asked, form: str, chance: random.Random) -> str:
    han = chance.random() < 0.5
    if form == "bare" and not any(char.isdigit() for char in asked.name[-3:]):
        tail = f"{asked.article[0]}" + "".join(f"-{n}" for n in asked.article[1:])
        said = f"{asked.name}{chance.choice(['', ' '])}{tail}"
    else:
        name = f"《{asked.name}》" if chance.random() < 0.2 else asked.name
        said = chance.choice(_ASKS).format(f"{name}{_numbered(asked, han, chance)}")
    return chance.choice((to_simplified, to_traditional, str))(said)


def _numbered(asked: _Asked, han: bool, chance: random.Random) -> str:
    first, *under = asked.article
    digits = chinese if han else str
    if under and chance.random() < 0.5 and not han:
        said = f"第{first}-{under[0]}條"
    else:
        said = f"第{digits(first)}條" + "".join(f"之{digits(n)}" for n in under)
    if chance.random() < 0.2 and not under:
        said = said.removeprefix("第")
    units = "款項" if asked.law.mainland else "項款"
    for part, unit in zip(asked.parts, units, strict=False):
        said += f"第{digits(part)}{unit}" if part else ""
    return said


def _absent(pool: Sequence[Law], chance: random.Random) -> Question:
    law = chance.choice(pool)
    name = law.title.removeprefix("中华人民共和国")
    last = max(n[0] for n in law.articles)
    form = chance.choice(("no article", "no article", "no paragraph", "no statute", "no branch"))
    if form == "no article":
        said = f"{name}第{last + chance.randrange(1, 300)}條"
    elif form == "no branch":
        said = f"{name}第{last}條之{chance.randrange(30, 60)}"
    elif form == "no paragraph":
        article = chance.choice([n for n in law.articles if len(n) == 1])
        unit = "款" if law.mainland else "項"
        said = f"{name}第{article[0]}條第{chance.randrange(40, 90)}{unit}"
    else:
        said = f"{chance.choice(['火星', '月球', '星際', '潛艇'])}{chance.choice(['管理', '保護', '使用'])}{chance.choice(['法', '條例', '辦法'])}第{last}條"
    said = chance.choice(_ASKS).format(said)
    return Question(chance.choice((to_simplified, to_traditional, str))(said), form)


def chinese(number: int) -> str:
    """A number below ten thousand in Chinese, by the rule for reading figures aloud."""
    figures = [int(figure) for figure in str(number)]
    said = ""
    for place, figure in enumerate(figures):
        scale = ("", "十", "百", "千")[len(figures) - place - 1]
        if figure:
            said += _DIGITS[figure] + scale
        elif any(figures[place:]) and not said.endswith("零"):
            said += "零"
    return said[1:] if said.startswith("一十") else said or "零"
