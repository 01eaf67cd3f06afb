"""``python -m wenju.eval.benchmarks.ocr``: characters read wrongly, and questions answered, of ten pages.

The pages of ``pages.toml`` are drawn, turned a little, made noisy and put into PDF files without a text
layer. With ``--questions`` they are added to a library, and the trained reader is asked.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any

from wenju.corpus.read import read
from wenju.corpus.script import fold
from wenju.eval.benchmarks.ocr.errors import errors
from wenju.eval.benchmarks.ocr.printing import Printed, drawn, pdf_of, printed_pages

if TYPE_CHECKING:
    from wenju.qa.answer import Answer
    from wenju.qa.engine import Engine


def write_pages(folder: Path, pages: Sequence[Printed]) -> list[Path]:
    """A PDF file without a text layer to each page."""
    paths = []
    for page in pages:
        path = folder / f"{page.name}.pdf"
        path.write_bytes(pdf_of([drawn(page)]))
        paths.append(path)
    return paths


def recognition(paths: Sequence[Path], pages: Sequence[Printed]) -> dict[str, Any]:
    """Characters read wrongly, in all and by page, and the seconds that a page takes."""
    wrong = folded = characters = 0
    by_page = {}
    started, used = perf_counter(), process_time()
    for path, page in zip(paths, pages, strict=True):
        found = errors(read(path).sources[0].text, page.text)
        wrong, folded = wrong + found.wrong, folded + found.folded
        characters += found.characters
        by_page[page.name] = found.wrong
    return {
        "characters": characters,
        "error_rate": round(wrong / characters, 5),
        "error_rate_folded": round(folded / characters, 5),
        "wrong": by_page,
        "seconds_a_page": round((perf_counter() - started) / len(pages), 2),
        "processor_seconds_a_page": round((process_time() - used) / len(pages), 2),
    }


def answered(engine: Engine, pages: Sequence[Printed]) -> list[tuple[str, bool, str]]:
    """Each question, whether its answer holds the words that it must, and the answer."""
    found = []
    for page in pages:
        for asked in page.questions:
            answer = engine.ask(asked.question)
            right = any(fold(gold) in fold(_shown(answer)) for gold in asked.answers)
            found.append((asked.question, right, answer.answer))
    return found


def _shown(answer: Answer) -> str:
    """What is highlighted of the answer."""
    return answer.answer[slice(*answer.best)] if answer.best else answer.answer


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", action="store_true", help="ask the trained reader, too")
    parser.add_argument("--keep", type=Path, help="write the files into this folder and keep them")
    options = parser.parse_args()
    pages = printed_pages()
    with TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary, "pages")
        folder.mkdir(parents=True, exist_ok=True)
        paths = write_pages(folder, pages)
        report = recognition(paths, pages)
        if options.questions:
            from wenju.qa.engine import Engine
            from wenju.qa.settings import Settings

            settings = Settings(home=Path(temporary, "library"), reader="trained")
            with Engine.open(settings) as engine:
                engine.add_paths(paths)
                outcomes = answered(engine, pages)
            report["questions"] = len(outcomes)
            report["right"] = sum(right for _, right, _ in outcomes)
            report["missed"] = {question: said for question, right, said in outcomes if not right}
    sys.stdout.write(json.dumps(report, ensure_ascii=False, indent=2) + "\n")
