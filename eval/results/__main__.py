"""``python -m eval.results``."""

from eval.results.command import main

if __name__ == "__main__":
    main()
