"""The limits of this process while it reads a file: processor time and address space.

Time that is used up ends the process, whatever it computes, in whatever language; memory that is used up
is refused to it. Nothing is limited but between ``begin`` and ``end``.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from wenju.corpus.allowance import Allowance

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

ARE_KNOWN = resource is not None and hasattr(signal, "setitimer")
"""Whether this system can limit a process."""

_SIZES = Path("/proc/self/statm")


class _Held:
    """The allowance of the file at hand, and what to call when its text is recognised."""

    allowance: Allowance | None = None
    told: Callable[[], None] | None = None


def begin(allowance: Allowance, told: Callable[[], None]) -> None:
    """Limit this process from now on; ``told`` is called when the time of recognition begins."""
    _Held.allowance, _Held.told = allowance, told
    _limit_memory(allowance.megabytes)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, allowance.seconds)


def end() -> None:
    """Take the limits away."""
    signal.setitimer(signal.ITIMER_PROF, 0)
    _limit_memory(None)
    _Held.allowance = _Held.told = None


def recognition() -> None:
    """Text of a picture is about to be recognised: the file gets the time for that, once."""
    if _Held.allowance is not None and _Held.told is not None:
        told, _Held.told = _Held.told, None
        told()
        signal.setitimer(signal.ITIMER_PROF, _Held.allowance.ocr_seconds)


def allowance() -> Allowance | None:
    """What this process may take at the moment; None where nothing limits it."""
    return _Held.allowance


@contextmanager
def lifted() -> Iterator[None]:
    """Start a program inside that is not bound by the memory of this one."""
    held = _Held.allowance
    if held is None:
        yield
        return
    _limit_memory(None)
    try:
        yield
    finally:
        _limit_memory(held.megabytes)


def resident() -> float:
    """MB of memory that this process has in use; 0 where the system does not tell."""
    return _sizes()[1]


def _limit_memory(megabytes: float | None) -> None:
    """Allow so much more than the process has; None for all that its system allows."""
    if sys.platform != "linux" or not (size := _sizes()[0]):
        return  # elsewhere the limit is not kept, or how much there is is not told
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    soft = hard if megabytes is None else int((size + megabytes) * 2**20)
    if hard != resource.RLIM_INFINITY:
        soft = min(soft, hard)
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _sizes() -> tuple[float, float]:
    """MB of address space, and of them in memory; zeros where the system does not tell."""
    try:
        size, held, *_ = map(int, _SIZES.read_bytes().split())
    except (OSError, ValueError):
        return 0.0, 0.0
    page = resource.getpagesize() / 2**20
    return size * page, held * page
