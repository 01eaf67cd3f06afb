"""The log as JSON lines, each with the id of the request that it is about."""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any

from wenju.ui.monitoring.context import request_id

if TYPE_CHECKING:
    from wenju.qa.settings import Settings

_OTHERS = ("uvicorn", "uvicorn.error", "uvicorn.access", "uvicorn.asgi")
_OURS = ("wenju.requests", "wenju.questions")


class JsonLines(logging.Formatter):
    """A record as one JSON object in one line.

    What an exception says may hold a question or a passage: only its type and where it arose are
    told, unless ``with_text``.
    """

    def __init__(self, *, with_text: bool) -> None:
        super().__init__()
        self._with_text = with_text

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        said: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if given := request_id.get():
            said["request_id"] = given
        said |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[1] is not None:
            said |= self._error(record.exc_info[1])
        return json.dumps(said, ensure_ascii=True, default=str)

    def _error(self, error: BaseException) -> dict[str, Any]:
        where = [f"{f.filename}:{f.lineno} {f.name}" for f in _frames(error.__traceback__)]
        told = {"error": type(error).__name__, "trace": where}
        return told | ({"error_message": str(error)} if self._with_text else {})


def configure_logs(settings: Settings) -> None:
    """Send all logs of the process to stderr as JSON lines, where the settings say so.

    Call it once the server is configured, which sets its own.
    """
    if settings.log != "json":
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines(with_text=settings.log_questions))
    logging.getLogger().handlers = [handler]
    for name in _OTHERS:
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [], True
    for name in _OURS:
        logging.getLogger(name).setLevel(logging.INFO)


def _frames(trace: TracebackType | None) -> traceback.StackSummary:
    return traceback.extract_tb(trace)
