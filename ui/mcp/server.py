"""The server of the protocol, over its official SDK: its tools, and its place within ``wenju serve``."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.transport_security import TransportSecuritySettings
from mcp.types import CallToolResult, TextContent, ToolAnnotations
from pydantic import Field

from wenju import __version__
from wenju.corpus.errors import WenjuError
from wenju.ui.mcp import tools

if TYPE_CHECKING:
    from fastapi import FastAPI

    from wenju.qa.engine import Engine

Run = Callable[[Callable[[], tools.Said]], Awaitable[tools.Said]]
"""Does the work of a tool, away from the event loop."""

PATH = "/mcp"
_INSTRUCTIONS = (
    "Answers from a library of documents, copied from them and never made up. Call `ask` with a whole "
    "question in any language; its answer and its numbered quotations are verbatim: quote them "
    "unchanged, and name title and article. Where it says that it does not answer, the documents do not "
    "surely say it: say so, or look at the passages it shows. `search` finds passages, `read` opens a "
    "document at a place or an article, `documents` lists what there is, `verify` checks an answer that "
    "`ask` gave before."
)
_HINTS = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)


class Tools:
    """The tools over an engine, as the SDK calls them: their docstrings and parameters are what clients see."""

    def __init__(self, engine: Engine, run: Run) -> None:
        self._engine = engine
        self._run = run

    async def ask(
        self,
        question: Annotated[str, Field(description="A whole question, in any language.")],
        documents: Annotated[
            list[str] | None, Field(description="Ids of the only documents to look in.")
        ] = None,
        as_of: Annotated[
            str, Field(description="A day (2021-05-01): answer by what was in force on it.")
        ] = "",
    ) -> CallToolResult:
        """Answer a question with words copied from the documents, and the passages they stand in."""
        return await self._done(tools.ask, question, documents, as_of)

    async def search(
        self,
        question: Annotated[str, Field(description="A question, or words.")],
        k: Annotated[int, Field(description="How many passages, at most 50.")] = 8,
    ) -> CallToolResult:
        """Find the passages that a question is about, best first."""
        return await self._done(tools.search, question, k)

    async def read(
        self,
        document_id: Annotated[
            str, Field(description="As `ask`, `search` and `documents` name it.")
        ],
        article: Annotated[str, Field(description="Of a statute: 第24條, 24, 24-1.")] = "",
        start: Annotated[int, Field(description="The first character to show.")] = 0,
        end: Annotated[
            int, Field(description="The character to stop before; 0 for as many as fit.")
        ] = 0,
    ) -> CallToolResult:
        """Read a document: an article of it, or from a place on, up to 8,000 characters."""
        return await self._done(tools.read, document_id, article, start, end)

    async def documents(
        self,
        containing: Annotated[
            str, Field(description="Words of the title, the file's name or the issuer.")
        ] = "",
        offset: Annotated[int, Field(description="How many to pass over.")] = 0,
    ) -> CallToolResult:
        """List the documents there are, with their ids."""
        return await self._done(tools.documents, containing, offset)

    async def verify(
        self, answer: Annotated[dict[str, Any], Field(description="The object that `ask` gave.")]
    ) -> CallToolResult:
        """Check an answer again: is each citation unchanged, moved or gone."""
        return await self._done(tools.verify, answer)

    async def _done(self, tool: Callable[..., tools.Said], *given: object) -> CallToolResult:
        try:
            said = await self._run(partial(tool, self._engine, *given))
        except WenjuError as error:
            raise ToolError(str(error)) from error
        text = TextContent(type="text", text=said.text)
        return CallToolResult(content=[text], structured_content=said.value)


def create_server(engine: Engine, run: Run | None = None) -> MCPServer[Any]:
    """The server with its tools; ``run`` does their work, by default in a thread."""
    server: MCPServer[Any] = MCPServer(
        "wenju",
        title="Wenju 問據",
        instructions=_INSTRUCTIONS,
        version=__version__,
        log_level="WARNING",
    )
    made = Tools(engine, run or asyncio.to_thread)
    for tool in (made.ask, made.search, made.read, made.documents, made.verify):
        server.add_tool(tool, annotations=_HINTS, structured_output=False)
    return server


def mount(app: FastAPI, engine: Engine) -> None:
    """Serve the tools at ``/mcp``; their work is done in the pool of questions."""
    server = create_server(engine, app.state.pools.asks.run)
    inner = server.streamable_http_app(
        streamable_http_path=PATH,
        json_response=True,
        stateless_http=True,
        # names and origins are checked in front of every route
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )
    app.router.routes.extend(inner.routes)
    outer = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(of: FastAPI) -> AsyncIterator[Any]:
        async with server.session_manager.run(), outer(of) as state:
            yield state

    app.router.lifespan_context = lifespan
