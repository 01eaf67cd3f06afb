"""``python -m wenju.eval.benchmarks.ocr``."""

from wenju.eval.benchmarks.ocr.command import main

main()
