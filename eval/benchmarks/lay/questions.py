"""The questions with the articles that answer them: the project's own, and STARD's half that measures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from wenju.eval.benchmarks.lay.statutes import bare, named, title_of, written
from wenju.eval.benchmarks.statutes.truth import Law, Number, value
from wenju.eval.benchmarks.unseen.documents import Missing, header, laws
from wenju.eval.places import DatasetError, Place, parse
from wenju.eval.training.network.lay import is_measured

STARD = Path("train") / "stard_law_questions.jsonl"
_NAMED = re.compile(r"(.+?)(第([^第]+?)条(?:之([^条]+))?)")


@dataclass(frozen=True, slots=True)
class Question:
    """A question, whose law it asks for, and the articles that answer: document and number."""

    id: str
    text: str
    side: str
    articles: tuple[tuple[str, Number], ...]


@dataclass(frozen=True, slots=True)
class LaySet:
    """Questions, and the laws that their articles are in."""

    name: str
    questions: tuple[Question, ...]
    laws: tuple[Law, ...]

    def titles(self) -> list[str]:
        """What the laws call themselves."""
        return [title_of(law) for law in self.laws]

    def faults(self) -> list[str]:
        """One sentence to each fault, told by the question's id: ids that repeat, articles that are not there."""
        there = {(law.name, place.number) for law in self.laws for place in law.places}
        ids = [question.id for question in self.questions]
        found = [f"{id_}: the id repeats" for id_ in dict.fromkeys(ids) if ids.count(id_) > 1]
        for question in self.questions:
            if not question.articles:
                found.append(f"{question.id}: it names no article")
            if not there.issuperset(question.articles):
                found.append(f"{question.id}: an article it names is not in its law")
        return found


def own(source: Path, data: Path) -> LaySet:
    """The questions of a file whose first line names the laws; raises DatasetError."""
    if not source.is_file():
        raise Missing(f"There is no {source}; this set is not in the checkout.")
    found = tuple(_question(place) for place in _lines(source) if place.has("question"))
    return LaySet("own", found, tuple(named(laws(header(source)), data)))


def _question(place: Place) -> Question:
    articles = (
        (one.field("law").text(), _number(one.field("article")))
        for one in place.field("articles").items()
    )
    label, text = place.label("id"), place.field("question").text()
    return Question(label, text, place.field("side").text(), tuple(articles))


def _number(place: Place) -> Number:
    """``12``, or ``12-1`` of an article that was put in later."""
    parts = place.text().split("-")
    if not all(part.isdecimal() for part in parts):
        raise place.error("the number of an article")
    return tuple(map(int, parts))


def stard(source: Path) -> LaySet:
    """STARD's questions that measure, and all articles of the file, as laws that have only these.

    Raises DatasetError.
    """
    if not source.is_file():
        raise Missing(f"There is no {source}; set WENJU_DATA to the folder of the published sets.")
    texts: dict[str, dict[Number, tuple[str, str]]] = {}
    questions = []
    for place in _lines(source):
        articles = []
        for one in place.field("articles").items():
            title, number, label = _split(one.field("name"))
            said = re.sub(r"\n{2,}", "\n", one.field("text").text()).strip()
            texts.setdefault(title, {})[number] = (label, said)
            articles.append((f"{title}.txt", number))
        text = place.field("question").text()
        if is_measured(text):
            questions.append(Question(place.label("id"), text, "prc", tuple(articles)))
    made = (
        written(f"{title}.txt", title, [(n, *articles[n]) for n in sorted(articles)])
        for title, articles in texts.items()
    )
    return LaySet("stard", tuple(questions), tuple(made))


def _split(place: Place) -> tuple[str, Number, str]:
    """A law's title, an article's number and how it is written: 民法典第五十六条."""
    found = _NAMED.fullmatch(place.text())
    try:
        if found:
            return bare(found[1]), tuple(value(n) for n in found.groups()[2:] if n), found[2]
    except KeyError:
        pass
    raise place.error("a law and the number of its article")


def _lines(path: Path) -> Iterator[Place]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DatasetError(f"{path} cannot be read ({type(error).__name__}).") from None
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield Place(path, f"line {number}", parse(path, line, number))
