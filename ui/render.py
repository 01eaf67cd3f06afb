"""HTML of answers and citations. Formatting only: everything shown was decided in ``qa``.

Every text that is not ours (questions, documents, file names, reasons) goes through ``escape``;
line breaks are kept by the style sheet, and nothing is ever read as markdown or formulas.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

from qa.answer import Answer, Citation
from ui.texts import ZH_HANT, Texts

LONG_ANSWER = 40  # characters above which the headline is set smaller
VERY_LONG_ANSWER = 120


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of a conversation and what came of it.

    ``answer`` is None while it is looked for, or for good when ``trouble`` says why there is none.
    """

    question: str
    answer: Answer | None = None
    trouble: str = ""


def escape(text: str) -> str:
    """Text as text: no markup of its own survives."""
    return html.escape(text, quote=True)


def lit(quote: str, highlight: Sequence[tuple[int, int]]) -> str:
    """The quotation, escaped, with the highlighted places in ``<mark>``.

    The first place is the answer and always lit whole; others that overlap it are dropped, for
    marks do not nest.
    """
    kept: list[tuple[int, int]] = []
    for start, end in highlight:
        if start < end and all(end <= a or b <= start for a, b in kept):
            kept.append((start, end))
    first = kept[0] if kept else None
    pieces, at = [], 0
    for start, end in sorted(kept):
        css = "" if (start, end) == first else ' class="also"'
        pieces += [escape(quote[at:start]), f"<mark{css}>{escape(quote[start:end])}</mark>"]
        at = end
    return "".join([*pieces, escape(quote[at:])])


def header_html(documents: int, passages: int, texts: Texts = ZH_HANT) -> str:
    """Name, what this is, and over how much it answers."""
    held = texts.held.format(documents=f"{documents:,}", passages=f"{passages:,}")
    return (
        f'<div class="wj-header"><h1>{escape(texts.name)}</h1>'
        f'<p>{escape(texts.tagline)}</p><p class="wj-held">{escape(held)}</p></div>'
    )


def welcome_html(documents: int, texts: Texts = ZH_HANT) -> str:
    """What stands in an empty conversation; over an empty library, how to fill it."""
    sentence = texts.welcome if documents else texts.empty_library
    return f'<div class="wj-welcome"><p>{escape(sentence)}</p></div>'


def conversation(turns: Sequence[Turn], texts: Texts = ZH_HANT) -> str:
    """The conversation so far, oldest first."""
    shown = "".join(turn_html(turn, number, texts) for number, turn in enumerate(turns, 1))
    return f'<div class="wj-turns" role="log">{shown}</div>'


def turn_html(turn: Turn, number: int = 1, texts: Texts = ZH_HANT) -> str:
    """A question and its answer, its refusal, the trouble it met, or that it is looked for."""
    if turn.trouble:
        below = _note("wj-trouble", texts.trouble, turn.trouble)
    elif turn.answer is None:
        below = f'<p class="wj-searching" role="status">{escape(texts.searching)}</p>'
    elif turn.answer.answered:
        below = answer_html(turn.answer, number, texts)
    else:
        reason = texts.reasons.get(turn.answer.reason, turn.answer.reason)
        below = _note("wj-unanswered", texts.not_answered, reason)
    return (
        f'<section class="wj-turn"><h2 class="wj-question" aria-label="{escape(texts.you)}">'
        f"{escape(turn.question)}</h2>{below}</section>"
    )


def answer_html(answer: Answer, number: int = 1, texts: Texts = ZH_HANT) -> str:
    """The answer, large and in the source's words; under it where it comes from.

    ``number`` is that of the turn, as for the citations its references lead to.
    """
    if len(answer.items) > 1:
        items = "".join(f"<li>{escape(item.text)}</li>" for item in answer.items)
        words = f'<ol class="wj-items">{items}</ol>'
    else:
        words = f'<p class="wj-answer{_size(answer.answer)}">{escape(answer.answer)}</p>'
    took = texts.took.format(seconds=f"{answer.took_ms / 1000:.2f}")
    return (
        f'<div class="wj-card" data-kind="{escape(answer.kind)}">{words}{_others(answer, texts)}'
        f'<div class="wj-from"><span>{escape(texts.from_source)}</span>'
        f"{''.join(_reference(n, number, c) for n, c in enumerate(answer.citations, 1))}"
        f'<span class="wj-took">{escape(took)}</span></div></div>'
    )


def _others(answer: Answer, texts: Texts) -> str:
    """Different answers of the same kind, each with the number of the passage that gives it."""
    if not answer.alternatives:
        return ""
    items = "".join(
        f"<li>{escape(other.text)} <span>[{other.citation + 1}]</span></li>"
        for other in answer.alternatives
    )
    return f'<div class="wj-others"><p>{escape(texts.alternatives)}</p><ul>{items}</ul></div>'


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
    return (
        f'<article class="wj-citation" id="wj-cite-{turn_number}-{number}" tabindex="-1">'
        f'<header><span class="wj-number">{number}</span>'
        f"<h3>{escape(citation.title or citation.source)}</h3></header>"
        f'<p class="wj-facts">{_joined(facts)}</p>{_path(citation.headings)}'
        f"<blockquote>{lit(citation.quote, citation.highlight)}</blockquote>"
        f"{_original(citation, texts)}"
        f'<p class="wj-scores">{escape(scores)}</p></article>'
    )


def _joined(facts: Sequence[str]) -> str:
    return "".join(f"<span>{escape(fact)}</span>" for fact in facts if fact)


def _path(headings: Sequence[str]) -> str:
    if not headings:
        return ""
    return f'<p class="wj-path">{"".join(f"<span>{escape(h)}</span>" for h in headings)}</p>'


def _original(citation: Citation, texts: Texts) -> str:
    """The passage as it was read, folded away, where repairing changed it."""
    if citation.original == citation.quote:
        return ""
    return (
        f'<details class="wj-original"><summary>{escape(texts.original)}</summary>'
        f"<pre>{escape(citation.original)}</pre></details>"
    )


def _reference(number: int, turn_number: int, citation: Citation) -> str:
    label = escape(citation.title or citation.source)
    return (
        f'<button type="button" class="wj-ref" data-cite="wj-cite-{turn_number}-{number}">'
        f"<b>{number}</b><span>{label}</span></button>"
    )


def _note(css: str, title: str, sentence: str) -> str:
    return (
        f'<div class="wj-note {css}"><p class="wj-note-title">{escape(title)}</p>'
        f"<p>{escape(sentence)}</p></div>"
    )


def _panel(title: str, hint: str, cards: str, css: str, hidden: bool) -> str:
    hint_html = f'<p class="wj-hint">{escape(hint)}</p>' if hint else ""
    return (
        f'<aside class="wj-panel {css}" aria-label="{escape(title)}"{" hidden" * hidden}>'
        f"<h2>{escape(title)}</h2>{hint_html}{cards}</aside>"
    )


def _size(words: str) -> str:
    if len(words) > VERY_LONG_ANSWER:
        return " wj-longest"
    return " wj-long" if len(words) > LONG_ANSWER else ""
