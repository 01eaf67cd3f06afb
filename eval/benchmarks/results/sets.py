"""The sets of the results: which files, asked how, over what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from wenju.corpus.document import Source
from wenju.corpus.passages import LONG
from wenju.eval.configuration import Request, hash_of_sources
from wenju.eval.datasets import GoldQuestion, Script, load
from wenju.eval.distractors import read_distractors
from wenju.eval.preparation import Task, prepare
from wenju.index.encoder import Encoder
from wenju.qa.settings import Settings

_SHARE = 25_000  # passages


@dataclass(frozen=True, slots=True)
class Set:
    """A gold file below the data folder, and how it is asked.

    ``questions`` is another gold file, whose wording is asked. With a ``script`` the questions are
    converted, and are asked as they are too. Of each of the ``distractors`` about ``share``
    passages are taken. ``long`` answers fill more than a phrase. ``about`` says what the set is.
    """

    name: str
    gold: str
    about: str
    questions: str = ""
    script: Script | None = None
    distractors: tuple[str, ...] = ()
    share: int = _SHARE
    long: bool = False

    def missing(self, data: Path) -> list[Path]:
        """The files that are not in the data folder."""
        files = filter(None, (self.gold, self.questions, *self.distractors))
        return [data / file for file in files if not (data / file).is_file()]


_LAWS = ("scale/tw_laws_zh_hant.jsonl.xz", "scale/prc_laws.tar.xz")
_CMRC = Set(
    "CMRC 2018 dev B",
    "dev/cmrc2018_dev_b.json",
    "half of CMRC 2018's development questions over all of its contexts",
)
_XQUAD = Set("XQuAD zh", "dev/xquad.zh.json", "XQuAD's Chinese contexts")
_XQUAD_EN = Set("XQuAD zh → en", "dev/xquad.en.json", "XQuAD's English contexts")
_TABLE = (
    _CMRC,
    _XQUAD,
    replace(_XQUAD, name="XQuAD en → zh", questions=_XQUAD_EN.gold),
    replace(_XQUAD_EN, questions=_XQUAD.gold),
    Set(
        "NCP policies",
        "dev/ncp_policies.json",
        "what citizens ask of government notices, with long answers",
        long=True,
    ),
    Set(
        "Taipei FAQ",
        "dev/taipei_gov_faq.jsonl",
        "a city government's FAQ: every answer is a document, questions are no part of it",
        long=True,
    ),
    Set(
        "DuReader robust dev",
        "dev/dureader_robust_dev.json",
        "what people asked a search engine, over paragraphs of web pages",
    ),
    replace(_CMRC, name="CMRC + 50,000 law passages", distractors=_LAWS),
    replace(_CMRC, name="CMRC, other script", script="hant"),
    replace(_XQUAD, name="XQuAD zh, other script", script="hant"),
)

SETS: dict[str, Set] = {set_.name: set_ for set_ in _TABLE}
"""Every set by name, in the order they are shown in."""


@dataclass(frozen=True, slots=True)
class Material:
    """A set that was read.

    ``task`` holds the questions as they are asked and all documents. ``unconverted`` are the same
    questions before they were converted, none where they were not. ``about`` says for programs
    what it was made of, and ``made_with`` what Wenju it was read with.
    """

    name: str
    task: Task
    unconverted: tuple[GoldQuestion, ...]
    about: Mapping[str, Any]
    made_with: Mapping[str, Any]

    @property
    def sources(self) -> Sequence[Source]:
        """All documents, distractors too."""
        return self.task.sources or ()


def read(chosen: Set, data: Path, settings: Settings, encoder: Encoder) -> Material:
    """The set's questions and documents; raises DatasetError for a file that cannot be used."""
    request = Request(
        paths=(data / chosen.gold,),
        questions=data / chosen.questions if chosen.questions else None,
        script=chosen.script,
    )
    prepared = prepare(request, settings, encoder)
    (task,), configuration = prepared.tasks, prepared.configuration
    noise = _noise(chosen, data)
    about = {
        "gold": configuration["gold"][0],
        "questions": configuration["questions"],
        "script": configuration["script"],
        "distractors": _about_noise(chosen, noise),
    }
    made_with = {
        "wenju": configuration["wenju"],
        "code": configuration["code"],
        "encoder": configuration["settings"]["encoder"],
        "longest_passage": LONG,
    }
    asked = load(data / chosen.gold).questions if chosen.script else ()
    return Material(chosen.name, _with(task, noise), asked, about, made_with)


def _noise(chosen: Set, data: Path) -> list[Source]:
    """As many passages of each of the distractors, so that none crowds the others out."""
    return [
        source
        for name in chosen.distractors
        for source in read_distractors([data / name], chosen.share, [])
    ]


def _about_noise(chosen: Set, noise: Sequence[Source]) -> dict[str, Any] | None:
    if not chosen.distractors:
        return None
    names = [Path(name).name for name in chosen.distractors]
    return {"names": names, "passages_of_each": chosen.share, "documents": hash_of_sources(noise)}


def _with(task: Task, noise: Sequence[Source]) -> Task:
    """The task over these documents too; of identical texts the gold set's is kept."""
    first: dict[str, Source] = {}
    for source in [*(task.sources or ()), *noise]:
        first.setdefault(source.text, source)
    return replace(task, sources=tuple(first.values()))
