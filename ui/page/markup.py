"""HTML of the page, from the templates beside this module, and what they ask of an answer.

Nothing is ever read as markdown or formulas; line breaks are kept by the style sheet.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from wenju.qa.answer import Answer, Citation, with_reference
from wenju.ui.facts import facts_of, inventory_of, notes_of, offered_of
from wenju.ui.page.showing import certainty_of, headline_of, numbers_of, reading_aid, size_of
from wenju.ui.templates import environment

if TYPE_CHECKING:
    from jinja2 import Environment

    from wenju.corpus.formats.pdf.sheet import PageBox, Sheet
    from wenju.ui.texts import Texts

Place = tuple[int, int]


def render(name: str, **values: object) -> str:
    """The HTML of one of the page's templates for these values."""
    return _environment().get_template(f"{name}.html").render(values)


@cache
def _environment() -> Environment:
    made = environment("wenju.ui.page")
    made.filters |= {
        "about": about,
        "certainty": certainty_of,
        "difference": difference_of,
        "evidence": evidence_of,
        "facts": facts_of,
        "headline": headline_of,
        "inventory": inventory_of,
        "notes": notes_of,
        "numbers": numbers_of,
        "offered": offered_of,
        "place": place_of,
        "places": places_of,
        "reading_aid": reading_aid,
        "reference": with_reference,
        "row": row_of,
        "segments": segments,
        "size": size_of,
        "statements": statements,
        "where": where,
        "within": within,
    }
    return made


def segments(text: str, highlight: Sequence[Place]) -> list[tuple[int, int, str]]:
    """The text in pieces: start, end, and ``answer`` or ``also`` where it is highlighted.

    The first place is the answer and always highlighted whole; others that overlap it are
    dropped, for marks do not nest.
    """
    kept: list[Place] = []
    for start, end in highlight:
        if start < end and all(end <= a or b <= start for a, b in kept):
            kept.append((start, end))
    pieces, at = [], 0
    for start, end in sorted(kept):
        mark = "answer" if (start, end) == kept[0] else "also"
        pieces += [(at, start, ""), (start, end, mark)]
        at = end
    return [*pieces, (at, len(text), "")]


def places_of(citation: Citation) -> str:
    """What is highlighted in the source, ``start-end`` in its characters, parted by commas."""
    places = citation.source_highlight or ((citation.start, citation.end),)
    return ",".join(f"{start}-{end}" for start, end in places)


def place_of(citation: Citation, texts: Texts) -> str:
    """Where a text holds: the innermost place, a country in the page's language."""
    place = citation.jurisdiction.rpartition("/")[2]
    return texts.places.get(place, place)


def where(citation: Citation) -> str:
    """The heading or page that tells a document's citations apart; empty where there is none."""
    page = f"p. {citation.page}" if citation.page is not None else ""
    place = citation.article or next(iter(citation.headings[-1:]), "") or page
    return place if place != citation.title else ""


def evidence_of(answer: Answer) -> tuple[Citation, ...]:
    """The citations of an answer; in that of a quotation what answers best is highlighted alone."""
    if not answer.best:
        return answer.citations
    first, *others = answer.citations
    at = first.highlight[0][0]
    best = at + answer.best[0], at + answer.best[1]
    return (replace(first, highlight=(best,)), *others)


def statements(answer: Answer) -> list[tuple[str, int, Citation, str]]:
    """What the documents say, each with its citation, that one's number, and why it differs.

    Of an answer itself and its alternatives; of a refusal what is highlighted in the nearest.
    """
    if not answer.answered:
        near = enumerate(answer.nearest, 1)
        return [(c.quote[a:b], number, c, "") for number, c in near for a, b in c.highlight]
    cited = answer.citations
    others = [
        (o.text, o.citation + 1, cited[o.citation], o.difference) for o in answer.alternatives
    ]
    return [(answer.answer, 1, cited[0], ""), *others]


def difference_of(answer: Answer) -> str:
    """In what all other statements differ from the answer; empty where that is not one thing."""
    found = {other.difference for other in answer.alternatives}
    return found.pop() if len(found) == 1 else ""


def about(answer: Answer) -> str:
    """What a judgement of the answer is about, in JSON, as the API takes it."""
    first = next(iter(answer.citations), None)
    start, end = first.source_highlight[0] if first and first.source_highlight else (None, None)
    said = {
        "question": answer.asked or answer.question,
        # of items that stand apart the first, whose place this is
        "answer": answer.items[0].text if answer.joined else answer.answer,
        "document_id": first.document_id if first else None,
        "start": start,
        "end": end,
    }
    return json.dumps(said, ensure_ascii=False)


def within(box: PageBox, sheet: Sheet) -> str:
    """Where a box stands on its page, as a style: shares of the page, so that it grows with it."""
    left, right = (100 * at / sheet.width for at in (box.left, box.right))
    top, bottom = (100 * at / sheet.height for at in (box.top, box.bottom))
    return f"left:{left:.2f}%;top:{top:.2f}%;width:{right - left:.2f}%;height:{bottom - top:.2f}%"


def row_of(citation: Citation) -> list[tuple[str, str, list[Place]]]:
    """The cells of a citation's row: the column's name, the value, and what of it is highlighted."""
    return [
        (
            cell.column,
            cell.value,
            [
                (max(a, cell.start) - cell.start, min(b, cell.end) - cell.start)
                for a, b in citation.highlight
                if a < cell.end and cell.start < b
            ],
        )
        for cell in citation.row
    ]
