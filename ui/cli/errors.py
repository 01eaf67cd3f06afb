"""How a command ends when something goes wrong: one sentence on stderr and an exit code."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import typer

from wenju.corpus.errors import WenjuError, storage_sentence

FAILED, MISUSED, UNANSWERED, MOVED, INCOMPLETE, CRASHED, INTERRUPTED = 1, 2, 3, 4, 5, 70, 130

_Params = ParamSpec("_Params")
_Result = TypeVar("_Result")


class CommandError(WenjuError):
    """What was asked for on the command line cannot be done; the sentence says what can."""


class Interrupted(Exception):  # noqa: N818 - not an error
    """Ctrl-C, with a sentence that says what was kept."""


class Ended(Exception):  # noqa: N818 - not an error of this process
    """A server ended a command's work with this sentence, for this exit code."""

    def __init__(self, sentence: str, code: int = MISUSED) -> None:
        super().__init__(sentence)
        self.code = code


def say(sentence: str) -> None:
    """A sentence to the person at the terminal; stdout is kept for results."""
    typer.echo(sentence, err=True)


def error_boundary(command: Callable[_Params, _Result]) -> Callable[_Params, _Result]:
    """The command, its errors turned into a sentence and an exit code.

    2 for an error that is meant for a person, 130 for Ctrl-C, 70 for anything unexpected. With
    ``WENJU_DEBUG`` set, unexpected errors keep their traceback.
    """

    @wraps(command)
    def run(*args: _Params.args, **kwargs: _Params.kwargs) -> _Result:
        try:
            return command(*args, **kwargs)
        except (typer.Exit, typer.Abort, BrokenPipeError):
            raise
        except (Exception, KeyboardInterrupt) as error:
            if not is_foreseen(error) and os.environ.get("WENJU_DEBUG"):
                raise
            sentence, code = ending(error)
            say(sentence)
            raise typer.Exit(code) from None

    return run


def is_foreseen(error: BaseException) -> bool:
    """Whether an error says by itself what a person can do."""
    return ending(error)[1] != CRASHED


def ending(error: BaseException) -> tuple[str, int]:
    """The sentence and the exit code that an error ends a command with."""
    if isinstance(error, Ended):
        return str(error), error.code
    if isinstance(error, KeyboardInterrupt | Interrupted):
        return str(error) or "Interrupted; the library is unchanged.", INTERRUPTED
    if isinstance(error, WenjuError):
        return str(error), MISUSED
    if isinstance(error, OSError) and (said := storage_sentence(error)):
        return said, MISUSED
    return unexpected(error), CRASHED


def unexpected(error: BaseException) -> str:
    """One sentence for an error nobody foresaw."""
    said = " ".join(str(error).split())
    about = f"{type(error).__name__}: {said}" if said else type(error).__name__
    return f"Wenju met an error it did not expect ({about}). Set WENJU_DEBUG=1 for the traceback."
