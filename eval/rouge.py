"""ROUGE-L over characters: how much of a gold answer is said in its order, with gaps or without."""

from __future__ import annotations

from collections.abc import Sequence

from wenju.corpus.script import fold


def rouge_l(prediction: str, golds: Sequence[str]) -> float:
    """The best ROUGE-L F1 over the golds, from 0 to 1.

    Lin 2004, section 3.1, of characters and with beta = 1: with L the length of the longest common
    subsequence, P = L / characters of the prediction, R = L / characters of the gold,
    F1 = 2PR / (P + R), which is 2L / (both lengths together). Script, case and width are folded;
    punctuation counts and white space does not.
    """
    said = characters(prediction)
    return max((_f1(said, characters(gold)) for gold in golds), default=0.0)


def characters(text: str) -> str:
    """The text folded, without white space."""
    return "".join(fold(text).split())


def common_subsequence(a: str, b: str) -> int:
    """Length of the longest sequence of characters that both texts hold in its order.

    A column of the table of lengths is one number, whose bits that are 0 say where the length
    grows: Crochemore et al. 2001, in the form of Hyyrö 2004. As many steps as ``b`` is long.
    """
    places: dict[str, int] = {}
    for at, char in enumerate(a):
        places[char] = places.get(char, 0) | 1 << at
    every = (1 << len(a)) - 1
    column = every
    for char in b:
        matched = column & places.get(char, 0)
        column = (column + matched | column - matched) & every
    return len(a) - column.bit_count()


def _f1(prediction: str, gold: str) -> float:
    length = common_subsequence(prediction, gold)
    return 2 * length / (len(prediction) + len(gold)) if length else 0.0
