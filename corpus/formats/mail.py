"""Messages and saved web pages: MIME files (.eml, .mht) and Outlook's (.msg)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from typing import Any

from wenju.corpus.document import Source, moved
from wenju.corpus.encodings import decode
from wenju.corpus.errors import ReadError
from wenju.corpus.formats.containers import Inner, read_into
from wenju.corpus.formats.records import one_line

_SUBJECT, _BODY, _HTML, _FROM, _SENT = "0037", "1000", "1013", "0C1A", "0039"
_FILE_NAME, _FILE_DATA = "3707", "3701"
_WIDE, _NARROW, _BYTES = "001F", "001E", "0102"


def read_mail(data: bytes, name: str, origin: str, inner: Inner) -> tuple[list[Source], list[str]]:
    """A message's text as one source, titled by its subject, and its attachments as others.

    Of a saved web page (``.mht``) the page is read, what it shows beside it is not.
    """
    message = message_from_bytes(data, policy=policy.default)
    if not isinstance(message, EmailMessage) or not message.keys():
        raise ReadError(
            f"{name} is not a message (it has no header); save it as .eml or .mht.", why="damaged"
        )
    problems: list[str] = []
    sources = _body(message, name, origin, inner, problems)
    for part in message.iter_attachments() if message.is_multipart() else []:
        shown = part.get_filename() or ""
        related = part.get("Content-ID") or part.get("Content-Location")
        if shown and not (related and not part.is_attachment()):
            content = part.get_payload(decode=True)
            held = content if isinstance(content, bytes) else part.as_bytes()
            read_into(sources, problems, held, f"{name}/{shown}", origin, inner)
    return sources, problems


def _body(
    message: EmailMessage, name: str, origin: str, inner: Inner, problems: list[str]
) -> list[Source]:
    """The message's own text with who wrote it, to whom and when."""
    body = message.get_body(("html", "plain"))
    found: list[Source] = []
    if body is not None:
        suffix = "html" if body.get_content_subtype() == "html" else "txt"
        content = body.get_payload(decode=True)
        held = content if isinstance(content, bytes) else b""
        text = _decoded(held, body.get_content_charset() or "utf-8", name)
        read_into(found, problems, text.encode(), f"{name}.{suffix}", origin, inner)
    subject = one_line(str(message.get("Subject", "")))
    told = [source.text for source in found]
    if message.get("From"):
        heads = [
            f"{key}: {one_line(str(message[key]))}"
            for key in ("From", "To", "Date")
            if message[key]
        ]
        told = [subject, *heads, *told]
    text = "\n".join(filter(None, told))
    first = found[0] if found else Source(name, origin, "")
    title = subject or first.title
    date = _day(message.get("Date")) or first.date
    regions = moved(first.regions, len(text) - len(first.text))
    whole = replace(
        first, name=name, text=text, title=title, date=date, headings=(), regions=regions
    )
    return [whole] if text else []


def _decoded(content: bytes, charset: str, name: str) -> str:
    """By the encoding that the message names, else by what the bytes look like."""
    try:
        return content.decode("gb18030" if charset.lower() in ("gb2312", "gbk") else charset)
    except (LookupError, UnicodeDecodeError):
        return decode(content, name)


def _day(sent: object) -> str:
    try:
        return f"{parsedate_to_datetime(str(sent)):%Y-%m-%d}" if sent else ""
    except (TypeError, ValueError):
        return ""


def read_msg(data: bytes, name: str, origin: str, inner: Inner) -> tuple[list[Source], list[str]]:
    """A message of Outlook ([MS-OXMSG]): its text, and its attachments; raises ReadError."""
    import olefile

    if not olefile.isOleFile(data):
        raise ReadError(
            f"{name} is not a message of Outlook; save it as .msg or .eml again.", why="damaged"
        )
    problems: list[str] = []
    with olefile.OleFileIO(data) as file:
        sources: list[Source] = []
        subject, sender = _told(file, [], _SUBJECT), _told(file, [], _FROM)
        body, page = _told(file, [], _BODY), Source(name, origin, "")
        if not body and (html := _stream(file, [], _HTML + _BYTES)):
            read_into(sources, problems, html, f"{name}.html", origin, inner)
            page = sources.pop() if sources else page
            body = page.text
        lines = [subject, f"From: {sender}" if sender else "", body.replace("\r\n", "\n").strip()]
        text = "\n".join(filter(None, lines))
        regions = moved(page.regions, len(text) - len(page.text))
        whole = replace(page, name=name, text=text, title=subject, headings=(), regions=regions)
        sources = [whole] if text else []
        for folder in _attachments(file):
            shown = _told(file, [folder], _FILE_NAME) or _told(file, [folder], "3704")
            content = _stream(file, [folder], _FILE_DATA + _BYTES)
            if shown and content:
                read_into(sources, problems, content, f"{name}/{shown}", origin, inner)
    return sources, problems


def _attachments(file: Any) -> Iterator[str]:  # noqa: ANN401 - olefile is untyped
    yield from sorted({path[0] for path in file.listdir() if path[0].startswith("__attach")})


def _told(file: Any, folder: list[str], tag: str) -> str:  # noqa: ANN401
    """A text property, whichever way it is stored."""
    if wide := _stream(file, folder, tag + _WIDE):
        return wide.decode("utf-16-le", "replace").strip("\0")
    narrow = _stream(file, folder, tag + _NARROW)
    return decode(narrow, tag).strip("\0") if narrow else ""


def _stream(file: Any, folder: list[str], key: str) -> bytes:  # noqa: ANN401
    path = [*folder, f"__substg1.0_{key}"]
    return bytes(file.openstream(path).read()) if file.exists(path) else b""
