"""``python -m wenju.eval.benchmarks.scale``."""

from wenju.eval.benchmarks.scale.command import main

if __name__ == "__main__":
    main()
