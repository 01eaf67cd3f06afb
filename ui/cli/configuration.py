"""``wenju config``: every setting, its value and where that comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from wenju.ui.cli.errors import error_boundary
from wenju.ui.cli.options import Home, Json, settings_of

if TYPE_CHECKING:
    from wenju.qa.settings import Settings


@error_boundary
def config(context: typer.Context, json: Json = False, home: Home = None) -> None:
    """Show every setting, and whether an option, the environment, wenju.toml or nobody sets it."""
    from wenju.qa.settings_file import origins, settings_file
    from wenju.ui.cli import console

    settings = settings_of(context, home)
    options = {"home"} if home or context.obj else set()
    path = settings_file()
    found = [
        {"name": name, "value": _shown(settings, name), "origin": origin}
        for name, origin in origins(type(settings).model_fields, options).items()
    ]
    if json:
        console.emit({"file": str(path), "exists": path.is_file(), "settings": found})
        return
    _print(found, f"{path}{'' if path.is_file() else ' (not there)'}")


def _shown(settings: Settings, name: str) -> Any:  # noqa: ANN401 - any JSON value
    """A setting's value; of keys only how many there are."""
    value = getattr(settings, name)
    if name.endswith("_keys"):
        return f"{len(value)} keys"
    if isinstance(value, tuple):
        return list(value)
    return value if isinstance(value, bool | int | float | None) else str(value)


def _print(found: list[dict[str, Any]], file: str) -> None:
    from rich.table import Table

    from wenju.ui.cli.printing import styled, terminal

    table = Table(box=None, pad_edge=False)
    for heading in ("setting", "value", "from"):
        table.add_column(heading, overflow="fold")
    for one in found:
        value = ", ".join(one["value"]) if isinstance(one["value"], list) else one["value"]
        name, said, origin = (styled(str(v)) for v in (one["name"], value, one["origin"]))
        table.add_row(name, said, origin, style="" if one["origin"] != "default" else "dim")
    console = terminal()
    console.print(table)
    console.print(styled(f"File: {file}", "dim"))
