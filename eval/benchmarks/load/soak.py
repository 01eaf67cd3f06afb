"""A long time of asking, adding and removing: what memory the server holds, and what doctor says then."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import mean
from typing import Any

from wenju.eval.benchmarks.load.clients import Client
from wenju.eval.benchmarks.load.served import Served, served
from wenju.index.inspection import inspect_indexes, inspect_library
from wenju.index.library import Library
from wenju.qa.settings import Settings

_ASKERS, _CHANGERS = 6, 2
_SETTLED = 0.25  # of the time, after which memory counts as settled: 5 minutes of 20
_SHARE = 0.05  # of the time, over which memory is averaged
_BOUNDARY = "wenju-soak"


def run(
    home: Path, seconds: float, encoder: str, reader: str, questions: Sequence[str]
) -> Iterator[dict[str, Any]]:
    """Figures of the soak, then of the inspection of what it left."""
    with served(home, encoder, reader) as server:
        held, statuses = asyncio.run(_soak(server, seconds, questions))
    settled = _mean(held, seconds * _SETTLED, seconds * _SHARE)
    ended = _mean(held, seconds, seconds * _SHARE)
    yield {
        "seconds": seconds,
        "statuses": dict(sorted(statuses.items())),
        "megabytes_settled": round(settled, 1),
        "megabytes_at_the_end": round(ended, 1),
        "change_percent": round((ended / settled - 1) * 100, 2),
    }
    settings = Settings(home=home)
    library = Library(settings.library_path)
    found = [
        *inspect_library(settings.library_path),
        *inspect_indexes(library, settings.index_path),
    ]
    yield {
        "documents": library.count()[0],
        "faults": [str(one) for one in found if one.severity == "fault"],
    }
    library.close()


def _mean(held: Sequence[tuple[float, float]], until: float, width: float) -> float:
    return mean(size for at, size in held if until - width <= at <= until)


async def _soak(
    server: Served, seconds: float, questions: Sequence[str]
) -> tuple[list[tuple[float, float]], Counter[str]]:
    statuses = Counter[str]()
    started = time.monotonic()
    ends = started + seconds
    held: list[tuple[float, float]] = []

    async def watch() -> None:
        while time.monotonic() < ends:
            held.append((time.monotonic() - started, server.memory()))
            await asyncio.sleep(min(5, seconds * _SHARE / 4))

    asking = (_ask(server.port, n, ends, questions, statuses) for n in range(_ASKERS))
    changing = (_change(server.port, n, ends, statuses) for n in range(_CHANGERS))
    await asyncio.gather(watch(), *asking, *changing)
    return held, statuses


async def _ask(
    port: int, number: int, ends: float, questions: Sequence[str], statuses: Counter[str]
) -> None:
    client, turn = Client(port), number
    while time.monotonic() < ends:
        # each question once and never again, so that what is kept of questions is seen, too
        body = {"question": f"{questions[turn % len(questions)]}（{turn}）"}
        status, after = await client.request("POST", "/api/v1/ask", body)
        statuses[f"ask {status}"] += 1
        turn += _ASKERS
        await asyncio.sleep(after)
    client.close()


async def _change(port: int, number: int, ends: float, statuses: Counter[str]) -> None:
    """Add a document, change it, remove it, and so on."""
    client, turn = Client(port), 0
    while time.monotonic() < ends:
        name = f"soak-{number}-{turn % 5}.txt"
        text = f"第{number}停車場公告{turn}\n停車費用每小時{turn % 90 + 10}元。\n" * (turn % 20 + 1)
        kind = f"multipart/form-data; boundary={_BOUNDARY}"
        status, _, _ = await client.send("POST", "/api/v1/documents", _form(name, text), kind)
        statuses[f"add {status}"] += 1
        if turn % 2:
            _, _, said = await client.send("GET", "/api/v1/documents")
            for document in json.loads(said)["documents"]:
                if document["name"].startswith(f"soak-{number}-"):
                    path = f"/api/v1/documents/{document['id']}"
                    status, _, _ = await client.send("DELETE", path)
                    statuses[f"remove {status}"] += 1
        turn += 1
        await asyncio.sleep(0.5)
    client.close()


def _form(name: str, text: str) -> bytes:
    head = f'Content-Disposition: form-data; name="files"; filename="{name}"'
    return f"--{_BOUNDARY}\r\n{head}\r\n\r\n{text}\r\n--{_BOUNDARY}--\r\n".encode()
