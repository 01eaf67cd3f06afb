"""Which version answers: ``python -m wenju.eval.benchmarks.versions``.

Sixty articles of real statutes that hold one figure each become texts of two versions: an older one
with another figure, a draft, one that replaces it under another title, one that comes into force next
year. All of them are in one library, and are asked for in the words of the article, as of today and as
of another day.
"""

from __future__ import annotations

import argparse
import datetime
import json
import lzma
import random
import re
import tarfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from wenju.corpus.document import Source
from wenju.corpus.script import fold, to_traditional
from wenju.corpus.values import NUMERAL, values
from wenju.eval.benchmarks.data import data_folder
from wenju.index.titles import title_of
from wenju.qa.answer import Answer
from wenju.qa.engine import Engine
from wenju.qa.settings import Settings

_PAIRS = 60
_FIGURES = ("三", "五", "七", "十", "十五", "二十", "三十", "四十五", "六十", "九十")
_KINDS = ("amount", "percentage", "duration", "count")
_ARTICLE = re.compile(r"^第[一二三四五六七八九十百]+条\s+(\S[^\n]{30,140})$", re.M)
_CLAUSE = re.compile(r"[^，。；：、\n]+")
_NUMERAL = re.compile(NUMERAL)
_NUMBER = re.compile(r"第[^，。；]{1,6}[条條款項项]")
_LEAST, _MOST_TITLE = 14, 24
_OLD, _NEW, _BETWEEN = "2019年3月5日", "2023年8月10日", "2021-05-01"


@dataclass(frozen=True, slots=True)
class Article:
    """The text of an article of a statute, and the place of the numeral of its one figure."""

    title: str
    text: str
    start: int
    end: int
    taiwan: bool

    def saying(self, figure: str) -> str:
        """The article with another figure."""
        return self.text[: self.start] + figure + self.text[self.end :]

    @property
    def question(self) -> str:
        """The clauses around the figure, which is asked for."""
        asked, how = "\0", "多少"
        said = self.text[: self.start] + asked + self.text[self.end :]
        clauses = [m for m in _CLAUSE.finditer(said)]
        at = next(i for i, m in enumerate(clauses) if asked in m[0])
        first = at if len(clauses[at][0]) >= _LEAST or not at else at - 1
        words = said[clauses[first].start() : clauses[at].end()].replace(asked, how)
        name = title_of(self.title).key
        return f"{to_traditional(name) if self.taiwan else name}{'規定' if self.taiwan else '规定'}，{words}"


@dataclass(frozen=True, slots=True)
class Case:
    """Texts, a question, and which file answers it with which figure: today, and on ``day``."""

    kind: str
    sources: tuple[Source, ...]
    question: str
    today: tuple[str, str]
    day: str = ""
    then: tuple[str, str] = ("", "")


def articles(data: Path, seed: int) -> Iterator[Article]:
    """Articles of one figure, of statutes drawn at random, one of each."""
    laws = [*_taiwan(data), *_mainland(data)]
    random.Random(seed).shuffle(laws)
    seen: set[str] = set()
    for title, texts, taiwan in laws:
        key = title_of(title).key
        if key in seen or len(title) > _MOST_TITLE or not title_of(title).norm:
            continue
        found = [a for text in texts if (a := _article(title, text, taiwan=taiwan))]
        if found:
            seen.add(key)
            yield found[0]


def _article(title: str, text: str, *, taiwan: bool) -> Article | None:
    if not 30 <= len(text) <= 140 or "\n" in text or _NUMBER.search(text):
        return None
    found = values(fold(text))
    if len(found) != 1 or found[0].kind not in _KINDS or found[0].parts:
        return None
    numeral = _NUMERAL.search(fold(text), found[0].start, found[0].end)
    if not numeral or numeral.start() != found[0].start or numeral[0] not in _FIGURES:
        return None
    return Article(title, text, *numeral.span(), taiwan)


def _taiwan(data: Path) -> Iterator[tuple[str, list[str], bool]]:
    with lzma.open(data / "scale/tw_laws_zh_hant.jsonl.xz", "rt", encoding="utf-8") as lines:
        for law in map(json.loads, lines):
            yield law["title"], [text for _, text in law["articles"]], True


def _mainland(data: Path) -> Iterator[tuple[str, list[str], bool]]:
    with tarfile.open(data / "scale/prc_laws.tar.xz") as archive:
        for member in archive:
            held = archive.extractfile(member) if member.name.endswith(".md") else None
            if held:
                text = held.read().decode("utf-8", "replace")
                title = text.lstrip("# ").partition("\n")[0].strip()
                yield title, _ARTICLE.findall(text), False


def cases(data: Path, seed: int) -> list[Case]:
    """As many cases as are asked, each kind in turn."""
    makers = (_revised, _with_clause, _with_draft, _renamed, _to_come)
    found = articles(data, seed)
    draw = random.Random(seed)
    made = []
    for number, article in zip(range(_PAIRS), found, strict=False):
        own = article.text[article.start : article.end]
        other = draw.choice([f for f in _FIGURES if f not in own and own not in f])
        made.append(makers[number % len(makers)](number, article, own, other))
    return made


def _source(name: str, article: Article, figure: str, day: str, since: str, **said: str) -> Source:
    """A text as its issuer would print it."""
    title = said.get("title", article.title) + said.get("mark", "")
    clause = said.get("clause", "")
    norm = "本法規" if article.taiwan else "本规定"
    first, last = ("第一條　", "第三條　") if article.taiwan else ("第一条　", "第三条　")
    middle = "第二條　" if article.taiwan else "第二条　"
    aim = f"為規範相關事項，特訂定{norm}。" if article.taiwan else f"为了规范有关事项，制定{norm}。"
    lines = [title, _said(day, article), f"{first}{aim}", f"{middle}{article.saying(figure)}"]
    if since:
        verb = "施行"
        lines.append(
            f"{last}{norm}自{_said(since, article)}{'' if article.taiwan else '起'}{verb}{clause}。"
        )
    return Source(name, f"/versions/{name}", "\n".join(lines) + "\n")


def _said(day: str, article: Article) -> str:
    """A day as the place writes it."""
    if not article.taiwan:
        return day
    year, rest = day.split("年")
    return f"中華民國{int(year) - 1911}年{rest}"


def _plain_pair(
    number: int, article: Article, own: str, other: str, **new: str
) -> tuple[Source, ...]:
    old = _source(f"{number}-old.txt", article, other, _OLD, "2019年4月1日")
    return old, _source(f"{number}-new.txt", article, own, _NEW, "2023年9月1日", **new)


def _revised(number: int, article: Article, own: str, other: str) -> Case:
    mark = "（2023年修正）" if number % 2 else ("（修訂）" if article.taiwan else "（修订）")
    both = _plain_pair(number, article, own, other, mark=mark)
    return _of_pair("revised", both, article, own, other)


def _with_clause(number: int, article: Article, own: str, other: str) -> Case:
    clause = "，原規定同時廢止" if article.taiwan else f"，{_OLD}发布的《{article.title}》同时废止"
    both = _plain_pair(number, article, own, other, clause=clause)
    return _of_pair("clause", both, article, own, other)


def _renamed(number: int, article: Article, own: str, other: str) -> Case:
    title = f"{article.title[:-2]}{'暫行辦法' if article.taiwan else '暂行办法'}"
    clause = f"，《{title}》同時廢止" if article.taiwan else f"。《{title}》同时废止"
    old = _source(f"{number}-old.txt", article, other, _OLD, "2019年4月1日", title=title)
    new = _source(f"{number}-new.txt", article, own, _NEW, "2023年9月1日", clause=clause)
    return _of_pair("renamed", (old, new), article, own, other)


def _of_pair(kind: str, both: Sequence[Source], article: Article, own: str, other: str) -> Case:
    old, new = both
    today, then = (new.name, own), (old.name, other)
    return Case(kind, (old, new), article.question, today, _BETWEEN, then)


def _with_draft(number: int, article: Article, own: str, other: str) -> Case:
    mark = "（草案）" if article.taiwan else "（征求意见稿）"
    new = _source(f"{number}-new.txt", article, own, _OLD, "2019年4月1日")
    draft = _source(f"{number}-draft.txt", article, other, "2025年3月1日", "", mark=mark)
    return Case(
        "draft", (new, draft), article.question, (new.name, own), "2025-06", (new.name, own)
    )


def _to_come(number: int, article: Article, own: str, other: str) -> Case:
    next_year = datetime.datetime.now(tz=datetime.UTC).year + 1
    old = _source(f"{number}-old.txt", article, own, _OLD, "2019年4月1日")
    new = _source(
        f"{number}-new.txt", article, other, f"{next_year - 1}年1月5日", f"{next_year}年7月1日"
    )
    return Case(
        *("to come", (old, new), article.question, (old.name, own)),
        *(f"{next_year}-08-01", (new.name, other)),
    )


def right(answer: Answer, expected: tuple[str, str]) -> bool:
    """Whether the file answers that should, with its figure."""
    name, figure = expected
    return answer.answered and answer.citations[0].source == name and figure in fold(answer.answer)


def measure(engine: Engine, asked: Sequence[Case]) -> tuple[Counter[str], list[str]]:
    """How many are right of each kind, and what went wrong."""
    counts: Counter[str] = Counter()
    wrong = []
    for case in asked:
        for day, expected in (("", case.today), (case.day, case.then)):
            answer = engine.ask(case.question, as_of=day)
            when = "as of" if day else "today"
            counts += Counter({f"{when} asked": 1, f"{when} {case.kind} asked": 1})
            if right(answer, expected):
                counts += Counter({f"{when} right": 1, f"{when} {case.kind} right": 1})
            else:
                cited = answer.citations[0].source if answer.citations else answer.reason
                wrong.append(
                    f"{case.kind} {day} {case.question}: {answer.answer} ({cited}), not {expected}"
                )
    return counts, wrong


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--home", type=Path, help="a folder that keeps the library for next time")
    given = parser.parse_args()
    asked = cases(data_folder(), given.seed)
    with TemporaryDirectory() as folder:
        with Engine.open(Settings(home=given.home or Path(folder))) as engine:
            engine.add_sources(source for case in asked for source in case.sources)
            counts, wrong = measure(engine, asked)
    print(*wrong, sep="\n")  # noqa: T201
    for name in sorted(name for name in counts if name.endswith("asked")):
        found = name.removesuffix("asked")
        print(f"{found}{counts[f'{found}right']} of {counts[name]}")  # noqa: T201


if __name__ == "__main__":
    main()
