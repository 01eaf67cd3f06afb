"""What is read of documents against what is known of them: ``python -m wenju.eval.benchmarks.metadata``.

Statutes are drawn by a seed: of the mainland, whose file names tell the day of the text and whose
folders tell what it is and where it holds; of Taiwan, whose records tell all of it. Those of Taiwan
are read three times: as a line of JSON, as a text under its usual head, and as a text without one. A value
that is filled counts as right or wrong; an empty one as empty, unless nothing was to be found.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import re
import sys
import tarfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from wenju.corpus.build import build_document
from wenju.corpus.document import Document, Source
from wenju.corpus.formats.markup import read_markdown
from wenju.corpus.formats.records import read_jsonl
from wenju.eval.benchmarks.data import data_folder

FIELDS = ("date", "kind", "jurisdiction", "repealed", "language")
OUTCOMES = ("right", "wrong", "empty", "other day")
_DAY = re.compile(r"\((\d{4}-\d\d-\d\d)\)\.md$")
_WRITTEN = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_LAWS = "刑法 宪法 宪法相关法 民法典 民法商法 社会法 经济法 行政法 诉讼与非诉讼程序法".split()
_STATUTES = "DLC 行政法规 部门规章 司法解释".split()


@dataclass(frozen=True, slots=True)
class Case:
    """A text to read, and what is known of it by field; an empty value must stay empty.

    ``told`` is whether the text names the day that is known.
    """

    set: str
    source: Source
    known: Mapping[str, str]
    told: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """One field of one case: what was read, and how it compares."""

    case: Case
    field: str
    value: str
    outcome: str


def mainland(archive: Path, count: int, seed: int) -> Iterator[Case]:
    """Statutes of the mainland whose file names tell a day."""
    with tarfile.open(archive) as laws:
        named = sorted(m.name for m in laws.getmembers() if _DAY.search(m.name))
        known = [n for n in named if PurePosixPath(n).parts[0] in (*_LAWS, *_STATUTES)]
        for name in sorted(random.Random(seed).sample(known, count)):
            file = laws.extractfile(name)
            yield _mainland(name, file.read() if file else b"")


def _mainland(name: str, data: bytes) -> Case:
    path = PurePosixPath(name)
    match = _DAY.search(name)
    day = match[1] if match else ""
    # the file's name would tell what its text should
    (source,), _ = read_markdown(data, "text.md", name)
    head = data.decode("utf-8", "replace").partition("<!-- INFO END")[0]
    written = {"{:04}-{:02}-{:02}".format(*map(int, d)) for d in _WRITTEN.findall(head)}
    notice = source.title.endswith("通知")
    known = {
        "date": day,
        "kind": "law" if path.parts[0] in _LAWS else "notice" if notice else "regulation",
        "jurisdiction": "CN",
        "repealed": "",
        "language": "zh-Hans",
    }
    if path.parts[0] == "DLC":
        known["jurisdiction"] = f"CN/{path.parts[-2]}"
    return Case("mainland", source, known, told=day in written)


def taiwan(file: Path, count: int, seed: int) -> Iterator[Case]:
    """Statutes of Taiwan as JSON, under a head, and without one."""
    with lzma.open(file, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    drawn = random.Random(seed).sample([r for r in records if r["articles"]], count)
    for record in drawn:
        yield from _taiwan(record)


def _taiwan(record: dict[str, str]) -> Iterator[Case]:
    day = f"{record['date'][:4]}-{record['date'][4:6]}-{record['date'][6:]}"
    gone = bool(record["repealed"])
    known = {
        "date": day,
        "kind": "regulation" if record["nature"] == "命令" else "law",
        "jurisdiction": "TW",
        "repealed": "yes" if gone else "",
        "language": "zh-Hant",
    }
    line = json.dumps(record, ensure_ascii=False).encode()
    (source,), _ = read_jsonl(line, "text.jsonl", record["pcode"])
    yield Case("taiwan, json", source, known)
    body = "\n".join(" ".join(article) for article in record["articles"])
    text = f"{_head(record, gone=gone)}\n{body}"
    dated = known | ({"date": "", "repealed": day} if gone else {})
    yield Case("taiwan, head", Source("text.txt", record["pcode"], text), dated)
    bare = Source("text.txt", record["pcode"], f"{record['title']}\n{body}")
    untold = known | {"repealed": "" if gone else known["repealed"]}
    yield Case("taiwan, no head", bare, untold, told=False)


def _head(record: dict[str, str], *, gone: bool) -> str:
    day = record["date"]
    year = int(day[:4]) - 1911
    written = f"民國 {year} 年 {day[4:6]} 月 {day[6:]} 日"
    label = "廢止日期" if gone else "修正日期"
    return f"法規名稱：{record['title']}\n{label}：{written}\n法規類別：{record['category']}"


def judge(case: Case) -> Iterator[Finding]:
    """How each field that was read compares with what is known."""
    document = build_document(case.source)
    for field in FIELDS:
        value = document.date if field == "date" else str(getattr(document.metadata, field))
        yield Finding(case, field, value, _outcome(case, field, value))


def _outcome(case: Case, field: str, value: str) -> str:
    known = case.known[field]
    if field == "jurisdiction" and value:
        inside = f"{value}/".startswith((f"{known}/", f"{known}省/", f"{known}市/"))
        named = known == "CN" or inside or value.startswith(f"{known}")
        return "right" if named else "empty" if known.startswith(f"{value}/") else "wrong"
    if value == known:
        return "right"
    if not value:
        return "empty"
    return "other day" if field == "date" and not case.told else "wrong"


def places_in_passages(document: Document) -> bool:
    """Whether every place of its metadata lies inside one passage."""
    from wenju.corpus.passages import cut

    passages = [(p.start, p.end) for p in cut(document)]
    return all(
        any(low <= start and end <= high for low, high in passages)
        for _, start, end in document.metadata.places
    )


def measure(count: int, seed: int) -> list[Finding]:
    """All findings of a draw."""
    folder = data_folder() / "scale"
    cases = [
        *mainland(folder / "prc_laws.tar.xz", count, seed),
        *taiwan(folder / "tw_laws_zh_hant.jsonl.xz", count, seed),
    ]
    return [finding for case in cases for finding in judge(case)]


def _report(findings: list[Finding]) -> Iterator[str]:
    counts: dict[tuple[str, str], Counter[str]] = {}
    for finding in findings:
        key = (finding.case.set, finding.field)
        counts.setdefault(key, Counter())[finding.outcome] += 1
    yield f"{'set':16} {'field':13} " + " ".join(f"{name:>9}" for name in OUTCOMES)
    for (name, field), counted in counts.items():
        yield f"{name:16} {field:13} " + " ".join(f"{counted[o]:9}" for o in OUTCOMES)
    filled = [f for f in findings if f.value and f.outcome != "other day"]
    right = sum(f.outcome == "right" for f in filled)
    yield f"of {len(filled)} values that are filled {right / max(1, len(filled)):.1%} are right"


def _said(finding: Finding) -> str:
    known = finding.case.known[finding.field]
    where = f"{finding.case.set}: {finding.case.source.origin}"
    return f"{finding.outcome}: {finding.field} {finding.value!r} for {known!r} ({where})"


def main() -> None:
    """Print the counts, and with ``--wrong`` each value that is not right."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--count", type=int, default=100, help="statutes of each side")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--wrong", action="store_true", help="name what is not right")
    given = parser.parse_args()
    findings = measure(given.count, given.seed)
    wrong = [_said(f) for f in findings if f.outcome != "right"] if given.wrong else []
    sys.stdout.write("\n".join([*wrong, *_report(findings), ""]))


if __name__ == "__main__":
    main()
