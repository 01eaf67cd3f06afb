"""Older office files (.doc .wps .ppt .dps): converted by LibreOffice where it is installed, then read.

The program runs without a window, in a profile of its own that is thrown away, with macros and links
switched off, and for a limited time.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import threading
from dataclasses import replace
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import NamedTuple

from wenju.corpus import limits
from wenju.corpus.document import Source
from wenju.corpus.errors import ReadError
from wenju.corpus.formats.containers import Inner

_SECONDS = 180  # for one file: a document of a thousand pages takes less
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
_OLE, _ZIP, _RTF = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04", b"{\\rtf"
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|body|table)\b", re.I)
_MESSAGE = re.compile(rb"^MIME-Version:", re.I | re.M)
_HEAD = 4096  # bytes that tell what a file is
# by the stream that a file of Microsoft's compound format holds
_STREAMS = {
    "WordDocument": ".doc",
    "PowerPoint Document": ".ppt",
    "Workbook": ".xls",
    "Book": ".xls",
}
_LOCK = threading.Lock()


class _Kind(NamedTuple):
    """What a suffix is converted to, and what to call its files."""

    target: str
    filter: str
    called: str


_TEXT = _Kind(".docx", "docx:MS Word 2007 XML", "text document")
_SLIDES = _Kind(".pptx", "pptx:Impress MS PowerPoint 2007 XML", "presentation")
_KINDS = {".doc": _TEXT, ".wps": _TEXT, ".ppt": _SLIDES, ".dps": _SLIDES}
SUFFIXES = tuple(_KINDS)

_NAMES = "/org.openoffice.Office."
# of LibreOffice's registry: path, property, value
_SETTINGS = (
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Writer/Content/Update", "Link", "0"),
    ("Calc/Content/Update", "Link", "1"),
)


def read_legacy(
    data: bytes, name: str, origin: str, inner: Inner
) -> tuple[list[Source], list[str]]:
    """The sources of an older office file; raises ReadError where LibreOffice is not there, or fails.

    A file that only has the suffix of one (a web page or rich text that was saved so) is read as what
    it is.
    """
    kind = _KINDS[PurePath(name).suffix.lower()]
    suffix = _suffix(data, kind, name)
    if suffix in _KINDS:
        data, suffix = converted(data, suffix, kind, name), kind.target
    found = inner(data, f"{name}{suffix}", origin)
    if found is None:
        raise ReadError(f"{name} is no {kind.called}; save it as {kind.target}.", why="damaged")
    sources, problems = found
    return [replace(source, name=name) for source in sources], problems


def _suffix(data: bytes, kind: _Kind, name: str) -> str:
    """What the file is by what it holds, as a suffix; raises ReadError where it is nothing known."""
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if data.startswith(_OLE):
        return _of_compound(data, name)
    if data.startswith(_ZIP):
        return kind.target
    if head.startswith(_RTF):
        return ".rtf"
    if _MESSAGE.search(head):
        return ".mht"
    if _PAGE.search(head.replace(b"\0", b"")):
        return ".html"
    raise ReadError(
        f"{name} is not a readable {kind.called}; save it as {kind.target}.", why="damaged"
    )


def _of_compound(data: bytes, name: str) -> str:
    import olefile

    with olefile.OleFileIO(data) as file:
        streams = {path[0] for path in file.listdir()}
    found = next((suffix for stream, suffix in _STREAMS.items() if stream in streams), None)
    return found or PurePath(name).suffix.lower()


def program() -> str | None:
    """Where LibreOffice is; None where it is not installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


def converted(data: bytes, suffix: str, kind: _Kind, name: str) -> bytes:
    """The file in the newer format; raises ReadError where it cannot be made."""
    office = program()
    if office is None:
        raise ReadError(
            f"{name} is an older {kind.called}, which LibreOffice converts; install LibreOffice, or save "
            f"the file as {kind.target}.",
            why="converter",
        )
    with _LOCK, TemporaryDirectory(prefix="wenju-", ignore_cleanup_errors=True) as folder:
        source, made = Path(folder, f"file{suffix}"), Path(folder, "made", f"file{kind.target}")
        source.write_bytes(data)
        profile = Path(folder, "profile")
        _write_settings(profile)
        command = [
            *(office, "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo"),
            *(f"-env:UserInstallation={profile.as_uri()}", "--convert-to", kind.filter),
            *("--outdir", str(made.parent), str(source)),
        ]
        if not _ran(command, folder):
            raise ReadError(
                f"{name} took more than {_SECONDS} seconds to convert; save it as {kind.target}.",
                why="too_slow",
            )
        if not made.is_file():
            raise ReadError(
                f"{name} could not be converted, it is damaged or encrypted; save it as {kind.target} "
                "without a password.",
                why="encrypted",
            )
        return made.read_bytes()


def _write_settings(profile: Path) -> None:
    items = "".join(
        f'<item oor:path="{_NAMES}{path}"><prop oor:name="{key}" oor:op="fuse"><value>{value}</value>'
        "</prop></item>"
        for path, key, value in _SETTINGS
    )
    profile.joinpath("user").mkdir(parents=True)
    profile.joinpath("user", "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items '
        'xmlns:oor="http://openoffice.org/2001/registry">' + items + "</oor:items>",
        encoding="utf-8",
    )


def _ran(command: list[str], folder: str) -> bool:
    """Whether the program ended in time; else it is ended, with what it started."""
    with limits.lifted():
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    try:
        process.wait(_SECONDS)
    except BaseException as error:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.wait()
        if isinstance(error, subprocess.TimeoutExpired):
            return False
        raise
    return True
