"""The one base of every error that is meant for a person to read."""

from __future__ import annotations

import errno
from typing import Final, Literal


class WenjuError(Exception):
    """A sentence for the user: the offending value, what was expected, what to do."""


Why = Literal[
    "converter",
    "damaged",
    "empty",
    "encoding",
    "encrypted",
    "format",
    "image",
    "other",
    "too_large",
    "too_slow",
]
"""Why a file could not be read, as far as that is the same for many: what the page says in its language."""


class ReadError(WenjuError):
    """A file could not be read; the sentence names the file and the reason."""

    def __init__(self, sentence: str, *, why: Why = "other") -> None:
        super().__init__(sentence)
        self.why: Why = why


_STORAGE: Final = {
    errno.ENOSPC: "its disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EROFS: "its disk is mounted read-only",
    errno.EACCES: "it may not be used by this user",
    errno.EPERM: "it may not be used by this user",
}


def storage_sentence(error: OSError) -> str:
    """What to do about a file that cannot be written or opened; empty for any other error."""
    why = _STORAGE.get(error.errno or 0)
    if why is None:
        return ""
    name = error.filename if isinstance(error.filename, str) else "A file"
    return (
        f"{name} cannot be used: {why}. Free some space or choose another folder; what was stored "
        "before is kept."
    )
