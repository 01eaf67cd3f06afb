"""``python -m wenju.eval.training.network``: see :mod:`wenju.eval.training.network.command`."""

from wenju.eval.training.network.command import main

if __name__ == "__main__":
    main()
