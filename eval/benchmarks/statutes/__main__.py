"""Check the articles of all statutes: ``python -m wenju.eval.benchmarks.statutes [FILE_OR_FOLDER…]``."""

from __future__ import annotations

import argparse
import json
import lzma
import random
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from wenju.corpus.document import Heading, Source
from wenju.corpus.errors import WenjuError
from wenju.corpus.formats.markup import read_markdown
from wenju.eval.benchmarks.data import data_folder
from wenju.eval.benchmarks.statutes.check import Report, check
from wenju.eval.benchmarks.statutes.truth import FORMS, Law, counted, rendered

_ARCHIVES = ("tw_laws_zh_hant.jsonl.xz", "prc_laws.tar.xz")

T = TypeVar("T")
Checked = tuple[Law, tuple[Heading, ...]]


def main() -> int:
    """Print what was counted; 1 where a label is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path, help="archives, or what was in them")
    parser.add_argument("--forms", nargs="*", choices=FORMS, default=list(FORMS))
    parser.add_argument("--limit", type=int, default=0, help="at most so many laws of each archive")
    chosen = parser.parse_args()
    paths = chosen.paths or [data_folder() / "scale" / name for name in _ARCHIVES]
    wrong = 0
    for path in paths:
        reports: dict[str, Report] = {}
        for law, headings in laws(path, chosen.forms, chosen.limit):
            reports.setdefault(law.form, Report()).add(check(law, headings))
        for form, report in reports.items():
            sys.stdout.write(f"{path.name}, {form}\n{_told(report)}\n")
            wrong += report.counts["label wrong"]
    return int(wrong > 0)


def laws(path: Path, forms: list[str], limit: int = 0) -> Iterator[Checked]:
    """The laws of an archive or an unpacked one: lines of JSON in each form, or Markdown files."""
    if ".jsonl" in path.name:
        lines = _lines(path)
        for line in _drawn(lines, limit):
            law = json.loads(line)
            for form in forms:
                yield rendered(law["title"], law["articles"], form), ()
        return
    for name, data in _drawn(list(_files(path)), limit):
        try:
            sources, _ = read_markdown(data, name, name)
        except WenjuError:
            continue  # the folders' own pages are empty
        yield _counted(sources[0])


def _counted(source: Source) -> Checked:
    starts = [heading.start for heading in source.headings]
    return counted(source.name, source.text, starts), source.headings


def _drawn(found: list[T], limit: int) -> list[T]:
    return random.Random(1).sample(found, limit) if 0 < limit < len(found) else found


def _lines(path: Path) -> list[str]:
    if path.suffix == ".xz":
        with lzma.open(path, "rt", encoding="utf-8") as file:
            return list(file)
    return path.read_text(encoding="utf-8").splitlines()


def _files(path: Path) -> Iterator[tuple[str, bytes]]:
    if path.is_dir():
        for file in sorted(path.rglob("*.md")):
            yield file.name, file.read_bytes()
        return
    with tarfile.open(path, "r:xz") as archive:
        for member in archive:
            file_in = archive.extractfile(member) if member.name.endswith(".md") else None
            if file_in:
                yield Path(member.name).name, file_in.read()


def _told(report: Report) -> str:
    counts = report.counts
    speed = counts["characters"] / max(1, counts["microseconds"])
    lines = [f"  {kind}: {count:,}" for kind, count in counts.items() if kind != "microseconds"]
    lines.append(f"  million characters a second: {speed:.2f}")
    for kind, examples in report.examples.items():
        lines += [f"  {kind}:", *(f"    {example}" for example in examples)]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
