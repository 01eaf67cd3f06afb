"""Wrong keys: so many a minute are heard of an address, and no right one is found by trying on."""

from __future__ import annotations

import re
import time

import pytest

from tests.ui.access.conftest import OURS, READ, WRITE, Open
from tests.ui.access.test_middleware import bearer
from tests.ui.api.test_routes import problem
from wenju.qa.settings import Settings
from wenju.ui.access import attempts
from wenju.ui.access.attempts import Attempts
from wenju.ui.access.keys import key_ring
from wenju.ui.access.policy import Policy, policy_of
from wenju.ui.texts import EN


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1000.0
        monkeypatch.setattr(time, "monotonic", lambda: self.now)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def test_so_many_a_minute_of_each_address(clock: Clock) -> None:
    heard = Attempts(3)
    for _ in range(3):
        assert heard.wait("192.0.2.1") == 0
        heard.failed("192.0.2.1")
    assert heard.wait("192.0.2.1") == 20 and heard.wait("192.0.2.2") == 0
    clock.now += 20
    assert heard.wait("192.0.2.1") == 0
    heard.failed("192.0.2.1")
    assert heard.wait("192.0.2.1") == 20
    clock.now += 1000
    for _ in range(3):
        assert heard.wait("192.0.2.1") == 0
        heard.failed("192.0.2.1")
    assert heard.wait("192.0.2.1") > 0


def test_a_network_of_ipv6_is_one_address(clock: Clock) -> None:
    heard = Attempts(1)
    heard.failed("2001:db8::1")
    assert heard.wait("2001:db8::ffff") > 0
    assert heard.wait("2001:db8:0:1::1") == 0
    heard.failed("::ffff:192.0.2.1")
    assert heard.wait("192.0.2.2") == 0


def test_any_number_and_no_more_addresses_than_are_remembered(clock: Clock) -> None:
    heard = Attempts(0)
    for _ in range(100):
        heard.failed("192.0.2.1")
    assert heard.wait("192.0.2.1") == 0
    bounded = Attempts(1)
    for number in range(attempts._REMEMBERED + 50):
        bounded.failed(f"host-{number}")
    assert len(bounded._left) == attempts._REMEMBERED


def test_past_them_even_the_right_key_is_not_looked_at(opened: Open) -> None:
    client = opened(Policy(keys=key_ring([READ], [WRITE]), attempts=Attempts(3)))
    path = "/api/v1/documents"
    assert client.get(path, headers=bearer(READ)).status_code == 200
    for n in range(3):
        problem(client.get(path, headers=bearer(f"guess-{n}")), 401)
    for key in ("guess-4", READ, WRITE):
        refused = client.get(path, headers=bearer(key))
        assert "wrong keys" in problem(refused, 429)["detail"]
        assert 1 <= int(refused.headers["retry-after"]) <= 60
    problem(client.get(path), 401)


def test_a_browser_that_was_let_in_stays_in_and_the_form_says_so(opened: Open) -> None:
    client = opened(Policy(keys=key_ring([READ], []), attempts=Attempts(2)))
    said = {"origin": OURS, "sec-fetch-site": "same-origin", "accept-language": "en"}
    assert client.post("/sign-in", data={"key": READ}, headers=said).status_code == 303
    for _ in range(2):
        assert client.post("/sign-in", data={"key": "guess"}, headers=said).status_code == 401
    refused = client.post("/sign-in", data={"key": READ}, headers=said)
    assert refused.status_code == 429 and "retry-after" in refused.headers
    words = re.escape(EN.sign_in["throttled"]).replace(r"\{seconds\}", r"\d+")
    assert re.search(words, refused.text)
    own = {"sec-fetch-site": "same-origin"}
    assert client.get("/api/v1/documents", headers=own).status_code == 200


def test_the_setting_reaches_the_policy() -> None:
    policy = policy_of(Settings(key_attempts=1), "127.0.0.1")
    policy.attempts.failed("192.0.2.1")
    assert policy.attempts.wait("192.0.2.1") > 0
    assert policy == policy_of(Settings(key_attempts=1), "127.0.0.1")
