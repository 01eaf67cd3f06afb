"""``python -m wenju.eval.benchmarks.load``."""

from wenju.eval.benchmarks.load.command import main

if __name__ == "__main__":
    main()
