"""Clients that ask one question after the other, as fast as they are answered, and what they see."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

_PROBED = ("/api/v1/health", "/ready", "/metrics", "/zh-hant/")
_EVERY = 0.05  # seconds between two looks at how the server is
_PATIENT = 120


@dataclass
class Seen:
    """What came of the requests: seconds of those that were answered, statuses, what was probed."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    probed: list[float] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Figures:
    """Of so many clients: answers a second, milliseconds of answers and of probes, statuses."""

    clients: int
    per_second: float
    p50: float
    p95: float
    p99: float
    probed_p99: float
    probed_most: float
    statuses: dict[str, int]


class Client:
    """One connection that is kept, over which requests go one after the other."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def request(self, method: str, path: str, body: object = None) -> tuple[int, float]:
        """Send JSON; the status and, where it has the header, the seconds of Retry-After."""
        sent = b"" if body is None else json.dumps(body).encode()
        status, after, _ = await self.send(method, path, sent, "application/json")
        return status, after

    async def send(
        self, method: str, path: str, sent: bytes = b"", kind: str = ""
    ) -> tuple[int, float, bytes]:
        """The status, the seconds of Retry-After and the body of what comes back."""
        if self._writer is None:
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
        typed = f"Content-Type: {kind}\r\n" if sent else ""
        head = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\n{typed}Content-Length: {len(sent)}\r\n\r\n"
        self._writer.write(head.encode() + sent)
        assert self._reader
        said = (await self._reader.readuntil(b"\r\n\r\n")).lower()
        headers = dict(line.split(b": ", 1) for line in said.split(b"\r\n")[1:-2])
        body = await self._reader.readexactly(int(headers.get(b"content-length", b"0")))
        if headers.get(b"connection") == b"close":
            self.close()
        return int(said.split()[1]), float(headers.get(b"retry-after", b"0")), body

    def close(self) -> None:
        """Let the connection go; the next request opens another."""
        if self._writer is not None:
            self._writer.close()
            self._reader = self._writer = None


async def measure(port: int, clients: int, seconds: float, questions: Sequence[str]) -> Figures:
    """Ask with so many clients for so long; who is refused waits as long as it is told."""
    seen, ends = Seen(), time.monotonic() + seconds
    probe = asyncio.create_task(_probe(port, seen, ends))
    started = time.monotonic()
    await asyncio.gather(*(_ask(port, n, seen, ends, questions) for n in range(clients)))
    took = time.monotonic() - started
    await probe
    good = np.array(seen.seconds or [float("nan")]) * 1000
    p50, p95, p99 = (float(np.percentile(good, at)) for at in (50, 95, 99))
    probed = np.array(seen.probed or [float("nan")]) * 1000
    return Figures(
        clients,
        len(seen.seconds) / took,
        p50,
        p95,
        p99,
        float(np.percentile(probed, 99)),
        float(probed.max()),
        dict(sorted(seen.statuses.items())),
    )


async def _ask(port: int, number: int, seen: Seen, ends: float, questions: Sequence[str]) -> None:
    client, turn = Client(port), number
    while time.monotonic() < ends:
        body, turn = {"question": questions[turn % len(questions)]}, turn + 1
        started, after = time.monotonic(), 0.0
        try:
            async with asyncio.timeout(_PATIENT):
                status, after = await client.request("POST", "/api/v1/ask", body)
            seen.statuses[str(status)] += 1
            if status == 200:  # noqa: PLR2004
                seen.seconds.append(time.monotonic() - started)
            if after:
                client.close()  # the server may close what is idle for so long
        except (OSError, EOFError, TimeoutError) as error:
            seen.statuses[type(error).__name__] += 1
            client.close()
            after = 0.1
        await asyncio.sleep(max(0.0, min(after, ends - time.monotonic())))
    client.close()


async def _probe(port: int, seen: Seen, ends: float) -> None:
    """How long the server takes to say how it is, and to give its page."""
    client, turn = Client(port), 0
    while time.monotonic() < ends:
        started = time.monotonic()
        await client.request("GET", _PROBED[turn % len(_PROBED)])
        seen.probed.append(time.monotonic() - started)
        turn += 1
        await asyncio.sleep(_EVERY)
    client.close()
