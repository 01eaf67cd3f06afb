"""What a statute is called: by its title, by parts of it, and by its initials (勞基法, 個資法)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache, partial

from wenju.corpus.lexicon import phrase
from wenju.corpus.script import fold, to_simplified, to_traditional
from wenju.index.words import load_jieba

_BLANK = re.compile(r"(?<=[^\0-\x7f]) | (?=[^\0-\x7f])")  # beside what is not Latin
_MARKS = str.maketrans("", "", "《》〈〉")
_LEAST_OF_KIND = 2  # initials before the word for the kind: 勞基法 has two
_LONGEST_SHORT = 12
_phrase = partial(phrase, of="lookups")


@lru_cache(maxsize=50_000)  # titles are looked for in every question that asks for a fact
def seen(text: str) -> str:
    """A title or a question as names are looked for in it: folded, without marks around titles.

    Nor with the blanks that Chinese is written with here and there.
    """
    # by way of Traditional: 浚 and 濬 are one there, and 濬 has no other form in Simplified
    simplified = to_simplified(to_traditional(to_simplified(text)))
    folded = " ".join(fold(simplified).translate(_MARKS).split())
    return _BLANK.sub("", folded)


def core_of(key: str) -> str:
    """Without the nation before it and the version behind it: versions of one title have one core."""
    key = _phrase("nation").sub("", key) or key
    return _phrase("version_note").sub("", key) or key


def names_of(key: str) -> Iterator[tuple[int, str]]:
    """What a title may be called, each with its distance from the title; lower is nearer."""
    core = core_of(key)
    yield from ((0, key), (0, core))
    plain = core
    while (shorter := _phrase("note").sub("", plain)) and shorter != plain:
        plain = shorter
        yield 1, plain
    while (shorter := _phrase("place").sub("", plain, count=1)) != plain:
        plain = shorter
        yield 2, plain


def kind_word(name: str) -> str:
    """The word for the kind of statute that a name ends in, empty where it ends in none."""
    found = _phrase("kind").search(name)
    return found[0] if found else ""


def is_short_for(short: str, core: str) -> bool:
    """Whether a name is made of the initials of a title's words, in order.

    A word may give several of its first characters (公寓條例 of 公寓大廈管理條例), or none, but the
    first gives one. Both end in the same word for the kind.
    """
    kind = kind_word(core)
    body = short.removesuffix(kind)
    if not kind or body == short or not _LEAST_OF_KIND <= len(body) <= _LONGEST_SHORT:
        return False
    rest = core.removesuffix(kind)
    if len(body) >= len(rest) or body[0] != rest[0]:
        return False
    ends = {0}  # places in the title behind the character that was matched last
    starts = _starts(core)
    for char in body[1:]:
        ends = {
            at
            for at in range(min(ends) + 1, len(rest))
            if rest[at] == char and (at in starts or at - 1 in ends)
        }
        if not ends:
            return False
    return True


@lru_cache(maxsize=4096)
def _starts(core: str) -> frozenset[int]:
    """Where the words of a title begin, short ones inside long ones too."""
    return frozenset(start for _, start, _ in load_jieba().tokenize(core, mode="search"))
