"""Articles of statutes as texts to make questions from."""

from __future__ import annotations

import json
import lzma
import random
import re
import tarfile
from collections.abc import Iterator
from pathlib import Path

from wenju.corpus.script import fold
from wenju.eval.training.network.gold import TrainingDataError

_ARTICLE = re.compile(
    r"^第[一二三四五六七八九十百千零\d]+条(?:之[一二三四五六七八九十]+)?\s*", re.M
)
_SHORTEST, _LONGEST = 40, 900  # characters of an article that is of use

_BROKEN = (
    *(OSError, EOFError, lzma.LZMAError, tarfile.TarError),
    *(ValueError, KeyError, TypeError, AttributeError),
)

Article = tuple[str, str]
"""The statute's title and an article's text, folded."""


def articles(paths: list[Path], limit: int, seed: int) -> list[Article]:
    """At most ``limit`` articles of each archive, drawn with the seed; raises TrainingDataError.

    An archive is ``.jsonl.xz`` (an object with ``title`` and ``articles`` to a line) or
    ``.tar.xz`` (a Markdown file to a statute).
    """
    found: list[Article] = []
    for path in paths:
        try:
            read = list(_lines(path) if path.name.endswith(".jsonl.xz") else _files(path))
        except _BROKEN as error:
            raise TrainingDataError(
                f"{path} cannot be learned from ({type(error).__name__}: {error}); "
                "give .jsonl.xz or .tar.xz of statutes."
            ) from None
        fit = [a for a in read if _SHORTEST <= len(a[1]) <= _LONGEST]
        found += random.Random(seed).sample(fit, min(limit, len(fit)))
    return found


def _lines(path: Path) -> Iterator[Article]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            law = json.loads(line)
            if not law.get("repealed"):
                for _, text in law["articles"]:
                    yield law["title"], text


def _files(path: Path) -> Iterator[Article]:
    with tarfile.open(path, "r:xz") as archive:
        for member in archive:
            if not member.isfile() or not member.name.endswith(".md"):
                continue
            file = archive.extractfile(member)
            text = file.read().decode("utf-8", "replace") if file else ""
            title = text.split("\n", 1)[0].lstrip("# ").strip()
            for article in _ARTICLE.split(text.split("<!-- INFO END -->")[-1])[1:]:
                body = re.split(r"\n#", article)[0]
                yield title, re.sub(r"\n{2,}", "\n", body).strip()


def folded(article: Article) -> Article:
    """An article as the reader reads it."""
    return fold(article[0]), fold(article[1])
