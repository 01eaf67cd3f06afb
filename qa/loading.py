"""The reader that the settings name."""

from __future__ import annotations

import logging

from wenju.index import embedded
from wenju.qa.lexical_reader import LexicalReader
from wenju.qa.reader import Reader

_log = logging.getLogger(__name__)


def load_reader(name: str) -> Reader:
    """The reader of that name; the trained one loads its network with the first question.

    Where the package that carries its base cannot be installed, the lexical one takes its place,
    with a warning. Raises ReaderError where the trained reader's files are missing or damaged.
    """
    if name == "lexical":
        return LexicalReader()
    if embedded.find_bin() is None:
        _log.warning("The trained reader needs %s; the lexical one reads instead.", embedded.WHEEL)
        return LexicalReader()
    from wenju.qa.trained.reader import TrainedReader
    from wenju.qa.trained.scoring import NetworkScorer

    return TrainedReader(NetworkScorer())
