"""What a server allows, in one object made from the settings and the address it listens at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wenju.corpus.errors import WenjuError
from wenju.ui.access.attempts import Attempts
from wenju.ui.access.hosts import is_loopback, is_origin, parse_authority
from wenju.ui.access.keys import KeyRing, key_ring, new_key

if TYPE_CHECKING:
    from pydantic import SecretStr

    from wenju.qa.settings import Settings

MEGABYTE = 1024 * 1024


class PolicyError(WenjuError):
    """The server would be open in a way that nobody asked for."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one request: bytes of its head, its body and an upload; seconds to arrive.

    And how many connections there may be at the same time.
    """

    head_bytes: int = 16 * 1024
    body_bytes: int = MEGABYTE
    upload_bytes: int = 50 * MEGABYTE
    request_seconds: float = 30
    upload_seconds: float = 600
    connections: int = 512


@dataclass(frozen=True, slots=True)
class Policy:
    """Who may reach the server. By default: programs and pages of this machine, without a key."""

    hosts: frozenset[str] = frozenset()  # names beside its own
    origins: frozenset[str] = frozenset()  # whose pages may call the API
    keys: KeyRing = field(default_factory=KeyRing)
    limits: Limits = field(default_factory=Limits)
    attempts: Attempts = field(default_factory=Attempts, compare=False)


def policy_of(
    settings: Settings, address: str, hosts: Iterable[str] = (), no_key: bool = False
) -> Policy:
    """The policy of a server that listens at this address.

    Raises PolicyError where other machines could reach it without a key and ``no_key`` does not
    say so, and for names and origins that are none.
    """
    keys = key_ring(_plain(settings.read_keys), _plain(settings.write_keys))
    if keys and no_key:
        raise PolicyError(
            "Keys are set (WENJU_READ_KEYS, WENJU_WRITE_KEYS), and --no-key asks for none: unset "
            "them or leave out --no-key."
        )
    if not keys and not no_key and not is_loopback(address):
        raise PolicyError(
            f"Other machines can reach {address}, so a key is needed: set WENJU_WRITE_KEYS "
            f"(made at random just now: {new_key()}), and WENJU_READ_KEYS for those who only ask. "
            "To let everybody add and remove documents, say --no-key."
        )
    return Policy(
        frozenset(_host(name) for name in (*settings.allowed_hosts, *hosts)),
        frozenset(_origin(origin) for origin in settings.allowed_origins),
        keys,
        Limits(
            upload_bytes=settings.max_upload_megabytes * MEGABYTE,
            request_seconds=settings.request_timeout,
            upload_seconds=settings.upload_timeout,
            connections=settings.max_connections,
        ),
        Attempts(settings.key_attempts),
    )


def _plain(keys: Iterable[SecretStr]) -> list[str]:
    return [key.get_secret_value() for key in keys]


def _host(written: str) -> str:
    authority = parse_authority(written)
    if authority is None or authority[1] is not None:
        raise PolicyError(
            f"{written!r} is not the name of a host: give one like wenju.example, without scheme, "
            "port or path, to --allow-host or WENJU_ALLOWED_HOSTS."
        )
    return authority[0]


def _origin(written: str) -> str:
    if not is_origin(written.lower()):
        raise PolicyError(
            f"{written!r} in WENJU_ALLOWED_ORIGINS is not an origin: give one like "
            "https://intranet.example, with its port if it has one and nothing behind it."
        )
    return written.lower()
