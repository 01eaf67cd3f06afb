"""Of requests that come at once, none holds up the event loop for longer than it takes itself."""

from __future__ import annotations

import asyncio

import pytest
from starlette.types import Receive, Scope, Send

from wenju.qa.settings import Settings
from wenju.ui.load.pools import pools_of
from wenju.ui.load.shutdown import Intake, Shutdown
from wenju.ui.load.turnstile import Turnstile

MANY = 50


def test_one_is_let_through_a_round_in_the_order_in_which_they_came() -> None:
    async def test() -> None:
        turnstile, through = Turnstile(), list[int]()

        async def one(number: int) -> None:
            await turnstile.turn()
            through.append(number)

        tasks = [asyncio.create_task(one(number)) for number in range(MANY)]
        seen = [0]
        while len(through) < MANY:
            await asyncio.sleep(0)
            seen.append(len(through))
        assert through == [*range(MANY)]
        assert max(b - a for a, b in zip(seen, seen[1:], strict=False)) == 1
        await asyncio.gather(*tasks)
        await asyncio.gather(one(-1), one(-2))  # it begins again
        assert through[MANY:] == [-1, -2]

    asyncio.run(test())


def test_who_leaves_the_line_holds_up_nobody() -> None:
    async def test() -> None:
        turnstile = Turnstile()
        tasks = [asyncio.create_task(turnstile.turn()) for _ in range(3)]
        await asyncio.sleep(0)
        tasks[0].cancel()
        tasks[1].cancel()
        async with asyncio.timeout(60):
            said = await asyncio.gather(*tasks, return_exceptions=True)
        assert [type(one) for one in said[:2]] == [asyncio.CancelledError] * 2 and said[2] is None

    asyncio.run(test())


@pytest.mark.parametrize("path", ["/api/v1/health", "/ready", "/metrics", "/zh-hant/"])
def test_how_a_server_is_and_its_page_are_shown_before_questions_that_came_earlier(
    path: str,
) -> None:
    served: list[str] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        served.append(scope["path"])

    async def test() -> None:
        intake = Intake(app, Shutdown(pools_of(Settings())))

        async def come(method: str, path: str) -> None:
            scope = {"type": "http", "method": method, "path": path}
            await intake(scope, asyncio.Queue[dict[str, str]]().get, _nowhere)

        asked = [asyncio.create_task(come("POST", "/api/v1/ask")) for _ in range(MANY)]
        await asyncio.sleep(0)
        await come("GET", path)
        assert len(served) < MANY // 2
        await asyncio.gather(*asked)

    asyncio.run(test())
    assert served.count("/api/v1/ask") == MANY and path in served


async def _nowhere(message: object) -> None:
    pass
