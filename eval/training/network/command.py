"""Train the reader: ``python -m wenju.eval.training.network --gold FILE… --laws ARCHIVE… --foreign FILE…``.

An interrupted run goes on where it stopped. What ships is written at the end.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from wenju.eval.training.everyday import everyday, for_network, in_english
from wenju.eval.training.layouts import layouts
from wenju.eval.training.network.batches import batches
from wenju.eval.training.network.briefings import briefings
from wenju.eval.training.network.check import check
from wenju.eval.training.network.gold import Example, TrainingDataError, held_out, read
from wenju.eval.training.network.laws import Article, articles, folded
from wenju.eval.training.network.lay import lay_questions
from wenju.eval.training.network.loop import Training
from wenju.eval.training.network.notices import notices
from wenju.eval.training.network.recipe import SOURCES, Recipe
from wenju.eval.training.network.rules import made
from wenju.eval.training.network.samples import Sampling
from wenju.eval.training.network.scales import scales
from wenju.eval.training.network.shipping import ship
from wenju.eval.training.network.translated import translated
from wenju.eval.training.options import add_statutes
from wenju.index.base import Base
from wenju.index.encoder import load_encoder
from wenju.qa.network.checkpoint import BUNDLED
from wenju.qa.network.inputs import Reads
from wenju.qa.settings import Settings

_CHECK_EVERY = 250
_INVENTED = (notices, briefings, layouts, scales)


def main(argv: Sequence[str] | None = None) -> None:
    """Read what there is to learn from, train, and write the reader's changes."""
    given = _parser().parse_args(argv)
    recipe = replace(Recipe(), **{k: v for k in asdict(Recipe()) if (v := getattr(given, k, None))})
    folder = given.work or Settings().cache / "training"
    gold = [e for path in given.gold for e in read(path)]
    kept = [e for e in gold if held_out(e.text)]
    drawn = [folded(a) for a in articles(given.laws, recipe.articles, recipe.seed)]
    sources = _sources(gold, drawn, given, recipe)
    base = Base.open()
    training = Training(base, recipe, folder, given.start)
    encoder = load_encoder(Settings().encoder)
    examples = [e for s in sources for e in s]
    others = drawn[: recipe.others]
    sampling = Sampling(examples, Reads(base.tokenizer), recipe.seed, others, encoder)
    samples = batches(sampling, sources, recipe, training.step)
    while training.step < recipe.steps:
        until = min(recipe.steps, training.step + _CHECK_EVERY)
        training.run(samples, until, _tell())
        sys.stderr.write(f"\n{check(training, kept)}\n")
    training.save()
    ship(training.network, base, given.out, _about(given, recipe, sources))
    sys.stderr.write(
        f"{given.out} is written; calibrate it with python -m wenju.eval.training.ranker.\n"
    )


def _about(
    given: argparse.Namespace, recipe: Recipe, sources: Sequence[Sequence[Example]]
) -> dict[str, Any]:
    """How the file came about, for the file itself."""
    return {
        "recipe": asdict(recipe),
        "data": sorted(
            p.name
            for p in (*given.gold, *given.laws, *given.foreign, *given.lay, *given.translated)
        ),
        "questions": dict(zip(SOURCES, map(len, sources), strict=True)),
    }


def _sources(
    gold: Sequence[Example],
    drawn: list[Article],
    given: argparse.Namespace,
    recipe: Recipe,
) -> list[list[Example]]:
    """The questions of each source, none of them held out; ``drawn`` are articles of statutes."""
    random.Random(recipe.seed).shuffle(drawn)
    foreign = [e for path in given.foreign for e in read(path)]
    part = recipe.notices // 4
    invented = [e for make in _INVENTED for e in make(part, recipe.seed)]
    lay = [e for path in given.lay for e in lay_questions(path)]
    pairs = [
        e for path in given.translated for e in translated(path, 2 * recipe.per_rule, recipe.seed)
    ]
    rules = made(drawn, recipe.per_rule, recipe.seed)
    told = for_network(everyday())
    told += [e for path in given.gold for e in read(path, in_english())]
    sources = [
        [e for e in some if not held_out(e.text)]
        for some in (gold, rules, invented, foreign, lay, pairs, told)
    ]
    if not sources[0]:
        raise TrainingDataError("No question is left to learn from; give --gold files.")
    return sources


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m wenju.eval.training.network", description=__doc__
    )
    parser.add_argument("--gold", nargs="+", type=Path, required=True, help="SQuAD-style JSON.")
    parser.add_argument(
        "--foreign", nargs="*", type=Path, default=[], help="As --gold, in other languages."
    )
    add_statutes(parser)
    parser.add_argument("--work", type=Path, help="Where the checkpoint is kept.")
    parser.add_argument("--start", type=Path, help="A file that shipped, to be trained further.")
    parser.add_argument("--out", type=Path, default=BUNDLED, help="The file that ships.")
    for name, value in asdict(Recipe()).items():
        if not isinstance(value, tuple):
            parser.add_argument(f"--{name.replace('_', '-')}", type=type(value))
    return parser


def _tell() -> Callable[[str, int, int], None]:
    started, first = time.monotonic(), [-1]

    def tell(label: str, done: int, total: int) -> None:
        if first[0] < 0:
            first[0] = done
        pace = (time.monotonic() - started) / max(1, done - first[0])
        left = f", {pace * (total - done) / 60:.0f} min left" if done > first[0] else ""
        sys.stderr.write(f"\r{label}: {done} of {total}{left}   ")

    return tell
