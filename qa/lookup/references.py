"""The provisions that a text names: 依第十四條, 本法第五条第二款, 《行政处罚法》第三十三条."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from wenju.corpus.lexicon import phrase
from wenju.corpus.script import fold
from wenju.qa.answer import Reference
from wenju.qa.lookup.catalogue import StatuteCatalogue, of_country
from wenju.qa.lookup.location import locate
from wenju.qa.lookup.mention import Mention, mentions
from wenju.qa.lookup.provisions import Provisions
from wenju.qa.lookup.titles import kind_word, seen

_LONGEST_TITLE = 60
_HEAD = 2000  # characters in which a document says what it calls 本法
_NOTE = re.compile(r"\([^()]*\)\s*$")  # 勞動基準法（以下簡稱本法）第五條
_phrase = partial(phrase, of="lookups")
ProvisionsOf = Callable[[str], Provisions]
"""The provisions of a document by its id."""


def references_in(
    source: Provisions,
    start: int,
    end: int,
    catalogue: StatuteCatalogue,
    provisions_of: ProvisionsOf,
) -> Iterator[Reference]:
    """What ``document.text[start:end]`` refers to, with places in that; only what is in the library.

    A number alone is one of the same document, where that is a statute; one behind the name of a
    statute is that one's, and so are those that go on from it (第三條、第五條).
    """
    view = fold(source.document.text[start:end])
    own = {article.start - start for article in source.articles}
    names = _Names(source, catalogue)
    at, meant = -1, ""
    for mention in mentions(view):
        if not mention.article or mention.start in own or not _is_numbered(view, mention):
            continue
        if at < 0 or not _phrase("goes_on").fullmatch(view, at, mention.start):
            meant = names.meant(view[: mention.start])
        at = mention.end
        if meant:
            target = source if meant == source.document.id else provisions_of(meant)
            yield from _referring(mention, target)


def _is_numbered(view: str, mention: Mention) -> bool:
    """Whether it is no mere count of articles: 二十条, without 第."""
    first = view[mention.start]
    return not first.isdecimal() and phrase("han_digit", "lookups").match(first) is None


class _Names:
    """What the names of statutes in one document stand for."""

    def __init__(self, source: Provisions, catalogue: StatuteCatalogue) -> None:
        self._source = source
        self._catalogue = catalogue
        self._last = ""  # the document that was named last

    def meant(self, before: str) -> str:
        """The document whose article is named behind a folded text; empty where it is not known."""
        before = _NOTE.sub("", before)
        if own := _phrase("own_statute").search(before):
            return self._called_own(own["kind"])
        if _phrase("same_statute").search(before):
            return self._last
        named = self._named(before)
        if named is None:
            return self._source.document.id if self._source.articles else ""
        self._last = named
        return named

    def _named(self, before: str) -> str | None:
        """The document of the name that a text ends in, empty for a stranger's; None without one."""
        if quoted := _phrase("quoted_title").search(before):
            return self._one(quoted[1])
        tail = before[-_LONGEST_TITLE:].rstrip()
        if not kind_word(tail):
            return None
        return next(filter(None, (self._one(tail[at:]) for at in range(len(tail) - 1))), "")

    def _one(self, name: str) -> str:
        """The statute of a name; of several the one of the document's own country."""
        found = self._catalogue.called(seen(name))
        if len(found) > 1:
            known = self._source.document.metadata.jurisdiction
            country = known[:2] or ("CN" if self._source.numbering.quoted else "TW")
            found = of_country(found, country)
        return found[0].id if len(found) == 1 else ""

    def _called_own(self, kind: str) -> str:
        """本法: the document itself, or the law that it calls so, as rules do that implement one."""
        own = seen(self._source.document.label)
        if kind_word(own).endswith(kind) or not self._source.articles:
            return self._source.document.id
        head = fold(self._source.document.text[:_HEAD])
        for called in _phrase("called_own").finditer(head):
            if called["kind"] == kind:
                return self._named(head[: called.start()]) or ""
        return next(filter(None, (self._one(own[:end]) for end in range(len(own) - 1, 1, -1))), "")


def _referring(mention: Mention, target: Provisions) -> Iterator[Reference]:
    """The reference of a mention, to its article where the part that it names is not there."""
    paths = target.named(mention) or target.named(replace(mention, parts=()))
    for path in paths[:1]:
        place = path[-1].start, path[-1].end
        found = locate(target, *place)
        yield Reference(
            mention.start,
            mention.end,
            target.document.id,
            found.article,
            dict(found.numbers),
            target.document.alignment.to_source(*place),
        )
