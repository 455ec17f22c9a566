"""Whether a value is what a JSON Schema says, for the few words of it that the document of the interface uses."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "boolean": (bool,),
    "object": (dict,),
    "array": (list,),
    "null": (type(None),),
}
FORMATS: dict[str, Callable[[str], Any]] = {
    "date": date.fromisoformat,
    "date-time": datetime.fromisoformat,
    "uri": lambda text: re.fullmatch(r"https?://\S+", text) or int("no address"),
}
KNOWN = {
    *("$ref", "anyOf", "type", "pattern", "format", "const", "enum", "properties", "required", "items"),
    "description",
}


def differences(value: Any, schema: dict[str, Any], schemas: dict[str, Any], at: str = "$") -> Iterator[str]:
    """Where a value is not what its schema says; a word of a schema that is not known here is an error."""
    assert schema.keys() <= KNOWN, schema.keys() - KNOWN
    if "$ref" in schema:
        yield from differences(value, schemas[schema["$ref"].rpartition("/")[2]], schemas, at)
    if "anyOf" in schema:
        each = [list(differences(value, one, schemas, at)) for one in schema["anyOf"]]
        if all(each):
            yield from min(each, key=len)
    if "type" in schema and not _is_of(value, schema["type"]):
        yield f"{at}: {value!r} is not {schema['type']}"
        return
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: {value!r} is none of {schema['enum']}"
    if "const" in schema and value != schema["const"]:
        yield f"{at}: {value!r} is not {schema['const']!r}"
    if isinstance(value, str):
        yield from _text(value, schema, at)
    if isinstance(value, dict):
        yield from (f"{at}: no {name}" for name in schema.get("required", ()) if name not in value)
        for name, one in schema.get("properties", {}).items():
            if name in value:
                yield from differences(value[name], one, schemas, f"{at}.{name}")
    if isinstance(value, list) and "items" in schema:
        for number, one in enumerate(value):
            yield from differences(one, schema["items"], schemas, f"{at}[{number}]")


def _is_of(value: Any, named: str | list[str]) -> bool:
    types = [named] if isinstance(named, str) else named
    if isinstance(value, bool):
        return "boolean" in types
    return isinstance(value, tuple(each for name in types for each in TYPES[name]))


def _text(value: str, schema: dict[str, Any], at: str) -> Iterator[str]:
    if "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{at}: {value!r} does not fit {schema['pattern']}"
    if "format" in schema:
        try:
            FORMATS[schema["format"]](value)
        except ValueError:
            yield f"{at}: {value!r} is no {schema['format']}"
