"""The protocol's own client calls every tool, in the process, over HTTP, and by starting the command."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.types import CallToolResult, TextContent

from tests.making import source
from wenju.qa.engine import Engine
from wenju.ui.access.keys import key_ring
from wenju.ui.access.policy import Policy
from wenju.ui.mcp.server import create_server
from wenju.ui.server import background_server

QUESTION = "生態型聯合體最高支持多少"
LAW = "云岭市供水条例\n第一条　为规范供水用水活动，制定本条例。\n第二条　用户应当按时缴纳水费。\n第二条之一　用户可以查询水费。\n"


def text_of(result: CallToolResult) -> str:
    assert all(isinstance(part, TextContent) for part in result.content)
    return "\n".join(part.text for part in result.content if isinstance(part, TextContent))


def value_of(result: CallToolResult) -> dict[str, Any]:
    assert not result.is_error, text_of(result)
    assert isinstance(result.structured_content, dict)
    return result.structured_content


def talk(server: object, said: Callable[[Client], Awaitable[None]]) -> None:
    async def run() -> None:
        async with Client(server) as client:  # type: ignore[arg-type]
            await said(client)

    asyncio.run(run())


async def answered(client: Client) -> None:
    """Ask, check and read on, as a program would."""
    answer = value_of(await client.call_tool("ask", {"question": QUESTION}))
    assert answer["answer"] == "1000萬元"
    (cited, *_) = answer["citations"]
    checked = await client.call_tool("verify", {"answer": answer})
    assert value_of(checked)["status"] == "unchanged"
    place = {"document_id": cited["document_id"], "start": cited["start"], "end": cited["end"]}
    assert value_of(await client.call_tool("read", place))["text"] == cited["quote"]


def test_tools_say_what_they_are_for(filled: Engine) -> None:
    async def said(client: Client) -> None:
        listed = (await client.list_tools()).tools
        assert [tool.name for tool in listed] == ["ask", "search", "read", "documents", "verify"]
        for tool in listed:
            assert tool.description and tool.description.endswith(".")
            assert tool.annotations is not None and tool.annotations.read_only_hint
            described = [p.get("description") for p in tool.input_schema["properties"].values()]
            assert described and all(described)

    talk(create_server(filled), said)


def test_an_answer_is_text_with_its_quotations_and_can_be_checked(filled: Engine) -> None:
    async def said(client: Client) -> None:
        text = text_of(await client.call_tool("ask", {"question": QUESTION}))
        assert text.startswith("1000萬元 [1]\n\n[1] 創新聯合體新聞發布會實錄")
        assert "市財政對生態型聯合體最高支持1000萬元" in text
        nothing = await client.call_tool("ask", {"question": "月球上有幾隻兔子"})
        assert "不作答" in text_of(nothing) and not value_of(nothing)["answered"]
        await answered(client)

    talk(create_server(filled), said)


def test_what_a_document_says_now_is_what_is_checked_against(filled: Engine) -> None:
    async def said(client: Client) -> None:
        answer = value_of(await client.call_tool("ask", {"question": QUESTION}))
        filled.remove([answer["citations"][0]["document_id"]])
        checked = await client.call_tool("verify", {"answer": answer})
        assert value_of(checked)["status"] == "gone" and "gone" in text_of(checked)

    talk(create_server(filled), said)


def test_passages_and_documents_are_found(filled: Engine) -> None:
    async def said(client: Client) -> None:
        found = await client.call_tool("search", {"question": "培訓費用", "k": 1})
        (hit,) = value_of(found)["hits"]
        assert hit["passage"]["text"] in text_of(found)
        every = value_of(await client.call_tool("documents", {}))
        named = value_of(await client.call_tool("documents", {"containing": "聯合體"}))
        assert (every["total"], named["total"]) == (2, 1)

    talk(create_server(filled), said)


def test_an_article_is_read_by_its_number(filled: Engine) -> None:
    filled.add_sources([source(LAW)])
    (law,) = [d.id for d in filled.library.documents() if "供水" in d.title]

    async def said(client: Client) -> None:
        for article, begins in (
            ("第二條", "第二条　用户应当"),
            ("第2條", "第二条　用户应当"),
            ("第2條之1", "第二条之一"),
            ("2", "第二条　"),
            ("2-1", "第二条之一"),
        ):
            read = await client.call_tool("read", {"document_id": law, "article": article})
            assert value_of(read)["text"].startswith(begins)
        none = await client.call_tool("read", {"document_id": law, "article": "第九條"})
        assert none.is_error and "第一条 to 第二条之一" in text_of(none)

    talk(create_server(filled), said)


@pytest.mark.parametrize(
    ("tool", "given", "said"),
    [
        ("ask", {"question": " "}, "empty"),
        ("ask", {"question": "費用", "documents": ["none"]}, "no document 'none'"),
        ("ask", {"question": "費用", "as_of": "soon"}, "soon"),
        ("search", {"question": "費用", "k": 500}, "expected 1 to 50"),
        ("read", {"document_id": "none"}, "no document 'none'"),
        ("verify", {"answer": {"a": 1}}, "This is no answer"),
    ],
)
def test_what_a_tool_cannot_take_is_a_sentence(
    filled: Engine, tool: str, given: dict[str, Any], said: str
) -> None:
    async def called(client: Client) -> None:
        result = await client.call_tool(tool, given)
        assert result.is_error and said in text_of(result)
        assert "Traceback" not in text_of(result)

    talk(create_server(filled), called)


def test_it_is_served_beside_the_page(filled: Engine) -> None:
    with background_server(filled) as address:
        talk(f"{address}/mcp", answered)


def test_its_door_is_that_of_the_server(filled: Engine) -> None:
    key = "read-key-0123456789abcdef"
    with background_server(filled, Policy(keys=key_ring([key], []))) as address:
        call = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
        accepts = {"Accept": "application/json, text/event-stream"}
        refused = httpx.post(f"{address}/mcp", json=call, headers=accepts)
        assert refused.status_code == 401
        elsewhere = accepts | {"Origin": "http://evil.example", "Authorization": f"Bearer {key}"}
        assert httpx.post(f"{address}/mcp", json=call, headers=elsewhere).status_code == 403
        allowed = accepts | {"Authorization": f"Bearer {key}"}
        assert httpx.post(f"{address}/mcp", json=call, headers=allowed).status_code == 200


@pytest.mark.slow
def test_a_program_starts_the_command(tmp_path: Path) -> None:
    home = {"WENJU_HOME": str(tmp_path / "home"), "WENJU_READER": "lexical"}
    press = tmp_path / "press.txt"
    press.write_text("創新聯合體新聞發布會\n市財政對生態型聯合體最高支持1000萬元。", "utf-8")
    command = [str(Path(sys.executable).with_name("wenju"))]
    environment = os.environ | home

    async def run() -> None:
        adding = await asyncio.create_subprocess_exec(
            *command, "add", str(press), env=environment, stdout=asyncio.subprocess.DEVNULL
        )
        assert await adding.wait() == 0
        started = StdioServerParameters(
            command=command[0], args=[*command[1:], "mcp"], env=environment
        )
        async with Client(stdio_client(started)) as client:
            await answered(client)

    asyncio.run(run())
