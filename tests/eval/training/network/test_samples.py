"""What is shown to the network: windows with the answer, windows without, near texts."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jieba import posseg
from numpy.typing import NDArray

from tests.eval.training.network.making import TEXTS, NotingReads, example, examples
from wenju.corpus.sentences import sentence_spans
from wenju.eval.training.network.gold import Example
from wenju.eval.training.network.names import names
from wenju.eval.training.network.near import Near, by_vectors
from wenju.eval.training.network.samples import Sample, Sampling

WORDS = st.text(alphabet="甲乙丙丁 \n", max_size=12)


def bigrams(text: str) -> set[str]:
    pairs = {text[i : i + 2] for i in range(len(text) - 1)}
    return {p for p in pairs if not p.isspace()}


@settings(deadline=None)
@given(
    st.lists(WORDS, min_size=1, max_size=6).filter(lambda ts: any(map(bigrams, ts))),
    st.lists(WORDS, min_size=1, max_size=3),
    st.integers(1, 7),
)
def test_the_nearest_share_the_rarest_bigrams(
    texts: list[str], questions: list[str], k: int
) -> None:
    held = Counter(b for text in texts for b in bigrams(text))
    rarity = {b: math.log((len(texts) + 1) / (n + 1)) for b, n in held.items()}
    for question, found in zip(questions, Near(texts).nearest(questions, k), strict=True):
        asked = bigrams(question)
        shares = [sum(rarity[b] for b in asked & bigrams(text)) for text in texts]
        assert len(found) == len(set(found.tolist())) == min(k, len(texts))
        best = sorted(shares, reverse=True)[: len(found)]
        assert [shares[i] for i in found] == pytest.approx(best, abs=1e-6)


def test_ties_keep_their_order_and_batches_change_nothing() -> None:
    near = Near(["甲乙", "丙丁", "甲乙", "丁戊"])
    assert [f.tolist() for f in near.nearest(["甲乙", "无关"], 3)] == [[0, 2, 1], [0, 1, 2]]
    many = near.nearest(["甲乙", "丙丁", "丁戊"] * 200, 1)
    assert [int(f[0]) for f in many] == [0, 1, 3] * 200


def test_what_is_near_keeps_nothing_of_what_is_not() -> None:
    texts = [f"甲{chr(0x4E00 + i)}乙" for i in range(200)]
    (found,) = Near(texts).nearest(["甲乙"], 3)
    assert found.base is None or found.base.nbytes < 100
    ranked = by_vectors(["有债", "有狗"], ["狗", "债", "书"], 2, MeaningEncoder())
    assert ranked.tolist() == [[1, 0], [0, 1]]


class MeaningEncoder:
    """An encoder that knows what two texts have in common, though they share no word."""

    name, dimension = "meaning", 3

    def encode(self, texts: Sequence[str], *, query: bool = False) -> NDArray[np.float32]:
        return np.array([[("债" in t) or ("欠" in t), "狗" in t, 0.1] for t in texts], np.float32)


def test_of_everyday_words_what_is_near_in_meaning_is_shown_as_no_answer() -> None:
    asked = Example(
        "欠钱不还咋办", "民法", "不履行义务的应当赔偿。", ((0, 6),), "everyday", apart=True
    )
    near = ("民法", "债权人可以请求法院撤销。")
    reads = NotingReads()
    for encoder, shown in ((None, False), (MeaningEncoder(), True)):
        others = [near, *(("别法", f"书不还给图书馆的第{i}种情形。") for i in range(30))]
        sampling = Sampling([asked], reads, 0, others, encoder)
        samples = [sampling.sample(asked, (20, 40), True) for _ in range(60)]
        passages = {reads.made[id(s.input)][2] for s in samples if not s.passage}
        assert (near[1] in passages) == shown


Drawn = tuple[Example, Sample, tuple[str, str, str]]


def drawn(seed: int, *, negative: bool, size: tuple[int, int] = (10, 60)) -> list[Drawn]:
    """Samples of every example, with the question, head and passage each was made of."""
    reads = NotingReads()
    sampling = Sampling(examples(), reads, seed)
    found = []
    for _ in range(4):
        for one in examples():
            sample = sampling.sample(one, size, negative)
            found.append((one, sample, reads.made[id(sample.input)]))
    return found


@pytest.mark.parametrize("seed", range(4))
def test_a_positive_covers_exactly_its_answer(seed: int) -> None:
    windows = set()
    for one, sample, (question, head, passage) in drawn(seed, negative=False):
        assert question == one.question
        assert head in ("", f"{one.title}\n")
        offsets = sample.input.offsets
        first, last = (p - sample.input.first for p in (sample.first, sample.last))
        assert 0 <= first <= last < len(offsets)
        start, end = offsets[first][0], offsets[last][1]
        ((a, b),) = one.answers
        assert passage[start:end] == one.text[a:b]
        spans = sentence_spans(passage)
        assert sample.answering == tuple(s < end and start < e for s, e in spans)
        assert any(sample.answering)
        windows.add(passage)
    assert len(windows) > len(TEXTS)


def test_windows_are_whole_sentences_of_about_the_size() -> None:
    for one, _, (_, _, passage) in drawn(1, negative=False, size=(30, 30)):
        spans = sentence_spans(one.text)
        if passage in one.text:  # else its marks are gone
            start = one.text.index(passage)
            assert start in {a for a, _ in spans}
            assert start + len(passage) in {b for _, b in spans}
            longest = max(b - a for a, b in spans)
            assert min(30, len(one.text)) <= len(passage) <= 30 + longest


def changed(question: str, other: str) -> tuple[str, str]:
    """What two questions have between what they begin and end with, widened to whole numbers and words."""
    words, others = ([w.word for w in posseg.cut(text)] for text in (question, other))
    start = next(i for i, pair in enumerate(zip(words, others, strict=False)) if len(set(pair)) > 1)
    return words[start], others[start]


@pytest.mark.parametrize("seed", range(4))
def test_a_negative_does_not_answer(seed: int) -> None:
    kinds: Counter[str] = Counter()
    for one, sample, (question, _, passage) in drawn(seed, negative=True):
        if sample.first:  # no window without the answer was to be had
            kinds["answers"] += 1
            continue
        assert (sample.first, sample.last) == (0, 0)
        assert sample.answering == (False,) * len(sample.input.spans)
        said = [one.text[a:b] for a, b in one.answers]
        if question == one.question:
            assert not any(s in passage for s in said)
            plain = "".join(c for c in passage if c.isalnum())
            own = plain in "".join(c for c in one.text if c.isalnum())
            kinds["removed" if own else "elsewhere"] += 1
        else:  # another number or name is asked for, which its text does not hold
            theirs, own = changed(question, one.question)
            assert theirs not in one.text
            assert own in passage or own == "15"
            kinds["swapped"] += 1
    assert kinds["removed"] > 0
    assert kinds["elsewhere"] > 0
    assert kinds["answers"] < sum(kinds.values()) / 3


def test_another_number_and_another_name_are_asked_for_now_and_then() -> None:
    found = {q for seed in range(8) for _, _, (q, _, _) in drawn(seed, negative=True)}
    new = found - {e.question for e in examples()}
    assert {q for q in new if q.endswith("日内作出什么")}, "other numbers"
    assert {q for q in new if q.endswith("有多少席座位")}, "other names"


def test_a_name_takes_the_place_of_one_of_its_sort() -> None:
    assert [n.text for n in names("北京的图书馆几点开门")] == ["北京", "图书馆"]
    assert [n.sort for n in names("北京和上海的图书馆")] == ["place", "place", "noun"]
    assert not names("how many seats are there")


def test_a_name_is_left_where_no_other_is_of_its_sort() -> None:
    one = example("图书馆周一开门吗", "图书馆周一闭馆,周二开门。", "周一闭馆")
    reads = NotingReads()
    sampling = Sampling([one], reads, 0)
    for _ in range(30):
        assert reads.made[id(sampling.sample(one, (10, 20), True).input)][0] == one.question


def test_the_same_seed_gives_the_same_samples() -> None:
    for negative in (False, True):
        one, again, other = ([d[1:] for d in drawn(s, negative=negative)] for s in (1, 1, 2))
        assert one == again != other


def test_an_answer_that_does_not_fit_in_is_none() -> None:
    long = "甲" * 700 + "一二三。"
    sampling = Sampling([example("问", long, "一二三")], NotingReads(), 0)
    sample = sampling.sample(sampling._examples[0], (10, 10), negative=False)
    assert (sample.first, sample.last, sample.answering) == (0, 0, (False,))


def test_every_place_of_an_answer_is_shown() -> None:
    one = Example("问", "", "甲一乙。丙一丁。", ((1, 2), (5, 6)), "gold")
    reads = NotingReads()
    sampling = Sampling([one], reads, 0)
    shown = {reads.made[id(sampling.sample(one, (1, 1), False).input)][2] for _ in range(40)}
    assert {"甲一乙。", "丙一丁。"} <= shown


def test_a_tie_of_sentences_goes_to_the_first() -> None:
    from wenju.eval.training.network.samples import _densest

    assert _densest("座位", "座位多。座位多。别的。") == (0, 4)
    assert _densest("座位", "别的。座位多。座位多。") == (3, 7)
    assert _densest("无", "别的。") == (0, 3)
