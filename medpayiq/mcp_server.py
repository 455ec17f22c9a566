"""`medpayiq-mcp https://site.example`: `/api/v1/` as tools for an assistant that speaks the Model Context Protocol.

It runs beside the assistant, over standard input and output, and needs the extra `mcp` (docs/adr/0016). The tools are
made from the site's own OpenAPI document, one for each address that may be asked with GET, so that nothing is said
twice; what the site answers goes on unchanged, its errors too. It can write nothing and keeps nothing.
"""

import json
import sys
from collections.abc import Mapping
from functools import partial
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import urlopen

import anyio
from mcp import types
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server

Operation = dict[str, Any]
READS_ONLY = types.ToolAnnotations(read_only_hint=True, idempotent_hint=True)
SECONDS = 30
WHAT_IT_IS = "What Medicare allows for CPT and HCPCS codes, and why. Estimates, not guarantees of payment."


def server(site: str) -> Server[Any]:
    """The server for a site, named by its address. Raises URLError where the site doesn't answer."""
    status, document = fetched(f"{site}/api/v1/openapi.json")
    if status != 200:
        raise SystemExit(f"{site} has no /api/v1/openapi.json.")
    operations = {
        methods["get"]["operationId"]: (path, methods["get"])
        for path, methods in json.loads(document)["paths"].items()
    }

    async def list_tools(_: Any, __: Any) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[tool(each) for _, each in operations.values()])

    async def call_tool(_: Any, call: types.CallToolRequestParams) -> types.CallToolResult:
        if call.name not in operations:
            return result(404, f"There is no tool {call.name}.")
        path, operation = operations[call.name]
        address = site + address_of(path, operation, call.arguments or {})
        return result(*await anyio.to_thread.run_sync(partial(fetched, address)))

    return Server("medpayiq", instructions=WHAT_IT_IS, on_list_tools=list_tools, on_call_tool=call_tool)


def tool(operation: Operation) -> types.Tool:
    """An address as a tool: its summary, and its parameters with their words."""
    parameters = operation["parameters"]
    return types.Tool(
        name=operation["operationId"],
        description=operation["summary"],
        annotations=READS_ONLY,
        input_schema={
            "type": "object",
            "properties": {
                each["name"]: each["schema"] | {"description": each["description"]} for each in parameters
            },
            "required": [each["name"] for each in parameters if each["required"]],
            "additionalProperties": False,
        },
    )


def address_of(path: str, operation: Operation, arguments: Mapping[str, Any]) -> str:
    """The address with the arguments in their places; one that the site doesn't take is for the site to refuse."""
    in_path = {each["name"] for each in operation["parameters"] if each["in"] == "path"}
    for name in in_path:
        path = path.replace(f"{{{name}}}", quote(str(arguments.get(name, "")), safe=""))
    query = urlencode({name: each for name, each in arguments.items() if name not in in_path}, safe=",@")
    return f"{path}?{query}" if query else path


def fetched(address: str) -> tuple[int, str]:
    """Status and text of what the site answers."""
    try:
        with urlopen(address, timeout=SECONDS) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


def result(status: int, text: str) -> types.CallToolResult:
    """An answer of the site as the result of a tool."""
    return types.CallToolResult(content=[types.TextContent(type="text", text=text)], is_error=status != 200)


async def _serve(site: str) -> None:
    made = server(site)
    async with stdio_server() as (read, write):
        await made.run(read, write, made.create_initialization_options())


def command_line() -> None:
    """Serve the site that is named until the input ends."""
    if len(sys.argv) != 2 or not sys.argv[1].startswith(("https://", "http://127.0.0.1", "http://localhost")):
        raise SystemExit("Name the site: medpayiq-mcp https://site.example")
    anyio.run(_serve, sys.argv[1].rstrip("/"))


if __name__ == "__main__":
    command_line()
