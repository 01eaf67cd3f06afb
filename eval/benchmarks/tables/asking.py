"""Ask for cells of tables, and judge what is shown: the right one, another row's, another column's, none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from wenju.corpus.document import Passage
from wenju.corpus.formats.records import squeeze
from wenju.eval.benchmarks.tables.reading import Row, row_of
from wenju.eval.benchmarks.tables.table import Asked, Table
from wenju.qa.answer import Answer
from wenju.qa.engine import Engine

VERDICTS = ("right", "wrong column", "wrong row", "refused", "not found")
ABSENT, EMPTY = "absent row", "empty cell"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question, what it came to, and what was shown.

    ``group`` is ``cell``, ``absent row`` or ``empty cell``; of the last two the verdict is ``refused`` or
    ``answered``. ``fault`` is what the reading alone lacks of the cell.
    """

    table: str
    group: str
    question: str
    verdict: str
    wanted: str
    shown: str
    line: str
    confidence: float | None
    fault: str = ""


class Asker:
    """Asks an engine whose library holds the tables of one format."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def cell(self, table: Table, asked: Asked, rows: Sequence[Row], fault: str) -> list[Outcome]:
        """Ask for a cell in each of its wordings; ``rows`` are those of its file."""
        own = {row.text for row in rows if row.is_of(asked.row)}
        found = []
        for question in asked.questions:
            answer = self._engine.ask(question)
            line = place_of(answer)
            verdict = judged(answer, line, own, asked)
            if verdict == "refused" and not self._finds(question, own):
                verdict = "not found"
            wanted = f"{'/'.join(asked.row)} {'/'.join(asked.columns)} = {asked.value}{asked.unit}"
            found.append(_outcome(table, "cell", question, verdict, wanted, answer, line, fault))
        return found

    def nothing(self, table: Table, group: str, question: str) -> Outcome:
        """Ask for what no table tells."""
        answer = self._engine.ask(question)
        verdict = "answered" if answer.answered else "refused"
        return _outcome(table, group, question, verdict, "", answer, place_of(answer), "")

    def _finds(self, question: str, own: set[str]) -> bool:
        """Whether the passages that are read hold the row."""
        hits = self._engine.search(question, self._engine.settings.passages_read)
        return any(row.text in own for hit in hits for row in _rows(hit.passage))


def judged(answer: Answer, line: str, own: set[str], asked: Asked) -> str:
    """What an answer to a question for a cell comes to; ``own`` are the squeezed lines of its row."""
    if not answer.answered:
        return "refused"
    if squeeze(line) not in own:
        return "wrong row"
    value = re.escape(squeeze(asked.value))
    whole = rf"(?<![\d.,]){value}(?![\d]|[.,]\d)"
    return "right" if re.search(whole, squeeze(answer.answer)) else "wrong column"


def place_of(answer: Answer) -> str:
    """The lines that an answer stands in; of a passage that is shown whole, those of its best part."""
    if not answer.answered:
        return ""
    citation = answer.citations[0]
    start, end = citation.highlight[0]
    if answer.best:
        start, end = start + answer.best[0], start + answer.best[1]
    first = citation.quote.rfind("\n", 0, start) + 1
    last = citation.quote.find("\n", end)
    return citation.quote[first : last if last >= 0 else len(citation.quote)]


def _rows(passage: Passage) -> list[Row]:
    return [row_of(line) for line in passage.text.split("\n")]


def _outcome(
    table: Table,
    group: str,
    question: str,
    verdict: str,
    wanted: str,
    answer: Answer,
    line: str,
    fault: str,
) -> Outcome:
    return Outcome(
        table.name,
        group,
        question,
        verdict,
        wanted,
        answer.answer or f"({answer.reason})",
        line,
        answer.confidence,
        fault,
    )
