"""The document says what the interface does: examples, and whatever else the document allows, are as it says."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject, SearchStrategy

from codes.api.endpoint import PREFIX, Endpoint
from codes.api.openapi import document, envelope
from codes.api.resources import ENDPOINTS
from codes.api.schemas import SCHEMAS, of
from tests.api.conftest import Ask
from tests.api.schema_check import differences

SOUND = ("99213", "45385", "71046-26", "20610-RTx2@150.00", "J1885", "00142", "80053", "E0601-RR")
CODES = st.lists(st.sampled_from(SOUND), min_size=1, max_size=6).map(",".join)
IN_PATH = {
    "code": st.sampled_from(("99213", "45385", "J1885", "99999")),
    "modifier": st.sampled_from(("25", "TC", "0A")),
    "key": st.sampled_from(("10112-00", "01182-18", "99999-99")),
}
ANYTHING = st.text(max_size=30)
OPERATIONS = [(path, method) for path, each in document()["paths"].items() for method in each]


def test_the_document_is_served_and_names_every_address(ask: Ask) -> None:
    served = ask("openapi.json").json()
    assert served["openapi"] == "3.1.0"
    assert served["paths"].keys() == {path for path, _ in OPERATIONS}
    assert len(served["paths"]) == len(ENDPOINTS)
    assert served["paths"]["/api/v1/amounts"].keys() == {"get", "post"}


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.name)
def test_every_example_is_answered_as_the_document_says(ask: Ask, endpoint: Endpoint) -> None:
    body = ask(endpoint.example).json()
    assert list(differences(body, envelope(endpoint), dict(SCHEMAS))) == []


def values_of(parameter: dict[str, Any]) -> SearchStrategy[str]:
    """What the document allows for a parameter, and now and then what it does not."""
    name, schema = parameter["name"], parameter["schema"]
    if parameter["in"] == "path":
        return IN_PATH[name]
    if name in ("codes", "lines"):
        return CODES | ANYTHING
    if schema["type"] == "integer":
        return st.integers(schema["minimum"], min(schema["maximum"], 50)).map(str) | ANYTHING
    if schema.get("format") == "date":
        return st.sampled_from(("2026-08-01", "2025-11-03", "2024-02-29", "2027-01-02")) | ANYTHING
    return (st.sampled_from(schema["enum"]) if "enum" in schema else st.nothing()) | ANYTHING


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)
@given(data=st.data())
def test_whatever_is_sent_is_answered_as_the_document_says(
    sample: None, client: Client, path: str, method: str, data: DataObject
) -> None:
    operation = document()["paths"][path]["get"]
    values = {}
    for parameter in operation["parameters"]:
        if parameter["required"] or data.draw(st.integers(0, 4)) == 0:
            values[parameter["name"]] = data.draw(values_of(parameter))
    for parameter in operation["parameters"]:
        if parameter["in"] == "path":
            path = path.replace(f"{{{parameter['name']}}}", values.pop(parameter["name"]))
    if method == "post":
        response = client.post(path, json.dumps(values), content_type="application/json")
    else:
        response = client.get(f"{path}?{urlencode(values, errors='surrogatepass')}")
    described = document()["paths"][path_of(path)][method]["responses"]
    assert str(response.status_code) in described, response.content[:500]
    ((content_type, media),) = described[str(response.status_code)]["content"].items()
    assert response["Content-Type"] == content_type
    assert list(differences(response.json(), media["schema"], dict(SCHEMAS))) == []


def path_of(path: str) -> str:
    """The path of the document that an address belongs to."""
    words = path.removeprefix(PREFIX).split("/")
    named = {"codes": "{code}", "modifiers": "{modifier}", "localities": "{key}"}
    if len(words) > 1:
        words[1] = named[words[0]]
    return PREFIX + "/".join(words)


def test_a_problem_is_what_its_schema_says(ask: Ask) -> None:
    problem = ask("amounts?codes=99213&zip=abc&foo=1", status=400).json()
    assert list(differences(problem, of("Problem"), dict(SCHEMAS))) == []


def test_the_check_of_schemas_finds_what_is_wrong() -> None:
    sound = {"field": "dos", "value": None, "detail": "No date.", "expected": "a date"}
    schema, schemas = of("WrongParameter"), dict(SCHEMAS)
    assert list(differences(sound, schema, schemas)) == []
    assert list(differences(sound | {"detail": 1}, schema, schemas)) == ["$.detail: 1 is not string"]
    assert list(differences({"field": "dos"}, schema, schemas)) == [
        "$: no value",
        "$: no detail",
        "$: no expected",
    ]
