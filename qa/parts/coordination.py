"""Things that a question names side by side: 成人借閱證和兒童借閱證, 一類區域月卡和年卡."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wenju.corpus.lexicon import group
from wenju.qa.conversation.topics import Token, asking
from wenju.qa.names import Place, tagged

_LONGEST = 16  # characters of a thing
_MOST = 6  # things named side by side
_ENDS = frozenset(
    ("uj", "ul", "d", "p", "r", "c", "x", "y", "u", "uz")
)  # tags that a name ends before
_PER_CHARACTER = 0.5  # what two names lose for each character that one of them is longer
_INSIDE = 0.4  # what a name loses that begins inside a word
_ALIKE = 2.0  # what two names gain for each character that they end in alike


@dataclass(frozen=True, slots=True)
class Coordination:
    """Places of the things in a folded text, which stand from ``start`` to ``end``.

    What is before and behind is said of each of them.
    """

    places: tuple[Place, ...]

    @property
    def start(self) -> int:
        """Where the first of them begins."""
        return self.places[0][0]

    @property
    def end(self) -> int:
        """Where the last of them ends."""
        return self.places[-1][1]


def coordination(folded: str, before: int) -> Coordination | None:
    """The last things named side by side before a place; None where there are none.

    Where the first begins and the last ends is told by what they have in common: how they end
    (月卡, 年卡), else how many words they have.
    """
    tokens = [t for t in tagged(folded) if t[2] < before]
    joints = _joints(tokens)
    if not joints:
        return None
    left = [t for t in tokens if t[2] < joints[0][0]]
    right = [t for t in tokens if t[2] >= joints[-1][1]]
    left, right = _name_before(left), _name_behind(folded, right)
    if not left or not right:
        return None
    between = [(a[1], b[0]) for a, b in zip(joints, joints[1:], strict=False)]
    first, last = _edges(folded, left, right, between)
    if first is None or last is None:
        return None
    places = ((first, joints[0][0]), *between, (joints[-1][1], last))
    names = [folded[a:b] for a, b in places]
    fits = len({*names}) == len(names) <= _MOST and all(n.strip() for n in names)
    return Coordination(places) if fits else None


def _joints(tokens: Sequence[Token]) -> list[Place]:
    """The words between the last things named side by side: 、 and 和."""
    found: list[Place] = []
    for i in range(len(tokens) - 1, -1, -1):
        word, _, at = tokens[i]
        if word not in group("joins_parts"):
            if found and _is_end(tokens[i]):
                break
            continue
        if found and found[0][0] - at - len(word) > _LONGEST:
            break
        found.insert(0, (at, at + len(word)))
    return found


def _is_end(token: Token) -> bool:
    """Whether no name goes on over a word."""
    word, tag, _ = token
    return word in ("的", "之") or tag in _ENDS or bool(asking().match(word))


def _name_before(tokens: Sequence[Token]) -> list[Token]:
    """The words that a name may consist of, which ends where the words do."""
    kept: list[Token] = []
    for token in reversed(tokens):
        if _is_end(token):
            break
        kept.insert(0, token)
    return kept


def _name_behind(folded: str, tokens: Sequence[Token]) -> list[Token]:
    """The words that a name may consist of, which begins where the words do."""
    kept: list[Token] = []
    for token, after in zip(tokens, [*tokens[1:], ("", "x", 0)], strict=True):
        word, tag, at = token
        predicate = tag in ("v", "a", "t") and (tag != "v" or _is_end(after) or not after[0])
        if _is_end(token) or asking().match(folded, at) or (kept and predicate):
            break
        kept.append(token)
        if at + len(word) - tokens[0][2] >= _LONGEST:
            break
    return kept


def _edges(
    folded: str, left: Sequence[Token], right: Sequence[Token], between: Sequence[Place]
) -> tuple[int | None, int | None]:
    """Where the first thing begins and the last ends."""
    stop, start = left[-1][2] + len(left[-1][0]), right[0][2]
    firsts = [(at, stop) for at in range(left[0][2], stop)]
    lasts = [(start, at + len(word)) for word, _, at in right]
    words = frozenset(at for _, _, at in left)
    if between:
        first = _best(folded, firsts, between[:1], words)
        last = _best(folded, between[-1:], lasts, frozenset(a for a, _ in between))
        if first and last:
            return first[0][0], last[1][1]
    elif both := _best(folded, firsts, lasts, words):
        return both[0][0], both[1][1]
    return _by_words(left, right, between)


def _best(
    folded: str, ones: Sequence[Place], others: Sequence[Place], words: frozenset[int]
) -> tuple[Place, Place] | None:
    """The two places whose names are most alike; None where none end alike."""
    found = [
        (value, -one[0], -other[1], one, other)
        for one in ones
        for other in others
        for value in _alike(folded, one, other, words)
    ]
    return max(found)[3:] if found else None


def _alike(folded: str, one: Place, other: Place, words: frozenset[int]) -> Iterator[float]:
    """How much two names are alike; nothing where they do not end alike, or one ends in the other."""
    a, b = folded[slice(*one)], folded[slice(*other)]
    same = 0
    while same < min(len(a), len(b)) and a[-1 - same] == b[-1 - same]:
        same += 1
    inside, apart = one[0] not in words, abs(len(a) - len(b))
    if 0 < same < min(len(a), len(b)) and not (inside and apart):
        yield _ALIKE * same - _PER_CHARACTER * apart - _INSIDE * inside


def _by_words(
    left: Sequence[Token], right: Sequence[Token], between: Sequence[Place]
) -> tuple[int | None, int | None]:
    """The same number of words on either side; with things between, as many as may be on both."""
    count = min(len(left), len(right))
    if between:
        count = 1
    last = right[count - 1]
    return left[-count][2], last[2] + len(last[0])
