"""Wrong keys, counted by the address that they come from: so many a minute are heard."""

from __future__ import annotations

import math
import threading
import time
from ipaddress import IPv6Address, ip_network

from wenju.ui.access.hosts import address_of

_MINUTE = 60
_REMEMBERED = 10_000  # addresses


class Attempts:
    """How many more wrong keys are heard of an address; safe for use from several threads.

    Each address has as many as ``a_minute``, which come back over a minute. 0 is any number.
    """

    def __init__(self, a_minute: int = 20) -> None:
        self._most = a_minute
        self._lock = threading.Lock()
        self._left: dict[str, tuple[float, float]] = {}  # as of when

    def wait(self, address: str) -> int:
        """Seconds until a key from this address is looked at; 0 where it is at once."""
        with self._lock:
            left = self._left_of(_whose(address))
        return math.ceil((1 - left) * _MINUTE / self._most) if left < 1 and self._most else 0

    def failed(self, address: str) -> None:
        """Count a wrong key."""
        whose = _whose(address)
        with self._lock:
            left = self._left_of(whose) - 1
            self._left.pop(whose, None)
            while len(self._left) >= _REMEMBERED:
                del self._left[next(iter(self._left))]
            self._left[whose] = (left, time.monotonic())

    def _left_of(self, whose: str) -> float:
        left, since = self._left.get(whose, (float(self._most), 0.0))
        return min(self._most, left + (time.monotonic() - since) * self._most / _MINUTE)


def _whose(address: str) -> str:
    """An address; of IPv6 the network, in which one machine has as many addresses as it wants."""
    parsed = address_of(address)
    if isinstance(parsed, IPv6Address):
        return str(ip_network((parsed, 64), strict=False))
    return address
