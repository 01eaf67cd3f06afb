"""Names of a table's rows in a question: where it says them, and where it says one that no row has.

南一中 and 南二中 are names of schools; so is 南三中, whose row is not there. A proper name,
a number or a code that ends as the names of a table's rows do is the name of another. Common nouns are none,
since people call a row by other words of their own: 小孩票 for 儿童票.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from wenju.corpus.lexicon import group
from wenju.corpus.values import to_number, values
from wenju.index.terms import STOP_WORDS
from wenju.qa.names import tagged
from wenju.qa.naming import (
    CODE,
    MARK,
    NOWHERE,
    WORD,
    Naming,
    Positions,
    form_of,
    is_cut,
    naming,
    nouns_before,
)
from wenju.qa.passage import Place

_LEAST = 2  # rows of a table: with one, nothing tells how rows are called
_LONGEST = 24  # characters of a name
_ALIKE = 0.5  # of the characters by which two names differ: what they share where they may mean one
# jieba's tags of what may stand before a name and is none of it, by their first letter: in, also, your, hire
_BEFORE = frozenset("pcduyv")


def key_columns(rows: Sequence[Mapping[str, str]]) -> tuple[str, ...]:
    """The columns that name a table's rows: the first ones that together tell its rows apart.

    ``rows`` are folded cells by the names of their columns. Columns of numbers name none.
    """
    columns = dict.fromkeys(name for row in rows for name in row)
    telling = [n for n in columns if not all(is_figure(row.get(n, "0")) for row in rows)]
    apart = len({tuple(row.get(n, "") for n in telling) for row in rows})
    for count in range(1, len(telling)):
        if len({tuple(row.get(n, "") for n in telling[:count]) for row in rows}) == apart:
            return tuple(telling[:count])
    return tuple(telling)


def name_columns(rows: Sequence[Mapping[str, str]]) -> tuple[str, ...]:
    """The columns that may name rows: those before the first one of numbers, but for one that counts."""
    columns = [*dict.fromkeys(name for row in rows for name in row)]
    figures = [n for n in columns if all(is_figure(row.get(n, "0")) for row in rows)]
    first = next((i for i, n in enumerate(columns) if n not in figures), len(columns))
    last = next((i for i in range(first, len(columns)) if columns[i] in figures), len(columns))
    return tuple(columns[first:last])


@lru_cache(maxsize=4096)
def is_figure(text: str) -> bool:
    """Whether a cell is a number or a quantity, and no name: 1785, 42.4%, 139床; not 3号 or 2024年."""
    bare = text.replace(",", "").replace(".", "", 1)
    return bare.isdecimal() or (bool(text) and not text.isalpha() and _is_quantity(text))


def missing_row(
    folded: str,
    rows: Sequence[Mapping[str, str]],
    keys: Sequence[str],
    columns: Naming,
    above: Positions,
) -> Place | None:
    """Where a folded question names a row as a table calls its rows, of which it has none.

    ``rows`` are folded cells by the names of their columns, of which ``keys`` name the rows; ``columns``
    and ``above`` are what the question says of other columns and of what stands over the table.
    """
    if len(rows) < _LEAST:
        return None  # 地点：市民中心；电话：…: a label with its value names no row
    # behind the name of a group, which no column names, stands that of its row
    may_name = dict.fromkeys((*keys, *(name_columns(rows) if keys and not keys[0] else ())))
    names = {key: [cell for row in rows if (cell := row.get(key, ""))] for key in may_name}
    said = {key: NOWHERE.union(*(naming(folded, n).whole for n in names[key])) for key in names}
    for key in names:
        others = NOWHERE.union(*(said[other] for other in names if other != key))
        around = Around(columns.whole | others, columns.part, above, others)
        least = 1 if key in keys else WORD  # of other columns only what is surely such a name
        place = another_name(folded, names[key], around, least)
        # a row that is named in full by another column is meant, unless this goes on with its name
        if place and (not others or place[1] in others):
            return place
    return None


@dataclass(frozen=True, slots=True)
class Around:
    """What of a question is told beside the names of rows, as positions of its characters.

    ``columns`` are names of columns, or parts of them; ``beside`` those said in full, and names of rows
    in other columns (``names`` alone); ``above`` is what stands over the table.
    """

    beside: Positions = NOWHERE
    columns: Positions = NOWHERE
    above: Positions = NOWHERE
    names: Positions = NOWHERE


def another_name(folded: str, names: Iterable[str], around: Around, least: int = 1) -> Place | None:
    """Where a folded question names a row as ``names`` are formed, which is none of them.

    It is a proper name, a number or a code that ends as one of them does, with at least so many
    characters, or, where one will do, begins so and a column is named behind it. Any word that ends so
    is a name where one in another column stands right behind it. None where the question names one of
    them, what may mean one (白沙二中, of 白沙镇第二中学), or none at all.
    """
    known = [name for name in dict.fromkeys(names) if WORD <= len(name) <= _LONGEST]
    if not known or any(naming(folded, name).whole for name in known):
        return None
    words = _words(folded)
    for end in sorted(words.ends, reverse=True):
        if end - 1 in around.beside | words.stops:
            continue
        place = _start(folded, end, words, around), end
        said = folded[slice(*place)]
        alike = any(_is_formed_alike(said, name, least, end in around.names) for name in known) or (
            least == 1 and _begins_alike(folded, place, words, around, known)
        )
        if alike and _is_another(folded, place, words, known):
            return place
    return None


def may_mean(said: str, name: str, known: Sequence[str] = ()) -> bool:
    """Whether something said may mean what bears a name: by how the two differ.

    ``known`` are the names beside it: where they tell 小学 from 中心小学, so does who asks.
    """
    before, behind = _shared(said, name)
    more, less = said[before : len(said) - behind], name[before : len(name) - behind]
    if not more or not less:
        return _adds_little(said, name, (before, behind), known)
    if to_number(more) or to_number(less):
        return to_number(more) == to_number(less)
    if len(more) > 1 and len(less) > 1 and (_holds(more, less) or _holds(less, more)):
        return True
    common = len({*more} & {*less})
    return common >= _ALIKE * max(len({*more}), len({*less}))


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a question: where each ends, what asks or joins, and what may stand before a name.

    ``verbs`` are where verbs begin.
    """

    ends: frozenset[int]
    stops: Positions
    before: Mapping[int, int]
    verbs: Positions


@lru_cache(maxsize=256)
def _words(folded: str) -> _Words:
    begins = (*group("question_word_begins"),)
    ends, stops, verbs, before = set[int](), set[int](), set[int](), dict[int, int]()
    before.update(v.whole for v in values(folded) if _is_quantity(folded[slice(*v.whole)]))
    for word, tag, at in tagged(folded):
        end = at + len(word)
        ends.add(end)
        if tag[0] == "v":
            verbs.add(at)
        if word in STOP_WORDS or word.startswith(begins) or not word[0].isalnum() or tag[0] == "r":
            stops.update(range(at, end))
        elif tag[0] in _BEFORE:
            before[at] = end
    return _Words(frozenset(ends), frozenset(stops), before, frozenset(verbs))


def _start(folded: str, end: int, words: _Words, around: Around) -> int:
    """Where a name that ends there begins: behind what asks, what is told otherwise, and dates."""
    told = words.stops | around.beside
    told |= {at for a, b in _dates(folded) if b < end for at in range(a, b)}
    start = end - 1
    while start > 0 and (
        _joins(folded, start) or (start - 1 not in told and folded[start - 1].isalnum())
    ):
        start -= 1
    while start < end and start in around.above:  # 云州市A线, of a table of 云州市
        start += 1
    return start


def _joins(folded: str, at: int) -> bool:
    """Whether a place lies inside a number of a thing: HT-2024-0109."""
    return any(a < at < b for a, b in _codes(folded))


@lru_cache(maxsize=256)
def _codes(folded: str) -> tuple[Place, ...]:
    return tuple(found.span() for found in CODE.finditer(folded))


@lru_cache(maxsize=256)
def _dates(folded: str) -> tuple[Place, ...]:
    return tuple(v.whole for v in values(folded) if v.kind in ("date", "period"))


def _is_formed_alike(said: str, name: str, least: int, goes_on: bool) -> bool:
    """Whether something said ends as a name does, and is a name itself: 薪水 is none, for 生活用水.

    One of a series (四档, H线), or a proper name; where the name is one, also what looks like a noun
    (松林小学, of a table with 南湖小学).
    """
    form = form_of(name)
    if MARK in form and form_of(said).endswith(form):
        return True
    behind = _shared(said[::-1], name[::-1])[0]
    if behind < least:
        return False
    if goes_on:
        return True
    nouns, proper = nouns_before(said, len(said) - behind)
    return proper or (nouns and nouns_before(name, len(name) - behind)[1])


def _begins_alike(
    folded: str, place: Place, words: _Words, around: Around, known: Sequence[str]
) -> bool:
    """Whether what stands there begins as a name does, ends where one can, and a column is named behind."""
    start, end = place
    if not any(nouns_before(name, len(name))[1] for name in (folded[start:end], *known)):
        return False
    asked = any(at >= end for at in around.columns) and end - 1 not in around.columns
    ends = end in words.verbs or end in words.stops | around.columns | around.beside
    return asked and ends and any(n.startswith(folded[start : start + WORD]) for n in known)


def _is_another(folded: str, place: Place, words: _Words, known: Sequence[str]) -> bool:
    """Whether what stands there is called as names are, and means none of them."""
    start, end = place
    if end - start < WORD or (_is_quantity(folded[start:end]) and not _counts(known)):
        return False
    begins = [start]
    while begins[-1] in words.before and words.before[begins[-1]] < end - 1:
        begins.append(words.before[begins[-1]])
    return not any(may_mean(folded[at:end], name, known) for at in begins for name in known)


def _counts(known: Sequence[str]) -> bool:
    """Whether names are a series of numbers, as 一档, 二档, 三档 are: between them lies nothing."""
    told = [v for name in known for v in values(name) if v.whole == (0, len(name))]
    numbers = sorted({int(v.number) for v in told if v.number is not None and v.number % 1 == 0})
    close = all(two - one == 1 for one, two in pairwise(numbers))
    return len(told) == len(known) and len(numbers) > 1 and close


@lru_cache(maxsize=4096)
def _is_quantity(said: str) -> bool:
    """Whether it is a number of something: 60岁 may lie in a range that a row is of."""
    found = [v for v in values(said) if v.whole == (0, len(said))]
    return any(v.kind not in ("date", "ordinal", "time", "contact", "weekday") for v in found)


def _shared(one: str, other: str) -> tuple[int, int]:
    """How many characters two names share at their beginning, and, of the rest, at their end."""
    least = min(len(one), len(other))
    before = next((i for i in range(least) if one[i] != other[i]), least)
    least -= before
    behind = next((i for i in range(least) if one[-1 - i] != other[-1 - i]), least)
    return before, behind


def _adds_little(said: str, name: str, shared: Place, known: Sequence[str]) -> bool:
    """Whether what one of two names has and the other lacks leaves them one.

    A place before it does, 镇 or 第 in it, its end; and what is left out, unless other names are without.
    """
    before, behind = shared
    longer = max(said, name, key=len)
    added, rest = longer[before : len(longer) - behind], longer[len(longer) - behind :]
    if not added:
        return True
    if is_cut(longer, before) or is_cut(longer, len(longer) - behind):
        return False
    if not before or not behind or {*added} <= group("name_filler"):
        return True
    others = (other for other in known if other.endswith(rest))
    return longer == name and all(other.endswith(added + rest) for other in others)


def _holds(long: str, short: str) -> bool:
    """Whether all characters of one stand in another in order: 二中, 第二中学."""
    rest = iter(long)
    return all(character in rest for character in short)
