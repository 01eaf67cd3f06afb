"""What is learned from: the right pairs; and how: the right gradients, the right factors."""

from __future__ import annotations

import json
import lzma
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.optimize import check_grad

from wenju.eval.datasets import DatasetError
from wenju.eval.training import retrieval as weights
from wenju.eval.training.encoder import command as encoder
from wenju.eval.training.encoder.pairs import Example, from_gold, from_laws, held_out
from wenju.eval.training.retrieval import learn
from wenju.index.weights import FEATURES

if TYPE_CHECKING:
    from wenju.eval.training.retrieval import Pool


def silent(label: str, done: int, total: int) -> None:
    """Progress nobody wants to see."""


def pool(rng: np.random.Generator, sign: str) -> Pool:
    """A question for which the right one of eight passages has most of one sign."""
    signs = rng.random((8, len(FEATURES)))
    right = signs[:, FEATURES.index(sign)] == signs[:, FEATURES.index(sign)].max()
    return signs, right


def test_one_document_in_five_is_held_out() -> None:
    ids = [f"{n * 2654435761 % 2**32:08x}0000" for n in range(5000)]
    assert 0.18 < np.mean([held_out(i) for i in ids]) < 0.22


def test_the_sign_that_tells_right_from_wrong_gets_the_weight() -> None:
    rng = np.random.default_rng(0)
    learned = learn([pool(rng, "sentence") for _ in range(300)])
    others = [getattr(learned, name) for name in FEATURES if name != "sentence"]
    assert learned.similarity == 1.0
    assert learned.sentence > 5 * max(others)


def test_weights_are_never_negative() -> None:
    rng = np.random.default_rng(1)
    turned: list[Pool] = []
    for _ in range(200):
        signs, right = pool(rng, "document")
        signs[:, FEATURES.index("bigrams")] = 1 - signs[:, FEATURES.index("document")]
        turned.append((signs, right))
    learned = learn(turned)
    assert all(getattr(learned, name) >= 0 for name in FEATURES)
    assert learned.bigrams < 0.05 * learned.document


def test_the_gradient_is_the_loss_s() -> None:
    rng = np.random.default_rng(2)
    found = [pool(rng, "similarity") for _ in range(5)]
    at = rng.normal(size=len(FEATURES))
    error = check_grad(
        lambda x: weights._loss(x, found)[0], lambda x: weights._loss(x, found)[1], at
    )
    assert error < 1e-4


def test_no_group_stands_twice_in_a_batch_and_all_are_used() -> None:
    import random

    examples = [Example((f"q{n}",), (f"p{n}",), ((f"n{n}",),), f"g{n % 7}") for n in range(60)]
    batches = encoder._batches(examples, 5, random.Random(0))
    seen = set()
    for batch, _ in zip(batches, range(60), strict=False):
        assert len({e.group for e in batch}) == len(batch) <= 5
        seen |= {e.questions for e in batch}
    assert len(seen) == 60


def test_the_pace_rises_and_falls() -> None:
    paces = [encoder._pace(step, 100, 10) for step in range(100)]
    assert paces[0] == pytest.approx(0.1)
    assert max(paces) == paces[9]
    assert paces[9:] == sorted(paces[9:], reverse=True)
    assert paces[-1] == 0.05


def gold(path: Path) -> Path:
    """Forty documents with a question to each; all are about a library."""
    articles = [
        {
            "title": f"第{n}館",
            "paragraphs": [
                {
                    "context": f"第{n}圖書館設有閱覽座位{n}百席，每日開放到晚上九點。",
                    "qas": [
                        {"id": str(n), "question": f"第{n}圖書館有幾席？", "answers": [f"{n}百席"]}
                    ],
                }
            ],
        }
        for n in range(2, 42)
    ]
    path.write_text(json.dumps({"data": articles}, ensure_ascii=False), encoding="utf-8")
    return path


def test_examples_of_a_gold_set(tmp_path: Path) -> None:
    examples = from_gold(gold(tmp_path / "gold.json"), silent)
    assert 20 < len(examples) < 40
    for example in examples:
        number = example.questions[0].split("图")[0]
        assert len(example.questions) == 2
        assert f"{number}圖書館" in example.passage[0]
        assert f"{number}图书馆" in example.passage[1]
        assert not held_out(example.group)
        assert all(f"{number}圖書館" not in negative[0] for negative in example.negatives)


def test_a_gold_set_without_documents_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"question": "開到幾點？", "answers": ["九點"]}\n', encoding="utf-8")
    with pytest.raises(DatasetError, match="no documents"):
        from_gold(path, silent)


def test_examples_of_laws(tmp_path: Path) -> None:
    chinese = "本法所稱主管機關，在中央為內政部，在直轄市為直轄市政府，在縣市為縣市政府，其組織另以法律定之，並受監督。"
    lines = [f"A1\t第 {n} 條\t{n}{chinese}\tArticle {n} says a thing." for n in range(1, 40)]
    path = tmp_path / "pairs.tsv.xz"
    with lzma.open(path, "wt", encoding="utf-8") as file:
        file.write("\n".join(lines))
    examples = from_laws(path, 30, seed=0)
    assert examples == from_laws(path, 30, seed=0)
    assert len(examples) == 30
    english = [e for e in examples if e.questions[0].isascii()]
    assert 10 < len(english) < 30
    for example in english:
        number = int(example.questions[0].split()[1])
        assert example.passage == (f"{number}{chinese}",)
        assert example.negatives == ((f"{number + 1}{chinese}",),)


@pytest.mark.slow
def test_a_change_begins_as_none_and_its_factors_give_what_it_adds() -> None:
    import torch
    from torch import nn

    from wenju.eval.training.encoder.layers import Change

    torch.manual_seed(0)
    linear = nn.Linear(6, 4)
    states = torch.randn(3, 6)
    before = linear(states).detach()
    change = Change(linear, 2)
    assert torch.equal(linear(states), before)
    change.up = torch.randn(4, 2)
    whole = linear.weight + 2 * change.up @ change.down
    assert torch.allclose(linear(states), states @ whole.T + linear.bias, atol=1e-5)
