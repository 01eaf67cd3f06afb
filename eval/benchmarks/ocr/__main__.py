"""``python -m wenju.eval.benchmarks.ocr``."""

from wenju.eval.benchmarks.ocr.command import main

if __name__ == "__main__":
    main()
