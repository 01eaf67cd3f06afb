"""API keys and what they are good for; sessions of browsers that were given one."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from secrets import token_urlsafe
from typing import Literal

Role = Literal["read", "write"]
"""``read`` asks and reads; ``write`` may also add, change and remove."""

_SESSION = b"wenju session"


@dataclass(frozen=True, slots=True)
class Key:
    """A key as the server keeps it: its digest, and the session that a browser is given for it."""

    role: Role
    digest: bytes
    session: bytes


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The keys of a server. Every check compares with each of them, in constant time."""

    keys: tuple[Key, ...] = ()

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.keys)

    def role_of(self, key: str) -> Role | None:
        """What a key may do; None for one that is not known."""
        given = _digest(key)
        return self._found([hmac.compare_digest(given, one.digest) for one in self.keys])

    def role_of_session(self, session: str) -> Role | None:
        """What a browser may do that shows this session; it ends when its key is no longer one."""
        given = session.encode("utf-8", "surrogatepass")
        return self._found([hmac.compare_digest(given, one.session) for one in self.keys])

    def session_for(self, key: str) -> str | None:
        """The session for a key, from which the key cannot be told; None for an unknown one."""
        given = _digest(key)
        equal = [hmac.compare_digest(given, one.digest) for one in self.keys]
        return next(
            (k.session.decode() for k, same in zip(self.keys, equal, strict=True) if same), None
        )

    def count(self, role: Role) -> int:
        """How many keys have this role."""
        return sum(key.role == role for key in self.keys)

    def _found(self, equal: list[bool]) -> Role | None:
        roles = {key.role for key, same in zip(self.keys, equal, strict=True) if same}
        if "write" in roles:
            return "write"
        return "read" if roles else None


def key_ring(read: Iterable[str], write: Iterable[str]) -> KeyRing:
    """The ring of these keys; one that is in both may write."""
    return KeyRing((*(_key("write", key) for key in write), *(_key("read", key) for key in read)))


def new_key() -> str:
    """A key made at random, of 43 characters."""
    return token_urlsafe(32)


def _key(role: Role, key: str) -> Key:
    session = hmac.new(key.encode(), _SESSION, sha256).hexdigest()
    return Key(role, _digest(key), session.encode())


def _digest(key: str) -> bytes:
    return sha256(key.encode("utf-8", "surrogatepass")).digest()
