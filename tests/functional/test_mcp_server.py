"""The interface for programs as tools for an assistant, asked of a running site by the protocol's own client."""

import json
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import anyio
from mcp import Client, StdioServerParameters

from codes.api.resources import ENDPOINTS

Talk = Callable[[Client], Awaitable[Any]]


def talked(site: str, talk: Talk) -> Any:
    """What comes of a talk with the server as an assistant starts it."""
    command = ["-m", "medpayiq.mcp_server", site]

    async def session() -> Any:
        async with Client(StdioServerParameters(command=sys.executable, args=command)) as client:
            return await talk(client)

    with ThreadPoolExecutor(1) as threads:  # the browser's tests keep an event loop running in this one
        return threads.submit(anyio.run, session).result()


def called(site: str, name: str, **arguments: str) -> tuple[bool, Any]:
    """Whether a tool refused, and what it answered."""

    async def call(client: Client) -> Any:
        return await client.call_tool(name, arguments)

    answer = talked(site, call)
    return answer.is_error, json.loads(answer.content[0].text)


def test_every_address_is_a_tool_that_only_reads(site: str) -> None:
    async def ask(client: Client) -> Any:
        return (await client.list_tools()).tools

    tools = {tool.name: tool for tool in talked(site, ask)}
    assert set(tools) == {endpoint.name for endpoint in ENDPOINTS}
    assert all(tool.annotations.read_only_hint for tool in tools.values())
    assert tools["amounts"].input_schema["required"] == ["codes"]
    assert "code" in tools["code"].input_schema["required"]


def test_a_tool_answers_as_the_site_does(site: str) -> None:
    refused, answer = called(site, "code", code="99213", dos="2026-08-01", zip="35203")
    assert not refused
    assert answer["data"]["code"] == "99213"
    refused, answer = called(site, "amounts", codes="99213,71046-26", dos="2026-08-01")
    assert not refused
    assert all(Decimal(each["allowed"]) > 0 for each in answer["data"]["amounts"])


def test_what_the_site_refuses_is_told_in_its_words(site: str) -> None:
    refused, answer = called(site, "amounts", codes="99213", dos="someday")
    assert refused
    assert (answer["status"], answer["errors"][0]["field"]) == (400, "dos")
    refused, answer = called(site, "code", code="../../admin")
    assert (refused, answer["status"]) == (True, 404)
