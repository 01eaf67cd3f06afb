"""``python -m wenju.eval.benchmarks.peers``."""

from wenju.eval.benchmarks.peers.command import main

if __name__ == "__main__":
    main()
