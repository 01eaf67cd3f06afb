"""Batches, loss and steps, over a small base of two layers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.eval.training.network.making import examples
from tests.qa.network.small import HIDDEN, base, reads
from wenju.eval.training.network.batches import Batch, batch_of, batches
from wenju.eval.training.network.check import check
from wenju.eval.training.network.loop import Training, groups, loss_of, sentence_means
from wenju.eval.training.network.model import Network
from wenju.eval.training.network.recipe import Recipe
from wenju.eval.training.network.samples import Sample, Sampling
from wenju.eval.training.network.shipping import ship
from wenju.qa.network import checkpoint as changes

RECIPE = Recipe(steps=40, pieces=300, frozen=1)


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    """Threads that wait for one another take longer than so small a network does."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def silent(label: str, done: int, total: int) -> None:
    """Progress nobody wants to see."""


def sampling() -> Sampling:
    return Sampling(examples(), reads(), 0)


def samples(count: int = 6) -> list[Sample]:
    drawing = sampling()
    return [drawing.sample(e, (10, 60), i % 3 == 2) for i, e in enumerate(examples()[:count])]


def of(count: int) -> Iterator[Sequence[Sample]]:
    """The same batch without end."""
    fixed = samples(count)
    while True:
        yield fixed


@pytest.mark.parametrize("recipe", [Recipe(), RECIPE, Recipe(steps=30, warm_up=0.3)])
def test_the_pace_rises_then_falls(recipe: Recipe) -> None:
    paces = [recipe.pace(step) for step in range(recipe.steps)]
    top = paces.index(max(paces))
    assert paces[: top + 1] == sorted(paces[: top + 1])
    assert paces[top:] == sorted(paces[top:], reverse=True)
    assert abs(top - recipe.warm_up * recipe.steps) <= 1
    assert min(paces) > 0
    assert 0.8 * (1 - recipe.warm_up) < max(paces) <= 1
    assert recipe.pace(recipe.steps) == pytest.approx(0.01)


def test_words_are_rows_of_the_table() -> None:
    table = base().model.tensor("emb.word").reshape(-1, HIDDEN)
    rows = np.random.default_rng(0).integers(0, len(table), 200)
    assert np.array_equal(base().words(rows), table[rows])
    assert np.array_equal(base().words(rows.tolist()), table[rows])


def test_a_batch_is_filled_up_and_says_where() -> None:
    chosen = samples()
    batch = batch_of(chosen, base())
    longest = max(len(s.input.pieces) for s in chosen)
    sentences = max(len(s.answering) for s in chosen)
    assert batch.vectors.shape == (len(chosen), longest, HIDDEN)
    assert batch.answering.shape == (len(chosen), sentences)
    for row, sample in enumerate(chosen):
        read, n = sample.input, len(sample.input.pieces)
        assert np.array_equal(batch.vectors[row, :n].numpy(), base().words(read.pieces))
        assert batch.mask[row].tolist() == [1.0] * n + [0.0] * (longest - n)
        body = {0, *range(read.first, read.first + len(read.offsets))}
        assert set(batch.body[row].nonzero().ravel().tolist()) == body
        inside = batch.sentence[row, read.first : read.first + len(read.offsets)]
        assert inside.tolist() == list(read.sentences)
        assert (batch.sentence[row] >= 0).sum() == len(read.offsets)
        wanted = [float(a) for a in sample.answering]
        assert batch.answering[row].tolist() == wanted + [-1.0] * (sentences - len(wanted))
        assert (int(batch.first[row]), int(batch.last[row])) == (sample.first, sample.last)


def test_batches_stay_within_their_pieces_and_are_of_like_length() -> None:
    drawn = batches(sampling(), [examples()] * 7, RECIPE, 0)
    spread = []
    for batch in islice(drawn, 60):
        lengths = [len(s.input.pieces) for s in batch]
        assert len(batch) * max(lengths) <= RECIPE.pieces or len(batch) == 1
        spread.append(max(lengths) - min(lengths))
    assert max(map(len, islice(drawn, 20))) > 2
    assert np.mean(spread) < 10


def test_the_same_seed_and_step_give_the_same_batches() -> None:
    one, again, later = (
        list(islice(batches(sampling(), [examples()] * 7, RECIPE, done), 5)) for done in (0, 0, 9)
    )
    assert one == again != later


def test_sources_are_drawn_from_by_their_shares_and_empty_ones_are_not() -> None:
    gold, made, foreign = examples()[:2], examples()[2:4], examples()[4:]
    recipe = replace(RECIPE, shares=(0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0))
    wanted = Sampling(made, reads(), 0)
    drawn = islice(batches(wanted, [gold, made, [], foreign, [], [], []], recipe, 0), 10)
    asked = {reads().pieces(e.question).ids for e in made}
    begins = {s.input.pieces[1 : s.input.pieces.index(2)] for batch in drawn for s in batch}
    assert begins & asked
    assert not begins & {reads().pieces(e.question).ids for e in (*gold, *foreign)}
    assert next(batches(Sampling(gold, reads(), 0), [gold, [], [], [], [], [], []], RECIPE, 0))


def random_batch(rng: np.random.Generator) -> tuple[NDArray[np.float32], Batch]:
    """Random scores (3, 7, 3), with a batch of what is to be learned of them."""
    n, pieces, sentences = 3, 7, 3
    scores = rng.normal(0, 2, (n, pieces, 3)).astype(np.float32)
    body = np.zeros((n, pieces), np.float32)
    sentence = np.full((n, pieces), -1)
    answering = np.full((n, sentences), -1.0, np.float32)
    first, last = np.zeros((2, n), np.int64)
    for row in range(n):
        begin, end = int(rng.integers(1, 3)), int(rng.integers(4, 8))
        body[row, 0] = body[row, begin:end] = 1
        held = int(rng.integers(1, sentences + 1))
        sentence[row, begin:end] = np.sort(rng.integers(0, held, end - begin))
        answering[row, :held] = rng.integers(0, 2, held)
        kind = rng.random()
        if kind < 0.2:  # it answers, and nothing says where
            first[row] = last[row] = -1
            answering[row] = -1
        elif kind < 0.7:
            first[row], last[row] = np.sort(rng.integers(begin, end, 2))
    nothing = torch.zeros(0)
    passage = (first != 0).astype(np.float32)
    made = [torch.from_numpy(a) for a in (body, first, last, sentence, answering, passage)]
    return scores, Batch(nothing, nothing, *made)


def loss_by_hand(scores: NDArray[np.float32], batch: Batch, recipe: Recipe) -> float:
    spans, sentences, passages = [0.0], [0.0], []
    for row, piece in enumerate(scores.astype(np.float64)):
        held = batch.body[row].numpy() == 1
        passages.append(binary(piece[0, 2], bool(batch.passage[row])))
        for side, place in ((0, int(batch.first[row])), (1, int(batch.last[row]))):
            if place < 0:
                continue
            spans.append(np.log(np.exp(piece[held, side]).sum()) - piece[place, side])
        for number, answers in enumerate(batch.answering[row].tolist()):
            if answers >= 0:
                own = piece[batch.sentence[row].numpy() == number, 2]
                mean = own.mean() if own.size else 0.0
                sentences.append(binary(mean, bool(answers)))
    # of the two sides the mean, and of the texts; the first of each list is no text's
    means = [sum(some) / max(1, len(some) - 1) for some in (spans, sentences)]
    others = recipe.sentence_loss * means[1] + recipe.passage_loss * float(np.mean(passages))
    return float(means[0] + others)


def binary(score: float, right: bool) -> float:
    likely = 1 / (1 + np.exp(-score))
    return float(-np.log(likely if right else 1 - likely))


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10_000), st.floats(0, 2), st.floats(0, 2))
def test_the_loss_is_what_it_is_by_hand(seed: int, of_sentences: float, of_passages: float) -> None:
    scores, batch = random_batch(np.random.default_rng(seed))
    recipe = replace(RECIPE, sentence_loss=of_sentences, passage_loss=of_passages)
    loss = loss_of(torch.from_numpy(scores), batch, recipe)
    assert float(loss) == pytest.approx(loss_by_hand(scores, batch, recipe), rel=1e-4)


def test_sentence_means_by_hand() -> None:
    scores = torch.tensor([[9.0, 1.0, 2.0, 6.0], [4.0, 4.0, 5.0, 7.0]])
    sentence = torch.tensor([[-1, 0, 0, 2], [1, -1, 1, 1]])
    assert sentence_means(scores, sentence, 3).tolist() == [
        [1.5, 0.0, 6.0],
        [0.0, pytest.approx(16 / 3), 0.0],
    ]


def test_what_is_trained_and_how_fast() -> None:
    network = Network(base())
    found = groups(network, Recipe(frozen=0, learning_rate=1.0, layer_decay=0.5))
    assert [g["rate"] for g in found] == [0.5, 1.0, 5.0]
    network = Network(base())
    found = groups(network, RECIPE)
    trained = {id(p) for g in found for p in g["params"]}
    layer = network.bert.encoder.layer
    assert trained == {id(p) for p in (*layer[1].parameters(), *network.heads.parameters())}
    assert not any(p.requires_grad for p in layer[0].parameters())
    assert not any(p.requires_grad for p in network.bert.embeddings.parameters())


def test_the_names_of_the_weights_stay() -> None:
    """Checkpoints and what ships hold them by these."""
    names = set(Network(base()).state_dict())
    bert = {f"bert.{name}" for name in base().weights()}
    assert names == bert | {"heads.weight", "heads.bias"} | {
        "bert.embeddings.word_embeddings.weight"
    }


def test_a_weight_too_many_or_too_few_is_refused() -> None:
    weights = base().weights()
    network = Network(base())
    with pytest.raises(KeyError, match="other"):
        network.take(weights | {"other": np.zeros(3, np.float32)})
    missing = next(iter(weights))
    with pytest.raises(KeyError, match=missing.split(".", maxsplit=1)[0]):
        network.take({n: w for n, w in weights.items() if n != missing})


def test_what_is_filled_up_plays_no_part() -> None:
    chosen = samples()
    network = Network(base()).eval()
    with torch.inference_mode():
        together = batch_of(chosen, base())
        scores = network(together.vectors, together.mask)
        for row, sample in enumerate(chosen):
            alone = batch_of([sample], base())
            single = network(alone.vectors, alone.mask)[0]
            assert torch.allclose(scores[row, : len(single)], single, atol=1e-4)


def test_steps_lower_the_loss_and_leave_the_frozen_alone(tmp_path: Path) -> None:
    training = Training(base(), replace(RECIPE, learning_rate=5e-3), tmp_path)
    before = {n: w.clone() for n, w in training.network.state_dict().items()}
    losses = [training.run(of(6), step, silent) for step in range(1, 16)]
    assert losses[-1] < 0.7 * losses[0]
    after = training.network.state_dict()
    moved = {n for n in before if not torch.equal(before[n], after[n])}
    assert "heads.weight" in moved
    assert all(n.startswith(("heads.", "bert.encoder.layer.1.")) for n in moved)


def test_an_interrupted_run_goes_on(tmp_path: Path) -> None:
    whole = Training(base(), RECIPE, tmp_path / "whole")
    whole.run(of(4), 6, silent)
    half = Training(base(), RECIPE, tmp_path / "half")
    half.run(of(4), 3, silent)
    half.save()
    resumed = Training(base(), RECIPE, tmp_path / "half")
    assert resumed.step == 3
    for name, weight in half.network.state_dict().items():
        assert torch.equal(resumed.network.state_dict()[name], weight)
    resumed.run(of(4), 6, silent)
    for name, weight in whole.network.state_dict().items():
        assert torch.allclose(resumed.network.state_dict()[name], weight, atol=1e-6), name
    assert Training(base(), replace(RECIPE, seed=1), tmp_path / "half").step == 0


def test_a_checkpoint_is_kept_every_hundred_steps(tmp_path: Path) -> None:
    training = Training(base(), RECIPE, tmp_path)
    training.step = 98
    told: list[tuple[int, int]] = []
    training.run(of(2), 99, lambda _, done, total: told.append((done, total)))
    assert not (tmp_path / "checkpoint.pt").exists()
    training.run(of(2), 101, lambda _, done, total: told.append((done, total)))
    assert Training(base(), RECIPE, tmp_path).step == 100
    assert told == [(99, 40), (100, 40), (101, 40)]


def test_what_ships_reads_as_what_was_trained(tmp_path: Path) -> None:
    training = Training(base(), replace(RECIPE, learning_rate=5e-3), tmp_path)
    training.run(of(6), 8, silent)
    path = tmp_path / "out" / "reader.safetensors"
    ship(training.network, base(), path, {"recipe": "small"})
    weights, heads = changes.load(base().weights(), path)
    trained = training.network.state_dict()
    own = base().weights()
    for name, weight in weights.items():
        wanted = trained[f"bert.{name}"].numpy()
        change = np.abs(wanted - own[name]).max()
        assert np.abs(weight - wanted).max() <= 0.13 * change + 1e-6, name
        assert np.array_equal(weight, own[name]) == (change == 0)
    for name in ("weight", "bias"):
        assert np.array_equal(heads[name], trained[f"heads.{name}"].numpy())


def test_the_check_asks_the_same_each_time(tmp_path: Path) -> None:
    training = Training(base(), replace(RECIPE, learning_rate=5e-3), tmp_path)
    line = check(training, examples())
    assert line.startswith("step 0: of 7, pieces exact 0.")
    assert check(training, []) == "step 0: no question is held out"
    assert check(training, examples()) == line


def test_training_goes_on_from_what_shipped(tmp_path: Path) -> None:
    first = Training(base(), replace(RECIPE, learning_rate=5e-3), tmp_path / "first")
    first.run(of(4), 5, silent)
    ship(first.network, base(), tmp_path / "reader.safetensors", {})
    further = Training(base(), RECIPE, tmp_path / "further", tmp_path / "reader.safetensors")
    assert further.step == 0
    fresh, shipped, now = (
        t.state_dict() for t in (Network(base()), first.network, further.network)
    )
    assert torch.equal(now["heads.weight"], shipped["heads.weight"])
    moved = [n for n in fresh if not torch.equal(fresh[n], shipped[n]) and n.startswith("bert")]
    for name in moved:
        # four bits keep a change to within an eighth of the largest beside it
        change = (shipped[name] - fresh[name]).abs().max()
        assert (now[name] - shipped[name]).abs().max() <= 0.13 * change, name
    assert moved
