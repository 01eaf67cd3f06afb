"""``python -m wenju.eval.training.static``."""

from wenju.eval.training.static.command import main

if __name__ == "__main__":
    main()
