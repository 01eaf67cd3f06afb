"""Jurisdictions as paths, outermost first (``TW/臺北市``), and which of them a question names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import cache

from wenju.corpus.lexicon import rows
from wenju.corpus.script import fold, to_simplified
from wenju.index.records import DocumentFacts
from wenju.index.titles import title_of

_LONGEST = 40  # characters of a name that is looked for
_LEAST = 2
_LEAST_ISSUER = 4  # of a body: shorter ones are words too


def within(path: str, outer: str) -> bool:
    """Whether a jurisdiction is another one or lies in it."""
    path, outer = _plain(path), _plain(outer)
    return path == outer or path.startswith(f"{outer}/")


def compatible(one: str, other: str) -> bool:
    """Whether both may hold in one place: the same, one inside the other, or one not known."""
    return not one or not other or within(one, other) or within(other, one)


def outermost(path: str) -> str:
    """The first part of a path: ``TW``."""
    return path.partition("/")[0]


@cache
def _named() -> dict[str, str]:
    """The path of every name of the lexicon."""
    found = {name: path for names, path in rows("jurisdictions") for name in names.split()}
    for name, path, *inside in rows("places"):
        found[name] = path
        for place in " ".join(inside).split():
            found.setdefault(fold(place), f"{path}/{place}")
    return found


def path_of(name: str) -> str:
    """The path that a name stands for (臺北市, TW/臺北市, Hong Kong), or the name itself."""
    return _named().get(_plain(name).replace(" ", ""), name)


def _plain(text: str) -> str:
    return fold(to_simplified(text)).strip("/ ")


class JurisdictionNames:
    """What a question may name a jurisdiction by: places, and the library's bodies and titles."""

    def __init__(self, documents: Iterable[DocumentFacts]) -> None:
        known = [d for d in documents if d.metadata.jurisdiction]
        self.paths = tuple(sorted({d.metadata.jurisdiction for d in known}))
        self.outermost = tuple(sorted({outermost(path) for path in self.paths}))
        self._names: dict[str, set[str]] = defaultdict(set)
        if not self.paths:
            return
        for name, path in _named().items():
            self._names[name].add(path)
        for path in self.paths:
            for i, part in enumerate(parts := path.split("/")):
                if len(part) >= _LEAST and i:
                    self._names[_plain(part)].add("/".join(parts[: i + 1]))
        for document in known:
            for name in _names_of(document):
                self._names[name].add(document.metadata.jurisdiction)

    def named(self, folded: str) -> dict[str, str]:
        """The paths that a folded question names, each with the name; the longest name counts."""
        found: dict[str, str] = {}
        for name in self._found(folded):
            for path in sorted(self._names[name]):
                found.setdefault(path, name)
        return found

    def _found(self, folded: str) -> Iterator[str]:
        at = 0
        while at < len(folded):
            longest = min(_LONGEST, len(folded) - at)
            name = next(
                (
                    folded[at : at + n]
                    for n in range(longest, _LEAST - 1, -1)
                    if folded[at : at + n] in self._names
                ),
                "",
            )
            if name:
                yield name
            at += len(name) or 1


def _names_of(document: DocumentFacts) -> Iterator[str]:
    """The names that stand for a document's jurisdiction: its issuer, and a statute's title."""
    issuer = _plain(document.issuer)
    if len(issuer) >= _LEAST_ISSUER:
        yield issuer
    title = title_of(document.title)
    if title.norm and len(title.key) >= _LEAST:
        yield title.key


def in_any(path: str, paths: Collection[str]) -> bool:
    """Whether a jurisdiction may hold where one of these does."""
    return any(compatible(path, other) for other in paths)
