from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields

import pytest

from wenju.corpus.read import SUFFIXES
from wenju.ui.page.blocks import SCRIPTS
from wenju.ui.texts import EN, LANGUAGES, ZH_HANS, ZH_HANT, Texts, choose


def words_of(texts: Texts) -> Iterator[tuple[str, str]]:
    """Every word of a language by its name."""
    for field in fields(texts):
        said = getattr(texts, field.name)
        if isinstance(said, str):
            yield field.name, said
        else:
            yield from ((f"{field.name}.{name}", word) for name, word in said.items())


@pytest.mark.parametrize("texts", LANGUAGES.values(), ids=LANGUAGES)
def test_every_language_has_every_word_with_its_placeholders(texts: Texts) -> None:
    ours, standard = dict(words_of(texts)), dict(words_of(ZH_HANT))
    assert ours.keys() == standard.keys()
    assert all(word.strip() for word in ours.values())
    for name, word in ours.items():
        assert _placeholders(word) == _placeholders(standard[name]), name


def _placeholders(word: str) -> list[str]:
    return sorted(re.findall(r"\{(\w*)\}", word))


def test_what_the_script_says_is_there_and_nothing_more() -> None:
    script = "".join(path.read_text(encoding="utf-8") for path in SCRIPTS)
    said = set(re.findall(r'say\(\s*"(\w+)"', script))
    chosen = {"added", "unchanged"}  # one of them, by what became of a file
    assert said | chosen == set(ZH_HANT.script)


def test_the_formats_named_are_those_that_are_read() -> None:
    for texts in LANGUAGES.values():
        named = set(re.findall(r"[a-z]{2,}", texts.add_hint.partition("txt")[2]))
        assert {f".{name}" for name in named} <= set(SUFFIXES)


@pytest.mark.parametrize(
    ("accepted", "texts"),
    [
        ("", ZH_HANT),
        ("zh-TW,zh;q=0.9,en;q=0.8", ZH_HANT),
        ("zh", ZH_HANT),
        ("zh-HK", ZH_HANT),
        ("zh-CN,zh;q=0.9", ZH_HANS),
        ("zh-Hans-HK", ZH_HANS),
        ("ZH-SG", ZH_HANS),
        ("en-GB,en;q=0.9,zh-TW;q=0.8", EN),
        ("en;q=0.5, zh-CN;q=0.9", ZH_HANS),
        ("fr,de;q=0.9", ZH_HANT),
        ("fr, en;q=0.1", EN),
        ("en;q=0, zh-CN;q=0.2", ZH_HANS),
        ("en;q=viel, zh-CN", ZH_HANS),
        (";;;,,q=", ZH_HANT),
    ],
)
def test_the_language_is_chosen_by_weight(accepted: str, texts: Texts) -> None:
    assert choose(accepted) is texts
