"""``python -m wenju.eval.training.encoder``: see :mod:`wenju.eval.training.encoder.command`."""

from wenju.eval.training.encoder.command import main

if __name__ == "__main__":
    main()
