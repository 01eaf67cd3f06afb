"""Whose law answers, over two countries' laws of one matter: ``python -m wenju.eval.benchmarks.jurisdictions``.

The library holds the laws of Taiwan and of the mainland on work, privacy, consumers, traffic, families
and companies. A question names one of them, speaks as one of them does, or does neither: then both
should be shown side by side.
"""

from __future__ import annotations

import argparse
import json
import lzma
import tarfile
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from wenju.corpus.document import Source
from wenju.eval.benchmarks.data import data_folder
from wenju.index.jurisdictions import outermost
from wenju.qa.answer import Answer
from wenju.qa.engine import Engine
from wenju.qa.settings import Settings

_TAIWAN = (
    *("勞動基準法", "勞工請假規則", "性別平等工作法", "個人資料保護法", "消費者保護法"),
    *("道路交通管理處罰條例", "公司法"),
)
_CIVIL_CODE = "民法"  # of which the part on families is taken
_FAMILIES = ("第 967 條", "第 1137 條")
_MAINLAND = (
    *("劳动法(2018-12-29)", "劳动合同法(2012-12-28)", "职工带薪年休假条例(2007-12-14)"),
    *("个人信息保护法(2021-08-20)", "消费者权益保护法(2013-10-25)", "道路交通安全法(2021-04-29)"),
    *("公司法(2023-12-29)", "婚姻家庭编"),
)


def sources(data: Path) -> list[Source]:
    """The laws, as their publishers print them."""
    return [
        *_taiwan(data / "scale/tw_laws_zh_hant.jsonl.xz"),
        *_mainland(data / "scale/prc_laws.tar.xz"),
    ]


def _taiwan(path: Path) -> Iterator[Source]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for law in map(json.loads, lines):
            if law["title"] in (*_TAIWAN, _CIVIL_CODE):
                yield Source(f"{law['title']}.txt", f"/tw/{law['pcode']}", taiwan_text(law))


def taiwan_text(law: dict[str, object]) -> str:
    """A law of Taiwan as the database of its ministry prints it."""
    day, articles = str(law["date"]), law["articles"]
    assert isinstance(articles, list)
    if law["title"] == _CIVIL_CODE:
        numbers = [number for number, _ in articles]
        articles = articles[slice(*map(numbers.index, _FAMILIES))]
    year = f"{int(day[:4]) - 1911} 年 {day[4:6]} 月 {day[6:]} 日"
    head = f"法規名稱：{law['title']}\n修正日期：民國 {year}\n"
    return head + "".join(f"{number}\n{text}\n" for number, text in articles)


def _mainland(path: Path) -> Iterator[Source]:
    with tarfile.open(path) as archive:
        for member in archive:
            name = Path(member.name)
            held = archive.extractfile(member) if name.stem in _MAINLAND else None
            if held and name.suffix == ".md":
                yield Source(name.name, f"/cn/{name.name}", held.read().decode("utf-8"))


def countries(answer: Answer) -> list[str]:
    """Whose law answers: the answer's country, and those of the answers beside it."""
    cited = [0, *(other.citation for other in answer.alternatives)] if answer.answered else []
    return list(dict.fromkeys(outermost(answer.citations[i].jurisdiction) for i in cited))


def right(means: str, answer: Answer) -> bool:
    """Whether the country that is meant answers, or both where none is."""
    found = countries(answer)
    return {"TW", "CN"} <= {*found} if means == "both" else found[:1] == [means]


def measure(engine: Engine, lines: Sequence[dict[str, str]]) -> tuple[Counter[str], list[str]]:
    """How many are right of each kind of question, with the number asked, and what went wrong."""
    counts: Counter[str] = Counter()
    wrong = []
    for line in lines:
        kind = "both" if line["means"] == "both" else "meant"
        answer = engine.ask(line["question"])
        counts[f"{kind} asked"] += 1
        counts[f"{kind} right"] += right(line["means"], answer)
        if not right(line["means"], answer):
            wrong.append(
                f"{line['question']} ({line['means']}): {countries(answer)} {answer.answer}"
            )
    return counts, wrong


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, help="a folder that keeps the library for next time")
    given = parser.parse_args()
    said = (
        files("wenju.eval.benchmarks").joinpath("jurisdictions.jsonl").read_text(encoding="utf-8")
    )
    lines = [json.loads(line) for line in said.splitlines()]
    with TemporaryDirectory() as folder:
        with Engine.open(Settings(home=given.home or Path(folder))) as engine:
            engine.add_sources(sources(data_folder()))
            counts, wrong = measure(engine, lines)
    print(*wrong, sep="\n")  # noqa: T201
    for kind in ("meant", "both"):
        print(f"{kind}: {counts[f'{kind} right']} of {counts[f'{kind} asked']}")  # noqa: T201


if __name__ == "__main__":
    main()
