"""``python -m wenju.eval.benchmarks.external``."""

from wenju.eval.benchmarks.external.run import main

if __name__ == "__main__":
    main()
