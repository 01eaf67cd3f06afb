"""A pool: so many at once, so many behind them, and a place that is left is free."""

from __future__ import annotations

import asyncio
import io
import threading
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, cast

import pytest

from wenju.corpus import cancellation
from wenju.corpus.document import Source
from wenju.index.ingest import AddReport
from wenju.qa.settings import Settings
from wenju.ui.api.uploads import add_uploads
from wenju.ui.load.pool import Busy, Left, Pool, Stopping
from wenju.ui.monitoring.context import request_id

PATIENT = 30


class Gate:
    """Work that is at work until it is let go."""

    def __init__(self) -> None:
        self.opened, self.begun = threading.Event(), threading.Semaphore(0)
        self.done: list[str] = []

    def work(self, name: str = "") -> Callable[[], str]:
        def run() -> str:
            self.begun.release()
            assert self.opened.wait(PATIENT)
            self.done.append(name)
            return name

        return run

    async def at_work(self) -> None:
        assert await asyncio.to_thread(self.begun.acquire, True, PATIENT)


def run(test: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(test())


def test_what_it_returns_and_raises_is_handed_over() -> None:
    async def test() -> None:
        pool = Pool("x", 1, 0)
        request_id.set("abc")
        assert await pool.run(request_id.get) == "abc"  # and what it is logged by
        with pytest.raises(ZeroDivisionError):
            await pool.run(lambda: 1 // 0)
        assert pool.is_idle

    run(test)


def test_past_its_queue_it_refuses_and_says_when_to_come_again() -> None:
    async def test() -> None:
        pool, gate = Pool("x", 1, 2), Gate()
        tasks = [asyncio.create_task(pool.run(gate.work(str(n)))) for n in range(3)]
        await gate.at_work()
        assert (pool.running, pool.waiting) == (1, 2)
        with pytest.raises(Busy) as refused:
            await pool.run(gate.work("late"))
        assert refused.value.retry_after >= 1 and str(refused.value).endswith(".")
        gate.opened.set()
        assert await asyncio.gather(*tasks) == ["0", "1", "2"]
        assert gate.done == ["0", "1", "2"] and pool.is_idle
        assert await pool.run(gate.work("again")) == "again"

    run(test)


@pytest.mark.parametrize("how", ["cancelled", "left"])
def test_who_leaves_while_waiting_frees_the_place_and_costs_nothing(how: str) -> None:
    async def test() -> None:
        pool, gate = Pool("x", 1, 1), Gate()
        first = asyncio.create_task(pool.run(gate.work("first"), owner="one"))
        await gate.at_work()
        second = asyncio.create_task(pool.run(gate.work("second"), owner="two"))
        await asyncio.sleep(0)
        if how == "cancelled":
            second.cancel()
        else:
            pool.leave("two")
            pool.leave("")
        with pytest.raises((Left, asyncio.CancelledError)):
            await second
        third = asyncio.create_task(pool.run(gate.work("third")))
        await asyncio.sleep(0)
        gate.opened.set()
        assert [*await asyncio.gather(first, third)] == ["first", "third"]
        assert gate.done == ["first", "third"]

    run(test)


def test_what_has_begun_keeps_its_place_until_it_has_ended() -> None:
    async def test() -> None:
        pool, gate = Pool("x", 1, 0), Gate()
        left = asyncio.create_task(pool.run(gate.work("left")))
        await gate.at_work()
        left.cancel()
        with pytest.raises(asyncio.CancelledError):
            await left
        with pytest.raises(Busy):
            await pool.run(gate.work())
        gate.opened.set()
        while not pool.is_idle:
            await asyncio.sleep(0.01)

    run(test)


def test_what_has_begun_is_told_that_nobody_waits_any_more() -> None:
    async def test() -> None:
        pool, gate = Pool("x", 1, 0), Gate()
        told: list[str] = []

        def work() -> None:
            cancellation.check()
            gate.work()()
            with pytest.raises(Left) as left:
                cancellation.check()
            told.append(str(left.value))

        task = asyncio.create_task(pool.run(work))
        await gate.at_work()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        gate.opened.set()
        while not pool.is_idle:
            await asyncio.sleep(0.01)
        assert told == ["The client has gone."]
        cancellation.check()

    run(test)


def test_of_files_that_nobody_waits_for_no_more_is_read() -> None:
    async def test() -> None:
        pool, gate = Pool("x", 1, 0), Gate()
        read: list[str] = []

        class Engine:
            settings = Settings()

            def add_sources(self, sources: Sequence[Source]) -> AddReport:
                read.extend(source.name for source in sources)
                gate.work()()
                return AddReport()

        files = [(f"{n}.txt", io.BytesIO("會議在下午舉行。".encode())) for n in range(3)]
        task = asyncio.create_task(pool.run(lambda: add_uploads(cast("Any", Engine()), files)))
        await gate.at_work()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        gate.opened.set()
        while not pool.is_idle:
            await asyncio.sleep(0.01)
        assert read == ["0.txt"]

    run(test)


def test_one_that_stops_finishes_what_has_come() -> None:
    async def test() -> None:
        pool, gate = Pool("x", 1, 1), Gate()
        tasks = [asyncio.create_task(pool.run(gate.work(n))) for n in "ab"]
        await gate.at_work()
        pool.stop()
        with pytest.raises(Stopping):
            await pool.run(gate.work())
        gate.opened.set()
        assert [*await asyncio.gather(*tasks)] == ["a", "b"]

    run(test)


def test_one_that_is_given_up_answers_nobody() -> None:
    async def test() -> None:
        pool, gate = Pool("x", 1, 1), Gate()
        tasks = [asyncio.create_task(pool.run(gate.work(n))) for n in "ab"]
        await gate.at_work()
        pool.abort()
        said = await asyncio.gather(*tasks, return_exceptions=True)
        assert [type(one) for one in said] == [Stopping, Stopping]
        assert not pool.is_idle and pool.waiting == 0
        gate.opened.set()
        while not pool.is_idle:
            await asyncio.sleep(0.01)
        assert gate.done == ["a"]

    run(test)
