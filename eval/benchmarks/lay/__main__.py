"""``python -m wenju.eval.benchmarks.lay [--set own|stard]``."""

import sys

from wenju.eval.benchmarks.lay.command import main

if __name__ == "__main__":
    sys.exit(main())
