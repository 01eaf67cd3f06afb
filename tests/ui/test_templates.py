"""Templates escape what they are given, and nothing else in the package writes HTML."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment, UndefinedError

from tests.ui.page.parser import HOSTILE, Page
from wenju.ui.templates import environment

UI = Path(__file__).parents[2] / "ui"
TEMPLATES = sorted(UI.glob("*/templates/*"))
# the style sheet and the script of a document's own page, which are files of the package
OURS = {"style", "script"}


def dense(**templates: str) -> Environment:
    made = environment("wenju.ui.page")
    made.loader = DictLoader(templates)
    return made


def test_there_are_templates_and_each_compiles() -> None:
    assert len(TEMPLATES) > 10
    for path in TEMPLATES:
        package = f"wenju.ui.{path.parent.parent.name}"
        made = environment(package)
        made.parse(path.read_text(encoding="utf-8"))
        assert path.suffix == ".html" and path.name in made.list_templates()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_nothing_that_is_given_is_marked_safe(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert "autoescape" not in source and "Markup" not in source
    assert set(re.findall(r"(\w+)\s*\|\s*safe", source)) <= OURS
    assert source.count("safe") == len(re.findall(r"\|\s*safe", source))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_attribute_is_quoted(path: Path) -> None:
    # unquoted, a value could end at a space, whatever is escaped
    assert not re.search(r"=\s*\{\{", path.read_text(encoding="utf-8"))


def test_no_module_writes_html_of_its_own() -> None:
    for path in UI.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        assert not re.search(r"^\s*(import html|from (html|markupsafe) )", source, re.M), path
        assert not re.search(r"""f["'](?:[^"'\\]|\\.)*</?[a-z]+[ >]""", source), path


@pytest.mark.parametrize("words", HOSTILE)
def test_values_are_escaped_in_text_and_attributes(words: str) -> None:
    made = dense(x='<p title="{{ words }}">{{ words }}</p>')
    shown = Page(made.get_template("x").render(words=words))
    assert (shown.tags, shown.text, shown.values) == (["p"], words, [("title", words)])


def test_what_is_missing_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        dense(x="{{ words }}").get_template("x").render()


def test_indentation_is_no_text_and_values_keep_theirs() -> None:
    made = dense(
        x="""
        <p
          class="a">
          {% if words %}
          {{ words }}
          {% endif %}
        </p>
        """
    )
    assert made.get_template("x").render(words=" a\n  <b ") == '<p class="a"> a\n  &lt;b </p>'
