"""HTML of the conversation: questions, answers, refusals. Everything shown was decided in ``qa``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from wenju.qa.answer import Answer, Citation
from wenju.qa.referencing import with_reference
from wenju.ui.page.markup import attributes, button, escape, lit, note, spans
from wenju.ui.texts import LANGUAGES, ZH_HANT, Texts

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


def header_html(documents: int, passages: int, texts: Texts = ZH_HANT) -> str:
    """Name, what this is, over how much it answers, and the other languages of the page.

    What the page's script says is handed to it here.
    """
    held = texts.held.format(documents=f"{documents:,}", passages=f"{passages:,}")
    words = json.dumps(dict(texts.script), ensure_ascii=False)
    others = "".join(
        f'<a href="../{name}/" lang="{other.lang}" hreflang="{other.lang}" data-lang="{name}"'
        f"{attributes({'aria-current': 'true' if other is texts else None})}>"
        f"{escape(other.language)}</a>"
        for name, other in LANGUAGES.items()
    )
    return (
        f'<header class="wj-header" data-words="{escape(words)}" data-lang="{texts.lang}">'
        f"<h1>{escape(texts.name)}</h1>"
        f'<p>{escape(texts.tagline)}</p><p class="wj-held">{escape(held)}</p>'
        f'<nav class="wj-languages">{others}</nav></header>'
    )


def welcome_html(documents: int, texts: Texts = ZH_HANT) -> str:
    """What stands in an empty conversation; over an empty library, how to fill it."""
    if not documents:
        return f'<div class="wj-welcome"><p>{escape(texts.empty_library)}</p></div>'
    return f'<div class="wj-welcome"><p>{escape(texts.welcome)}</p>{_suggestions(texts)}</div>'


def _suggestions(texts: Texts) -> str:
    """A place that the script fills with questions made from the documents, if there are any."""
    return (
        f'<div class="wj-suggestions" hidden><p>{escape(texts.try_these)}</p>'
        '<div class="wj-chips"></div></div>'
    )


def conversation(turns: Sequence[Turn], texts: Texts = ZH_HANT) -> str:
    """The conversation so far, oldest first."""
    shown = "".join(turn_html(turn, number, texts) for number, turn in enumerate(turns, 1))
    return f'<div class="wj-turns" role="log">{shown}</div>'


def turn_html(turn: Turn, number: int = 1, texts: Texts = ZH_HANT) -> str:
    """A question and its answer, its refusal, the trouble it met, or that it is looked for."""
    if turn.trouble:
        below = note("wj-trouble", texts.trouble, turn.trouble)
    elif turn.answer is None:
        below = f'<p class="wj-searching" role="status">{escape(texts.searching)}</p>'
    elif turn.answer.answered:
        below = answer_html(turn.answer, number, texts)
    else:
        below = refusal_html(turn.answer, number, texts)
    return (
        f'<section class="wj-turn"><h2 class="wj-question" aria-label="{escape(texts.you)}">'
        f"{escape(turn.question)}</h2>{_understood(turn.answer, texts)}{below}</section>"
    )


def _understood(answer: Answer | None, texts: Texts) -> str:
    """What a follow-up was completed to, and what was put in other words; both can be edited."""
    if answer is None:
        return ""
    said = ((answer.asked, texts.understood), (answer.reworded, texts.reworded))
    return "".join(
        f'<p class="wj-understood"><span>{escape(words.format(question=question))}</span> '
        f"{button('wj-link', texts.edit, edit=question)}</p>"
        for question, words in said
        if question
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
    return (
        f'<div class="wj-card" data-kind="{escape(answer.kind)}">{words}'
        f"{_in_context(answer, texts)}{_disagreement(answer, number, texts)}"
        f'<div class="wj-from"><span>{escape(texts.from_source)}</span>'
        f"{''.join(reference_html(c, n, number) for n, c in enumerate(answer.citations, 1))}"
        f'<span class="wj-took">{escape(_figures(answer, texts))}</span></div>'
        f"{_actions(answer, texts)}</div>"
    )


def refusal_html(answer: Answer, number: int = 1, texts: Texts = ZH_HANT) -> str:
    """That nothing is answered and why; where documents disagree, what each of them says."""
    reason = texts.reasons.get(answer.reason, answer.reason)
    said = [(c.quote[a:b], n, c) for n, c in enumerate(answer.nearest, 1) for a, b in c.highlight]
    below = _side_by_side(said, number) if said else _suggestions(texts)
    below += _judging(answer, ((texts.has_answer, "wrong", True),))
    return note("wj-unanswered", texts.not_answered, reason, below)


def _figures(answer: Answer, texts: Texts) -> str:
    took = texts.took.format(seconds=f"{answer.took_ms / 1000:.2f}")
    if answer.confidence is None:
        return took
    return f"{texts.confidence.format(percent=f'{100 * answer.confidence:.0f}')} · {took}"


def _in_context(answer: Answer, texts: Texts) -> str:
    """The sentence that the answer stands in, where it is more than the answer."""
    if answer.sentence is None:
        return ""
    (start, end), first = answer.sentence, answer.citations[0]
    places = [(a - start, b - start) for a, b in first.highlight if start <= a and b <= end]
    sentence = first.quote[start:end]
    if len(sentence.strip()) <= len(answer.answer) + 1 or len(answer.items) > 1:
        return ""
    label = f'<span class="wj-label">{escape(texts.in_context)}</span>'
    return f'<p class="wj-sentence">{label}{lit(sentence, places)}</p>'


def _disagreement(answer: Answer, number: int, texts: Texts) -> str:
    """Different answers of the same kind side by side, the one that was chosen first."""
    if not answer.alternatives:
        return ""
    said = [(answer.answer, 1, answer.citations[0])]
    said += [(o.text, o.citation + 1, answer.citations[o.citation]) for o in answer.alternatives]
    title = f"<p>{escape(texts.alternatives)}</p>"
    return f'<div class="wj-others">{title}{_side_by_side(said, number)}</div>'


def _side_by_side(said: Sequence[tuple[str, int, Citation]], turn: int) -> str:
    items = "".join(
        f"<li><strong>{escape(words)}</strong>"
        f'<span class="wj-facts">{spans([citation.title, citation.date])}</span>'
        f"{reference_html(citation, number, turn, named=False)}</li>"
        for words, number, citation in said
    )
    return f'<ul class="wj-beside">{items}</ul>'


def reference_html(citation: Citation, number: int, turn: int, *, named: bool = True) -> str:
    """A citation's number: hovered it shows the quotation, clicked it opens the source there."""
    label = f"<span>{escape(citation.title)}</span>{_where(citation)}" if named else ""
    data = {
        "data-cite": f"wj-cite-{turn}-{number}",
        "data-source": citation.document_id,
        "data-places": places_of(citation),
        "aria-label": f"{number} {citation.title}",
    }
    return (
        f'<span class="wj-cited"><button type="button" class="wj-ref"{attributes(data)}>'
        f'<b>{number}</b>{label}</button><span class="wj-tip" role="tooltip">'
        f"{lit(citation.quote, citation.highlight)}</span></span>"
    )


def _where(citation: Citation) -> str:
    """The heading or page that tells a document's citations apart."""
    page = f"p. {citation.page}" if citation.page is not None else ""
    place = next(iter(citation.headings[-1:]), "") or page
    return f"<small>{escape(place)}</small>" if place and place != citation.title else ""


def places_of(citation: Citation) -> str:
    """What is to be lit in the source, ``start-end`` in its characters, parted by commas."""
    places = citation.source_highlight or ((citation.start, citation.end),)
    return ",".join(f"{start}-{end}" for start, end in places)


def _actions(answer: Answer, texts: Texts) -> str:
    verdicts = (
        (texts.right, "right", False),
        (texts.wrong, "wrong", True),
        (texts.should_not, "should_not_have_answered", False),
    )
    copying = button("wj-link", texts.copy, copy=with_reference(answer))
    link = button("wj-link", texts.link, permalink=answer.asked or answer.question)
    return f'<div class="wj-actions">{copying}{link}{_judging(answer, verdicts)}</div>'


def _judging(answer: Answer, verdicts: Sequence[tuple[str, str, bool]]) -> str:
    """Buttons that say whether the answer was right; the last of each tells whether to correct."""
    first = next(iter(answer.citations), None)
    places = first.source_highlight[:1] if first else ()
    about = {
        "question": answer.asked or answer.question,
        "answer": answer.answer,
        "document_id": first.document_id if first else None,
        "start": places[0][0] if places else None,
        "end": places[0][1] if places else None,
    }
    buttons = "".join(
        button("wj-link", words, verdict=verdict, correct="yes" if correct else None)
        for words, verdict, correct in verdicts
    )
    about_json = escape(json.dumps(about, ensure_ascii=False))
    return f'<span class="wj-judge" data-about="{about_json}">{buttons}</span>'


def _size(words: str) -> str:
    if len(words) > VERY_LONG_ANSWER:
        return " wj-longest"
    return " wj-long" if len(words) > LONG_ANSWER else ""
