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
        last, unit = provisions.articles[-1].label, numbering.units["article"]
        return Absent(title, asked, "article", len(provisions.articles), unit, last)
    wanted = provisions.wanted(mention, articles[0])
    labels = [asked]
    outer, held = articles[0], provisions.parts(articles[0])
    for part in wanted:
        kind = part.unit
        labels.append(numbering.label(kind, (part.number,)) if kind in numbering.units else "")
        beside = [p for p in held if p.kind == kind and outer.start <= p.start < outer.end]
        same = [p for p in beside if p.number[:1] == (part.number,)]
        if not same:
            break
        outer = same[0]
    written = numbering.joined([label for label in labels if label])
    return Absent(title, written, "part", len(beside), numbering.units.get(kind, ""))


def _division(mention: Mention, provisions: Provisions) -> Absent:
    """A chapter or the like; how many are called so."""
    asked = "".join(f"第{han(number)}{unit}" for number, unit in mention.divisions)
    unit = mention.divisions[-1][1]
    called = [
        found
        for p in provisions.statute.provisions
        if (found := _phrase("division").fullmatch(fold(p.label))) and found["unit"] == unit
    ]
    if provisions.numbering.units["article"] == "條":
        asked, unit = to_traditional(asked), to_traditional(unit)
    return Absent(title_of(provisions), asked, "division", len(called), unit)
