"""Commands over a home that is served: the same as without a server, and done by it."""

from __future__ import annotations

import os
import re
import stat
import threading
from pathlib import Path

import pytest
from typer.testing import Result

from tests.fakes import FakeEncoder
from tests.ui.conftest import Run, make_engine, object_of
from tests.ui.socket.conftest import Alone, opened
from wenju.qa.engine import Engine
from wenju.ui.cli.errors import INCOMPLETE, MISUSED, UNANSWERED
from wenju.ui.socket import place

ASKED = "生態型聯合體最高支持多少"


def seen(result: Result) -> tuple[int, str, str]:
    """All that a person or a program sees of a command, but for how long it took."""
    return result.exit_code, re.sub(r'"took_ms": [\d.]+', "", result.stdout), result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask", ASKED),
        ("ask", ASKED, "--json"),
        ("ask", ASKED, "--document", "press.txt", "--from", "2020"),
        ("ask", ASKED, "--document", "no-such.txt"),
        ("ask", ASKED, "--kind", "no-such-kind"),
        ("ask", ASKED, "--issuer", "教育局", "--as-of", "2021"),
        ("ask", " "),
        ("search", ASKED, "-k", "1"),
        ("search", ASKED, "-k", "500", "--json"),
        ("search", "x" * 600),
        ("list",),
        ("list", "--json"),
        ("add", "files", "--verbose"),
        ("add", "files", "--json"),
        ("add", "nowhere.txt"),
        ("remove", "no-such"),
    ],
    ids=lambda given: " ".join(given)[:40],
)
def test_a_served_command_is_the_same(
    server: Engine,
    command: Run,
    alone: Alone,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "notice.txt").write_text("圖書館週一閉館。", encoding="utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF nothing more")
    (folder / "photo.xyz").touch()
    server.add_paths([folder / "notice.txt"])
    monkeypatch.chdir(tmp_path)
    served = command(*arguments)
    assert alone.opened == 0
    assert seen(served) == seen(command(*arguments, "--no-server"))
    assert alone.opened == (arguments[0] != "list")
    assert served.stdout or served.stderr


def test_what_a_server_adds_and_removes_is_its_own_at_once(
    server: Engine, command: Run, alone: Alone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "站.txt").write_text("站前分館週三閉館。", encoding="utf-8")
    (tmp_path / "empty.txt").touch()
    monkeypatch.chdir(tmp_path)
    said = object_of(command("add", ".", "--json"), INCOMPLETE)
    assert (said["added"], [f["source"] for f in said["failed"]]) == (1, ["empty.txt"])
    assert {d.name for d in server.library.documents()} == {"press.txt", "站.txt"}
    removed = object_of(command("remove", "press.txt", "--json"))["removed"]
    assert [d["name"] for d in removed] == ["press.txt"]
    gone = command("ask", ASKED)
    assert gone.exit_code == UNANSWERED
    command("remove", "站.txt")
    assert "is empty" in command("ask", ASKED).stderr
    assert alone.opened == 0


def test_no_server_is_asked_that_is_not_wanted(
    server: Engine, command: Run, alone: Alone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WENJU_USE_SERVER", "false")
    assert command("ask", ASKED).exit_code == 0
    assert alone.opened == 1


def test_a_server_with_other_settings_is_not_asked(
    server: Engine, command: Run, alone: Alone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WENJU_LOG", "json")  # of a server alone
    assert (command("ask", ASKED).stderr, alone.opened) == ("", 0)
    monkeypatch.setenv("WENJU_NEAREST", "1")
    answered = command("ask", ASKED)
    assert (answered.exit_code, alone.opened) == (0, 1)
    assert "other settings (nearest)" in answered.stderr
    monkeypatch.delenv("WENJU_NEAREST")
    monkeypatch.setattr("wenju.ui.socket.likeness._folders", lambda: "mnt:[0]")
    assert command("ask", ASKED).stderr == ""
    added = command("add", Path(__file__).parents[2] / "fakes.py", "--json")
    assert "other folders" in added.stderr and alone.opened == 2


def test_a_server_that_is_busy_or_stops_is_not_waited_for(
    server: Engine, command: Run, alone: Alone, monkeypatch: pytest.MonkeyPatch
) -> None:
    from wenju.ui.load.pool import Pool, stopping

    def refused(self: Pool, owner: str) -> None:
        raise stopping()

    monkeypatch.setattr(Pool, "_enter", refused)
    assert command("ask", ASKED).exit_code == 0
    assert alone.opened == 1


def test_what_the_server_did_not_expect_is_told_as_ever(
    server: Engine, command: Run, alone: Alone, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(question: str, **given: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(server, "ask", broken)
    result = command("ask", ASKED)
    assert result.exit_code == 70
    assert "did not expect (RuntimeError: broken)" in result.stderr and alone.opened == 0


def test_only_the_owner_has_the_socket(
    server: Engine, home: Path, command: Run, alone: Alone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wenju.index.encoder.load_encoder", lambda *named: FakeEncoder())
    socket = place.path_of(home)
    assert stat.S_IMODE(socket.stat().st_mode) == 0o600
    assert "does the work" in object_of(command("doctor", "--json"))["checks"]["server"]["says"]
    home.chmod(0o777)  # where others could put their own in its place
    assert "may write" in object_of(command("doctor", "--json"))["checks"]["server"]["says"]
    assert command("ask", ASKED).exit_code == 0
    assert alone.opened == 1
    home.chmod(0o700)
    if os.geteuid() == 0:
        os.chown(socket, 12345, 12345)
        assert command("ask", ASKED).exit_code == 0
        assert alone.opened == 2


def test_a_server_leaves_nothing_and_does_not_take_anothers_place(
    server: Engine, home: Path, command: Run, alone: Alone
) -> None:
    with make_engine(home) as second, opened(second):
        asked: list[str] = []
        second.on_answer.append(lambda answer: asked.append(answer.question))
        assert command("ask", ASKED).exit_code == 0
    assert (asked, alone.opened) == ([], 0)
    assert command("ask", ASKED).exit_code == 0 and alone.opened == 0


def test_a_home_that_all_may_write_in_is_not_served(home: Path, command: Run, alone: Alone) -> None:
    home.chmod(0o777)
    with make_engine(home) as engine, opened(engine):
        assert not place.path_of(home).exists()
    home.chmod(0o700)
    with make_engine(home) as engine, opened(engine):
        assert place.path_of(home).exists()
    assert not place.path_of(home).exists()


def test_a_home_with_too_long_a_name_is_used_without(tmp_path: Path) -> None:
    long = tmp_path / ("long" * 30)
    with make_engine(long) as engine, opened(engine):
        assert not place.path_of(long).exists()
        with pytest.raises(place.SocketError, match="too long"):
            place.Listening(long)


def test_a_server_that_hangs_is_not_waited_for(
    home: Path, command: Run, alone: Alone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wenju.ui.socket.client._SECONDS", 0.1)
    listening = place.Listening(home)  # and nobody takes what comes
    assert object_of(command("list", "--json")) == {"documents": []}
    assert command("remove", "x").exit_code == MISUSED and alone.opened == 1
    listening.close()


def test_a_removal_that_a_server_did_not_confirm_is_not_tried_again(
    home: Path, command: Run, alone: Alone
) -> None:
    listening = place.Listening(home)

    def die() -> None:
        connection, _ = listening.socket.accept()
        with connection, connection.makefile("rb") as lines:
            lines.readline()
            connection.sendall(b'{"accepted": true}\n')

    for name, opened_alone in (("remove", 0), ("ask", 1)):
        dying = threading.Thread(target=die)
        dying.start()
        result = command(name, "press.txt")
        dying.join()
        assert alone.opened == opened_alone
        assert ("ended before it said" in result.stderr) is (name == "remove")
    listening.close()


def test_what_is_no_command_is_not_answered(server: Engine, home: Path) -> None:
    for said in (b"GET / HTTP/1.1\r\n\r\n", b"[]\n", b"{}\n", b'{"name": "set", "like": 3}\n', b""):
        with place.connect(home) as connection:
            connection.sendall(said)
            connection.shutdown(1)
            assert connection.recv(100) == b""
