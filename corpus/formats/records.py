"""JSON Lines: each line is a source, and so are the lines of a law together; text built by lines."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from wenju.corpus.document import Heading, Region, Source
from wenju.corpus.encodings import decode
from wenju.corpus.errors import ReadError
from wenju.corpus.formats.law_lines import LawLine, LawText, law_line
from wenju.corpus.layout import numbers_of
from wenju.corpus.metadata.given import of_record

# blanks are looked at once, from where they begin: a run of them would be, from each of its places
_BREAK = re.compile(r"(?<![ \t\f\v\xa0])[ \t\f\v\xa0]*\n\s*")
_BLANKS = re.compile(r"[ \t\f\v\xa0]+")
_TEXT_KEYS = ("text", "content", "body", "context")
_ISSUER_KEYS = ("issuer", "dept", "publisher")

# JSON can spell what no file may hold: zero characters and halves of surrogate pairs
_UNWRITABLE = re.compile("[\0\ud800-\udfff]")


class Lines:
    """A text built line by line, with the places of its headings and tables.

    ``length`` is where the next line begins.
    """

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.headings: list[Heading] = []
        self.regions: list[Region] = []
        self.length = 0

    def add(self, line: str, level: int = 0) -> None:
        """Add a line unless it is blank; a ``level`` above 0 makes it a heading."""
        if not line.strip():
            return
        if level:
            self.headings.append(Heading(self.length, self.length + len(line), level))
        self.lines.append(line)
        self.length += len(line) + 1

    def add_table(self, rows: Iterable[str]) -> None:
        """Add the lines of a table."""
        start = self.length
        for row in rows:
            self.add(row)
        if self.length > start:
            self.regions.append(Region(start, self.length - 1, "table"))

    @property
    def text(self) -> str:
        """The lines so far."""
        return "\n".join(self.lines)

    @property
    def last(self) -> str:
        """The line that was added last; empty before the first."""
        return self.lines[-1] if self.lines else ""

    def heading_texts(self, level: int) -> list[str]:
        """The headings of one level, in order."""
        text = self.text
        return [text[h.start : h.end] for h in self.headings if h.level == level]


def is_wide(character: str) -> bool:
    """Whether it is an East Asian wide or full-width character."""
    return unicodedata.east_asian_width(character) in "WF"


def width(text: str) -> int:
    """Columns on a terminal: two for a wide character, one for any other."""
    return len(text) + sum(is_wide(c) for c in text)


def glue(left: str, right: str) -> str:
    """What joins two pieces of a broken line: nothing beside a wide character, else a space."""
    return " " if left and right and not (is_wide(left[-1]) or is_wide(right[0])) else ""


def one_line(text: str) -> str:
    """``text`` on one line: breaks glued as its script wants, runs of blanks made one space."""
    pieces = _BREAK.split(text.strip())
    joined = pieces[0]
    if len(pieces) > 1:
        seams = zip(pieces, pieces[1:], strict=False)
        joined += "".join(glue(left, right) + right for left, right in seams)
    return _BLANKS.sub(" ", joined).strip()


def squeeze(text: str) -> str:
    """The text without any white space."""
    return "".join(text.split())


def read_jsonl(data: bytes, name: str, origin: str) -> tuple[list[Source], list[str]]:
    """A source for each line, named ``file.jsonl#3`` by its line number, and the bad lines' faults.

    Lines that hold an article of the same law each are one source, named by the first of them.
    Raises ReadError when every line is bad.
    """
    sources: list[Source] = []
    problems: list[str] = []
    laws: dict[tuple[str, str, str], _Versions] = {}
    # splitlines() would also break at U+2028, which JSON strings may hold
    for number, line in enumerate(decode(data, name).split("\n"), 1):
        if not line.strip():
            continue
        try:
            source, found = _read_line(line, f"{name}#{number}", origin)
        except ReadError as error:
            problems.append(str(error))
            continue
        if found:
            _put_together(sources, laws, source, found)
        else:
            sources.append(source)
    for (title, *_), versions in laws.items():
        for at, law in versions.texts:
            sources[at] = replace(sources[at], text=law.text, title=title)
    if problems and not sources:
        more = f" ({len(problems) - 1} more lines like it)" if len(problems) > 1 else ""
        raise ReadError(problems[0] + more)
    return sources, problems


@dataclass(slots=True)
class _Versions:
    """The versions of a law: the place of each source with its text, and how many hold each number."""

    texts: list[tuple[int, LawText]] = field(default_factory=list)
    held: Counter[tuple[int, ...]] = field(default_factory=Counter)


def _put_together(
    sources: list[Source],
    laws: dict[tuple[str, str, str], _Versions],
    source: Source,
    line: LawLine,
) -> None:
    """Add an article to the source of its law, the first that does not have it, or begin one."""
    versions = laws.setdefault((line.law, source.date, source.issuer), _Versions())
    number = numbers_of(line.number)
    # each time that it came it went to the next one
    held = versions.held[number]
    versions.held[number] += 1
    if held == len(versions.texts):
        versions.texts.append((len(sources), LawText()))
        sources.append(source)
    versions.texts[held][1].add(line)


def _read_line(line: str, name: str, origin: str) -> tuple[Source, LawLine | None]:
    """The source of a line, and the article of a law that it may be."""
    record = _loaded(line, name)
    try:
        return _record(record, name, origin), law_line(record)
    except RecursionError:  # what could be parsed may be too deep to be written
        raise ReadError(f"{name} is nested too deeply; copy its text into a new line.") from None
    except (ValueError, OverflowError) as error:  # a number that is none
        raise ReadError(f"{name} cannot be read ({one_line(str(error))}).") from None


def _loaded(line: str, name: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ReadError(f"{name} is not JSON ({error}); each line must be one object.") from None
    if isinstance(record, str):
        record = {"text": record}
    if not isinstance(record, dict):
        kind = type(record).__name__
        raise ReadError(f"{name} holds a {kind}; each line must be one JSON object.")
    return record


def _record(record: dict[str, Any], name: str, origin: str) -> Source:
    text = _record_text(record)
    if not text.strip():
        raise ReadError(
            f"{name} holds no text; expected a field such as text or content.", why="empty"
        )
    issuer = next((_scalar(record[k]) for k in _ISSUER_KEYS if record.get(k)), "")
    title, date = (_scalar(record.get(k)) for k in ("title", "date"))
    text = _UNWRITABLE.sub("\ufffd", text)
    metadata = of_record(record)
    return Source(name, origin, text, title=title, date=date, issuer=issuer, metadata=metadata)


def _record_text(record: dict[str, Any]) -> str:
    for key in _TEXT_KEYS:
        if isinstance(record.get(key), str) and record[key].strip():
            return _lines(record[key])
    question, answer = record.get("question"), record.get("answer")
    if isinstance(question, str) and isinstance(answer, str):
        return _lines(f"{question}\n{answer}")
    articles = record.get("articles")
    if isinstance(articles, list) and articles and all(_is_article(a) for a in articles):
        return "\n".join(_lines(" ".join(article).strip()) for article in articles)
    known = {"title", "date", "url", *_ISSUER_KEYS}
    fields = ((key, _value(value)) for key, value in record.items() if key not in known)
    return "\n".join(f"{key}：{value}" for key, value in fields if value)


def _is_article(article: object) -> bool:
    return isinstance(article, list) and bool(article) and all(isinstance(a, str) for a in article)


def _value(value: object) -> str:
    if isinstance(value, list) and not any(isinstance(v, (dict, list)) for v in value):
        return "、".join(_value(v) for v in value)
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False)
    return _scalar(value)


def _scalar(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None or isinstance(value, (dict, list)) else one_line(str(value))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
