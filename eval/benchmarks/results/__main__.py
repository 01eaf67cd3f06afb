"""``python -m wenju.eval.benchmarks.results``."""

from wenju.eval.benchmarks.results.command import main

if __name__ == "__main__":
    main()
