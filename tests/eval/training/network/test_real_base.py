"""The reader's base as it is: its words, its hidden states, and a few steps of training."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.eval.training.network.making import examples
from wenju.eval.training.encoder.unpacked import unpacked
from wenju.eval.training.network.recipe import Recipe
from wenju.eval.training.network.samples import Sample, Sampling
from wenju.index.base import Base
from wenju.index.embedded import WHEEL, find_bin
from wenju.qa.network.checkpoint import BUNDLED
from wenju.qa.network.inputs import BEGIN, END, Reads
from wenju.qa.network.scorer import NetworkScorer
from wenju.qa.settings import Settings

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(find_bin() is None, reason=f"{WHEEL} is not installed"),
]
SENTENCE = "市财政对生态型联合体最高支持1000万元,对任务型联合体最高支持500万元。"


@pytest.fixture(scope="module")
def base() -> Base:
    return Base.open()


def silent(label: str, done: int, total: int) -> None:
    """Progress nobody wants to see."""


def test_words_are_rows_of_the_whole_table(base: Base) -> None:
    table = base.model.tensor("emb.word").reshape(-1, base.model.sizes.hidden)
    pieces = np.random.default_rng(0).integers(0, base.model.sizes.vocabulary, 2000)
    assert np.array_equal(base.words(pieces), table[pieces])
    edges = [0, base.model.sizes.vocabulary - 1]
    assert np.array_equal(base.words(edges), table[edges])


def test_pieces_lie_where_their_words_stand(base: Base) -> None:
    read = Reads(base.tokenizer).input("最高支持多少", "", SENTENCE)
    assert (read.pieces[0], read.pieces[-1]) == (BEGIN, END)
    for piece, (start, end) in zip(read.pieces[read.first :], read.offsets, strict=False):
        assert base.model.tokenizer.pieces[piece].strip("▁") in ("", SENTENCE[start:end])


def test_hidden_states_are_those_of_the_unpacked_model(base: Base) -> None:
    import torch
    from transformers import BertModel

    from wenju.eval.training.network.model import Network

    folder = unpacked(Settings().cache, plain=True)
    whole: Any = BertModel.from_pretrained(folder, add_pooling_layer=False)
    whole.float().eval()
    pieces = base.tokenizer.encode(SENTENCE).ids
    network = Network(base).eval()
    mask = torch.ones(1, len(pieces))
    with torch.inference_mode():
        wanted = whole(input_ids=torch.tensor([pieces])).last_hidden_state[0]
        vectors = torch.from_numpy(base.words(pieces))[None]
        states = network.bert(inputs_embeds=vectors, attention_mask=mask).last_hidden_state[0]
        assert torch.equal(network(vectors, mask)[0], network.heads(states))
    cosines = torch.nn.functional.cosine_similarity(states, wanted)
    assert cosines.min() > 0.999
    # pieces differ, so agreement is not that of one state with itself
    assert torch.nn.functional.cosine_similarity(states[1], wanted[-2], dim=0) < 0.99


def test_scores_in_use_are_those_in_training(base: Base) -> None:
    import torch

    from wenju.eval.training.network.model import load_network

    scorer = NetworkScorer()
    questions = ["最高支持多少", "任务型联合体支持多少", "谁主持会议"]
    inputs = [
        scorer.reads.input(question, "", SENTENCE * n) for n, question in enumerate(questions, 1)
    ]
    network = load_network(base, BUNDLED).eval()
    for read, found in zip(inputs, scorer.score(inputs), strict=True):
        vectors = torch.from_numpy(base.words(read.pieces))[None]
        with torch.inference_mode():
            wanted = network(vectors, torch.ones(1, len(read.pieces)))[0].numpy()
        assert np.abs(found - wanted).max() < 1e-3


def test_a_few_steps_teach_and_an_interrupted_run_goes_on(base: Base, tmp_path: Path) -> None:
    import torch

    from wenju.eval.training.network.loop import Training

    sampling = Sampling(examples(), Reads(base.tokenizer), 0)
    fixed = [sampling.sample(e, (20, 60), negative=False) for e in examples()[:4]]

    def drawn() -> Iterator[Sequence[Sample]]:
        while True:
            yield fixed

    recipe = Recipe(steps=8, pieces=300, frozen=11, warm_up=0.01, learning_rate=1e-3)
    training = Training(base, recipe, tmp_path)
    losses = [training.run(drawn(), step, silent) for step in (1, 2, 3)]
    assert losses[2] < losses[1] < losses[0]
    training.save()
    resumed = Training(base, recipe, tmp_path)
    assert resumed.step == 3
    kept = training.network.state_dict()
    for name, weight in resumed.network.state_dict().items():
        assert torch.equal(weight, kept[name])
    assert resumed.run(drawn(), 4, silent) == pytest.approx(
        training.run(drawn(), 4, silent), rel=1e-3
    )
