"""Ask the questions of a library of both sides' laws, and count: ``python -m wenju.eval.benchmarks.lookup``."""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from wenju.eval.benchmarks.data import data_folder
from wenju.eval.benchmarks.lookup.laws import Law, chosen, mainland, taiwan
from wenju.eval.benchmarks.lookup.questions import SHORT, Question, questions, squeezed
from wenju.qa.engine import Engine
from wenju.qa.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from wenju.qa.answer import Answer


class NoEncoder:
    """An encoder that sees nothing: look-ups need none."""

    name, dimension = "none", 8

    def encode(self, texts: Sequence[str], *, query: bool = False) -> NDArray[np.float32]:
        """The same vector for every text, shape (n, dimension)."""
        import numpy as np

        return np.full((len(texts), self.dimension), self.dimension**-0.5, dtype=np.float32)


def library(laws: Sequence[Law], home: Path) -> Engine:
    """An engine over the laws, read from files as a user would give them."""
    folder = home / "laws"
    folder.mkdir(parents=True)
    for number, law in enumerate(laws):
        (folder / str(number)).mkdir()
        (folder / str(number) / law.file).write_text(law.raw, encoding="utf-8")
    settings = Settings(home=home / "home", cache=home / "cache", reader="lexical")
    engine = Engine.open(settings, encoder=NoEncoder())
    engine.add_paths([folder])
    return engine


def judged(question: Question, answer: Answer) -> str:
    """``right``, ``missed`` (refused what is there) or ``wrong`` (shown what was not asked for)."""
    if not answer.answered:
        looked_up = answer.reason in ("no_such_provision", "no_such_statute")
        return "right" if looked_up and not question.right else "missed"
    if answer.granularity != "passage":
        return "missed" if question.right else "wrong"
    shown = [(answer.citations[0].title, answer.answer)]
    shown += [(answer.citations[other.citation].title, other.text) for other in answer.alternatives]
    return (
        "right" if any(_is(right, said) for right in question.right for said in shown) else "wrong"
    )


def _is(right: tuple[str, str], said: tuple[str, str]) -> bool:
    """Whether it is the text that was asked for, with the article's number before it or without."""
    text = squeezed(said[1])
    return right[0] in said[0] and (text == right[1] or _without_number(text) == right[1])


def _without_number(text: str) -> str:
    head, found, rest = text.partition("條" if "條" in text[:14] else "条")
    if rest.startswith("之"):
        rest = rest[1:].lstrip("一二三四五六七八九十")
    return rest if found and len(head) < 12 else text


def main(argv: Sequence[str] | None = None) -> None:
    """Ask, and print a table, or one JSON object."""
    parser = argparse.ArgumentParser(
        prog="python -m wenju.eval.benchmarks.lookup", description=__doc__
    )
    scale = data_folder() / "scale"
    parser.add_argument("--taiwan", type=Path, default=scale / "tw_laws_zh_hant.jsonl.xz")
    parser.add_argument("--mainland", type=Path, default=scale / "prc_laws.tar.xz")
    parser.add_argument("--laws", type=int, default=300, help="titles, half of them of each side")
    parser.add_argument("--questions", type=int, default=900, help="that have an answer")
    parser.add_argument("--absent", type=int, default=100, help="of what is not there")
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("--json", action="store_true", help="print one object and nothing else")
    parser.add_argument("--show", type=int, default=0, help="so many that were not right")
    chosen_options = parser.parse_args(argv)
    with TemporaryDirectory(prefix="wenju-lookup-") as folder:
        report = _run(chosen_options, Path(folder))
    if chosen_options.json:
        sys.stdout.write(json.dumps(report, ensure_ascii=False) + "\n")
    else:
        for name, value in report.items():
            sys.stdout.write(f"{name}: {value}\n")


def _run(options: argparse.Namespace, folder: Path) -> dict[str, object]:
    import numpy as np

    chance = random.Random(options.seed)
    half = options.laws // 2
    laws = chosen(taiwan(options.taiwan), half, SHORT.values(), chance)
    laws += chosen(mainland(options.mainland), options.laws - half, SHORT.values(), chance)
    asked = questions(laws, options.questions, options.absent, options.seed)
    counts: Counter[str] = Counter()
    by_form: dict[str, Counter[str]] = {}
    took: list[float] = []
    bad: list[str] = []
    with library(laws, folder) as engine:
        documents, _ = engine.library.count()
        engine.ask("勞基法第一條")  # what is loaded once
        for question in asked:
            answer = engine.ask(question.text)
            verdict = judged(question, answer)
            counts[verdict] += 1
            by_form.setdefault(question.form, Counter())[verdict] += 1
            if answer.granularity == "passage" or answer.reason.startswith(("no_", "which_")):
                took.append(answer.took_ms)
            if verdict != "right":
                title = answer.citations[0].title if answer.citations else ""
                bad.append(
                    f"{verdict} {question.text} → {title} {answer.reason} {answer.answer[:60]!r} {sorted(question.right)!r:.160}"
                )
    for line in bad[: options.show]:
        sys.stderr.write(line + "\n")
    p50, p95, worst = np.percentile(took, [50, 95, 100]) if took else (0.0, 0.0, 0.0)
    return {
        "documents": documents,
        "questions": len(asked),
        **{verdict: counts[verdict] for verdict in ("right", "missed", "wrong")},
        "right %": round(100 * counts["right"] / len(asked), 2),
        **{form: dict(found) for form, found in sorted(by_form.items())},
        **{"p50 ms": round(p50, 2), "p95 ms": round(p95, 2), "max ms": round(worst, 2)},
    }
