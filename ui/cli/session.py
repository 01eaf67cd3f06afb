"""Settings and engine for a command."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from wenju.ui.cli.errors import CommandError, say

if TYPE_CHECKING:
    from wenju.index.encoding import Progress
    from wenju.qa.engine import Engine
    from wenju.qa.settings import Settings


def make_settings(home: Path | None) -> Settings:
    """Settings from the environment, the home folder from the command line where given."""
    from pydantic import ValidationError

    from wenju.qa.settings import Settings

    try:
        return Settings() if home is None else Settings(home=home.expanduser().absolute())
    except ValidationError as error:
        wrong = "; ".join(
            f"{_told(str(e['loc'][0]), e['input'])}: {e['msg']}" for e in error.errors()
        )
        raise CommandError(f"A setting cannot be used ({wrong}). Change or unset it.") from None


def _told(name: str, value: object) -> str:
    """A setting with its value, unless that is or has a password, as it is written where it is set."""
    from wenju.qa.settings_file import origins, settings_file

    shown = "…" if name.endswith("_keys") or "@" in str(value) else repr(value)
    if origins([name])[name] == "file":
        return f"{name} = {shown} in {settings_file()}"
    return f"WENJU_{name.upper()}={shown}"


def open_engine(settings: Settings, progress: Progress | None = None) -> Engine:
    """The engine every command works with."""
    from wenju.qa.engine import Engine

    return Engine.open(settings, progress=progress)


def mention_emptiness(engine: Engine, tell: Callable[[str], None] = say) -> None:
    """Say that there is nothing to find anything in, where that is so; by default on stderr."""
    if engine.library.count()[0] == 0:
        from wenju.qa.stores import place_of

        tell(
            f"The library in {place_of(engine.settings, engine.library)} is empty; fill it with `wenju add`, or name "
            "another with --home or WENJU_HOME."
        )
