"""Training of the static encoder, on a small model."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from tests.qa.network.small import base
from wenju.eval.training.network.gold import Example
from wenju.eval.training.static.command import Recipe, found_first, train
from wenju.eval.training.static.model import trimmed, vocabulary
from wenju.eval.training.static.pairs import Pair, from_questions

SUBJECTS = ["图书馆", "游泳池", "停车场", "幼儿园", "体育馆", "博物馆"]
PAIRS = [Pair(f"{s}几点开放", f"本{s}上午{n}时起开放", s) for n, s in enumerate(SUBJECTS)]


def test_what_belongs_together_is_found() -> None:
    recipe = Recipe(pieces=21_200, width=16, steps=60, batch=6, rate=2e-2)
    table = train(PAIRS * 4, recipe, base())
    examples = [Example(p.asked, "", p.passage, ((0, 1),), "gold") for p in PAIRS]
    assert found_first(table, examples) == 1


def test_pieces_that_texts_need_are_kept_and_read_alike() -> None:
    texts = ["最高支持1000万元", "图书馆任期"]
    kept, counts = vocabulary(base(), texts, 21_200)
    assert len(kept) == len(set(kept)) == len(counts)
    made = trimmed(base(), kept)
    for text in texts:
        old = base().tokenizer.encode(text, add_special_tokens=False).tokens
        assert made.encode(text).tokens == old


def test_a_window_holds_its_answer() -> None:
    draw = random.Random(1)
    text = "".join(chr(0x4E00 + i) for i in range(900))
    for start in (0, 400, 890):
        example = Example("问", "题", text, ((start, start + 10),), "gold")
        (pair,) = from_questions([example], draw)
        assert text[start : start + 10] in pair.passage


@pytest.mark.slow
def test_what_is_saved_is_what_was_trained(tmp_path: Path) -> None:
    from wenju.index.static_encoder import StaticEncoder

    recipe = Recipe(pieces=21_200, width=16, steps=5, batch=6)
    table = train(PAIRS * 4, recipe, base())
    table.save(tmp_path / "static")
    asked = [p.asked for p in PAIRS]
    found = StaticEncoder(tmp_path / "static").encode(asked)
    cosines = (found * table.vectors(asked).detach().numpy()).sum(axis=1)
    assert np.min(cosines) > 0.999
