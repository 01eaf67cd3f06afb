"""``python -m wenju.eval.benchmarks.unseen [--half open|closed|both|seeds]``."""

import sys

from wenju.eval.benchmarks.unseen.command import main

if __name__ == "__main__":
    sys.exit(main())
