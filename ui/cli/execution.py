"""What a command asks for, done by the server of the same home where one runs, else in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from wenju.ui.cli import session
from wenju.ui.cli.errors import say
from wenju.ui.cli.progress import passage_bar, spinner
from wenju.ui.socket.client import ask_server

if TYPE_CHECKING:
    from wenju.qa.settings import Settings

Progress = Callable[[int, int, str], None]


class Terminal:
    """The person at the terminal, who hears sentences and sees bars."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def say(self, sentence: str) -> None:
        """A sentence on stderr."""
        say(sentence)

    def progress(self, done: int, total: int, label: str) -> None:
        """A bar of passages."""
        self._progress(done, total, label)


def carry_out(name: str, settings: Settings, asked: Mapping[str, Any]) -> dict[str, Any]:
    """What came of an operation of :mod:`wenju.ui.socket.operations`."""
    if settings.use_server:
        with _shown(name) as terminal:
            served = ask_server(settings, name, asked, terminal)
        if served is not None:
            return served
    return _in_this_process(name, settings, asked)


def _in_this_process(name: str, settings: Settings, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Passages that another encoder saw are encoded first, under a bar."""
    if name == "list":
        return _listed(settings)
    with passage_bar() as progress:
        engine = session.open_engine(settings, progress)
    from wenju.ui.socket.operations import OPERATIONS

    with engine, _shown(name) as terminal:
        return OPERATIONS[name](engine, asked, terminal)


def _listed(settings: Settings) -> dict[str, Any]:
    """The documents, without loading a model for it."""
    from wenju.qa.stores import open_library
    from wenju.ui.socket.operations import documents

    with closing(open_library(settings)) as library:
        return documents(library)


@contextmanager
def _shown(name: str) -> Iterator[Terminal]:
    """A bar for what adds, a spinner for what looks."""
    if name in ("ask", "search"):
        with spinner("Looking…"):
            yield Terminal(lambda done, total, label: None)
    else:
        with passage_bar() as progress:
            yield Terminal(progress)
