"""Progress on stderr: bars with rate and time left. Silent where stderr is no terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from wenju.ui.cli.errors import Interrupted

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


_LABEL = 36  # characters of a file's name beside the bar


@contextmanager
def spinner(sentence: str) -> Iterator[None]:
    """A sentence and a spinner for as long as the block takes."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    with console.status(sentence):
        yield


@contextmanager
def bars(kept: str) -> Iterator[Callable[[str, int, int], None]]:
    """A bar for each kind of work; call it with what is done, how much of it, of how much.

    On Ctrl-C the sentence that says what was kept goes on with ``kept``.
    """
    with _display_bars() as bar:
        try:
            yield lambda label, done, total: bar(label, label, done, total)
        except KeyboardInterrupt:
            raise Interrupted(f"Interrupted; {kept}.") from None


@contextmanager
def passage_bar() -> Iterator[Callable[[int, int, str], None]]:
    """One bar of passages; call it with how many are done, of how many, and the file at hand."""
    with _display_bars() as bar:
        yield lambda done, total, label: bar("", label, done, total)


@contextmanager
def _display_bars() -> Iterator[Callable[[str, str, int, int], None]]:
    """Bars by key, each made when it is first told of; nothing is drawn before."""
    bars = _display()
    tasks: dict[str, TaskID] = {}

    def tell(key: str, label: str, done: int, total: int) -> None:
        if key not in tasks:
            bars.start()
            tasks[key] = bars.add_task("")
        bars.update(tasks[key], description=_short(label), completed=done, total=total)

    try:
        yield tell
    finally:
        bars.stop()


def _display() -> Progress:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Rate(ProgressColumn):
        """How many a second."""

        def render(self, task: Task) -> Text:
            speed = task.finished_speed or task.speed
            return Text(f"{speed:,.1f}/s" if speed else "–/s", style="progress.data.speed")

    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        Rate(),
        TimeRemainingColumn(),
        console=console,
        disable=not console.is_terminal,
    )


def _short(label: str) -> str:
    label = "".join(c for c in label if c.isprintable())
    return label if len(label) <= _LABEL else f"…{label[1 - _LABEL :]}"
