"""Train the encoder's adapter: ``python -m wenju.eval.training.encoder GOLD… --translated PAIRS.tsv.xz``.

Low-rank changes (Hu et al. 2021, LoRA) of the upper layers' matrices, trained contrastively
(InfoNCE, van den Oord et al. 2018) with found negatives, held near the vectors of the model as it
was, and taken half way between the two (Wortsman et al. 2022, Robust fine-tuning of zero-shot
models). The lower layers do not change, so what they give is computed once.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wenju.eval.training.encoder.layers import Lower, Upper
from wenju.eval.training.encoder.pairs import Example, from_gold, from_laws
from wenju.eval.training.encoder.unpacked import unpacked
from wenju.eval.training.encoder.worded import from_questions
from wenju.eval.training.everyday import everyday, is_for_network
from wenju.eval.training.network import gold
from wenju.eval.training.network.laws import articles
from wenju.eval.training.network.lay import lay_questions
from wenju.eval.training.options import add_statutes
from wenju.index import adapter
from wenju.index.encoder import load_encoder
from wenju.qa.settings import Settings

if TYPE_CHECKING:
    import torch


@dataclass(frozen=True, slots=True)
class Recipe:
    """All that decides what comes out, but for the data."""

    rank: int = 16
    layers: int = 4
    epochs: float = 1.0
    batch: int = 48
    learning_rate: float = 2e-4
    warm_up: int = 30
    temperature: float = 0.02
    nearness: float = 5.0
    way: float = 1.0
    articles: int = 3000  # with their translations
    others: int = 3000  # articles of each archive that negatives are taken from
    seed: int = 0


def train(examples: Sequence[Example], recipe: Recipe, folder: Path) -> Upper:
    """The upper layers, trained; ``folder`` is the model's as it was."""
    import torch

    torch.manual_seed(recipe.seed)
    draw = random.Random(recipe.seed)
    lower = Lower(folder, recipe.layers)
    states = lower.states(_texts(examples), _tell)
    upper = Upper(lower.model, recipe.layers, recipe.rank)
    before = upper.vectors_of(states, _tell)
    optimizer = torch.optim.AdamW(upper.parameters(), lr=recipe.learning_rate, weight_decay=0.01)
    steps = int(recipe.epochs * len(examples) / recipe.batch)
    for step, batch in zip(range(steps), _batches(examples, recipe.batch, draw), strict=False):
        for group in optimizer.param_groups:
            group["lr"] = recipe.learning_rate * _pace(step, steps, recipe.warm_up)
        loss = _loss(upper, states, before, batch, recipe, draw)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]  # torch ships it untyped
        torch.nn.utils.clip_grad_norm_(upper.parameters(), 1.0)
        optimizer.step()
        _tell(f"train, loss {loss.item():.3f}", step + 1, steps)
    return upper


def _loss(
    upper: Upper,
    states: dict[str, torch.Tensor],
    before: dict[str, torch.Tensor],
    batch: Sequence[Example],
    recipe: Recipe,
    draw: random.Random,
) -> torch.Tensor:
    """InfoNCE over the batch's passages and negatives, and what the vectors have moved."""
    import torch

    questions = [f"query: {draw.choice(e.questions)}" for e in batch]
    passages = [f"passage: {draw.choice(e.passage)}" for e in batch]
    negatives = [f"passage: {draw.choice(draw.choice(e.negatives))}" for e in batch]
    texts = [*questions, *passages, *negatives]
    vectors = upper.vectors([states[t] for t in texts])
    asked, offered = vectors[: len(batch)], vectors[len(batch) :]
    scores = asked @ offered.T / recipe.temperature
    contrast = torch.nn.functional.cross_entropy(scores, torch.arange(len(batch)))
    moved = 1 - (vectors * torch.stack([before[t] for t in texts])).sum(1)
    return contrast + recipe.nearness * moved.mean()


def _batches(
    examples: Sequence[Example], size: int, draw: random.Random
) -> Iterator[list[Example]]:
    """Batches without end, in a new order each time round; no group twice in one."""
    waiting: list[Example] = []
    while True:
        if len(waiting) < size:
            waiting = draw.sample(list(examples), len(examples))
        batch: dict[str, Example] = {}
        while waiting and len(batch) < size:
            example = waiting.pop()
            batch.setdefault(example.group, example)
        yield list(batch.values())


def _pace(step: int, steps: int, warm_up: int) -> float:
    """The share of the learning rate: rising at first, then falling in a line."""
    return min(1.0, (step + 1) / warm_up) * max(0.05, 1 - step / steps)


def _texts(examples: Sequence[Example]) -> list[str]:
    """Every text with its prompt, each once, in order."""
    asked = [f"query: {q}" for e in examples for q in e.questions]
    offered = [
        f"passage: {t}" for e in examples for forms in (e.passage, *e.negatives) for t in forms
    ]
    return list(dict.fromkeys(asked + offered))


def _tell(label: str, done: int, total: int) -> None:
    end = "\n" if done == total else ""
    sys.stderr.write(f"\r{label}: {done} of {total}   {end}")


def _worded(given: Mapping[str, Any], recipe: Recipe) -> list[Example]:
    """Questions in everyday words: our own, and lay people's where there are files of them."""
    asked = [e for e in everyday() if is_for_network(e.text)]
    asked += [e for path in given["lay"] for e in lay_questions(path) if not gold.held_out(e.text)]
    others = articles(given["laws"], recipe.others, recipe.seed)
    return from_questions(asked, others, load_encoder(Settings().encoder))


def main(argv: Sequence[str] | None = None) -> None:
    """Read the examples, train, write the adapter."""
    parser = argparse.ArgumentParser(
        prog="python -m wenju.eval.training.encoder", description=__doc__
    )
    parser.add_argument("gold", nargs="+", type=Path, help="SQuAD-style JSON, or Wenju's JSONL.")
    add_statutes(parser)
    parser.add_argument("--out", type=Path, default=adapter.BUNDLED)
    for name, value in asdict(Recipe()).items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(value), default=value)
    given = vars(parser.parse_args(argv))
    recipe = Recipe(**{name: given[name] for name in asdict(Recipe())})
    examples = [e for path in given["gold"] for e in from_gold(path, _tell)]
    for path in given["translated"]:
        examples += from_laws(path, recipe.articles, recipe.seed)
    examples += _worded(given, recipe)
    upper = train(examples, recipe, unpacked(Settings().cache, plain=True))
    files = (given[name] for name in ("gold", "laws", "lay", "translated"))
    names = [path.name for group in files for path in group]
    about = {"recipe": str(asdict(recipe)), "data": ", ".join(names)}
    adapter.save(upper.changes(recipe.way), given["out"], about)


if __name__ == "__main__":
    main()
