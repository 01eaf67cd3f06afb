"""HTML of the panels beside the conversation: the passages an answer was copied from."""

from __future__ import annotations

from collections.abc import Sequence

from wenju.qa.answer import Citation
from wenju.ui.page.conversation import Turn, places_of
from wenju.ui.page.markup import button, escape, lit, other_script, spans
from wenju.ui.texts import ZH_HANT, Texts


def panels_html(turns: Sequence[Turn], texts: Texts = ZH_HANT) -> str:
    """What stands beside the conversation: a panel for each turn, only the newest in sight."""
    if not turns:
        return panel_html(None, texts=texts)
    return "".join(
        panel_html(turn, number, texts, hidden=turn is not turns[-1])
        for number, turn in enumerate(turns, 1)
    )


def panel_html(
    turn: Turn | None, number: int = 1, texts: Texts = ZH_HANT, *, hidden: bool = False
) -> str:
    """A turn's citations, or the passages that came nearest."""
    answer = turn.answer if turn else None
    if answer is None:
        return _panel(texts.sources, texts.sources_hint, "", "wj-empty", hidden)
    shown = answer.citations if answer.answered else answer.nearest
    cards = "".join(citation_html(c, n, number, texts) for n, c in enumerate(shown, 1))
    if answer.answered:
        return _panel(texts.sources, "", cards, "wj-sources", hidden)
    hint = texts.nearest_hint if shown else texts.no_passages
    return _panel(texts.nearest, hint, cards, "wj-nearest", hidden)


def citation_html(
    citation: Citation, number: int, turn_number: int = 1, texts: Texts = ZH_HANT
) -> str:
    """One passage as evidence: document, place, quotation with the span lit, scores."""
    facts = [citation.issuer, citation.date, citation.source]
    if citation.page is not None:
        facts.append(texts.page.format(number=citation.page))
    scores = f"{texts.retrieval} {citation.retrieval_score:.2f}"
    if citation.highlight:
        scores += f" · {texts.span} {citation.span_score:.2f}"
    opening = button(
        "wj-link", texts.open_source, source=citation.document_id, places=places_of(citation)
    )
    return (
        f'<article class="wj-citation" id="wj-cite-{turn_number}-{number}" tabindex="-1">'
        f'<header><span class="wj-number">{number}</span>'
        f"<h3>{escape(citation.title or citation.source)}</h3></header>"
        f'<p class="wj-facts">{spans(facts)}</p>{_path(citation.headings)}'
        f"<blockquote>{lit(citation.quote, citation.highlight)}</blockquote>"
        f"{_original(citation, texts)}{_converted(citation.quote, texts)}"
        f'<p class="wj-scores">{opening}<span>{escape(scores)}</span></p></article>'
    )


def _path(headings: Sequence[str]) -> str:
    return f'<p class="wj-path">{spans(headings)}</p>' if headings else ""


def _original(citation: Citation, texts: Texts) -> str:
    """The passage as it was read, where it was repaired."""
    if citation.original == citation.quote:
        return ""
    return _folded_away("wj-original", texts.original, citation.original)


def _converted(quote: str, texts: Texts) -> str:
    """The quotation in the other Chinese script, said to be converted."""
    other = other_script(quote)
    return _folded_away("wj-converted", texts.converted[other[0]], other[1]) if other else ""


def _folded_away(css: str, label: str, text: str) -> str:
    return (
        f'<details class="wj-more {css}"><summary>{escape(label)}</summary>'
        f"<pre>{escape(text)}</pre></details>"
    )


def _panel(title: str, hint: str, cards: str, css: str, hidden: bool) -> str:
    hint_html = f'<p class="wj-hint">{escape(hint)}</p>' if hint else ""
    return (
        f'<aside class="wj-panel {css}" aria-label="{escape(title)}"{" hidden" * hidden}>'
        f"<h2>{escape(title)}</h2>{hint_html}{cards}</aside>"
    )
