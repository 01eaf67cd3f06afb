"""The statutes of ``WENJU_DATA`` as files, and questions that people ask about them."""

from __future__ import annotations

import json
import lzma
import tarfile
from itertools import zip_longest
from pathlib import Path, PurePosixPath

from wenju.eval.benchmarks.data import data_folder
from wenju.eval.training.everyday import FOLDER

_PACKED = ("prc_laws.tar.xz", "tw_laws_zh_hant.jsonl.xz")
_MAINLAND, _TAIWAN = "mainland", "taiwan"


def unpacked(folder: Path) -> Path:
    """Where each statute is a file: Markdown of the mainland, plain text of Taiwan; made once.

    Raises FileNotFoundError where ``WENJU_DATA`` has no statutes.
    """
    done = folder / "corpus"
    if not done.is_dir():
        making = folder / "corpus.part"
        _unpack_mainland(data_folder() / "scale" / _PACKED[0], making / _MAINLAND)
        _unpack_taiwan(data_folder() / "scale" / _PACKED[1], making / _TAIWAN)
        making.rename(done)
    return done


def mixed(corpus: Path) -> list[Path]:
    """The files of both in turn, in an order that is always the same and no alphabet's."""
    both = ([*(corpus / name).rglob("*.*")] for name in (_MAINLAND, _TAIWAN))
    turns = zip_longest(*(sorted(files, key=lambda f: f.name[::-1]) for files in both))
    return [file for turn in turns for file in turn if file]


def questions(count: int) -> list[str]:
    """As many of the questions in everyday words as are asked, half of them in each script."""
    found = []
    for name in (_MAINLAND, _TAIWAN):
        lines = (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()
        step = max(1, len(lines) * 2 // count)
        found += [json.loads(line)["question"] for line in lines[::step]][: count // 2]
    return found


def _unpack_mainland(packed: Path, folder: Path) -> None:
    with tarfile.open(packed) as archive:
        for member in archive:
            content = archive.extractfile(member) if member.isreg() else None
            name = PurePosixPath(member.name)
            if content and name.suffix == ".md" and name.name != "_index.md":
                place = folder.joinpath(*name.parts[-2:])
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(content.read())


def _unpack_taiwan(packed: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with lzma.open(packed, "rt", encoding="utf-8") as lines:
        for law in map(json.loads, lines):
            articles = (" ".join(filter(None, article)) for article in law["articles"])
            text = "\n".join((law["title"], f"修正日期：{law['date']}", *articles))
            (folder / f"{law['pcode']}.txt").write_text(text, "utf-8")
