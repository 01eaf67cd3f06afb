"""Options that commands of training share: the files of statutes and of questions on them."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_statutes(parser: argparse.ArgumentParser) -> None:
    """``--laws``, ``--lay`` and ``--translated``, each any number of files."""
    for name, about in (
        ("--laws", "Archives of statutes."),
        ("--lay", "JSONL: questions, articles."),
        ("--translated", "Statutes with translations, .tsv.xz."),
    ):
        parser.add_argument(name, nargs="*", type=Path, default=[], help=about)
