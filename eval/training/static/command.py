"""Train the static encoder: ``python -m wenju.eval.training.static GOLD… --laws … --translated …``.

Token vectors that are averaged (``StaticEmbedding`` of sentence-transformers), begun from the embedded
model's word vectors and trained contrastively on texts that belong together.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from wenju.eval.training.network import gold
from wenju.eval.training.options import add_statutes
from wenju.eval.training.static.model import Table, batches, beginning, trimmed, vocabulary
from wenju.eval.training.static.pairs import (
    Pair,
    from_articles,
    from_questions,
    from_translations,
    learned,
)
from wenju.index.base import Base


@dataclass(frozen=True)
class Recipe:
    """How the table is made and trained; ``rounds`` says how often the questions are seen for each article."""

    pieces: int = 30_000
    width: int = 256
    steps: int = 3_000
    batch: int = 512
    rate: float = 2e-3
    temperature: float = 0.05
    articles: int = 60_000
    translations: int = 40_000
    rounds: int = 3
    seed: int = 0


def pairs_of(given: argparse.Namespace, recipe: Recipe) -> list[Pair]:
    """All that is learned from; windows of a question differ from round to round."""
    draw = random.Random(recipe.seed)
    examples = learned(given.gold)
    pairs = [p for _ in range(recipe.rounds) for p in from_questions(examples, draw)]
    if given.laws:
        pairs += from_articles(given.laws, recipe.articles, draw)
    for path in given.translated:
        pairs += from_translations(path, recipe.translations, draw)
    return pairs


def train(pairs: Sequence[Pair], recipe: Recipe, base: Base) -> Table:
    """Choose the pieces, begin, and take the steps."""
    texts = [text for p in pairs for text in (p.asked, p.passage)]
    kept, counts = vocabulary(base, texts, recipe.pieces)
    table = Table(trimmed(base, kept), beginning(base, kept, counts, recipe.width), recipe.rate)
    drawn = batches(pairs, min(recipe.batch, len(pairs)), random.Random(recipe.seed))
    started = time.monotonic()
    for step in range(recipe.steps):
        share = min(1.0, (step + 1) / 50) * max(0.02, 1 - step / recipe.steps)
        loss = table.step(next(drawn), recipe.temperature, share)
        if (step + 1) % 100 == 0 or step + 1 == recipe.steps:
            took = time.monotonic() - started
            sys.stderr.write(f"step {step + 1}: loss {loss:.3f}, {took:.0f} s\n")
    return table


def found_first(table: Table, examples: Sequence[gold.Example]) -> float:
    """The share of held-out questions whose text comes first among all held-out texts."""
    texts = list(dict.fromkeys(e.text for e in examples))
    place = {text: i for i, text in enumerate(texts)}
    asked = table.vectors([e.question for e in examples])
    best: list[int] = (asked @ table.vectors(texts).T).argmax(1).tolist()
    return sum(place[e.text] == b for e, b in zip(examples, best, strict=True)) / len(examples)


def main(argv: Sequence[str] | None = None) -> None:
    """Read the pairs, train, write the folder."""
    parser = argparse.ArgumentParser(
        prog="python -m wenju.eval.training.static", description=__doc__
    )
    parser.add_argument("gold", nargs="+", type=Path, help="SQuAD-style JSON.")
    add_statutes(parser)
    parser.add_argument("--out", type=Path, required=True)
    for name, value in asdict(Recipe()).items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(value), default=value)
    given = parser.parse_args(argv)
    recipe = Recipe(**{name: getattr(given, name) for name in asdict(Recipe())})
    table = train(pairs_of(given, recipe), recipe, Base.shared())
    kept = [e for path in given.gold for e in gold.read(path) if gold.held_out(e.text)]
    if kept:
        sys.stderr.write(f"held out: {found_first(table, kept):.3f} found first\n")
    table.save(given.out)


if __name__ == "__main__":
    main()
