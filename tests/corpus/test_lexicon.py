"""Word lists: readable, folded, none twice, none that nothing asks for; patterns that compile."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from pathlib import Path

import pytest

from wenju.corpus.lexicon import any_word, expanded, group, phrase, rows, words
from wenju.corpus.script import fold

LISTS = sorted(
    path.name.rpartition(".")[0]
    for path in resources.files("wenju.corpus.lexicon").iterdir()
    if path.name.endswith((".txt", ".tsv"))
)
# lists of which the code asks for one row or another by its name
PHRASES = (
    *("phrases", "follow_ups", "lines", "lists", "lookups", "metadata", "names", "question_words"),
    *("overviews", "parts", "versions"),
)
# lists of words by name, for patterns and for the code
PIECES = ("groups", "fragments")
# the columns that hold patterns
PATTERNS: dict[str, tuple[int, ...]] = {
    **dict.fromkeys(PHRASES, (1,)),
    "aspects": (0, 1),
    "comparatives": (1,),
    "document_kinds": (1,),
    "event_labels": (1,),
    "follow_up_endings": (1,),
    "fragments": (1,),
    "kind_cues": (1,),
    "kind_headings": (1,),
    "kind_labels": (1,),
    "limits": (1,),
    "question_kinds": (1,),
    "suggestions": (5,),
}
NO_PATTERNS = {
    *("divisions", "furniture", "groups", "jurisdictions", "places", "same_measures"),
    "statute_names",
}
ROOT = Path(__file__).parents[2]


@cache
def modules() -> tuple[str, ...]:
    """The text of every module of the product."""
    packages = ("corpus", "index", "qa", "eval", "ui")
    paths = (path for package in packages for path in (ROOT / package).rglob("*.py"))
    return tuple(path.read_text(encoding="utf-8") for path in paths)


def patterns() -> list[tuple[str, str]]:
    """The list and the text of every pattern."""
    return [
        (name, row[column])
        for name, columns in PATTERNS.items()
        for row in rows(name)
        for column in columns
    ]


def named_in_patterns() -> set[str]:
    """What the patterns name in braces."""
    return {name for _, pattern in patterns() for name in re.findall(r"\{([a-z_]+)\}", pattern)}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_written_as_search_sees_texts(name: str) -> None:
    assert rows(name)
    for row in rows(name):
        assert row[0] and row[0] == fold(row[0]), f"{name}: {row[0]} reads {fold(row[0])}"


@pytest.mark.parametrize(("name", "pattern"), patterns())
def test_a_pattern_compiles_and_is_for_folded_text(name: str, pattern: str) -> None:
    assert re.compile(expanded(pattern))
    plain = pattern.replace("(?P", "(?p").replace(r"\S", r"\s").replace(r"\W", r"\w")
    assert fold(plain) == plain, name


@pytest.mark.parametrize(
    ("name", "word"), [(row[0], word) for row in rows("groups") for word in row[1].split()]
)
def test_a_word_of_a_group_is_for_folded_text(name: str, word: str) -> None:
    assert re.compile(word) and fold(word) == word, name


def test_a_table_is_of_patterns_or_of_words() -> None:
    folder = resources.files("wenju.corpus.lexicon")
    tables = {name for name in LISTS if (folder / f"{name}.tsv").is_file()}
    assert tables == {*PATTERNS} | NO_PATTERNS


@pytest.mark.parametrize("name", PHRASES)
def test_a_phrase_has_a_name_of_its_own(name: str) -> None:
    named = [row[0] for row in rows(name)]
    assert len({*named}) == len(named)


def test_a_fragment_is_no_group_too() -> None:
    assert not {*words("fragments")} & {*words("groups")}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_asked_for(name: str) -> None:
    quoted = any(f'"{name}"' in text or f"'{name}'" in text for text in modules())
    assert quoted or name in named_in_patterns()


@pytest.mark.parametrize(("of", "name"), [(of, name) for of in PHRASES for name in words(of)])
def test_a_phrase_is_asked_for(of: str, name: str) -> None:
    call = "phrase(" if of == "phrases" else f'"{of}"'
    asking = (text for text in modules() if call in text)
    assert any(f'"{name}"' in text for text in asking)


@pytest.mark.parametrize("name", [name for of in PIECES for name in words(of)])
def test_a_group_is_named(name: str) -> None:
    asked = re.compile(rf'group\(\s*"{name}"\s*\)')
    assert name in named_in_patterns() or any(map(asked.search, modules()))


def test_names_that_stand_for_nothing() -> None:
    with pytest.raises(FileNotFoundError):
        rows("nowhere")
    with pytest.raises(FileNotFoundError):
        expanded("{nowhere}")
    with pytest.raises(KeyError):
        phrase("nowhere")
    with pytest.raises(KeyError):
        group("nowhere")


def test_a_name_stands_for_words_for_a_fragment_or_for_a_value() -> None:
    assert re.fullmatch(expanded("{surname}{han}"), "王明")
    assert re.fullmatch(expanded("{numeral}{measure}"), "十二家")
    assert re.fullmatch(expanded("{breadcrumbs}位置"), "您的位置")
    assert re.fullmatch(expanded("{han}{2,3}"), "三个字")  # numbers in braces stay


def test_rows_of_one_name_are_one_group() -> None:
    assert {"委员会", "医院"} <= group("body_ending")


def test_longer_words_come_first_and_spaces_match_any_space() -> None:
    assert "如下" in words("leads")
    pattern = re.compile(any_word("leads"))
    assert pattern.search("the  following papers")
    assert pattern.search("如下") and not pattern.search("上下")
