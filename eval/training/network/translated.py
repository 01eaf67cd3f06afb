"""English questions on Chinese articles, made from statutes and their official translations.

A rule finds a statement of a common form in the translation and turns it around; the answer stands in the
Chinese paragraph beside it, where a pattern finds it, or is the whole paragraph.
"""

from __future__ import annotations

import lzma
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from wenju.corpus.script import fold, to_simplified
from wenju.eval.training.network.gold import Example, TrainingDataError

_NUM = r"[\d,.零〇一二三四五六七八九十百千万亿两]+"
_SHORTEST, _LONGEST = 12, 600


@dataclass(frozen=True, slots=True)
class Rule:
    """A form of statement in English, its questions, and where the Chinese text answers them.

    ``answer`` is None where the whole paragraph answers.
    """

    name: str
    english: re.Pattern[str]
    questions: tuple[str, ...]
    answer: re.Pattern[str] | None


def _rule(name: str, english: str, answer: str, *questions: str) -> Rule:
    found = re.compile(answer) if answer else None
    return Rule(name, re.compile(english), questions, found)


_START = r"(?:^|(?<=[.;] ))(?:\d+\. ?|\(\d+\) ?)?"
_RULES = (
    _rule(
        "definition",
        rf"{_START}(?:The term )?[“\"'‘]?(?P<x>[A-Za-z][A-Za-z \-]{{2,50}}?)[”\"'’]?,?(?: (?:as )?(?:used|referred to|stipulated|mentioned|defined)[^.;:]{{0,60}}?)? (?:shall mean|means|refers to|shall refer to|denotes) ",
        r"(?:系指|是指|指)(?P<y>[^。;]{6,160})",
        "What does {x} mean?", "What is {x}?", "What is meant by {x}?", "How is {x} defined?",
    ),
    _rule(
        "fine",
        rf"{_START}(?P<c>[^.;]{{12,160}}?),? shall be (?:punished|imposed|fined|sanctioned|subject|liable)[^.;]{{0,60}}(?:fine|NT\$)",
        rf"(?:处|科|并处|处以)(?:新台币)?(?P<y>{_NUM}元以上{_NUM}元以下)",
        "What is the fine for {c}?", "How much is the fine: {c}?", "How high is the fine imposed on {c}?",
    ),
    _rule(
        "period",
        rf"{_START}(?P<a>[^.;]{{12,140}}?),? within (?:\w+[ \-]?)?\(?\w+\)? (?P<u>days|months|years)(?P<b>[^.;]{{0,80}})(?=[ ,.;]|$)",
        rf"(?P<y>{_NUM}(?:个)?(?:日|天|月|年))(?:之?内|以内)",
        "Within how many {u} {a} {b}?", "What is the time limit: {a} {b}?", "How many {u} are there: {a} {b}?",
    ),
    _rule(
        "by",
        rf"{_START}(?P<a>(?:The |Regulations|Rules|Standards|Measures)[^.;]{{12,140}}?) shall be (?P<v>prescribed|determined|established|stipulated|set|enacted|formulated) by (?!law)",
        r"由(?P<y>[^,。;、\n]{2,24}?)(?:会同|会商|定之|订定|另定|拟订|公告)",
        "Who {v} {a}?", "By whom are {a} {v}?", "Which authority decides {a}?",
    ),
    _rule(
        "authority",
        r"(?P<a>[Tt]he )?(?:term )?\"?competent authorit(?:y|ies)\"?[^.;]{0,60}(?:at the central|central government)",
        r"主管机关[^。]{0,4}?(?P<y>在中央为[^。]{4,80})",
        "Who is the competent authority?", "Which authorities are competent?", "Which authority is in charge?",
    ),
    _rule(
        "case",
        rf"{_START}(?:If|Where|When|In case|In the event that) (?P<c>[^,.;]{{16,160}}), (?P<r>[^.;]{{16,200}})(?=[ ,.;]|$)",
        "",
        "What happens if {c}?", "What if {c}?", "What has to be done when {c}?", "What applies where {c}?",
    ),
    _rule(
        "may",
        rf"{_START}(?P<s>[A-Z][^,.;]{{6,80}}?) (?:may|shall|must) not (?P<p>[^.;]{{12,120}})(?=[ ,.;]|$)",
        "",
        "May {s} {p}?", "Is it allowed: {s} {p}?", "Can {s} {p}?",
    ),
    _rule(
        "shall",
        rf"{_START}(?P<s>[A-Z][^,.;]{{6,70}}?) (?P<m>shall|must|may) (?!not|be )(?P<p>[^.;]{{14,140}})(?=[ ,.;]|$)",
        "",
        "{m} {s} {p}?", "Who {m} {p}?", "What {m} {s} do?", "What does the law say: {s} {p}?",
    ),
    _rule(
        "passive",
        rf"{_START}(?P<s>[A-Z][^,.;]{{6,90}}?) (?P<m>shall|must|may) be (?P<p>[^.;]{{14,140}})(?=[ ,.;]|$)",
        "",
        "{m} {s} be {p}?", "How {m} {s} be dealt with?", "What is required of {s}?",
    ),
)  # fmt: skip


def translated(path: Path, per_rule: int, seed: int) -> list[Example]:
    """Questions on the paragraphs of ``code, article, Chinese, English``, tab-separated, ``.xz``.

    At most ``per_rule`` of each rule, one of an article. Raises TrainingDataError.
    """
    try:
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            rows = [line.rstrip("\n").split("\t") for line in lines]
        grouped: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        for code, article, chinese, english in rows:
            grouped[code, article].append((fold(to_simplified(chinese)), english))
    except (OSError, EOFError, lzma.LZMAError, ValueError) as error:
        raise TrainingDataError(
            f"{path} cannot be learned from ({type(error).__name__}: {error}); "
            "give .tsv.xz of code, article, Chinese and English."
        ) from None
    draw = random.Random(f"translated {seed}")
    articles = list(grouped.values())
    draw.shuffle(articles)
    counts: dict[str, int] = defaultdict(int)
    found = []
    for pairs in articles:
        made = [(r, e) for r, e in _made(pairs, draw) if counts[r] < per_rule]
        if made:
            rule, example = min(made, key=lambda one: counts[one[0]])
            counts[rule] += 1
            found.append(example)
    return found


def _made(pairs: Sequence[tuple[str, str]], draw: random.Random) -> Iterator[tuple[str, Example]]:
    """Questions on one article, with the names of their rules."""
    text = "\n".join(chinese for chinese, _ in pairs)
    if not _SHORTEST <= len(text) <= _LONGEST:
        return
    at = 0
    for chinese, english in pairs:
        for rule in _RULES:
            said = rule.english.search(english)
            place = _place(rule, chinese)
            if said and place:
                named = {k: (v or "").strip(" ,\"'“”") for k, v in said.groupdict().items()}
                asked = fold(draw.choice(rule.questions).format(**named))
                answer = (at + place[0], at + place[1])
                yield rule.name, Example(asked, "", text, (answer,), "translated")
        at += len(chinese) + 1


def _place(rule: Rule, chinese: str) -> tuple[int, int] | None:
    if rule.answer is None:
        return (0, len(chinese)) if len(chinese) >= _SHORTEST else None
    found = rule.answer.search(chinese)
    return found.span("y") if found else None
