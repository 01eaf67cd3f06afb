from __future__ import annotations

from typing import Any

import pytest
from pydantic import SecretStr, ValidationError

from tests.ui.access.conftest import READ, WRITE
from wenju.qa.settings import Settings
from wenju.ui.access.policy import MEGABYTE, Policy, PolicyError, policy_of


def settings(**given: Any) -> Settings:  # noqa: ANN401
    return Settings(**given)


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.2", "::1"])
def test_this_machine_needs_no_key(address: str) -> None:
    assert policy_of(settings(), address) == Policy()
    assert policy_of(settings(), address, no_key=True) == Policy()


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "192.168.1.5", "2001:db8::1"])
def test_other_machines_need_a_key_unless_it_is_said_aloud(address: str) -> None:
    with pytest.raises(PolicyError, match="WENJU_WRITE_KEYS") as refused:
        policy_of(settings(), address)
    assert address in str(refused.value) and "--no-key" in str(refused.value)
    assert not policy_of(settings(), address, no_key=True).keys
    keyed = policy_of(settings(read_keys=(SecretStr(READ),)), address)
    assert keyed.keys.role_of(READ) == "read"


def test_a_key_that_is_offered_is_new_each_time() -> None:
    said = set()
    for _ in range(2):
        with pytest.raises(PolicyError) as refused:
            policy_of(settings(), "0.0.0.0")
        said.add(str(refused.value))
    assert len(said) == 2


def test_keys_count_on_this_machine_too() -> None:
    assert policy_of(settings(write_keys=(SecretStr(WRITE),)), "127.0.0.1").keys


def test_keys_and_no_key_contradict_each_other() -> None:
    with pytest.raises(PolicyError, match="--no-key"):
        policy_of(settings(write_keys=(SecretStr(WRITE),)), "127.0.0.1", no_key=True)


def test_everything_is_set_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENJU_READ_KEYS", f"{READ}, {READ[::-1]}x")
    monkeypatch.setenv("WENJU_WRITE_KEYS", WRITE)
    monkeypatch.setenv("WENJU_ALLOWED_HOSTS", "Wenju.example,intranet")
    monkeypatch.setenv("WENJU_ALLOWED_ORIGINS", "https://portal.example")
    monkeypatch.setenv("WENJU_MAX_UPLOAD_MEGABYTES", "7")
    monkeypatch.setenv("WENJU_REQUEST_TIMEOUT", "5")
    monkeypatch.setenv("WENJU_UPLOAD_TIMEOUT", "60")
    policy = policy_of(settings(), "0.0.0.0", ["more.example"])
    assert policy.hosts == {"wenju.example", "intranet", "more.example"}
    assert policy.origins == {"https://portal.example"}
    assert (policy.keys.count("read"), policy.keys.count("write")) == (2, 1)
    limits = policy.limits
    assert limits.upload_bytes == 7 * MEGABYTE
    assert (limits.request_seconds, limits.upload_seconds) == (5, 60)


@pytest.mark.parametrize("key", ["short", "密" * 20, "with spaces in between", "x" * 15])
def test_a_weak_key_is_refused_and_not_repeated(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENJU_READ_KEYS", key)
    with pytest.raises(ValidationError, match="at least 16 characters"):
        settings()


def test_settings_show_no_key() -> None:
    shown = settings(write_keys=(SecretStr(WRITE),))
    assert WRITE not in repr(shown) and WRITE not in shown.model_dump_json()


@pytest.mark.parametrize("name", ["http://x", "x:80", "x/y", "*", "", "a b"])
def test_a_name_that_is_none_is_named(name: str) -> None:
    with pytest.raises(PolicyError) as refused:
        policy_of(settings(), "127.0.0.1", [name])
    assert repr(name) in str(refused.value)


@pytest.mark.parametrize("origin", ["*", "null", "portal.example", "https://portal.example/"])
def test_an_origin_that_is_none_is_named(origin: str) -> None:
    with pytest.raises(PolicyError) as refused:
        policy_of(settings(allowed_origins=(origin,)), "127.0.0.1")
    assert repr(origin) in str(refused.value)
