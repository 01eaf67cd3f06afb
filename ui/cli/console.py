"""What commands print: JSON for programs, calm text for people. Formatting only."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import typer

from wenju.corpus.metadata.fields import Metadata
from wenju.qa.answer import Answer, Citation
from wenju.ui.cli.printing import cleaned, indented, styled, terminal
from wenju.ui.facts import facts_of, holdings_of
from wenju.ui.texts import EN

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from wenju.eval.compare import Changed, Comparison, DatasetComparison
    from wenju.eval.records import QuestionRecord

_ID = 8  # characters of an id that a list shows; any beginning that is unique will do
_LONGEST = 40  # characters of a setting's value
_EXAMPLES = 10  # questions shown of those that were gained, and of those that were lost
_SMALL = 0.001  # the least p-value that is written out
_OK, _WRONG = "✓", "✗"
_STANDINGS = {
    "superseded": "superseded",
    "repealed": "repealed",
    "expired": "expired",
    "draft": "a draft, not in force",
    "not_yet": "not yet in force",
}
_DIFFERENCES = {
    "version": "another version",
    "jurisdiction": "another jurisdiction",
    "issuer": "another body",
    "date": "another date",
}


def emit(value: Any) -> None:  # noqa: ANN401 - any JSON value
    """One JSON value on stdout; characters that stdout cannot write are escaped."""
    said = json.dumps(value, ensure_ascii=False, indent=2)
    try:
        said.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        said = json.dumps(value, indent=2)
    typer.echo(said)


def answer_of(said: Mapping[str, Any]) -> Answer:
    """The answer that its JSON object was made of."""
    from pydantic import TypeAdapter

    return TypeAdapter(Answer).validate_python(said)


def answer(given: Answer) -> None:
    """The answer first, then where it stands; or that there is none, and what came near."""
    console, out = terminal(), styled
    if given.asked:
        console.print(out(f"→ {given.asked}", "dim"))
    if given.reworded:
        console.print(out(f"≈ {given.reworded}", "dim"))
    if given.answered:
        _print_answer(console, given)
        for other in given.alternatives:
            why = _DIFFERENCES.get(other.difference, "elsewhere").capitalize()
            console.print(out(f"{why} [{other.citation + 1}]: {other.text}"))
    else:
        _print_refusal(console, given)
    sources(given)


def _print_refusal(console: Console, given: Answer) -> None:
    """Why there is no answer, and what is shown instead."""
    console.print(styled(EN.refusal(given), "bold yellow"))
    if given.holdings:
        for line in holdings_of(given.holdings, EN):
            indented(console, styled(line), 2)
    if given.nearest and given.asks_something:
        likely = given.reason == "uncertain"
        near = "The likeliest passages:" if likely else "The nearest passages:"
        console.print(styled(f"\n{near}"))


def _print_answer(console: Console, given: Answer) -> None:
    """The answer's words, and its items with their names; where they stand apart they are the answer."""
    if given.is_quoted:
        console.print(_marked(given.answer, [given.best] if given.best else []))
    elif not given.joined:
        console.print(styled(given.answer, "bold"))
    if not given.concluded:
        console.print(styled(EN.not_concluded, "yellow"))
    for item in given.items:
        named = f"{item.label}: " if item.label else ""
        place = f" [{item.citation + 1}]" if given.joined else ""
        indented(console, styled(f"• {named}{item.text}{place}"), 2)


def sources(given: Answer) -> None:
    """Where an answer stands, or what came near; numbered, each with its quotation."""
    console = terminal()
    for number, citation in enumerate(given.citations or given.nearest, 1):
        console.print()
        _print_citation(console, number, citation)


def _print_citation(console: Console, number: int, citation: Citation) -> None:
    from rich.text import Text

    page = f"p. {citation.page}" if citation.page is not None else ""
    facts = [
        *(citation.title or citation.source, citation.jurisdiction, citation.issuer),
        *(citation.date, citation.source),
    ]
    about = " · ".join(dict.fromkeys(fact for fact in [*facts, page] if fact))
    console.print(Text.assemble((f"[{number}] ", "cyan"), (cleaned(about), "cyan")))
    if standing := _STANDINGS.get(citation.standing):
        current = f"; in force: {citation.current_title}" if citation.current_id else ""
        dated = f" ({citation.current_date})" if citation.current_date else ""
        indented(console, styled(f"! {standing}{current}{dated}", "yellow"))
    if path := citation.breadcrumb or citation.headings:
        indented(console, styled(" › ".join(path), "dim"))
    if citation.reference:
        indented(console, styled(citation.reference, "dim"))
    indented(console, _quotation(citation))


def _quotation(citation: Citation) -> Text:
    """The quotation with the span in colour."""
    return _marked(citation.quote, citation.highlight)


def _marked(text: str, places: Sequence[tuple[int, int]]) -> Text:
    """A text with places in colour; every piece is cleaned on its own."""
    from rich.text import Text

    quoted, at = Text(overflow="fold"), 0
    for start, end in sorted(places):
        if start < at:
            continue
        quoted.append(cleaned(text[at:start]))
        quoted.append(cleaned(text[start:end]), style="bold black on bright_yellow")
        at = end
    return quoted.append(cleaned(text[at:]))


def hits(found: Sequence[Mapping[str, Any]]) -> None:
    """Passages in rank order, each with where it stands."""
    console = terminal()
    if not found:
        console.print(styled("Nothing was found."))
    for hit in found:
        passage = hit["passage"]
        page = f"p. {passage['page']}" if passage["page"] else ""
        about = " › ".join(filter(None, [passage["title"], *passage["headings"], page]))
        console.print(styled(f"{hit['rank']:>2}  {hit['score']:.3f}  {about}", "cyan"))
        indented(console, styled(passage["text"]))


def documents(summaries: Sequence[Mapping[str, Any]]) -> None:
    """The library as a table."""
    from rich.table import Table

    if not summaries:
        terminal().print(styled("The library is empty; fill it with `wenju add`."))
        return
    columns = ("id", "name", "title", "date", "about")
    shown = Table(*columns, box=None, header_style="dim", pad_edge=False)
    shown.add_column("passages", justify="right")
    shown.add_column("repairs", justify="right")
    for summary in summaries:
        cells = [summary["id"][:_ID], *(summary[key] for key in ("name", "title", "date"))]
        cells.append(", ".join(facts_of(Metadata(**summary["metadata"]), EN)))
        counts = (summary["passages"], sum(summary["repairs"].values()))
        shown.add_row(*map(styled, cells), *(f"{count:,}" for count in counts))
    terminal().print(shown)


def removed(summaries: Sequence[Mapping[str, Any]]) -> None:
    """What is no longer there."""
    for summary in summaries:
        terminal().print(styled(f"Removed {summary['name']} ({summary['id'][:_ID]})."))


def health(found: Mapping[str, Any]) -> None:
    """Versions, then each check with its outcome."""
    console = terminal()
    versions = " · ".join(f"{name} {version}" for name, version in found["versions"].items())
    console.print(styled(versions, "dim"))
    for name, check in found["checks"].items():
        sign, style = (_OK, "green") if check["ok"] else (_WRONG, "bold red")
        console.print(styled(f"{sign} {name}: {check['says']}", style))
        for said in check.get("faults", ()):
            indented(console, styled(said, "red"))
        for said in check.get("notes", ()):
            indented(console, styled(said, "dim"))
    for said in found.get("repaired", ()):
        console.print(styled(said, "green"))


def line(words: str) -> None:
    """One line of what was done."""
    terminal().print(styled(words))


def plain_text(words: str) -> Text:
    """Words for a table made elsewhere, without what a terminal would act on."""
    return styled(words)


def table(shown: Table) -> None:
    """A table made elsewhere."""
    terminal().print(shown)


def comparison(compared: Comparison) -> None:
    """Warnings, then a table to each dataset and some of the questions gained and lost."""
    console = terminal()
    for warning in compared.warnings:
        console.print(styled(warning, "yellow"))
    for key, (old, new) in compared.configuration.items():
        console.print(styled(f"{key}: {_brief(old)} → {_brief(new)}", "dim"))
    for dataset in compared.datasets:
        shared = f"{dataset.questions:,} questions in both runs"
        console.print(styled(f"\n{dataset.dataset}: {shared}", "bold"))
        console.print(_comparison_table(dataset))
        for name, measure in dataset.watched.items():
            _print_changes(console, name, measure)


def _comparison_table(dataset: DatasetComparison) -> Table:
    from rich.table import Table

    # narrow enough for a terminal of 80 columns
    shown = Table(box=None, header_style="dim", padding=(0, 1, 0, 0))
    shown.add_column("measure", no_wrap=True)
    for column in ("before", "after", "difference [95 %]", "p"):
        shown.add_column(column, justify="right", no_wrap=True)
    shown.add_column("")
    for name, measure in dataset.measures.items():
        found = measure.difference
        ends = f"{_share(found.low, '+')}, {_share(found.high, '+')}"
        difference = f"{_share(found.difference, '+')} [{ends}]"
        p_value = _share(found.p_value) if found.p_value >= _SMALL else "<.001"
        cells = (_share(found.before), _share(found.after), difference, p_value)
        style = {"better": "green", "worse": "red"}.get(measure.verdict, "")
        shown.add_row(name, *map(styled, cells), styled(measure.verdict, style))
    return shown


def _print_changes(console: Console, name: str, measure: Changed) -> None:
    counts = f"{len(measure.gained):,} gained, {len(measure.lost):,} lost"
    console.print(styled(f"\n{name}: {counts}", "bold"))
    for sign, changes in (("+", measure.gained), ("-", measure.lost)):
        for change in changes[:_EXAMPLES]:
            gold = change.after.gold
            golds = " / ".join(gold.answers) or "none"
            indented(console, styled(f"{sign} {gold.id}  {gold.text}  (gold: {golds})"), 2)
            indented(console, styled(f"{_came_to(change.before)} → {_came_to(change.after)}"), 6)
        if more := len(changes[_EXAMPLES:]):
            indented(console, styled(f"{sign} {more:,} more", "dim"), 2)


def _came_to(record: QuestionRecord) -> str:
    """What was answered, and which place the gold document had."""
    rank = record.ranks.document
    return f"{record.prediction or 'no answer'} (document {f'at {rank}' if rank else 'not found'})"


def _brief(value: object) -> str:
    """A setting's value; of a hash as much as tells it from another."""
    said = str(value)
    return said if len(said) <= _LONGEST else f"{said[:_ID]}…"


def _share(value: float, sign: str = "") -> str:
    """Three places, without the zero that all shares begin with."""
    return format(value, f"{sign}.3f").replace("0.", ".", 1)
