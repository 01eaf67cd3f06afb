"""Learn the weights of retrieval: ``python -m wenju.eval.training.retrieval GOLD… --laws PAIRS.tsv.xz``.

The weights that make the right passages of each question most likely among those found for it, by
a softmax over their scores (a conditional logit, McFadden 1974; ListNet's top-one loss, Cao et
al. 2007). None is negative, and similarity's is 1. Only questions that the encoder was not
trained on are learned from.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import astuple
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np

from wenju.corpus.document import Source, content_id
from wenju.eval.answers import contains_answer
from wenju.eval.datasets import GoldQuestion, GoldSet, load
from wenju.eval.training.encoder.pairs import from_laws, held_out
from wenju.index.encoder import load_encoder
from wenju.index.query import parse_query
from wenju.index.retriever import HybridRetriever
from wenju.index.weights import BUNDLED, Features, save_weights
from wenju.qa.engine import Engine
from wenju.qa.settings import Settings

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Pool = tuple[NDArray[np.float64], NDArray[np.bool_]]
    """The features of the passages found for a question, shape (n, features); which of them are right."""

_ARTICLES, _ASKED, _WORDS = 4000, 800, 14  # of the laws: searched among, asked for, words asked
_SHARPEST = 60.0  # a score's difference of one may be worth this much in log odds


def pools(gold: GoldSet, settings: Settings) -> list[Pool]:
    """What is found for each of a gold set's questions that was held out."""
    with TemporaryDirectory() as home:
        chosen = settings.within(Path(home))
        encoder = load_encoder(chosen.encoder)
        with Engine.open(chosen, encoder=encoder) as engine:
            engine.add_sources(
                gold.sources or (), lambda d, of, _: _tell(f"{gold.name}: encode", d, of)
            )
            retriever = HybridRetriever(engine.library, encoder, chosen.index_path)
            asked = [q for q in gold.questions if q.document and held_out(q.document)]
            found = []
            for done, question in enumerate(asked, 1):
                found.append(_pool(retriever, question))
                _tell(f"{gold.name}: search", done, len(asked))
    return [pool for pool in found if pool[1].any()]


def _pool(retriever: HybridRetriever, question: GoldQuestion) -> Pool:
    """Right are the passages of the right document that hold an answer, if any does."""
    found = retriever.candidates(parse_query(question.text))
    own = np.array([p.document_id == question.document for p, _ in found], dtype=bool)
    holds = np.array([contains_answer(p.text, question.answers) for p, _ in found], dtype=bool)
    return np.array([astuple(s) for _, s in found]), own & holds if (own & holds).any() else own


def laws(path: Path) -> GoldSet:
    """Chinese articles, asked for by how they begin in English."""
    examples = from_laws(path, _ARTICLES, seed=1)
    sources, questions = [], []
    for number, example in enumerate(e for e in examples if e.questions[0].isascii()):
        source = Source(f"article {number}", f"{path.name}#{number}", example.passage[0])
        asked = " ".join(example.questions[0].split()[:_WORDS])
        document = content_id(source.text)
        sources.append(source)
        questions.append(GoldQuestion(str(number), asked, (source.text,), document, True))
    return GoldSet("laws", tuple(questions[: 5 * _ASKED]), tuple(sources))


def learn(found: Sequence[Pool]) -> Features:
    """The most likely weights, similarity's being 1."""
    from scipy.optimize import minimize

    size = len(astuple(Features()))
    start = np.full(size, np.log(3.0))
    fit = minimize(_loss, start, args=(found,), jac=True, method="L-BFGS-B", bounds=_bounds(size))
    weights = np.exp(fit.x)
    return Features(*(weights / weights[0]).tolist())


def _bounds(size: int) -> list[tuple[float, float]]:
    return [(-6.0, float(np.log(_SHARPEST)))] * size


def _loss(logs: NDArray[np.float64], found: Sequence[Pool]) -> tuple[float, NDArray[np.float64]]:
    """Mean negative log likelihood of the right passages, and its gradient by the logarithms."""
    weights = np.exp(logs)
    total, gradient = 0.0, np.zeros_like(weights)
    for features, right in found:
        scores = features @ weights
        likely = np.exp(scores - scores.max())
        likely /= likely.sum()
        share = likely[right].sum() + 1e-12
        total -= np.log(share)
        gradient += likely @ features - likely[right] @ features[right] / share
    return total / len(found), gradient * weights / len(found)


def _tell(label: str, done: int, total: int) -> None:
    sys.stderr.write(f"\r{label}: {done} of {total}   " + ("\n" if done == total else ""))


def main(argv: Sequence[str] | None = None) -> None:
    """Search for the questions, learn, write the weights."""
    parser = argparse.ArgumentParser(
        prog="python -m wenju.eval.training.retrieval", description=__doc__
    )
    parser.add_argument("gold", nargs="+", type=Path, help="SQuAD-style JSON, or Wenju's JSONL.")
    parser.add_argument("--laws", type=Path, help="Aligned articles of laws, .tsv.xz.")
    parser.add_argument("--out", type=Path, default=BUNDLED)
    given = parser.parse_args(argv)
    golds = [*map(load, given.gold), *([laws(given.laws)] if given.laws else [])]
    found = [pool for gold in golds for pool in pools(gold, Settings())]
    save_weights(learn(found), given.out)


if __name__ == "__main__":
    main()
