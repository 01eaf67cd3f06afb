"""Laws as their publishers have them, read apart from the product: what is asked is known from here."""

from __future__ import annotations

import json
import lzma
import random
import re
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_ARTICLE = re.compile(
    r"第([〇零一二三四五六七八九十百千]+)条(?:之([一二三四五六七八九十]+))?[\s\u3000]+(?=\S)"
)
_DATED = re.compile(r"\((\d{4}-\d\d-\d\d)\)")
_NUMBER = re.compile(r"第\s*(\d+)(?:-(\d+))?\s*條")
_MARKS = (re.compile("[一二三四五六七八九十]+、"), re.compile("[（(][一二三四五六七八九十]+[）)]"))
_MARKED = re.compile("[（(]?([一二三四五六七八九十]+)")
_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True)
class Law:
    """A law: its file's name and text, its title and date, and its articles by number."""

    file: str
    raw: str
    title: str
    date: str
    articles: dict[tuple[int, ...], str]
    mainland: bool


def taiwan(path: Path) -> Iterator[Law]:
    """The laws of a JSONL file, packed or not."""
    opened = (
        lzma.open(path, "rt", encoding="utf-8")
        if path.suffix == ".xz"
        else path.open(encoding="utf-8")
    )
    with opened as lines:
        for line in lines:
            record = json.loads(line)
            articles: dict[tuple[int, ...], str] = {}
            for number, text in record["articles"]:
                if found := _NUMBER.fullmatch(number.strip()):
                    articles[tuple(int(n) for n in found.groups() if n)] = text.strip()
            if not record["repealed"]:
                yield Law(
                    f"{record['pcode']}.jsonl",
                    line,
                    record["title"],
                    record["date"],
                    articles,
                    False,
                )


def mainland(path: Path) -> Iterator[Law]:
    """The statutes of a folder or tar archive of Markdown files, with all their versions."""
    for name, text in sorted(_files(path)):
        head, _, rest = text.partition("<!-- INFO END -->")
        title = head.strip().split("\n")[0].lstrip("# ").strip()
        articles = _articles(rest)
        numbers = [n[0] for n in articles if len(n) == 1]
        if title and len(numbers) > 2 and numbers == list(range(1, len(numbers) + 1)):
            dated = _DATED.search(name)
            yield Law(name, text, title, dated[1] if dated else "", articles, True)


def _files(path: Path) -> Iterator[tuple[str, str]]:
    if path.is_dir():
        yield from ((f.name, f.read_text(encoding="utf-8")) for f in path.rglob("*.md"))
        return
    with tarfile.open(path) as archive:
        for member in archive:
            file = archive.extractfile(member) if member.name.endswith(".md") else None
            if file:
                yield Path(member.name).name, file.read().decode("utf-8")


def _articles(text: str) -> dict[tuple[int, ...], str]:
    """By number; an article's lines go on to the next article or heading."""
    found: dict[tuple[int, ...], list[str]] = {}
    lines: list[str] = []
    for line in text.split("\n"):
        line = line.strip()
        opens = _ARTICLE.match(line)
        if opens:
            lines = found.setdefault(tuple(number(n) for n in opens.groups() if n), [])
            lines.append(line[opens.end() :])
        elif line.startswith("#"):
            lines = []
        elif line:
            lines.append(line)
    return {n: "\n".join(said) for n, said in found.items()}


def number(written: str) -> int:
    """A number below ten thousand in Chinese."""
    total = digit = 0
    for char in written:
        scale = {"十": 10, "百": 100, "千": 1000}.get(char)
        if scale:
            total, digit = total + (digit or 1) * scale, 0
        else:
            digit = _DIGITS.index("零" if char == "〇" else char)
    return total + digit


def paragraphs(article: str) -> list[list[str]]:
    """The lines of each paragraph: its own and those of its items."""
    found: list[list[str]] = []
    for line in filter(None, map(str.strip, article.split("\n"))):
        if found and any(mark.match(line) for mark in _MARKS):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def is_plain(article: str) -> bool:
    """Whether its parts can be counted by anybody: no tables, formulas or other marks, no gaps."""
    lines = [line.strip() for line in article.split("\n") if line.strip()]
    return all(
        line.endswith(("。", "：", "；")) and not line[0].isascii() and not set("＝─│") & set(line)
        for line in lines
    )


def items(paragraph: list[str], *, mainland: bool) -> list[str]:
    """The items of a paragraph, with what is below them."""
    mark = _MARKS[1] if mainland else _MARKS[0]
    found: list[str] = []
    for line in paragraph[1:]:
        if mark.match(line):
            found.append(line)
        elif found:
            found[-1] += "\n" + line
    written = [_MARKED.match(line) for line in found]
    numbers = [number(match[1]) for match in written if match]
    return found if numbers == [*range(1, len(found) + 1)] else []


def chosen(
    laws: Iterable[Law], count: int, wanted: Iterable[str], chance: random.Random
) -> list[Law]:
    """So many titles by chance, those that are ``wanted`` among them; of each all versions."""
    by_title: dict[str, list[Law]] = {}
    for law in laws:
        if len(law.articles) > 2:
            by_title.setdefault(law.title, []).append(law)
    titles = sorted(by_title)
    first = [title for title in wanted if title in by_title]
    drawn = first + [t for t in chance.sample(titles, min(count, len(titles))) if t not in first]
    return [law for title in drawn[:count] for law in by_title[title]]
