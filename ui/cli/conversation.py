"""``wenju chat``: a conversation in the terminal, or over lines that are piped in."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

import typer

from wenju.corpus.errors import WenjuError
from wenju.ui.cli import session
from wenju.ui.cli.errors import error_boundary, say
from wenju.ui.cli.options import (
    AsOf,
    Document,
    From,
    Home,
    Issuer,
    Jurisdiction,
    Kind,
    Until,
    engine_of,
    scope_of,
)

if TYPE_CHECKING:
    from wenju.index.scope import Scope
    from wenju.qa.answer import Answer
    from wenju.qa.conversation import Turn
    from wenju.qa.engine import Engine

_PROMPT = "> "
_REMEMBERED = 20  # turns that a follow-up may go back to
_HELP = """Ask anything, then go on: 那任務型呢, 什麼時候, what about the task type?
/sources  where the last answer stands
/clear    forget what was said
/help     this
/quit     leave; so does Ctrl-D"""


class Conversation:
    """What was asked and answered so far, over an engine.

    ``scope`` says in which documents to look, None for all of them.
    """

    def __init__(self, engine: Engine, scope: Scope | None = None) -> None:
        from wenju.index.scope import Scope

        self._engine = engine
        self._scope = scope or Scope()
        self._turns: deque[Turn] = deque(maxlen=_REMEMBERED)
        self._last: Answer | None = None

    def run(self, lines: Iterable[str]) -> None:
        """Take questions and commands until one says to leave or there are no more."""
        for line in lines:
            said = line.strip()
            if said in ("/quit", "/exit", "/q"):
                return
            if said.startswith("/"):
                self._command(said)
            elif said:
                self._ask(said)

    def _ask(self, question: str) -> None:
        from wenju.qa.conversation import Turn
        from wenju.ui.cli import console
        from wenju.ui.cli.progress import spinner

        try:
            with spinner("Looking…"):
                answer = self._engine.ask(question, scope=self._scope, earlier=tuple(self._turns))
        except WenjuError as error:
            say(str(error))
            return
        self._last = answer
        self._turns.append(Turn(answer.asked or answer.question, answer.answer))
        console.answer(answer)
        typer.echo()

    def _command(self, name: str) -> None:
        from wenju.ui.cli import console

        if name == "/sources" and self._last is not None:
            console.sources(self._last)
            typer.echo()
        elif name == "/sources":
            typer.echo("Nothing has been asked yet.")
        elif name == "/clear":
            self._turns.clear()
            self._last = None
            typer.echo("The conversation is forgotten.")
        elif name == "/help":
            typer.echo(_HELP)
        else:
            typer.echo(f"There is no command {name!r}.\n{_HELP}")


@error_boundary
def chat(
    context: typer.Context,
    document: Document = None,
    kind: Kind = None,
    issuer: Issuer = None,
    jurisdiction: Jurisdiction = None,
    issued_from: From = "",
    issued_until: Until = "",
    as_of: AsOf = "",
    home: Home = None,
) -> None:
    """Ask one question after the other; a follow-up is rewritten from what was said before.

    Questions may be piped in too, one to a line.
    """
    days = (issued_from, issued_until, as_of)
    with engine_of(context, home) as engine:
        session.mention_emptiness(engine)
        scope = scope_of(engine, document, kind, issuer, jurisdiction, days)
        conversation = Conversation(engine, scope)
        if not _is_typed():
            conversation.run(sys.stdin)
            return
        typer.echo("Ask a question; /help lists the commands.")
        try:
            conversation.run(_typed())
        except KeyboardInterrupt:
            say("")  # the prompt's line ends here


def _is_typed() -> bool:
    return sys.stdin.isatty()


def _typed() -> Iterator[str]:
    """Lines from the terminal, with what was typed before under the arrow keys where it can be."""
    with suppress(ImportError):
        import readline  # noqa: F401 - input() uses it once it is there
    while True:
        try:
            yield input(_PROMPT)
        except EOFError:
            say("")
            return
