"""The reader that the settings name."""

from __future__ import annotations

from qa.lexical_reader import LexicalReader
from qa.reader import Reader


def load_reader(name: str) -> Reader:
    """The reader of that name; the trained one loads its network with the first question.

    Raises ReaderError where the trained reader's files are missing or damaged.
    """
    if name == "lexical":
        return LexicalReader()
    from qa.trained.reader import TrainedReader
    from qa.trained.scoring import NetworkScorer

    return TrainedReader(NetworkScorer())
