"""``wenju mcp``: the tools of the Model Context Protocol at standard input and output."""

from __future__ import annotations

import typer

from wenju.ui.cli.errors import CommandError, error_boundary
from wenju.ui.cli.options import Home, engine_of


@error_boundary
def mcp(context: typer.Context, home: Home = None) -> None:
    """Serve a language model's program (MCP): it starts this command and speaks to it by stdin and stdout."""
    from wenju.ui.mcp import is_installed

    if not is_installed():
        raise CommandError(
            "The Model Context Protocol needs the package mcp, which is not installed: install "
            "wenju[mcp]."
        )
    from wenju.ui.mcp.server import create_server

    with engine_of(context, home) as engine:
        create_server(engine).run("stdio")
