"""Names and origins: whether a request was meant for this server, and which page sent it."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

_AUTHORITY = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?)(?::(\d{1,5}))?")
_DEFAULT_PORTS = {"http": 80, "https": 443}
LOCALHOST = "localhost"

Authority = tuple[str, int | None]
"""A name or address in lower case, without brackets, and the port where one is named."""


def parse_authority(written: str) -> Authority | None:
    """What a Host header names; None where it is malformed."""
    match = _AUTHORITY.fullmatch(written.lower())
    if match is None:
        return None
    name, port = match.groups()
    return name.strip("[]"), int(port) if port else None


def address_of(name: str) -> IPv4Address | IPv6Address | None:
    """The IP address that a name spells out, an IPv4 address in IPv6 clothes as itself."""
    try:
        address = ip_address(name)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def is_loopback(name: str) -> bool:
    """Whether only programs of this machine reach this name."""
    address = address_of(name)
    return name == LOCALHOST if address is None else address.is_loopback


def is_own(name: str, reached: str, allowed: frozenset[str]) -> bool:
    """Whether a name is one of the server's: loopback, the address reached, or an allowed one.

    A name that somebody else made point to this machine (DNS rebinding) is none of these.
    """
    if name in allowed or is_loopback(name):
        return True
    address = address_of(name)
    return address is not None and address == address_of(reached)


def same_origin(origin: str, host: Authority) -> bool:
    """Whether an Origin header names the server that the Host header names, port included.

    The scheme may differ, because a proxy in front may add TLS; the port is then the scheme's.
    """
    parts = urlsplit(origin)
    default = _DEFAULT_PORTS.get(parts.scheme)
    theirs = parse_authority(parts.netloc)
    if default is None or theirs is None or origin != f"{parts.scheme}://{parts.netloc}":
        return False
    return theirs[0] == host[0] and (theirs[1] or default) == (host[1] or default)


def is_origin(written: str) -> bool:
    """Whether this is how browsers write an origin: scheme, name, port, nothing behind it."""
    parts = urlsplit(written)
    known = parts.scheme in _DEFAULT_PORTS and parse_authority(parts.netloc) is not None
    return known and written == f"{parts.scheme}://{parts.netloc}"
