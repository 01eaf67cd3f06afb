from __future__ import annotations

import hmac

import pytest

from wenju.ui.access.keys import key_ring, new_key

READ, OTHER, WRITE = "read-key-16-chars", "other-read-key-16", "write-key-16-chars"
RING = key_ring([READ, OTHER], [WRITE])


def test_each_key_has_its_role() -> None:
    assert [RING.role_of(k) for k in (READ, OTHER, WRITE)] == ["read", "read", "write"]
    for unknown in ("", READ[:-1], READ + " ", READ.upper(), "密鑰", "\udce4", "x" * 100_000):
        assert RING.role_of(unknown) is None
    assert (RING.count("read"), RING.count("write")) == (2, 1)


def test_no_keys_let_nobody_in() -> None:
    empty = key_ring([], [])
    assert not empty and RING
    assert empty.role_of("") is None and empty.role_of_session("") is None


def test_a_key_of_both_roles_may_write() -> None:
    assert key_ring([WRITE], [WRITE]).role_of(WRITE) == "write"


def test_a_session_stands_for_its_key_and_is_not_the_key() -> None:
    sessions = [RING.session_for(key) or "" for key in (READ, OTHER, WRITE)]
    assert len({*sessions}) == 3
    assert [RING.role_of_session(s) for s in sessions] == ["read", "read", "write"]
    assert not any(key in session for key in (READ, OTHER, WRITE) for session in sessions)
    assert RING.session_for("unknown") is None
    for unknown in ("", READ, sessions[0][:-1], "密鑰", "\udce4"):
        assert RING.role_of_session(unknown) is None
    # a session outlives the server, and ends with its key
    assert key_ring([], [WRITE]).role_of_session(sessions[2]) == "write"
    assert key_ring([], [WRITE]).role_of_session(sessions[0]) is None


def test_every_check_compares_with_every_key_in_constant_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compared: list[int] = []
    real = hmac.compare_digest

    def counted(given: bytes, kept: bytes) -> bool:
        compared.append(len(given))
        return real(given, kept)

    monkeypatch.setattr(hmac, "compare_digest", counted)
    for key in (WRITE, READ, "", "x" * 1000):
        compared.clear()
        RING.role_of(key)
        # digests of one length, however long what was sent is, and no early end
        assert compared == [32] * 3
        compared.clear()
        RING.role_of_session(key)
        assert len(compared) == 3


def test_the_ring_shows_no_key() -> None:
    assert not any(key in repr(RING) for key in (READ, OTHER, WRITE))


def test_new_keys_are_long_and_differ() -> None:
    keys = {new_key() for _ in range(100)}
    assert len(keys) == 100 and all(len(key) >= 40 for key in keys)
