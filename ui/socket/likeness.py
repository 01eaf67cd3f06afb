"""Whether a command and a server are alike, so that both would answer the same."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pydantic import SecretStr

if TYPE_CHECKING:
    from wenju.qa.settings import Settings

# what only the road to an answer depends on; a home may be written in several ways
_APART: Final = frozenset(
    {"home", "cache", "use_server", "read_keys", "write_keys", "allowed_hosts", "allowed_origins"}
    | {
        "max_upload_megabytes",
        "request_timeout",
        "upload_timeout",
        "stop_timeout",
        "max_connections",
    }
    | {"ask_workers", "ask_queue", "change_workers", "change_queue", "key_attempts"}
    | {"log", "log_questions"}
)
VERSION, FOLDERS = "version", "folders"


def likeness(settings: Settings) -> dict[str, str]:
    """What must be the same at both ends: version, folders that are seen, and settings, by name."""
    from wenju import __version__

    names = [name for name in type(settings).model_fields if name not in _APART]
    told = {name: _told(getattr(settings, name)) for name in names}
    return {VERSION: __version__, FOLDERS: _folders(), **told}


def difference(ours: Mapping[str, str], theirs: Mapping[str, str], *, reads_files: bool) -> str:
    """Why a server with other settings is not asked, in a sentence; empty where it can be."""
    differ = [name for name in {**ours, **theirs} if ours.get(name) != theirs.get(name)]
    if VERSION in differ:
        return "The server of this library is of another version and is not asked; restart it."
    if others := [name for name in differ if name != FOLDERS]:
        said = ", ".join(others)
        return f"The server of this library has other settings ({said}) and is not asked."
    if differ and reads_files:
        return "The server of this library sees other folders than this command and is not asked."
    return ""


def _told(value: object) -> str:
    if isinstance(value, SecretStr):
        return hashlib.sha256(value.get_secret_value().encode()).hexdigest()
    return str(value.expanduser().absolute() if isinstance(value, Path) else value)


def _folders() -> str:
    """Which folders a process sees: a container, or a unit of systemd, has its own. Linux tells."""
    try:
        return os.readlink("/proc/self/ns/mnt")
    except OSError:
        return ""
