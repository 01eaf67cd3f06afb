"""Statutes of both sides with the places of their articles: those that are named, and more by chance."""

from __future__ import annotations

import json
import lzma
import random
import tarfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from wenju.eval.benchmarks.statutes.truth import Law, Number, Place, counted, rendered
from wenju.eval.benchmarks.unseen.documents import Law as Named
from wenju.eval.benchmarks.unseen.documents import Missing

TAIWAN, MAINLAND = "tw_laws_zh_hant.jsonl.xz", "prc_laws.tar.xz"
SIDES = {"tw": TAIWAN, "prc": MAINLAND}
_INFO = "<!-- INFO END -->"
_STATE = "中华人民共和国"
# rules of single provinces say again what statutes say, and cases are none
_NOT_STATUTES = frozenset({"DLC", "案例"})


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """A statute of an archive: ``key`` finds it there; its title, and how many articles it has."""

    key: str
    title: str
    articles: int


def archive(data: Path, side: str) -> Path:
    """The file of one side's statutes; raises Missing where it is not there."""
    path = data / "scale" / SIDES[side]
    if not path.is_file():
        raise Missing(
            f"{path.parent} lacks {path.name}; set WENJU_DATA to the folder of the published sets."
        )
    return path


def statutes(path: Path, keys: Collection[str] | None = None) -> Iterator[tuple[str, Law]]:
    """Keys and statutes of an archive: those in force of Taiwan, all versions of the mainland's.

    A law's name is its key. Only those of the ``keys`` where they are given.
    """
    yield from (_taiwan if path.name == TAIWAN else _mainland)(path, keys)


def _taiwan(path: Path, keys: Collection[str] | None) -> Iterator[tuple[str, Law]]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for law in map(json.loads, lines):
            key = law["pcode"]
            if not law.get("repealed") and (keys is None or key in keys):
                yield key, rendered(law["title"], law["articles"], "below")


def _mainland(path: Path, keys: Collection[str] | None) -> Iterator[tuple[str, Law]]:
    with tarfile.open(path) as held:
        for member in held:
            at = PurePosixPath(member.name)
            key = at.as_posix()
            if at.suffix != ".md" or (keys is not None and key not in keys):
                continue
            if at.parts[0] not in _NOT_STATUTES and (content := held.extractfile(member)):
                yield key, plain(content.read().decode("utf-8"))


def plain(markdown: str) -> Law:
    """A statute of the mainland without the marks of Markdown; its name is the first heading."""
    head, info, rest = markdown.partition(_INFO)
    kept: list[str] = []
    headings: list[int] = []
    for line in f"{head}\n{rest}".split("\n") if info else markdown.split("\n"):
        if line.startswith("#"):
            headings.append(sum(len(before) + 1 for before in kept))
            line = line.lstrip("# ")
        if line.strip() or (kept and kept[-1]):
            kept.append(line.strip())
    title = next((line for line in kept if line), "")
    law = counted(title, "\n".join(kept), headings)
    return replace(law, places=tuple(place for place in law.places if place.sure))


def named(wanted: Sequence[Named], data: Path) -> list[Law]:
    """The laws that a set names, by the name of their document; several files of one are joined.

    Raises Missing where an archive or a law is not there.
    """
    found: dict[str, Law] = {}
    for side in SIDES:
        keys = frozenset(law.key for law in wanted if law.archive == SIDES[side])
        if keys:
            found |= dict(statutes(archive(data, side), keys))
    if lacking := [law.key for law in wanted if law.key not in found]:
        raise Missing(f"The archives in {data / 'scale'} hold no {', '.join(lacking)}.")
    parts: dict[str, list[Law]] = {}
    for law in wanted:
        parts.setdefault(law.document, []).append(found[law.key])
    return [_joined(document, laws) for document, laws in parts.items()]


def _joined(document: str, laws: Sequence[Law]) -> Law:
    """One text of the files of a law, the title that each repeats only once."""
    text, places = laws[0].text, list(laws[0].places)
    for law in laws[1:]:
        title, _, rest = law.text.partition("\n")
        shift = len(text) + 1 - (len(title) + 1)
        places += (replace(p, start=p.start + shift, end=p.end + shift) for p in law.places)
        text = f"{text}\n{rest}"
    return Law(document, laws[0].form, text, tuple(places))


def written(document: str, title: str, articles: Sequence[tuple[Number, str, str]]) -> Law:
    """A law made of some of its articles: number, how it is written, and text."""
    text, places = title, []
    for number, label, said in articles:
        start = len(text) + 1
        text = f"{text}\n{label} {said}"
        places.append(Place(number, start, len(text)))
    return Law(document, "written", text, tuple(places))


def bare(title: str) -> str:
    """A title without the name of the state, which is left out as often as not."""
    return title.removeprefix(_STATE)


def drawn(data: Path, side: str, articles: int, apart: Collection[str], seed: int = 0) -> list[Law]:
    """Whole statutes of one side by chance until they have that many articles, one of each title.

    ``apart`` are titles that are not drawn: another version of what answers would answer too.
    """
    if articles <= 0:
        return []
    path = archive(data, side)
    barred = {bare(title) for title in apart}
    laws = statutes(path)
    entries = sorted(Entry(key, bare(title_of(law)), len(law.places)) for key, law in laws)
    # keys of the mainland end with the day of the version, so that the latest comes last
    latest = {entry.title: entry for entry in entries if entry.articles}
    kept = [entry for title, entry in latest.items() if title not in barred]
    keys = _enough(kept, articles, random.Random(f"{side} {seed}"))
    return [replace(law, name=_file(key)) for key, law in statutes(path, keys)]


def title_of(law: Law) -> str:
    """What a law calls itself, in its first line."""
    return law.text.partition("\n")[0]


def _enough(entries: Sequence[Entry], articles: int, chance: random.Random) -> frozenset[str]:
    keys: list[str] = []
    for entry in chance.sample(entries, len(entries)):
        if articles <= 0:
            break
        keys.append(entry.key)
        articles -= entry.articles
    return frozenset(keys)


def _file(key: str) -> str:
    return f"{PurePosixPath(key).name.removesuffix('.md')}.txt"
