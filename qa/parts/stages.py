"""The stages of a procedure, told as the numbered headings of a document: 一、申請 二、審查 三、核准."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from wenju.corpus.document import Passage
from wenju.corpus.layout import Line, Role
from wenju.corpus.lexicon import group, phrase
from wenju.corpus.script import fold
from wenju.index.hit import Hit
from wenju.qa.compose import Span
from wenju.qa.continuation import PassagesOf
from wenju.qa.conversation.topics import is_aspect
from wenju.qa.names import tagged
from wenju.qa.passage import view_of
from wenju.qa.question import Question
from wenju.qa.terms import covered, terms_of

_DOCUMENTS = 3  # documents that are looked at
_OF_IT = (
    0.6  # of the weight of what is asked about, that the document's title or the heading must say
)
_phrase = partial(phrase, of="parts")


@dataclass(slots=True)
class _Run:
    """Headings numbered from 1 under one heading, ``above``, folded."""

    above: str
    style: str
    headings: list[tuple[Passage, Line]] = field(default_factory=list)


def stages(question: Question, hits: Sequence[Hit], passages_of: PassagesOf) -> list[Span]:
    """The headings that are the stages asked for, in order; none where none are.

    They are all headings of one numbering, at least two, under a heading or a title that calls them so
    (流程, 步驟); under a title that does not, each of them must tell an act.
    """
    asked = _phrase("asks_stages").search(question.folded)
    if asked is None:
        return []
    about = terms_of(f"{question.folded[: asked.start()]} {question.folded[asked.end() :]}")
    weights = {term.text: term.weight for term in about}
    for hit in _first_of_each(hits)[:_DOCUMENTS]:
        title, passages = fold(hit.passage.title), passages_of(hit.passage.document_id)
        runs = [run for run in _runs(title, passages) if _fits(run, title)]
        said = "\n".join((title, *(run.above for run in runs)))
        told = sum(weights[text] for text in covered(about, said))
        if len(runs) == 1 and told and told >= _OF_IT * sum(weights.values()):
            return [Span(replace(hit, passage=p), *line.body, 1.0) for p, line in runs[0].headings]
    return []


def _first_of_each(hits: Sequence[Hit]) -> list[Hit]:
    """The best hit of each document."""
    first: dict[str, Hit] = {}
    for hit in hits:
        first.setdefault(hit.passage.document_id, hit)
    return list(first.values())


def _runs(title: str, passages: Sequence[Passage]) -> Iterator[_Run]:
    """The numberings of a document's headings, each under what it is said of."""
    above, runs = title, dict[str, _Run]()
    for passage in passages:
        view = view_of(passage)
        for line in view.layout.lines:
            mark = line.mark
            if line.role != Role.HEADING or line.article:
                continue
            if mark is None or not mark.number:
                above = view.folded[slice(*line.body)]
            elif mark.number == 1:
                runs.setdefault(mark.style, _Run(above, mark.style))
                if runs[mark.style].headings:
                    yield runs[mark.style]
                runs[mark.style] = _Run(above, mark.style, [(passage, line)])
            elif mark.style in runs and len(runs[mark.style].headings) == mark.number - 1:
                runs[mark.style].headings.append((passage, line))
    yield from runs.values()


def _fits(run: _Run, title: str) -> bool:
    """Whether its headings are the stages of a procedure."""
    if len(run.headings) < 2:  # noqa: PLR2004 - one heading is no numbering
        return False
    called = _phrase("called_stages").search(run.above) is not None
    return called or (run.above == title and all(_is_act(*one) for one in run.headings))


def _is_act(passage: Passage, line: Line) -> bool:
    """Whether a heading tells what is done, and is not the name of what is told below: 申請條件."""
    name = passage.folded[slice(*line.body)]
    told_below = is_aspect(name) or name.endswith((*group("aspect"),))
    return not told_below and any(tag.startswith("v") for _, tag, _ in tagged(name))
