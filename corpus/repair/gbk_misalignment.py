"""GBK bytes that slipped: characters read from the second byte of one and the first of the next.

A page's converter worked on GBK bytes and not on characters. Two accidents are known:

*cut*: the stream was cut inside a character. Its first byte shows as ``?``, and everything behind
is read one byte late until a second byte below 0x80 sets it right: ``。科學`` (A1A3 BFC6 8C57)
is seen as ``?？茖W`` (A1 lost; A3BF, C68C, 57), or ``??茖W`` where full-width marks were folded.

*unaligned annotation*: an annotation was put behind a pair of bytes that belongs to two characters.
``變為“`` (D783 9EE9, then ``&ldquo;``) holds 839E, 優, so ``(yōu)`` follows 9E; 9E swallows the
bracket and E9 the ``&``, each leaving a ``?``: ``變?yōu)?ldquo;``.

Every way a place can have come about is a *reading* of it: bytes are put back, and must decode.
Where an annotation survives, the character it stands behind must be pronounced so. Bytes that are
lost for good are tried one by one. A reading is taken if it is the only one, or ``MARGIN`` nats
likelier than all others; what the likely readings share is kept otherwise, and one ``?`` is marked
unresolved.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from os.path import commonprefix

from wenju.corpus.document import Repair
from wenju.corpus.repair.character_model import (
    UNKNOWN,
    Place,
    asks,
    is_common,
    is_foreign,
    is_wide,
    width_table,
)
from wenju.corpus.repair.pinyin_annotations import (
    HAN,
    LETTERS,
    is_annotated,
    is_reading,
    without_annotations,
)

MARGIN = 4.0
_OBSERVED_MARGIN = (
    8.0  # how much likelier than what is seen, where no annotation speaks for a repair
)
_LONGEST_SLIP = 12

_MARKS = "?？\ufffd"
_WIDE = f"[^\x00-\x7f{_MARKS}]"
_CHAIN = f"{_WIDE}{{0,{_LONGEST_SLIP}}}?"
_SYLLABLE = f"[{LETTERS}]{{1,8}}"
# what sets a slip right: an ASCII byte read as second byte, or a second byte that swallowed the
# bracket of an annotation or the & of an entity and left a mark
_TRAIL = f"(?P<trail>[@-~])(?:[(（](?P<annotation>{_SYLLABLE})[)）]|(?![0-9A-Za-z(（{_MARKS}]))"
_EATEN = f"[{_MARKS}](?:[(（]?(?P<eaten_annotation>{_SYLLABLE})[)）]|(?=&?[A-Za-z]{{2,8}};))"
_CUT = re.compile(
    f"(?<![{_MARKS}])(?P<marks>[{_MARKS}]{{1,2}})(?P<chain>[!->@-~]?{_CHAIN})(?:{_TRAIL}|{_EATEN})"
)
_UNALIGNED = re.compile(
    f"(?<={_WIDE})(?:\\?|？|\ufffd[(（]?)(?P<inserted>{_SYLLABLE})[)）]"
    f"(?P<chain>{_CHAIN})(?:{_TRAIL}|{_EATEN}|(?P<open>[{_MARKS}]))"
)
_BEHIND_LATIN = re.compile(f"(?<={_WIDE}[A-Za-z])[(（](?P<annotation>{_SYLLABLE})[)）]")
# a mark, or an inserted annotation, with nothing behind it that would have set the slip right
_SLIPPING = re.compile(
    f"[?\ufffd](?:{_SYLLABLE}[)）])?[!-~]?(?:[^\x00-\x7f]|[!-'*-~](?![!-~])){{0,40}}$"
)
_AFTER_MARK = re.compile("[?\ufffd][^\n()（）]{0,40}$")
_WRITTEN = re.compile(f"[{HAN}。，、；：！？“”‘’（）《》「」『』—…·]+")
_ANY = [bytes([lead]) for lead in range(0x81, 0xFF)]
_ANY_TRAIL = [bytes([trail]) for trail in range(0x80, 0xFF)]  # those that swallow ASCII


@dataclass(frozen=True, slots=True)
class Reading:
    """``text[start:end]`` was ``truth`` before the bytes slipped.

    It is ``annotated`` where an annotation says so.
    """

    start: int
    end: int
    truth: str
    annotated: bool


def mend_slips(text: str) -> list[Repair]:
    """Slipped places, mended or marked, sorted and disjoint."""
    readings = [*_unaligned(text), *_behind_latin(text), *_cut(text)]
    if not readings:
        return []
    plain = without_annotations(text)
    readings = [r for r in readings if not r.annotated or not is_foreign(r.truth, plain)]
    repairs = [r for site in _sites(readings) for r in _resolve(text, plain, site)]
    widths = width_table(text)
    repairs = [replace(r, text=r.text.translate(widths)) for r in repairs]
    return sorted([*repairs, *_open_marks(text, repairs)], key=lambda r: r.start)


def _unaligned(text: str) -> Iterator[Reading]:
    for match in _UNALIGNED.finditer(text):
        before = _bytes(text[match.start() - 1])
        leads = [
            lead for lead in _ANY if is_annotated(_decode(before[-1:] + lead), match["inserted"])
        ]
        if match["open"]:  # the slip goes on behind a pair that does not decode
            truths, end = list(_before_open(leads, match["chain"])), match.start("open")
        else:
            truths, end = list(_fill(match, leads, match["chain"])), match.end()
        yield from (Reading(match.start(), end, truth, annotated=True) for truth in truths)


def _before_open(leads: Sequence[bytes], chain: str) -> Iterator[str]:
    for lead in leads:
        truth = _decode(lead + _bytes(chain)[:-1])
        if not chain or _WRITTEN.fullmatch(truth):
            yield truth


def _open_marks(text: str, repairs: Sequence[Repair]) -> Iterator[Repair]:
    """Marks for what was lost where a mended place ends and the slip goes on."""
    starts = {repair.start for repair in repairs}
    for end in [repair.end for repair in repairs]:
        if end not in starts and text[end : end + 1] in tuple(_MARKS):
            yield Repair(end, end + 1, text[end], "unresolved")


def _behind_latin(text: str) -> Iterator[Reading]:
    """An annotation behind a letter that happens to be, with the byte before it, its character."""
    for match in _BEHIND_LATIN.finditer(text):
        at = match.start()
        char = _decode(_bytes(text[at - 2])[-1:] + text[at - 1].encode())
        if not is_annotated(char, match["annotation"]) or not is_common(text[at - 2]):
            continue
        if not _AFTER_MARK.search(text, max(0, at - 48), at):
            yield Reading(at, match.end(), "", annotated=True)


def _cut(text: str) -> Iterator[Reading]:
    for match in _CUT.finditer(text):
        annotated = bool(match["annotation"] or match["eaten_annotation"])
        if not annotated and (not match["trail"] or not _is_odd(match["chain"])):
            continue
        for truth in _cut_truths(text, match):
            yield Reading(match.start(), match.end(), truth, annotated)


def _is_odd(chain: str) -> bool:
    """Whether these are Han characters, and one of them is seldom written."""
    han = re.fullmatch(f"[!-~]?[{HAN}]+", chain)
    return han is not None and not all(is_common(char) for char in chain if not char.isascii())


def _cut_truths(text: str, match: re.Match[str]) -> Iterator[str]:
    """What may have stood from the first mark on."""
    marks, chain = match["marks"], match["chain"]
    slipping = _is_slipping(text, match.start())
    if marks[-1] != "？":  # the last mark is the lost byte, or a pair that does not decode
        unknown = slipping or len(marks) > 1
        # behind an unknown character a lost first byte is anybody's guess
        yield from (
            UNKNOWN + truth[bool(chain) :] if unknown else truth
            for truth in _fill(match, _ANY, chain)
        )
    if slipping and marks == "？":
        yield from (UNKNOWN + truth for truth in _fill(match, [b"\xbf"], chain))
    elif not slipping and (marks[-1] == "？" or (marks[-1] == "?" and not is_wide(text))):
        yield from _fill(match, _ANY, "？" + chain)  # the last mark was read from A3BF


def _is_slipping(text: str, at: int) -> bool:
    """Whether what stands before ``at`` is itself read from slipped bytes, as far as can be seen."""
    before = _SLIPPING.search(text, max(0, at - 60), at)
    return before is not None and not asks(text, before.start())


def _fill(match: re.Match[str], leads: Sequence[bytes], chain: str) -> Iterator[str]:
    """The texts that put a lost first byte before the chain and its second byte behind it."""
    middle = _bytes(chain)
    if chain and not middle:
        return
    if leads is _ANY and not chain and not match["trail"]:
        return  # neither byte of the only character is left
    annotation = match["annotation"] or match["eaten_annotation"]
    trails = [match["trail"].encode()] if match["trail"] else _ANY_TRAIL
    for lead, trail in product(leads, trails):
        truth = _decode(lead + middle + trail)
        if not truth or not _WRITTEN.fullmatch(truth):
            continue
        if (
            is_reading(truth[-1], annotation)
            if annotation
            else is_common(truth[-1]) or not match["trail"]
        ):
            yield truth


def _bytes(wide: str) -> bytes:
    """GBK, or nothing where it has none; an ASCII mark stands for its full-width form."""
    full = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in wide)
    try:
        return full.encode("gbk")
    except UnicodeEncodeError:
        return b""


@cache
def _decode(pairs: bytes) -> str:
    """The characters of some pairs of bytes, or nothing where one is unassigned."""
    try:
        text = pairs.decode("gbk")
    except UnicodeDecodeError:
        return ""
    return text if 2 * len(text) == len(pairs) else ""


def _sites(readings: Iterable[Reading]) -> Iterator[list[Reading]]:
    """Readings whose places overlap, together, in order."""
    site: list[Reading] = []
    end = 0
    for reading in sorted(readings, key=lambda r: (r.start, r.end, r.truth)):
        if site and reading.start >= end:
            yield site
            site = []
        site.append(reading)
        end = max(end, reading.end)
    if site:
        yield site


def _resolve(text: str, plain: str, site: Sequence[Reading]) -> list[Repair]:
    """The repair of one site, and a mark where not all of it could be proven."""
    start, end = site[0].start, max(r.end for r in site)
    place = Place(plain, text, start, end)
    truths = {text[start : r.start] + r.truth + text[r.end : end] for r in site}
    ranked = sorted(((place.score(truth), truth) for truth in truths), reverse=True)
    seen, best = text[start:end], ranked[0][0]
    if not any(r.annotated for r in site) and best < place.score(seen) + _OBSERVED_MARGIN:
        return []
    likely = [truth for value, truth in ranked if value > best - MARGIN]
    if len(likely) == 1 and not all(
        place.supports(likely[0], i) for i in _guessed(likely[0], truths)
    ):
        likely = [truth for _, truth in ranked]
    if len(likely) == 1 and UNKNOWN not in likely[0]:
        return [Repair(start, end, likely[0], "gbk_misalignment")]
    return _shared(start, seen, likely)


def _guessed(best: str, truths: Iterable[str]) -> set[int]:
    """The places in the best truth where another of its length has something else."""
    alike = [truth for truth in truths if len(truth) == len(best)]
    return {i for i, char in enumerate(best) if any(truth[i] != char for truth in alike)}


def _shared(start: int, seen: str, truths: Sequence[str]) -> list[Repair]:
    """Keep what all truths share, and one mark between for what they do not."""
    head = commonprefix([truth.split(UNKNOWN)[0] for truth in truths])
    tail = commonprefix([truth.split(UNKNOWN)[-1][::-1] for truth in truths])[::-1]
    tail = tail[max(0, len(head) + len(tail) - min(map(len, truths))) :]
    marks = [i for i, char in enumerate(seen) if char in _MARKS]
    at = marks[-1] if head else marks[0]
    edits = [(0, at, head, "gbk_misalignment"), (at, at + 1, seen[at], "unresolved")]
    edits.append((at + 1, len(seen), tail, "gbk_misalignment"))
    return [
        Repair(start + first, start + last, new, kind)
        for first, last, new, kind in edits
        if kind == "unresolved" or seen[first:last] != new
    ]
