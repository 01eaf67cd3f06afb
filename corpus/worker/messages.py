"""What goes between a worker and who started it: kinds, lengths and bytes, most of them JSON."""

from __future__ import annotations

import json
import struct
from typing import Any, Final

HEAD: Final = struct.Struct("<cQ")
"""Before each message: its kind, and how many bytes follow."""

JOB: Final = b"n"  # a job to do: to the worker, all others come from it
READY: Final = b"r"  # the worker waits for a job
BEGUN: Final = b"b"  # it has heard of one and begins
RECOGNISING: Final = b"o"  # it recognises text in it from now on
ORIGINAL: Final = b"f"  # bytes of a file that is kept; before the result that names it
DONE: Final = b"s"  # the result
FAILED: Final = b"e"  # a sentence, and which kind of reason it gives
LAST: Final = b"l"  # this answer is the last one of the worker


def message(kind: bytes, content: bytes = b"") -> bytes:
    """One message."""
    return HEAD.pack(kind, len(content)) + content


def dumped(value: object) -> bytes:
    """A value as JSON; halves of surrogate pairs, which names of files have, stay what they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


def loaded(content: bytes) -> Any:  # noqa: ANN401 - any JSON value
    """What ``dumped`` was given."""
    return json.loads(content.decode("utf-8", "surrogatepass"))
