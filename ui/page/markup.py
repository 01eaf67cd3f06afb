"""HTML that every part of the page is put together from. Formatting only.

Every text that is not ours (questions, documents, file names, reasons) goes through ``escape``;
line breaks are kept by the style sheet, and nothing is ever read as markdown or formulas.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping, Sequence

from wenju.corpus.script import to_simplified, to_traditional

Place = tuple[int, int]


def escape(text: str) -> str:
    """Text as text: no markup of its own survives."""
    return html.escape(text, quote=True)


def attributes(values: Mapping[str, object]) -> str:
    """Attributes with a space before each; None leaves one out."""
    return "".join(
        f' {name}="{escape(str(value))}"' for name, value in values.items() if value is not None
    )


def button(css: str, words: str, **data: object) -> str:
    """A button that the page's script acts on by its ``data-`` attributes."""
    named = {f"data-{name.replace('_', '-')}": value for name, value in data.items()}
    return f'<button type="button" class="{css}"{attributes(named)}>{escape(words)}</button>'


def note(css: str, title: str, sentence: str, below: str = "") -> str:
    """A boxed remark in place of an answer; ``below`` is HTML."""
    return (
        f'<div class="wj-note {css}"><p class="wj-note-title">{escape(title)}</p>'
        f"<p>{escape(sentence)}</p>{below}</div>"
    )


def spans(facts: Sequence[str]) -> str:
    """Each fact that there is, once; the style sheet puts marks between them."""
    return "".join(f"<span>{escape(fact)}</span>" for fact in dict.fromkeys(facts) if fact)


def lit(
    text: str, highlight: Sequence[Place], shown: Callable[[int, int], str] | None = None
) -> str:
    """The text, escaped, with the highlighted places in ``<mark>``.

    The first place is the answer and always lit whole; others that overlap it are dropped, for
    marks do not nest. ``shown(start, end)`` gives the HTML of a piece, where escaping won't do.
    """
    shown = shown or (lambda start, end: escape(text[start:end]))
    kept: list[Place] = []
    for start, end in highlight:
        if start < end and all(end <= a or b <= start for a, b in kept):
            kept.append((start, end))
    first = kept[0] if kept else None
    pieces, at = [], 0
    for start, end in sorted(kept):
        css = "" if (start, end) == first else ' class="also"'
        pieces += [shown(at, start), f"<mark{css}>{shown(start, end)}</mark>"]
        at = end
    return "".join([*pieces, shown(at, len(text))])


def other_script(text: str) -> tuple[str, str] | None:
    """The text in the other Chinese script, and which that is (hans, hant); None where alike."""
    simplified = to_simplified(text)
    if simplified != text:
        return "hans", simplified
    traditional = to_traditional(text)
    return ("hant", traditional) if traditional != text else None
