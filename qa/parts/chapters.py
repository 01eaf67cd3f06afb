"""The articles of the chapter that is named after what is asked for: the rights of users."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from wenju.corpus.lexicon import phrase
from wenju.corpus.statutes import DIVISIONS, Provision, Statute
from wenju.index.hit import Hit
from wenju.index.library import Library
from wenju.qa.lookup.answers import Slice
from wenju.qa.lookup.provisions import Provisions
from wenju.qa.lookup.titles import seen
from wenju.qa.question import Question

_SHORTEST = 4  # characters of a chapter's title that say what it is on
_MOST = 40  # articles
_phrase = partial(phrase, of="parts")


def articles(question: Question, hits: Sequence[Hit], library: Library) -> list[Slice]:
    """All articles of the one chapter whose title is what is asked for; none where none is it.

    Where several statutes among the hits have such a chapter it is not known which is meant.
    """
    asked = _asked(seen(question.folded))
    if not asked:
        return []
    found: list[tuple[Provisions, Provision]] = []
    for document_id in dict.fromkeys(hit.passage.document_id for hit in hits):
        held = library.provisions_of(document_id)
        named = [p for p in held if p.kind in DIVISIONS and p.title and _ends(asked, p.title)]
        if not named:
            continue
        document = library.document(document_id)
        provisions = Provisions(document, Statute(tuple(held)))
        found += [(provisions, p) for p in named if _is_of(asked, p.title, document.label)]
    if len(found) != 1:
        return []
    provisions, chapter = found[0]
    inside = provisions.statute.inside(chapter, "article")
    if not 1 < len(inside) <= _MOST:
        return []
    return [Slice(provisions, (a.start, a.end), (a.start, a.end)) for a in inside]


def _asked(text: str) -> str:
    """What is asked for of a whole: 用戶的權利 of 用戶的權利有哪些 and of 用戶有哪些權利."""
    found = _phrase("asks_members").fullmatch(text) or _phrase("has_members").fullmatch(text)
    return _plain("".join(filter(None, found.groups()))) if found else ""


def _plain(text: str) -> str:
    """Without the words that join a name to what it belongs to."""
    return _phrase("joint_of").sub("", text)


def _ends(asked: str, title: str) -> bool:
    plain = _plain(seen(title))
    return len(plain) >= _SHORTEST and asked.endswith(plain)


def _is_of(asked: str, title: str, statute: str) -> bool:
    """Whether what is asked for says no more than the chapter's title and the statute's."""
    rest = asked.removesuffix(_plain(seen(title)))
    name = _plain(seen(statute))
    left = rest.replace(name, " ")
    return left in name or bool(phrase("neutral", of="lookups").fullmatch(left))
