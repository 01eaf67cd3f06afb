"""Reading in another process: the same readings, within limits, whatever a file or the system does."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from pathlib import Path
from random import Random

import pytest

from tests.corpus.crafted import changed
from tests.corpus.formats.office import FILES
from tests.corpus.test_damaged_files import INTACT
from tests.corpus.test_read import MARKDOWN
from wenju.corpus import cancellation
from wenju.corpus.allowance import Allowance
from wenju.corpus.errors import ReadError, WenjuError
from wenju.corpus.read import find_files, read
from wenju.corpus.readers import read_here
from wenju.corpus.worker import child as children
from wenju.corpus.worker.child import Child
from wenju.corpus.worker.pool import Workers

SAMPLES = Path(__file__).parents[3] / "corpus" / "samples"


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "note.md"
    path.write_text("# 題\n\n內文。", encoding="utf-8")
    return path


@pytest.fixture
def long(tmp_path: Path) -> Path:
    """A file that takes many seconds."""
    path = tmp_path / "long.jsonl"
    line = json.dumps({"text": "第一條 本辦法自公布日施行。" * 20}) + "\n"
    path.write_text(line * 200_000, encoding="utf-8")
    return path


@contextmanager
def begun(pool: Workers, path: Path) -> Iterator[list[str]]:
    """A read of ``path`` that goes on in a thread; what is raised there is in the list at the end."""
    raised: list[str] = []

    def run() -> None:
        try:
            read(path)
        except ReadError as error:
            raised.append(str(error))

    thread = threading.Thread(target=run)
    thread.start()
    deadline = time.monotonic() + 60
    while not pool._busy and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(0.3)  # until it has heard of the file
    yield raised
    thread.join(60)
    assert not thread.is_alive()


def is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"


def waited(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 30
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    return condition()


@pytest.mark.parametrize("suffix", sorted({*INTACT, *FILES} | {".md"}))
def test_the_same_as_in_this_process(tmp_path: Path, workers: Workers, suffix: str) -> None:
    make = FILES.get(suffix)
    data = INTACT.get(suffix) or (make() if make else MARKDOWN.encode())
    path = tmp_path / f"a{suffix}"
    path.write_bytes(data)
    there, here = read(path), read_here(path, path.name, "")
    assert there == here and there.sources
    assert [s.original for s in there.sources] == [s.original for s in here.sources]
    assert len(workers.pids()) == 1


def test_all_samples_by_one_process(workers: Workers) -> None:
    pids = set()
    for path in find_files([SAMPLES]):
        assert read(path) == read_here(path, path.name, "")
        pids.update(workers.pids())
    assert len(pids) == 1


def test_small_texts_are_read_here(tmp_path: Path, workers: Workers) -> None:
    path = tmp_path / "a.txt"
    path.write_text("內文。", encoding="utf-8")
    assert read(path).sources[0].text == "內文。"
    assert workers.pids() == []
    path.write_text("內文。" * 10_000, encoding="utf-8")
    assert read(path) == read_here(path, path.name, "")
    assert len(workers.pids()) == 1


def test_what_a_reader_says_of_a_file_arrives(tmp_path: Path, workers: Workers) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"PK nothing")
    for _ in range(2):
        with pytest.raises(ReadError, match=r"^a\.docx is not a readable \.docx"):
            read(path)
    assert len(workers.pids()) == 1  # it is sound
    path = tmp_path / "b.jsonl"
    path.write_text('{"text": "一"}\n{"text": \n', encoding="utf-8")
    assert read(path).problems == read_here(path, "b.jsonl", "").problems != ()


def test_names_origins_and_relative_paths(
    note: Path, tmp_path: Path, workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    (source,) = read(note, name="甲.md", origin="upload:甲").sources
    assert (source.name, source.origin) == ("甲.md", "upload:甲")
    (tmp_path / "inner").mkdir()
    for place, path in ((tmp_path, "note.md"), (tmp_path / "inner", "../note.md")):
        monkeypatch.chdir(place)
        assert read(Path(path)).sources[0].origin == str(note.resolve())


@pytest.mark.skipif(sys.platform == "darwin", reason="its names are UTF-8")
def test_a_name_in_no_encoding(note: Path, workers: Workers) -> None:
    odd = note.rename(note.with_name(os.fsdecode(b"\xff\xfe.md")))
    assert read(odd) == read_here(odd, odd.name, "")


def test_time_is_limited(long: Path, note: Path, workers: Workers) -> None:
    read(note)
    pids = workers.pids()
    with pytest.raises(ReadError) as caught:
        read(long, allowance=Allowance(seconds=0.5))
    assert str(caught.value) == (
        "long.jsonl took more than 0.5 seconds of processor time and was left out; split it into "
        "smaller files, or set WENJU_READ_SECONDS higher."
    )
    assert read(note).sources
    assert workers.pids() != pids and not is_there(pids[0])


def test_time_is_counted_for_each_file(note: Path, workers: Workers) -> None:
    """More than is allowed to one, all together."""
    note.write_text("- 項\n" * 500, encoding="utf-8")
    used = _processor_time(workers, note)
    allowance = Allowance(seconds=max(0.3, 5 * used))
    for _ in range(30):
        read(note, allowance=allowance)
    assert len(workers.pids()) == 1
    assert _seconds(workers.pids()[0]) > allowance.seconds


def _processor_time(workers: Workers, path: Path) -> float:
    read(path)
    before = _seconds(workers.pids()[0])
    for _ in range(5):
        read(path)
    return (_seconds(workers.pids()[0]) - before) / 5


def _seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_memory_is_limited(tmp_path: Path, note: Path, workers: Workers) -> None:
    read(note)
    pids = workers.pids()
    path = tmp_path / "wide.txt"
    with path.open("wb") as file:
        file.truncate(2**30)  # takes no room on the disk
    with pytest.raises(ReadError) as caught:
        read(path, allowance=Allowance(600, 600, 200))
    assert str(caught.value) == (
        "wide.txt takes more than 200 MB of memory to be read and was left out; split it into "
        "smaller files, or set WENJU_READ_MEMORY higher."
    )
    assert read(note).sources
    assert workers.pids() != pids  # what memory is short in may be damaged


WIDE: dict[str, Callable[[], bytes]] = {
    ".xml": lambda: b"<a>" + b"<b/>" * 3_000_000 + b"</a>",
    ".html": lambda: b"<p>" + b"<br>" * 3_000_000,
    ".docx": lambda: changed(
        FILES[".docx"](),
        {
            "word/document.xml": lambda old: old.replace(
                b"<w:body>", b"<w:body>" + b"<w:p/>" * 3_000_000
            ),
            "word/noise.xml": Random(0).randbytes(500_000),  # else it would be packed too well
        },
    ),
}


@pytest.mark.parametrize("suffix", WIDE)
def test_a_tree_that_memory_does_not_hold(tmp_path: Path, workers: Workers, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(WIDE[suffix]())
    with pytest.raises(ReadError, match=rf"^a\{suffix} takes more than 200 MB of memory"):
        read(path, allowance=Allowance(600, 600, 200))


@pytest.mark.parametrize("ended", [signal.SIGSEGV, signal.SIGABRT, signal.SIGKILL])
def test_a_crash_costs_its_file_alone(
    long: Path, note: Path, workers: Workers, ended: signal.Signals
) -> None:
    read(note)
    (pid,) = workers.pids()
    with begun(workers, long) as raised:
        os.kill(pid, ended)
    (said,) = raised
    killed = ended == signal.SIGKILL
    assert said.startswith("long.jsonl ") and ("killed" if killed else ended.name) in said
    assert read(note).sources


def test_what_nobody_waits_for_ends_and_costs_no_other(
    long: Path, note: Path, workers: Workers
) -> None:
    shorter = note.with_name("shorter.txt")
    shorter.write_bytes("內文。\n".encode() * 1_000_000)

    class Left(WenjuError):
        pass

    left = threading.Event()

    def check() -> None:
        if left.is_set():
            raise Left("gone")

    def leaving(path: Path) -> None:
        cancellation.end_by(check)
        read(path)

    workers._idle += [Child(), Child()]
    pids = {child.process.pid: child for child in workers._idle}
    with ThreadPoolExecutor(2) as threads:
        gone = threads.submit(copy_context().run, leaving, long)
        assert waited(lambda: len(workers._busy) == 1)
        taken = workers._busy[0].process.pid
        stays = threads.submit(read, shorter)
        assert waited(lambda: len(workers._busy) == 2)
        left.set()
        with pytest.raises(Left):
            gone.result(60)
        assert not is_there(taken) and workers.pids() == [*(pids.keys() - {taken})]
        assert read(note).sources  # by a new one
        assert len(stays.result(60).sources) == 1


def test_two_dead_workers_are_no_reason_to_read_without_limits(
    long: Path, note: Path, workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    for is_seen in (True, False):
        workers.close()
        workers._idle += [Child(), Child()]
        for child in workers._idle:
            os.kill(child.process.pid, signal.SIGKILL)
            child.process.wait()
        if not is_seen:  # they die between the look at them and the file
            monkeypatch.setattr(Child, "is_alive", property(lambda self: not self.is_last))
        with pytest.raises(ReadError, match=r"WENJU_READ_SECONDS"):
            read(long, allowance=Allowance(seconds=0.5))
        assert read(note).sources


def test_where_no_process_can_be_made(
    note: Path, workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*arguments: object, **named: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    with monkeypatch.context() as patch:
        patch.setattr(subprocess, "Popen", refused)
        assert read(note).sources  # in this one
    assert workers.pids() == []
    read(note)
    workers.close()
    monkeypatch.setattr(subprocess, "Popen", refused)
    with pytest.raises(ReadError, match=r"^note\.md was not read: no process could be started"):
        read(note)


@pytest.mark.parametrize("code", ["raise SystemExit(3)", "import no_such_module"])
def test_where_what_is_started_does_not_work(
    note: Path, workers: Workers, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    monkeypatch.setattr(children, "_CODE", code)
    assert read(note).sources
    assert workers.pids() == []


def test_many_threads(tmp_path: Path, workers: Workers) -> None:
    paths = [tmp_path / f"{number}.md" for number in range(40)]
    for number, path in enumerate(paths):
        path.write_text(f"# 第{number}號", encoding="utf-8")
    with ThreadPoolExecutor(4) as pool:
        read_texts = [reading.sources[0].text for reading in pool.map(read, paths)]
    assert read_texts == [f"第{number}號" for number in range(40)]
    assert 1 <= len(workers.pids()) <= 4


def test_ctrl_c_ends_what_is_read(long: Path, note: Path, workers: Workers) -> None:
    read(note)
    (pid,) = workers.pids()
    threading.Timer(0.5, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        read(long)
    assert not is_there(pid)
    assert read(note).sources[0].text == "題\n內文。"


SCRIPT = """
import os, signal, sys
from pathlib import Path
from wenju.corpus import read as reading
note = Path(sys.argv[1])
reading.read(note)
print(*reading.WORKERS.pids(), flush=True)
"""
FORKED = """
forked = os.fork()
if not forked:
    assert reading.WORKERS.pids() == []
    assert reading.read(note).sources
    print(*reading.WORKERS.pids(), flush=True)
    sys.exit(0)
assert os.waitpid(forked, 0)[1] == 0
assert reading.read(note).sources
print(*reading.WORKERS.pids(), flush=True)
"""


def script(code: str, note: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", code, str(note)],
        cwd=SAMPLES.parents[1],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_it_ends_with_its_parent(note: Path) -> None:
    out, err = script(SCRIPT, note).communicate(timeout=120)
    assert err == "" and not is_there(int(out))
    process = script(f"{SCRIPT}signal.pause()", note)
    assert process.stdout is not None
    pid = int(process.stdout.readline())
    assert is_there(pid)
    process.kill()
    process.communicate()
    assert waited(lambda: not is_there(pid))


def test_a_fork_has_workers_of_its_own(note: Path) -> None:
    out, err = script(SCRIPT + FORKED, note).communicate(timeout=120)
    before, of_fork, after = map(int, out.split())
    assert err == "" and before == after != of_fork
    assert not is_there(of_fork)
