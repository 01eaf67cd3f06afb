"""Work that is watched tells its steps, then what came of it, and ends when nobody watches."""

from __future__ import annotations

import asyncio
import threading

import pytest

from tests.ui.load.test_pool import PATIENT, run
from wenju.corpus import cancellation
from wenju.qa.steps import Step, Tell
from wenju.ui.load.pool import Busy, Left, Pool
from wenju.ui.load.stepwise import Done, stepwise

SEARCHING = Step("searching")


def test_steps_come_before_the_result() -> None:
    seen = threading.Event()

    def work(tell: Tell) -> int:
        tell(SEARCHING)
        assert seen.wait(PATIENT)
        tell(Step("reading", 2, 6))
        return 7

    async def test() -> None:
        steps = stepwise(Pool("x", 1, 0), work)
        assert await anext(steps) == SEARCHING
        seen.set()
        rest = [one async for one in steps]
        assert [one.result for one in rest if isinstance(one, Done)] == [7]
        # one that nobody took before the end may be left out
        assert rest[:-1] in ([], [Step("reading", 2, 6)])

    run(test)


def test_errors_of_the_work_and_of_the_pool_are_raised() -> None:
    async def test() -> None:
        with pytest.raises(ZeroDivisionError):
            await anext(stepwise(Pool("x", 1, 0), lambda _: 1 // 0))
        with pytest.raises(Busy):
            await anext(stepwise(Pool("x", 1, -1), lambda _: 1))

    run(test)


@pytest.mark.parametrize("leaves", ["closed", "owner"])
def test_what_is_given_up_ends_and_frees_its_place(leaves: str) -> None:
    ended = threading.Event()

    def work(tell: Tell) -> None:
        tell(SEARCHING)
        try:
            while True:
                cancellation.check()
        finally:
            ended.set()

    async def test() -> None:
        pool = Pool("x", 1, 0)
        steps = stepwise(pool, work, "page")
        assert await anext(steps) == SEARCHING
        if leaves == "closed":
            await steps.aclose()
        else:
            pool.leave("page")
            with pytest.raises(Left):
                await anext(steps)
        assert await asyncio.to_thread(ended.wait, PATIENT)
        while not pool.is_idle:
            await asyncio.sleep(0.01)

    run(test)
