"""``python -m eval.others``."""

from eval.others.run import main

if __name__ == "__main__":
    main()
