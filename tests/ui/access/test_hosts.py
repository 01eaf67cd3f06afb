from __future__ import annotations

import pytest

from wenju.ui.access.hosts import is_loopback, is_origin, is_own, parse_authority, same_origin


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("localhost", ("localhost", None)),
        ("LocalHost:8000", ("localhost", 8000)),
        ("127.0.0.1:80", ("127.0.0.1", 80)),
        ("[::1]:8000", ("::1", 8000)),
        ("wenju.example", ("wenju.example", None)),
    ],
)
def test_what_a_host_header_names(written: str, read: tuple[str, int | None]) -> None:
    assert parse_authority(written) == read


@pytest.mark.parametrize(
    "written",
    [
        *("", " ", ":80", "localhost:", "localhost:x", "localhost:800000", "a b", "user@localhost"),
        *("localhost/", "localhost\r\n", "[::1", "::1", "localhost.", "-x-", "локалхост", "a,b"),
    ],
)
def test_a_malformed_host_header_names_nothing(written: str) -> None:
    assert parse_authority(written) is None


@pytest.mark.parametrize(
    ("name", "reached", "own"),
    [
        ("localhost", "127.0.0.1", True),
        ("127.0.0.1", "127.0.0.1", True),
        ("127.8.9.1", "127.0.0.1", True),
        ("::1", "::1", True),
        ("192.168.1.5", "192.168.1.5", True),
        ("192.168.1.5", "::ffff:192.168.1.5", True),
        ("2001:db8::5", "2001:0db8::0005", True),
        ("wenju.example", "192.168.1.5", True),  # allowed below
        ("192.168.1.6", "192.168.1.5", False),
        ("localhost.evil.example", "127.0.0.1", False),
        ("127.0.0.1.evil.example", "127.0.0.1", False),
        ("evil.example", "127.0.0.1", False),
        ("sub.wenju.example", "127.0.0.1", False),
        ("2130706433", "127.0.0.1", False),
        ("0.0.0.0", "127.0.0.1", False),
        ("testserver", "testserver", False),
    ],
)
def test_which_names_are_the_servers_own(name: str, reached: str, own: bool) -> None:
    assert is_own(name, reached, frozenset({"wenju.example"})) == own


def test_which_addresses_only_this_machine_reaches() -> None:
    assert all(map(is_loopback, ("localhost", "127.0.0.1", "127.3.2.1", "::1", "::ffff:127.0.0.1")))
    assert not any(map(is_loopback, ("0.0.0.0", "::", "192.168.1.5", "example.org", "")))


@pytest.mark.parametrize(
    ("origin", "host", "same"),
    [
        ("http://localhost:8000", "localhost:8000", True),
        ("http://localhost", "localhost", True),
        ("http://localhost:80", "localhost", True),
        ("https://wenju.example", "wenju.example", True),  # TLS ends in front of the server
        ("https://wenju.example", "wenju.example:443", True),
        ("http://[::1]:8000", "[::1]:8000", True),
        ("http://localhost:3000", "localhost:8000", False),
        ("http://127.0.0.1:8000", "localhost:8000", False),
        ("http://evil.example:8000", "localhost:8000", False),
        ("http://localhost:8000.evil.example", "localhost:8000", False),
        ("http://localhost:8000@evil.example", "localhost:8000", False),
        ("http://localhost:8000/", "localhost:8000", False),
        ("ftp://localhost:8000", "localhost:8000", False),
        ("null", "localhost:8000", False),
        ("", "localhost:8000", False),
    ],
)
def test_which_origins_are_the_servers_own(origin: str, host: str, same: bool) -> None:
    authority = parse_authority(host)
    assert authority is not None
    assert same_origin(origin, authority) == same


def test_what_an_origin_looks_like() -> None:
    assert is_origin("https://intranet.example") and is_origin("http://10.0.0.1:8080")
    wrong = ("*", "null", "intranet.example", "https://a.example/", "https://*.example", "https://")
    assert not any(map(is_origin, wrong))
