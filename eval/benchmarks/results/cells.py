"""Cells of the results, and the file that keeps them: ``retrieval.json``, a cell to a line."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from wenju.corpus.errors import WenjuError
from wenju.eval.benchmarks.results.rows import all_rows
from wenju.eval.benchmarks.results.sets import SETS
from wenju.eval.intervals import Interval

RESULTS = "retrieval.json"
SAME = "same_first_passage"
"""The share of questions that find the same passage first, converted and as they are."""

_FORMAT = 1
_PLACES = 4


class ResultsError(WenjuError):
    """The results that are there cannot be used."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one row made of one set.

    ``about`` says what the set was made of: hashes of the gold file and of its documents, other
    questions, script, distractors. ``configuration`` says what the row was, and of which Wenju.
    ``passages`` is how many pieces were searched. Shares are from 0 to 1, higher is better.
    """

    set: str
    row: str
    questions: int
    documents: int
    passages: int
    about: Mapping[str, Any]
    configuration: Mapping[str, Any]
    measures: Mapping[str, Interval]

    def as_dict(self) -> dict[str, Any]:
        """The cell's JSON object: shares to 4 places."""
        found = {name: _rounded(interval) for name, interval in self.measures.items()}
        return asdict(self) | {"measures": found}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Cell:
        """The cell that ``as_dict`` gave; raises TypeError for anything else."""
        measures = {name: Interval(**found) for name, found in values["measures"].items()}
        return cls(**{**values, "measures": measures})


def read(folder: Path) -> list[Cell]:
    """The cells that the folder keeps, none where there is no file; raises ResultsError."""
    path = folder / RESULTS
    try:
        values = json.loads(path.read_bytes())
        if values["format"] == _FORMAT:
            return [Cell.from_dict(cell) for cell in values["cells"]]
        problem = f"it is of format {values['format']!r}, this version reads {_FORMAT}"
    except FileNotFoundError:
        return []
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        problem = repr(error)
    raise ResultsError(
        f"{path} cannot be read ({problem}). Put back the one that was there, or remove it to "
        "measure everything anew."
    )


def merge(old: Iterable[Cell], new: Iterable[Cell]) -> list[Cell]:
    """All cells by set and row, the new ones in the place of old ones of the same set and row."""
    found = {(cell.set, cell.row): cell for cell in [*old, *new]}
    return sorted(found.values(), key=_place)


def write(folder: Path, cells: Iterable[Cell]) -> None:
    """Replace the file at once, so that nobody ever reads half of it."""
    lines = ",\n".join(json.dumps(cell.as_dict(), ensure_ascii=False) for cell in cells)
    replace_text(folder / RESULTS, f'{{"format": {_FORMAT}, "cells": [\n{lines}\n]}}\n')


def replace_text(path: Path, text: str) -> None:
    """Write a file whole or not at all; raises ResultsError."""
    beside = path.with_suffix(".tmp")
    try:
        beside.write_text(text, encoding="utf-8")
        os.replace(beside, path)
    except OSError as error:
        reason = error.strerror or error
        raise ResultsError(
            f"{path} cannot be written ({reason}); name another folder with --into."
        ) from None


def _place(cell: Cell) -> tuple[int, str, int, str]:
    """As sets and rows are listed; those that are listed no more come last, by name."""
    sets, rows = list(SETS), list(all_rows())
    at_set = sets.index(cell.set) if cell.set in sets else len(sets)
    at_row = rows.index(cell.row) if cell.row in rows else len(rows)
    return at_set, cell.set, at_row, cell.row


def _rounded(found: Interval) -> dict[str, float]:
    return {
        "mean": round(found.mean, _PLACES),
        "low": round(found.low, _PLACES),
        "high": round(found.high, _PLACES),
        "n": found.n,
    }
