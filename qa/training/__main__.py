"""``python -m qa.training``: see :mod:`qa.training.command`."""

from qa.training.command import main

main()
