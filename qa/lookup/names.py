"""What statutes are called for short, from tables that anybody can edit (see ``index.variants``)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from wenju.corpus import lexicon
from wenju.index.variants import Variants

_TABLE = "statute_names"
BUNDLED = Path(lexicon.__file__).with_name(f"{_TABLE}.tsv")
FILE = BUNDLED.name


def load_names(path: Path | None, home: Path) -> Mapping[str, tuple[str, ...]]:
    """Names by name: those of the bundled table, and of a table of one's own, which comes first.

    That is ``path``, else the one in the home folder, where there is one. Raises ReadError where a
    table cannot be read, BadVariants for a line that is no group.
    """
    own = path or home / FILE
    names = dict(Variants.load(BUNDLED).others)
    if path or own.is_file():
        names |= Variants.load(own).others
    return names
