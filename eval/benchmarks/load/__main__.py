"""``python -m wenju.eval.benchmarks.load``."""

from wenju.eval.benchmarks.load.command import main

main()
