"""Work in a pool that is watched: what it tells while it is done, then what came of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import suppress
from functools import partial
from typing import Generic, TypeVar

from wenju.qa.steps import Step, Tell
from wenju.ui.load.pool import Pool

_Result = TypeVar("_Result")


class Done(Generic[_Result]):
    """What came of the work, behind its steps."""

    def __init__(self, result: _Result) -> None:
        self.result = result


async def stepwise(
    pool: Pool, work: Callable[[Tell], _Result], owner: str = ""
) -> AsyncGenerator[Step | Done[_Result], None]:
    """Do the work in the pool; raises what it raises, and what the pool does.

    Where steps come faster than they are taken, only the newest is given. Closed before its end, it
    gives up the work, whose place is free once it has noticed.
    """
    loop = asyncio.get_running_loop()
    told: asyncio.Queue[Step | None] = asyncio.Queue()

    def tell(step: Step) -> None:
        with suppress(RuntimeError):  # the loop has ended, and with it whoever waited
            loop.call_soon_threadsafe(told.put_nowait, step)

    running = asyncio.ensure_future(pool.run(partial(work, tell), owner))
    running.add_done_callback(lambda _: told.put_nowait(None))
    try:
        while (step := await _newest(told)) is not None:
            yield step
        yield Done(running.result())
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def _newest(told: asyncio.Queue[Step | None]) -> Step | None:
    step = await told.get()
    while not told.empty():
        step = told.get_nowait()
    return step
