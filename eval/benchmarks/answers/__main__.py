"""``python -m wenju.eval.benchmarks.answers dump OUT.jsonl`` and ``… compare A.jsonl B.jsonl``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from wenju.eval.benchmarks.answers.compare import compared, read
from wenju.eval.benchmarks.answers.dump import Dumped, Dumper, write
from wenju.eval.benchmarks.data import data_folder, seeds_folder
from wenju.qa.settings import Settings

_GOLD = Path(str(files("wenju.eval.gold")))
_DEV = data_folder() / "dev"
SETS = {
    "samples": Dumped(_GOLD / "samples.jsonl"),
    "seeds": Dumped(Path(__file__).with_name("seeds.jsonl"), seeds_folder()),
    "cmrc": Dumped(_DEV / "cmrc2018_dev_b.json"),
    "xquad": Dumped(_DEV / "xquad.zh.json"),
    "mlqa": Dumped(_DEV / "mlqa_zh.json"),
    "dureader": Dumped(_DEV / "dureader_robust_dev.json"),
    "ncp": Dumped(_DEV / "ncp_policies.json"),
    "cail": Dumped(_DEV / "cail2019_dev.json", given_context=True),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Dump, or compare two dumps; the exit status is 0."""
    options = argparse.ArgumentParser(
        prog="python -m wenju.eval.benchmarks.answers", description=__doc__
    )
    commands = options.add_subparsers(dest="command", required=True)
    dump = commands.add_parser("dump")
    dump.add_argument("out", type=Path)
    dump.add_argument("--sets", nargs="*", default=list(SETS), choices=list(SETS))
    dump.add_argument("--limit", type=int, default=400, help="questions drawn from each set")
    dump.add_argument("--reader", choices=("trained", "lexical"), default="trained")
    dump.add_argument("--memory", type=Path, default=Settings().cache / "answers.sqlite")
    compare = commands.add_parser("compare")
    compare.add_argument("before", type=Path)
    compare.add_argument("after", type=Path)
    chosen = options.parse_args(argv)
    if chosen.command == "compare":
        lines = compared(read(chosen.before), read(chosen.after))
        sys.stdout.writelines(f"{line}\n" for line in lines)
        return 0
    chosen.out.unlink(missing_ok=True)
    dumper = Dumper(Settings(), chosen.memory, chosen.reader)
    for name in chosen.sets:
        count = write(chosen.out, dumper.lines(SETS[name], chosen.limit))
        sys.stderr.write(f"{name}: {count} questions\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
