"""Pinyin annotations that a converter to Traditional left behind the characters it changed.

Such a converter writes ``無(wú)錫`` for 无锡: it annotates *every* occurrence of a character that
has an annotation in its table, and only characters that differ between the scripts. A person who
notes a reading, ``單(shàn)婷婷``, annotates one place. The two are told apart by density, over the
whole text or else over one line. A text is damaged where

- three or more different changed characters are annotated (changed: OpenCC's t2s changes them),
- at least 9 of 10 annotations stand behind changed characters,
- at least 3 of 10 changed characters are annotated (the two files this was seen in have 7 of 10),
- at least 8 of 10 occurrences of the annotated characters are annotated, and
- unchanged characters without an annotation are at least half as many as annotations, and three or
  more: teaching text annotates those too.

In a damaged text an annotation goes if it is a reading of its character, or is a toned syllable
behind a changed one; any other bracket stays, such as ``市(縣)區`` or the outer one of
``組(擴(kuò)大)``.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache

from wenju.corpus.document import Repair
from wenju.corpus.script import to_simplified

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
LETTERS = "a-zɑɡāáǎàēéěèếềīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿ\u0300\u0301\u0304\u0308\u030c"
ANNOTATION = re.compile(f"(?<=[{HAN}])[(（]([{LETTERS}]{{1,8}})[)）]")
_HAN_CHARACTER = re.compile(f"[{HAN}]")
_TONES = re.compile("[\u0300\u0301\u0304\u030c]")
_SYLLABLE = re.compile(
    r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:i?ang?|i?ao|iai?|u?ang?|u?ai|ua|ai?|ei?|eng?|er|ie|iu|ing?|iong|ong?|ou?|"
    r"u[eio]?|ung?|[üv][en]?|üan|i)|ng|n|m|h(?:m|ng)"
)


def remove_annotations(text: str) -> list[Repair]:
    """The annotations of a damaged text (or of its damaged lines), each as a removal."""
    annotations = list(ANNOTATION.finditer(text))
    if len(annotations) < 3:
        return []
    if not _is_damaged(text, annotations):
        annotations = [g for line in _lines(text, annotations) for g in line]
    return [
        Repair(g.start(), g.end(), "", "pinyin_annotation")
        for g in annotations
        if is_reading(text[g.start() - 1], g[1])
        or (changes(text[g.start() - 1]) and is_toned(g[1]))
    ]


def without_annotations(text: str) -> str:
    """The text without any annotation, proven or not: to look words up in, never to show."""
    return ANNOTATION.sub("", text)


@cache
def changes(char: str) -> bool:
    """Whether Simplified script writes this character otherwise."""
    return to_simplified(char) != char


def is_annotated(char: str, syllable: str) -> bool:
    """Whether a converter would annotate this character so."""
    return bool(char) and changes(char) and is_reading(char, syllable)


def is_toned(syllable: str) -> bool:
    """Whether this is one well-formed pinyin syllable with exactly one tone mark."""
    bare = _without_tone(syllable)
    marks = len(_TONES.findall(unicodedata.normalize("NFD", syllable)))
    return marks == 1 and _SYLLABLE.fullmatch(bare) is not None


def is_reading(char: str, syllable: str) -> bool:
    """Whether the character can be read so; a syllable without a tone fits any tone."""
    plain = _plain(syllable)
    readings = _readings(char)
    if _without_tone(plain) == plain:
        return plain in {_without_tone(reading) for reading in readings}
    return plain in readings


@cache
def _readings(char: str) -> frozenset[str]:
    from pypinyin import Style, pinyin

    found = pinyin(char, style=Style.TONE, heteronym=True, errors="ignore")
    return frozenset(_plain(reading) for reading in found[0]) if found else frozenset()


def _plain(syllable: str) -> str:
    return unicodedata.normalize("NFC", syllable.replace("ɡ", "g").replace("ɑ", "a"))


def _without_tone(syllable: str) -> str:
    bare = _TONES.sub("", unicodedata.normalize("NFD", _plain(syllable)))
    return unicodedata.normalize("NFC", bare)


def _lines(text: str, annotations: Sequence[re.Match[str]]) -> list[list[re.Match[str]]]:
    """The annotations of each damaged line."""
    by_line: dict[int, list[re.Match[str]]] = {}
    for annotation in annotations:
        by_line.setdefault(text.rfind("\n", 0, annotation.start()) + 1, []).append(annotation)
    damaged = []
    for start, here in by_line.items():
        end = text.find("\n", start)
        if _is_damaged(text[start : end if end >= 0 else len(text)], here):
            damaged.append(here)
    return damaged


def _is_damaged(text: str, annotations: Sequence[re.Match[str]]) -> bool:
    """Whether the annotations of this text are a converter's: the density rule above."""
    annotated = Counter(annotation.string[annotation.start() - 1] for annotation in annotations)
    characters = Counter(_HAN_CHARACTER.findall(text))
    if sum(characters.values()) < 6:
        return False
    on_changed = {char: count for char, count in annotated.items() if changes(char)}
    count = sum(on_changed.values())
    changed = sum(n for char, n in characters.items() if changes(char))
    bare = sum(characters.values()) - changed - (len(annotations) - count)
    occurrences = sum(characters[char] for char in on_changed)
    return (
        len(on_changed) >= 3
        and count >= 0.9 * len(annotations)
        and count >= 0.3 * changed
        and count >= 0.8 * occurrences
        and bare >= max(3, len(annotations) / 2)
    )
