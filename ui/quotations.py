"""An answer as text for programs that show or read text: the answer, then its quotations, numbered."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from wenju.corpus.script import is_han, to_simplified, to_traditional
from wenju.qa.answer import Answer, Citation
from wenju.ui.facts import holdings_of
from wenju.ui.texts import EN, ZH_HANS, ZH_HANT, Texts

_LONGEST = 600  # characters of a quotation
_AROUND = 200  # of them before what is highlighted
# what Markdown would take for its own, were it not a document's word
_MARKUP = re.compile(r"[\\`*_{}\[\]<>~|#!&]")


def as_text(answer: Answer) -> str:
    """The answer and its quotations as plain text; where there is none, why, and what came near."""
    return "\n".join(_lines(answer, str, "{}", ""))


def as_markdown(answer: Answer) -> str:
    """The same as Markdown, in which no document's words are markup."""
    return "\n".join(_lines(answer, escaped, "**{}**", "> "))


def escaped(words: str) -> str:
    """Words as Markdown that shows just them."""
    return _MARKUP.sub(r"\\\g<0>", words)


def language_of(question: str) -> Texts:
    """The language to speak of an answer in: that of the question, in its script."""
    if not any(map(is_han, question)):
        return EN
    if to_simplified(question) == question != to_traditional(question):
        return ZH_HANS
    return ZH_HANT


def where(citation: Citation) -> str:
    """Title, date, article and file of a citation, each once."""
    page = f"p. {citation.page}" if citation.page is not None else ""
    facts = (citation.title, citation.reference, citation.date, citation.source, page)
    return " · ".join(dict.fromkeys(fact for fact in facts if fact))


def _lines(answer: Answer, word: Callable[[str], str], strong: str, quoted: str) -> Iterator[str]:
    texts = language_of(answer.question)
    if answer.answered:
        yield from _answer(answer, word, strong, texts)
    else:
        yield word(texts.refusal(answer))
        if answer.holdings:
            yield from (f"- {word(line)}" for line in holdings_of(answer.holdings, texts))
    for number, citation in enumerate(answer.citations or answer.nearest, 1):
        yield ""
        yield f"[{number}] {word(where(citation))}"
        yield from (f"{quoted}{word(line)}" for line in quotation(citation).split("\n") if line)


def _answer(answer: Answer, word: Callable[[str], str], strong: str, texts: Texts) -> Iterator[str]:
    """What answers, with the numbers of the citations that say it."""
    if not answer.concluded:
        yield word(texts.not_concluded)
    if answer.joined:
        for item in answer.items:
            named = f"{word(item.label)}: " if item.label else ""
            yield f"- {named}{strong.format(word(item.text))} [{item.citation + 1}]"
        return
    yield f"{strong.format(word(answer.answer))} [1]"
    for other in answer.alternatives:
        yield f"{word(other.text)} [{other.citation + 1}]"


def quotation(citation: Citation) -> str:
    """What is quoted of a citation: all of it, or of a long one what is highlighted and its surroundings."""
    quote = citation.quote
    if len(quote) <= _LONGEST:
        return quote
    at = citation.highlight[0][0] if citation.highlight else 0
    start = max(0, min(at - _AROUND, len(quote) - _LONGEST))
    end = start + _LONGEST
    return f"{'…' if start else ''}{quote[start:end]}{'…' if end < len(quote) else ''}"
