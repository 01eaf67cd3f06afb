"""``python -m wenju.eval.benchmarks.results``: measure the chosen cells, keep the others, write the page anew."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from wenju.corpus.errors import WenjuError
from wenju.eval.benchmarks.data import data_folder
from wenju.eval.benchmarks.external.systems import OthersError, environment
from wenju.eval.benchmarks.results.cells import Cell, ResultsError, merge, read, replace_text, write
from wenju.eval.benchmarks.results.measure import Install, measure, measure_other
from wenju.eval.benchmarks.results.page import page
from wenju.eval.benchmarks.results.rows import Row, all_rows
from wenju.eval.benchmarks.results.sets import SETS, Material, Set
from wenju.eval.benchmarks.results.sets import read as read_set
from wenju.eval.run import Progress
from wenju.index.encoder import Encoder, load_encoder
from wenju.qa.settings import Settings

PAGE = "README.md"
_FOLDER = Path(__file__).parent

Say = Callable[[str], None]
"""Called with a sentence for each set or row that could not be measured."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The sets and rows to measure, where the sets are, and where the results are kept."""

    sets: Sequence[Set]
    rows: Sequence[Row]
    data: Path
    folder: Path


def update(
    chosen: Chosen,
    settings: Settings,
    *,
    tell: Progress,
    say: Say,
    encoder: Encoder | None = None,
    install: Install = environment,
) -> int:
    """Measure set by set and write both files after each; returns how many cells were measured.

    A set whose files are not there and another system that fails are left out, with a sentence.
    Raises ResultsError, DatasetError, EncoderError, LibraryError.
    """
    # before an hour is spent on what could then not be kept
    if not chosen.folder.is_dir():
        raise ResultsError(f"There is no folder {chosen.folder}; make it, or name another.")
    read(chosen.folder)
    measured = 0
    for set_ in chosen.sets:
        if missing := set_.missing(chosen.data):
            say(f"{set_.name} was skipped: there is no {missing[0]}.")
            continue
        encoder = encoder or load_encoder(settings.encoder)
        material = read_set(set_, chosen.data, settings, encoder)
        cells = _cells(material, chosen.rows, settings, encoder, tell, say, install)
        keep(chosen.folder, cells)
        measured += len(cells)
    return measured


def _cells(
    material: Material,
    rows: Sequence[Row],
    settings: Settings,
    encoder: Encoder,
    tell: Progress,
    say: Say,
    install: Install,
) -> list[Cell]:
    own = [row for row in rows if row.make]
    cells = measure(material, own, settings, encoder, tell) if own else []
    for row in rows:
        if row.system is None:
            continue
        tell(f"{material.name}: {row.name}", 0, 1)
        try:
            cells.append(measure_other(material, row, settings, install))
        except OthersError as error:
            say(f"{material.name}, {row.name} was skipped: {error}")
        tell(f"{material.name}: {row.name}", 1, 1)
    return cells


def keep(folder: Path, cells: Sequence[Cell]) -> None:
    """Put the cells to those that are kept, and make the page of all of them."""
    write(folder, merge(read(folder), cells))
    replace_text(folder / PAGE, page(read(folder)))


def main(argv: Sequence[str] | None = None) -> None:
    """Measure and write; exits with 2 where nothing was measured, with 130 on Ctrl-C."""
    chosen, screen = _chosen(argv), _Screen()
    try:
        measured = update(chosen, Settings(), tell=screen.tell, say=screen.say)
    except (WenjuError, ValidationError) as error:
        screen.say(str(error))
        sys.exit(2)
    except KeyboardInterrupt:
        screen.say(f"Interrupted: the sets that were finished are kept in {chosen.folder}.")
        sys.exit(130)
    if not measured:
        screen.say("Nothing was measured; name the folder of the sets with --data or WENJU_DATA.")
        sys.exit(2)
    screen.say(f"{measured} cells measured: {chosen.folder / PAGE}")


def _chosen(argv: Sequence[str] | None) -> Chosen:
    rows, data = all_rows(), data_folder()
    options = argparse.ArgumentParser(
        prog="python -m wenju.eval.benchmarks.results", description=__doc__
    )
    options.add_argument("--data", type=Path, default=Path(data), help="the folder of the sets")
    options.add_argument("--set", action="append", choices=SETS, metavar="NAME", dest="sets")
    options.add_argument("--row", action="append", choices=rows, metavar="NAME", dest="rows")
    options.add_argument(
        "--into", type=Path, default=_FOLDER, help="the folder of the results, if not the project's"
    )
    given = options.parse_args(argv)
    return Chosen(
        sets=[set_ for name, set_ in SETS.items() if name in (given.sets or SETS)],
        rows=[row for name, row in rows.items() if name in (given.rows or rows)],
        data=given.data,
        folder=given.into,
    )


class _Screen:
    """What is told and said, on stderr: on a terminal progress is written over itself."""

    def __init__(self) -> None:
        self._label = ""
        self._width = 0

    def tell(self, label: str, done: int, total: int) -> None:
        """Progress; elsewhere than on a terminal a line to each thing begun."""
        if not sys.stderr.isatty():
            sys.stderr.write(f"{label}\n" if label != self._label else "")
        else:
            text = f"{label} {done:,}/{total:,}"
            start = "\n" if self._width and label != self._label else "\r"
            sys.stderr.write(f"{start}{text:<{self._width}}")
            self._width = len(text)
        self._label = label

    def say(self, sentence: str) -> None:
        """A sentence on a line of its own."""
        sys.stderr.write("\n" * bool(self._width) + sentence + "\n")
        self._width = 0
