"""``python -m qa.training``: see :mod:`qa.training.command`."""

from qa.training.command import main

if __name__ == "__main__":
    main()
