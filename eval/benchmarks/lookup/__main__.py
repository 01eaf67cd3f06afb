"""``python -m wenju.eval.benchmarks.lookup``."""

from wenju.eval.benchmarks.lookup.command import main

if __name__ == "__main__":
    main()
