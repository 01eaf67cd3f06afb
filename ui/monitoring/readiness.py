"""Whether a server can answer now: its library can be read, and it is not about to stop."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from wenju.corpus.errors import WenjuError

if TYPE_CHECKING:
    from wenju.index.library import Library


class Readiness:
    """Checks that a server passes while it can answer.

    A check returns a sentence that says why it cannot, empty where it can. Other parts of a server add
    theirs to :attr:`checks`.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self.checks: list[Callable[[], str]] = [self._readable]

    def reasons(self) -> list[str]:
        """Why the server cannot answer now; empty where it can."""
        return [reason for check in self.checks if (reason := check())]

    def _readable(self) -> str:
        try:
            self._library.rows("SELECT id FROM documents LIMIT 1")
        except WenjuError as error:
            return str(error)
        return ""
