"""The files that are to be added: what people name, and what lies below it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from wenju.corpus.read import find_files
from wenju.index.report import Failure


def files_below(
    paths: Iterable[Path], failures: list[Failure], skipped: Counter[str]
) -> Iterator[Path]:
    """The files below the paths, each once; what is not there is a failure."""
    seen = set()
    for path in paths:
        if _is_missing(path):
            failures.append(Failure(str(path), f"There is no file or folder {path}."))
            continue
        for file in find_files([path], skipped):
            resolved = os.path.realpath(file)
            if resolved not in seen:
                seen.add(resolved)
                yield file


def _is_missing(path: Path) -> bool:
    """Whether nothing is there; of what may not be looked at, reading says so."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError, ValueError):  # of a name that none can have
        return True
    except OSError:
        return False
    return False
