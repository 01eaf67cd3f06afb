"""The results' page: Markdown made of the cells and of nothing else that was measured."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from wenju.eval.benchmarks.results.cells import SAME, Cell
from wenju.eval.benchmarks.results.rows import all_rows
from wenju.eval.benchmarks.results.sets import SETS
from wenju.eval.intervals import Interval

_HEAD = """\
# Retrieval

How often the right document, or a passage that answers, is found: whole development sets, a row to each
way of searching, 95 % bootstrap intervals in brackets. This page is made of
[retrieval.json](retrieval.json), which also has every other measure, by

```sh
python -m wenju.eval.benchmarks.results                                    # every cell
python -m wenju.eval.benchmarks.results --set "NCP policies" --row Wenju   # one; the others stay
```

The sets are looked for in `WENJU_DATA` (`../shared/data` where it is not set), see [below](#sets).
[What the measures mean](../../../docs/evaluation.md#measures). An interval says how much a figure would
change with other questions. Two rows were asked the same questions, so less than two intervals apart may
be a real difference; `wenju eval --compare` tells for two runs."""

_BASELINES = """\
## How the baselines were run

**BM25, vectors and their sum** search the very library that Wenju searches: the same passages of repaired
text; script and width make no difference, and question words (請問, 多少 …) are left out of the query. The
BM25 is Tantivy's (k1 1.2, b .75), summed over the fields that the row names, each with the same weight, and
its order is left as it is. The fields are of a passage's own text; titles and headings, which the vectors,
the plain sum and Wenju are given too, are not in them.

**Wenju without …** finds the same candidates as Wenju, by both searches, and puts them in order without
one of the features that its weights are for; the other weights stay as they were learned.

**Haystack and txtai** are installed in environments of their own, each in one version with all that it
needs pinned, and their keyword search is asked with its defaults: `InMemoryBM25Retriever`, and
`Embeddings(keyword=True)`. They are given the repaired text of every document as one piece, as a data set
has it, or (*Wenju's passages*) what Wenju searches, title and headings in front. A document's place is
that of its best passage. `python -m wenju.eval.benchmarks.external GOLD… [--passages]` does the same for any gold file."""


def page(cells: Sequence[Cell]) -> str:
    """The page; the same cells give the same text."""
    sections = [
        _HEAD,
        *_measured(cells),
        _rows(cells),
        _sets(cells),
        _BASELINES,
        _versions(cells),
    ]
    return "\n\n".join(filter(None, sections)) + "\n"


def _measured(cells: Sequence[Cell]) -> Iterator[str]:
    """A table to each measure, of the sets that it says most of."""
    yield _table("recall_at_1", "The right document comes first.", cells)
    yield _table("recall_at_5", "It is among the first five.", cells)
    long = [cell for cell in cells if cell.set in SETS and SETS[cell.set].long]
    cuts = _names(f"{c.configuration['longest_passage']}" for c in long)
    for k, where in ((1, "The first passage"), (5, "One of the first five passages")):
        about = (
            f"{where} holds at least 80 % of a long answer's clauses. Passages have at most "
            f"{' or '.join(cuts)} characters."
        )
        yield _table(f"answer_coverage_at_{k}", about, long)
    yield _table(SAME, "The same passage comes first, whichever script it is asked in.", cells)


def _table(measure: str, about: str, cells: Sequence[Cell]) -> str:
    """Rows by sets, where the measure was taken; empty where it never was."""
    found = {(c.row, c.set): c.measures[measure] for c in cells if measure in c.measures}
    if not found:
        return ""
    rows, sets = _names(row for row, _ in _in_order(found)), _names(set_ for _, set_ in found)
    lines = [[row, *(_shown(found.get((row, set_))) for set_ in sets)] for row in rows]
    return f"## `{measure}`\n\n{about}\n\n" + _markdown(["", *sets], lines)


def _in_order(found: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """By row as rows are listed: no set need have all of them."""
    listed = list(all_rows())
    return sorted(found, key=lambda at: listed.index(at[0]) if at[0] in listed else len(listed))


def _rows(cells: Sequence[Cell]) -> str:
    known = all_rows()
    lines = [
        [
            row,
            known[row].about if row in known else "",
            f'`python -m wenju.eval.benchmarks.results --row "{row}"`',
        ]
        for row, _ in _in_order((cell.row, cell.set) for cell in _first(cells, lambda c: c.row))
    ]
    return "## Rows\n\n" + _markdown(["", "what it is", "command"], lines)


def _sets(cells: Sequence[Cell]) -> str:
    """What each set was made of; one that was measured on several versions stands there twice."""
    firsts = _first(cells, lambda cell: f"{cell.set} {cell.about}")
    header = ["", "what it is", "file", "questions", "documents", "passages", "its SHA-256"]
    return "## Sets\n\n" + _markdown(header, [_set(cell, cells) for cell in firsts])


def _set(cell: Cell, cells: Sequence[Cell]) -> list[str]:
    alike = [other for other in cells if (other.set, other.about) == (cell.set, cell.about)]
    counts = cell.questions, max(c.documents for c in alike), max(c.passages for c in alike)
    what = [SETS[cell.set].about] if cell.set in SETS else []
    file = cell.about["gold"]
    return [
        cell.set,
        "; ".join([*what, *_asked(cell.about)]),
        f"`{file['name']}`",
        *(f"{n:,}" for n in counts),
        f"`{file['sha256'][:16]}…`",
    ]


def _asked(about: Mapping[str, Any]) -> Iterator[str]:
    """What is asked otherwise than the file has it, and over what else."""
    if questions := about["questions"]:
        yield f"the questions of `{questions['name']}`"
    if script := about["script"]:
        yield f"asked in {'Simplified' if script == 'hans' else 'Traditional'} characters"
    if noise := about["distractors"]:
        names = " and of ".join(f"`{name}`" for name in noise["names"])
        yield f"about {noise['passages_of_each']:,} passages of {names} beside its documents"


def _versions(cells: Sequence[Cell]) -> str:
    """Which Wenju the cells are of; where they are of several, how many of which sets."""
    groups: dict[tuple[str, str], list[Cell]] = {}
    for cell in cells:
        made = cell.configuration
        groups.setdefault((made["wenju"], made["code"]), []).append(cell)
    lines = []
    for (version, code), group in groups.items():
        names = _names(c.configuration["encoder"] for c in group if "encoder" in c.configuration)
        with_ = f", encoder {', '.join(f'`{name}`' for name in names)}" if names else ""
        where = ""
        if len(groups) > 1:
            count = Counter(cell.set for cell in group)
            where = f" ({', '.join(f'{set_}: {n}' for set_, n in count.items())})"
        many = f"{len(group)} cell{'s' * (len(group) > 1)}"
        lines.append(f"- Wenju {version}, code `{code}`{with_}: {many}{where}")
    return "## Measured with\n\n" + "\n".join(lines) if lines else ""


def _first(cells: Iterable[Cell], key: Callable[[Cell], str]) -> list[Cell]:
    """The first cell of each key."""
    found: dict[str, Cell] = {}
    for cell in cells:
        found.setdefault(key(cell), cell)
    return list(found.values())


def _names(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _shown(found: Interval | None) -> str:
    """Shares to 3 places, without the zero that all of them begin with."""
    if found is None:
        return "–"
    mean, low, high = (f"{x:.3f}".removeprefix("0") for x in (found.mean, found.low, found.high))
    return f"{mean} [{low}, {high}]"


def _markdown(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
