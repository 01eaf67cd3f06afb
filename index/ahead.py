"""Work that is done ahead of who needs it, in several threads, and comes in the order it was asked for."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from threading import Event
from typing import TypeVar

from wenju.corpus import cancellation

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")
_WAITING = 2  # results that may lie ready for each worker: what it costs in memory


class Ended(Exception):  # noqa: N818 - nobody sees it
    """Nobody takes the results any more."""


def ahead(
    work: Callable[[_Item], _Result], items: Iterable[_Item], workers: int
) -> Iterator[_Result]:
    """What ``work`` gives for each item, in their order; with one worker nothing is done ahead.

    Items are taken by the thread that takes the results. What work raises, taking its result raises,
    and what is done ahead ends where the iterator is closed.
    """
    if workers == 1:
        yield from map(work, items)
        return
    left = Event()
    pending: deque[Future[_Result]] = deque()
    with ThreadPoolExecutor(workers, thread_name_prefix="wenju-ahead") as pool:
        try:
            for item in items:
                pending.append(pool.submit(copy_context().run, _unless, left, work, item))
                if len(pending) > _WAITING * workers:
                    yield pending.popleft().result()
            while pending:
                yield pending.popleft().result()
        finally:
            left.set()
            pool.shutdown(wait=False, cancel_futures=True)


def _unless(left: Event, work: Callable[[_Item], _Result], item: _Item) -> _Result:
    """Do the work, and end it when it is left; who asked may end it, too."""
    asked = cancellation.current()

    def check() -> None:
        if left.is_set():
            raise Ended
        asked()

    cancellation.end_by(check)
    return work(item)
