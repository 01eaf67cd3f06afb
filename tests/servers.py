"""Real servers on this machine's own addresses, for tests of a library that several machines share."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest

_PATIENCE = 60  # seconds in which a server must have started


def free_port() -> int:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return int(bound.getsockname()[1])


def _answers(port: int) -> bool:
    with socket.socket() as asking:
        asking.settimeout(1)
        return asking.connect_ex(("127.0.0.1", port)) == 0


def _program(name: str) -> str:
    """A program of PostgreSQL, which Debian keeps out of the way."""
    beside = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    found = shutil.which(name) or (str(beside[-1]) if beside else "")
    if not found:
        pytest.skip(f"PostgreSQL's {name} is not installed: apt-get install postgresql")
    return found


@contextmanager
def running(
    command: list[str], port: int, log: Path, user: str | None
) -> Iterator[subprocess.Popen[bytes]]:
    """A server that answers on a port; ended with the block."""
    with log.open("wb") as said:
        server = subprocess.Popen(command, stdout=said, stderr=said, user=user, group=user)
    try:
        deadline = time.monotonic() + _PATIENCE
        while not _answers(port):
            if server.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"{command[0]} does not start: {log.read_text()[-500:]}")
            time.sleep(0.05)
        yield server
    finally:
        server.terminate()
        server.wait(30)


@contextmanager
def postgres() -> Iterator[str]:
    """A new PostgreSQL server; its address without a database: ``postgresql://wenju:…@127.0.0.1:…``."""
    # it refuses to run as root
    user = "postgres" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="wenju-postgres-"))
    password = folder / "password"
    password.write_text("wenju\n")
    try:
        if user:
            for path in (folder, password):
                shutil.chown(path, user, user)
        data, port = folder / "data", free_port()
        made = [_program("initdb"), "-D", str(data), "-U", "wenju", "--pwfile", str(password)]
        made += ["-A", "scram-sha-256", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        subprocess.run(made, check=True, capture_output=True, user=user, group=user)
        command = [_program("postgres"), "-D", str(data), "-p", str(port), "-k", str(folder)]
        command += ["-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"]
        with running(command, port, folder / "log", user):
            yield f"postgresql://wenju:wenju@127.0.0.1:{port}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def milvus(folder: Path, port: int = 0) -> Iterator[str]:
    """A Milvus Lite server over a folder; its address, ``milvus://127.0.0.1:…``."""
    if find_spec("milvus_lite") is None:
        pytest.skip("milvus-lite is not installed: pip install milvus-lite")
    port = port or free_port()
    command = [sys.executable, "-m", "milvus_lite", "server", "--data-dir", str(folder)]
    command += ["--host", "127.0.0.1", "--port", str(port)]
    with running(command, port, folder.with_name(f"{folder.name}.log"), None):
        yield f"milvus://127.0.0.1:{port}"


@contextmanager
def database(server: str, name: str) -> Iterator[str]:
    """A new, empty database of a server; its address."""
    import psycopg

    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
        yield f"{server}/{name}"
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())
