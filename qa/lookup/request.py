"""What a question asks for by number: which provision, of which statute, and no more than that."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from wenju.corpus.lexicon import phrase
from wenju.qa.lookup.catalogue import Entry, Named, StatuteCatalogue
from wenju.qa.lookup.mention import Mention, bare_number, mentions
from wenju.qa.lookup.titles import kind_word, seen

_LONGEST_STRANGER = 30  # characters of a title that the library does not have
_HOW = "怎么规定"
_phrase = partial(phrase, of="lookups")
DocumentIds = Collection[str] | None


@dataclass(frozen=True, slots=True)
class Request:
    """A provision that is asked for.

    ``entries`` are the statutes that are named, none where none is; ``stranger`` is a statute's name
    that no document has. ``form`` says whether the text is asked for, a list of a chapter's articles,
    or how many articles there are; with a ``unit`` how many divisions called so (章).
    """

    mention: Mention
    entries: tuple[Entry, ...] = ()
    stranger: str = ""
    form: Literal["text", "list", "count"] = "text"
    unit: str = ""


def read_request(
    folded: str, catalogue: StatuteCatalogue, document_ids: DocumentIds = None
) -> Request | None:
    """What a folded question asks for by number; None where it asks for anything else or more."""
    if not catalogue.entries:
        return None
    text = seen(folded)
    full = catalogue.named_in(text, document_ids)
    found = _mentions(text, full)
    if len(found) > 1:
        return None
    if not found:
        return _count(text, catalogue, document_ids) or _behind_name(text, catalogue, document_ids)
    mention = found[0]
    named = _named(text, mention, full, catalogue, document_ids)
    rest = _without(text, mention, named)
    if mention.divisions and (asked := _phrase("asks_list").search(rest)):
        rest = rest[: asked.start()] + rest[asked.end() :]
        form: Literal["text", "list"] = "list"
    else:
        form = "text"
    if _is_neutral(rest):
        return Request(mention, named.entries if named else (), form=form)
    stranger = "" if named else _stranger(text, mention)
    return Request(mention, stranger=stranger) if stranger else None


def named_in(
    folded: str, catalogue: StatuteCatalogue, document_ids: DocumentIds = None
) -> tuple[Entry, ...]:
    """The statutes of which a question names a provision; none where it names none or several."""
    text = seen(folded)
    full = catalogue.named_in(text, document_ids)
    found = _mentions(text, full)
    if not found:
        request = read_request(folded, catalogue, document_ids)
        return request.entries if request else ()
    named = _named(text, found[0], full, catalogue, document_ids)
    return named.entries if named else ()


def read_place(
    folded: str, catalogue: StatuteCatalogue, document_ids: DocumentIds = None
) -> Request | None:
    """The one article, of a statute that is named, of which a question asks something; else None."""
    text = seen(folded)
    full = catalogue.named_in(text, document_ids)
    found = _mentions(text, full)
    if len(found) != 1 or not found[0].article:
        return None
    named = _named(text, found[0], full, catalogue, document_ids)
    return Request(found[0], named.entries) if named else None


def read_matter(
    text: str, catalogue: StatuteCatalogue, document_ids: DocumentIds = None
) -> tuple[str, tuple[Entry, ...]] | None:
    """What 勞基法哪一條規定了加班費 asks about, as a question, and the statutes it names.

    None where a folded question asks for no article.
    """
    asked = _phrase("which_article").search(text)
    if asked is None or not catalogue.entries:
        return None
    named = catalogue.named_in(text, document_ids)
    named = named or catalogue.short_before(text, asked.start(), document_ids)
    matter = "".join(_without(text, Mention(*asked.span()), named).split())
    matter = matter[_leading(matter) :]
    return (f"{matter}{_HOW}", named.entries if named else ()) if matter else None


def referred(text: str) -> tuple[int, ...]:
    """The number of the article that a text is a mere reference to; empty where it says more."""
    found = mentions(text)
    if len(found) != 1:
        return ()
    rest = _phrase("own_article").sub("", _without(text, found[0], None).strip())
    return found[0].article if _is_neutral(rest) else ()


def _leading(text: str) -> int:
    """Where what asks nothing by itself ends at the beginning of a text."""
    found = _phrase("neutral").match(text)
    return found.end() if found else 0


def spoken_of(
    questions: Sequence[str], catalogue: StatuteCatalogue, document_ids: DocumentIds = None
) -> Request | None:
    """The statute, and the article, that earlier questions were about, the newest last."""
    entries: tuple[Entry, ...] = ()
    mention = Mention(0, 0)
    for question in reversed(questions):
        text = seen(question)
        articles = [found for found in mentions(text) if found.article]
        mention = mention if mention.article or not articles else articles[-1]
        entries = entries or named_in(text, catalogue, document_ids)
    return Request(mention, entries) if entries else None


def _mentions(text: str, full: Named | None) -> list[Mention]:
    """The provisions that are named, without what stands in the title of a statute."""
    if full is None:
        return mentions(text)
    blank = " " * (full.end - full.start)
    return mentions(f"{text[: full.start]}{blank}{text[full.end :]}")


def _named(
    text: str,
    mention: Mention,
    full: Named | None,
    catalogue: StatuteCatalogue,
    document_ids: DocumentIds,
) -> Named | None:
    """The statute of a mention: by the initials before it, or by a name that stands anywhere."""
    before = text[: mention.start]
    joint = _phrase("joint").search(before)
    end = joint.start() if joint else len(before)
    short = catalogue.short_before(before, end, document_ids)
    if full and (short is None or short.end - short.start <= full.end - full.start):
        return full
    return short or full


def _without(text: str, mention: Mention, named: Named | None) -> str:
    """What else a question says."""
    places = [(mention.start, mention.end), *([(named.start, named.end)] if named else [])]
    for start, end in sorted(places, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return text


def _is_neutral(text: str) -> bool:
    """Whether it asks for nothing more."""
    return bool(_phrase("neutral").fullmatch(_phrase("country").sub(" ", text)))


def _count(text: str, catalogue: StatuteCatalogue, document_ids: DocumentIds) -> Request | None:
    """勞基法一共多少條, 一共幾章."""
    asked = _phrase("asks_count").search(text) or _phrase("asks_divisions").search(text)
    if asked is None:
        return None
    unit = asked.groupdict().get("unit", "")
    mention = Mention(*asked.span())
    named = catalogue.named_in(text, document_ids) or catalogue.short_before(
        text, asked.start(), document_ids
    )
    if not _is_neutral(_without(text, mention, named)):
        return None
    return Request(mention, named.entries if named else (), form="count", unit=unit)


def _behind_name(
    text: str, catalogue: StatuteCatalogue, document_ids: DocumentIds
) -> Request | None:
    """勞基法24."""
    digits = next((at for at, char in enumerate(text) if char.isdigit()), -1)
    named = catalogue.named_in(text, document_ids)
    if named is None and digits > 0:
        named = catalogue.short_before(text, len(text[:digits].rstrip()), document_ids)
    mention = bare_number(text, named.end) if named else None
    if named is None or mention is None or not _is_neutral(_without(text, mention, named)):
        return None
    return Request(mention, named.entries)


def _stranger(text: str, mention: Mention) -> str:
    """The name of a statute that stands before a number, where nothing else is asked."""
    before = text[: mention.start]
    joint = _phrase("joint").search(before)
    name = before[: joint.start()] if joint else before
    name = name[_leading(name) :]
    asks_more = not _is_neutral(text[mention.end :]) or any(char.isspace() for char in name)
    is_name = kind_word(name) and 2 < len(name) <= _LONGEST_STRANGER
    return name if is_name and not asks_more else ""
