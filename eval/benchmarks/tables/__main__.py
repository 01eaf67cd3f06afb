"""``python -m wenju.eval.benchmarks.tables [--formats docx html …] [--limit N] [--reader lexical|none]``."""

import sys

from wenju.eval.benchmarks.tables.command import main

if __name__ == "__main__":
    sys.exit(main())
