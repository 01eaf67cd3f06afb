"""An evaluation as one page for people, complete in itself: no network, no script."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wenju.corpus.script import fold
from wenju.eval.charts import charts
from wenju.eval.drawing import MISSING, can_draw
from wenju.eval.error_categories import Cause, cause
from wenju.eval.kinds import by_kind
from wenju.eval.measures import MEASURES
from wenju.eval.plots import milliseconds, share
from wenju.eval.records import QuestionRecord
from wenju.eval.report import EvalReport
from wenju.eval.runs import RunError
from wenju.eval.set_metrics import WHOLE

if TYPE_CHECKING:
    from jinja2 import Template

WORST = 50
_EXCERPT, _LEAD = (
    800,
    300,
)  # characters of a passage that are shown, and those before what is marked
_ABOUT = {
    Cause.RIGHT: "the answer is a gold answer or nearly so",
    Cause.RIGHTLY_ABSTAINED: "not answerable, and not answered",
    Cause.WRONG_SPAN: "the right place, but too much or too little of it",
    Cause.NOT_READ: "a gold answer was among the first passages, something else was answered",
    Cause.NOT_RETRIEVED: "no gold answer was among the first passages",
    Cause.REFUSED: "a gold answer was among the first passages, nothing was answered",
    Cause.SHOULD_HAVE_ABSTAINED: "not answerable, but answered",
}
_GOOD = (Cause.RIGHT, Cause.RIGHTLY_ABSTAINED)
_NO_HTML = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a passage: ``kind`` is ``answer``, ``gold`` or both; empty for what is neither."""

    text: str
    kind: str


def write_html(
    reports: Sequence[EvalReport], configuration: Mapping[str, object], path: Path
) -> None:
    """Write the page: the same reports and configuration give the same bytes.

    Without Matplotlib the page says in place of the figures how to install it.

    Args:
        reports: with their records, of which all figures, causes and cases are made.
        configuration: what the run was made with, a JSON object; the ``settings`` have the score
            from which on the reader answers, which is marked among the scores.
        path: the file, replaced where there is one.

    Raises RunError where the file cannot be written.
    """
    threshold = _threshold(configuration.get("settings"))
    page = _template().render(
        css=_part("report.css"),
        configuration=configuration,
        no_figures="" if can_draw() else MISSING,
        headline=("recall_at_1", "answer_recall_at_5", "sentence_accuracy", "char_f1"),
        sets=[_set(report, f"set-{i}", threshold) for i, report in enumerate(reports, 1)],
    )
    try:
        path.write_text(page, encoding="utf-8", newline="\n")
    except OSError as error:
        reason = error.strerror or error
        raise RunError(f"{path} cannot be written ({reason}); give another folder.") from None


def _threshold(settings: object) -> float | None:
    """The ``answer_score`` from which questions are answered, where the settings say it."""
    if not isinstance(settings, Mapping):
        return None
    found = settings.get("min_confidence")
    return found if isinstance(found, float | int) else None


def _template() -> Template:
    """The page, in which every value that is put in is made visible and escaped."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True,
        finalize=visible,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"share": share, "time": milliseconds}
    return environment.from_string(_part("report.html.j2"))


def visible(value: object) -> object:
    r"""The value as a page can hold it: what HTML forbids in a text is shown as a sign for it.

    Control characters become their pictures (``\x00`` → ``␀``); what has none, such as half of a
    surrogate pair, becomes U+FFFD.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str) or hasattr(value, "__html__"):
        return value
    plain = value.replace("\r\n", "\n")
    return _NO_HTML.sub(lambda m: chr(0x2400 + ord(m[0])) if m[0] < " " else "\ufffd", plain)


def worst(records: Iterable[QuestionRecord], limit: int = WORST) -> list[QuestionRecord]:
    """The questions that went wrong, the most telling first.

    Answers from a wrong place, the surest (by ``answer_score``) first; then questions left
    unanswered, the surest refusal first; then answers from the right place, the surest first.
    """
    return sorted((r for r in records if cause(r) not in _GOOD), key=_weight)[:limit]


def _weight(record: QuestionRecord) -> tuple[int, float]:
    support = record.answer_score or 0.0
    if not record.score.answered:
        return 1, support
    return (2 if cause(record) is Cause.WRONG_SPAN else 0), -support


def marked(record: QuestionRecord, text: str) -> list[Piece]:
    """A passage in pieces: the answer, where it is the passage cited, and gold answers in it.

    Of a long passage only what is around the first mark.
    """
    kinds = [""] * len(text)
    for kind, start, end in sorted(_spans(record, text)):
        kinds[start:end] = [f"{k} {kind}".strip() if kind not in k else k for k in kinds[start:end]]
    first = next((i for i, kind in enumerate(kinds) if kind), 0)
    start = max(0, min(first - _LEAD, len(text) - _EXCERPT))
    end = min(start + _EXCERPT, len(text))
    runs = groupby(range(start, end), key=lambda i: kinds[i])
    pieces = [Piece("".join(text[i] for i in run), kind) for kind, run in runs]
    cut = Piece("…", "")
    return [*[cut] * (start > 0), *pieces, *[cut] * (end < len(text))]


def _spans(record: QuestionRecord, text: str) -> Iterator[tuple[str, int, int]]:
    """Half-open places of the answer and of gold answers, the latter as search compares them."""
    if record.score.answered and text == record.passage:
        # the same words may stand in other sentences too
        at = text.find(record.prediction, max(text.find(record.sentence), 0))
        if at >= 0:
            yield "answer", at, at + len(record.prediction)
    folded = fold(text)
    for gold in (fold(answer.strip()) for answer in record.gold.answers):
        at = folded.find(gold)
        if at >= 0:
            yield "gold", at, at + len(gold)


def _set(report: EvalReport, name: str, threshold: float | None) -> dict[str, Any]:
    """What the page shows of one gold file."""
    records = report.records
    found = Counter(map(cause, records))
    return {
        "name": name,
        "report": report,
        "measures": [MEASURES[measure] for measure in report.intervals],
        "whole": [w for w in WHOLE.values() if report.value(w.name) is not None],
        "causes": [
            {"name": _words(c), "about": about, "count": found[c], "good": c in _GOOD}
            for c, about in _ABOUT.items()
        ],
        "kinds": _kinds(records),
        "kind_scores": by_kind(records),
        "cases": [_case(record) for record in worst(records)],
        "failed": sum(n for c, n in found.items() if c not in _GOOD),
        "figures": charts(records, name, threshold) if can_draw() else {},
    }


def _kinds(records: Sequence[QuestionRecord]) -> list[tuple[str, list[int]]]:
    """Each kind of question, the most frequent first, and how often each cause; then all of them."""
    pairs = Counter((record.kind, cause(record)) for record in records)
    totals = Counter(record.kind for record in records)
    kinds = sorted(totals, key=lambda kind: (-totals[kind], kind))
    rows = [(kind, [pairs[kind, c] for c in _ABOUT]) for kind in kinds]
    return [*rows, ("all", [sum(counts) for counts in zip(*(c for _, c in rows), strict=True)])]


def _case(record: QuestionRecord) -> dict[str, Any]:
    other = record.gold_passage not in ("", record.passage)
    return {
        "record": record,
        "cause": _words(cause(record)),
        "passage": marked(record, record.passage),
        "gold_passage": marked(record, record.gold_passage) if other else [],
    }


def _words(known: Cause) -> str:
    return known.replace("_", " ")


def _part(name: str) -> str:
    return files("wenju.eval").joinpath(name).read_text(encoding="utf-8")
