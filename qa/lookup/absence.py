"""What a statute has instead of a provision that it has not."""

from __future__ import annotations

from functools import partial

from wenju.corpus.lexicon import phrase
from wenju.corpus.script import fold, to_traditional
from wenju.qa.answer import Absent
from wenju.qa.lookup.location import title_of
from wenju.qa.lookup.mention import Mention
from wenju.qa.lookup.numbering import han
from wenju.qa.lookup.provisions import Provisions
from wenju.qa.lookup.request import Request

_phrase = partial(phrase, of="lookups")


def absent(request: Request, provisions: Provisions) -> Absent:
    """What was asked for, in the statute's own words, and how many of its kind there are."""
    mention = request.mention
    if mention.divisions:
        return _division(mention, provisions)
    title, numbering = title_of(provisions), provisions.numbering
    asked = numbering.label("article", mention.article)
    articles = provisions.statute.numbered("article", mention.article)
    if not articles:
        last = provisions.articles[-1].label
        return Absent(title, asked, "article", len(provisions.articles), last)
    kinds = [numbering.kind_of(part.unit) for part in mention.parts]
    labels = [
        numbering.label(kind, (part.number,))
        for kind, part in zip(kinds, mention.parts, strict=True)
        if kind in numbering.units
    ]
    written = numbering.reference("", [asked, *labels]).removeprefix("《》").removeprefix(", ")
    count = sum(part.kind == kinds[0] for part in provisions.parts(articles[0]))
    return Absent(title, written, kinds[0], count)


def _division(mention: Mention, provisions: Provisions) -> Absent:
    """A chapter or the like; how many are called so."""
    asked = "".join(f"第{han(number)}{unit}" for number, unit in mention.divisions)
    unit = mention.divisions[-1][1]
    called = [
        found
        for p in provisions.statute.provisions
        if (found := _phrase("division").fullmatch(fold(p.label))) and found["unit"] == unit
    ]
    simplified = "条" in provisions.numbering.units["article"]
    shown = asked if simplified else to_traditional(asked)
    return Absent(title_of(provisions), shown, "division", len(called))
