"""How `/api/v1/` speaks: one shape of error, any origin, kept answers, limits, pages."""

from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from codes.api.endpoint import Endpoint
from codes.api.resources import ENDPOINTS
from codes.parameters import OF_API
from tests.api.conftest import Ask

named = pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.name)


@named
def test_every_answer_names_its_sources_and_notices(ask: Ask, endpoint: Endpoint) -> None:
    body = ask(endpoint.example).json()
    assert body["data"]
    assert ("next" in body) == endpoint.is_list
    assert "American Medical Association" in body["notice"]
    if endpoint.name not in ("modifiers", "modifier", "releases", "downloads"):
        assert {"source", "title", "release", "in_force_from", "is_sample"} == set(body["sources"][0])


@named
def test_every_origin_may_ask_and_no_other_page_of_the_site_says_so(
    ask: Ask, client: Client, endpoint: Endpoint
) -> None:
    response = ask(endpoint.example)
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response["X-Robots-Tag"] == "noindex"
    preflight = client.options(f"/api/v1/{endpoint.example}")
    assert preflight.status_code == 204
    assert ("POST" in preflight["Access-Control-Allow-Methods"]) == endpoint.is_posted
    assert "Access-Control-Allow-Origin" not in client.get("/cpt/99213.json")


@named
def test_what_somebody_has_is_not_sent_again(ask: Ask, client: Client, endpoint: Endpoint) -> None:
    address = f"/api/v1/{endpoint.example}"
    first = ask(endpoint.example)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == "*"


@named
def test_an_unknown_parameter_is_an_error_that_says_what_there_is(ask: Ask, endpoint: Endpoint) -> None:
    mark = "&" if "?" in endpoint.example else "?"
    response = ask(f"{endpoint.example}{mark}foo=bar", status=400)
    assert response["Content-Type"] == "application/problem+json"
    assert response["Access-Control-Allow-Origin"] == "*"
    (error,) = response.json()["errors"]
    assert (error["field"], error["value"]) == ("foo", "bar")
    assert all(name in error["detail"] for name in endpoint.parameters)


@named
def test_every_parameter_is_known_to_the_page_cache(endpoint: Endpoint) -> None:
    assert endpoint.parameters.keys() <= OF_API


@pytest.mark.parametrize(
    ("address", "field", "value"),
    [
        ("amounts?codes=99213&dos=31/12/2026", "dos", "31/12/2026"),
        ("amounts?codes=99213&zip=9", "zip", "9"),
        ("amounts?codes=99213&qp=maybe", "qp", "maybe"),
        ("amounts?codes=99213@abc", "codes", "99213@abc"),
        ("amounts?codes=", "codes", ""),
        ("amounts?dos=2026-08-01", "codes", None),
        ("amounts?codes=99213&pos=77", "pos", "77"),
        ("claims?lines=99213&mod=25", "mod", "25"),
        ("codes/99213?units=-3", "units", "-3"),
        ("codes/99213?dos=2026-08-01&dos=2026-08-02", "dos", "2026-08-02"),
        ("codes?q=knee&limit=5000", "limit", "5000"),
        ("codes/45385/edits?cursor=x", "cursor", "x"),
        ("codes/45385/edits?setting=home", "setting", "home"),
        ("changes?source=pprrvu&cursor=x", "cursor", "x"),
        ("releases?cursor=-1", "cursor", "-1"),
        ("edits?codes=99213", "codes", "99213"),
    ],
)
def test_a_wrong_value_is_named_with_what_was_expected(
    ask: Ask, address: str, field: str, value: str | None
) -> None:
    problem = ask(address, status=400).json()
    assert problem["status"] == 400
    assert problem["type"].endswith("/api/#invalid-parameter")
    error = problem["errors"][0]
    assert (error["field"], error["value"]) == (field, value)
    assert error["detail"]
    assert error["expected"]


@pytest.mark.parametrize(
    ("address", "status", "field"),
    [
        ("amounts?codes=99213&zip=00000", 404, "zip"),
        ("amounts?codes=99213&locality=99999-99", 404, "locality"),
        ("codes/99213?load=999999999", 404, "load"),
        ("releases?dos=1991-12-31", 400, "dos"),
        ("localities?dos=1991-12-31", 404, "dos"),
        ("amounts?codes=99213&zip=90037&locality=10112-00", 409, "locality"),
        ("amounts?codes=99213&state=CA", 409, "state"),
        ("claims?lines=99213~B&dx=M17.11", 409, "lines"),
        ("edits?codes=99213-25,99213-59", 409, "codes"),
        ("amounts?codes=99213&zip=00000&state=CA&locality=x", 400, "locality"),
    ],
)
def test_what_can_be_read_but_not_answered_has_a_status_of_its_own(
    ask: Ask, address: str, status: int, field: str
) -> None:
    problem = ask(address, status=status).json()
    assert field in [error["field"] for error in problem["errors"]]
    kinds = {400: "invalid-parameter", 404: "not-found", 409: "conflict"}
    assert problem["type"].endswith(f"/api/#{kinds[status]}")


def test_two_hundred_lines_are_the_most(ask: Ask) -> None:
    problem = ask("amounts", status=400, codes=",".join(["99213"] * 201)).json()
    assert problem["errors"][0]["detail"] == "One request takes at most 200 lines; this text holds 201."


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("get", "codes/99999", 404),
        ("get", "codes/nonsense", 404),
        ("get", "codes/99213-25", 404),
        ("get", "codes/99999/edits", 404),
        ("get", "modifiers/0A", 404),
        ("get", "localities/00000-00", 404),
        ("get", "changes?source=pprrvu&since=2001-01-01", 404),
        ("get", "nothing/here", 404),
        ("get", "", 404),
        ("get", "amounts?codes=%00", 400),
        ("post", "codes/99213", 405),
        ("delete", "amounts?codes=99213", 405),
        ("put", "nothing", 404),
    ],
)
def test_every_error_has_one_shape(
    sample: None, client: Client, method: str, address: str, status: int
) -> None:
    response = getattr(client, method)(f"/api/v1/{address}")
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert response["Access-Control-Allow-Origin"] == "*"
    problem = response.json()
    assert {"type", "title", "status", "detail", "errors"} == set(problem)
    assert problem["status"] == status


def test_a_body_that_is_too_large_is_a_problem_too(sample: None, client: Client) -> None:
    response = client.post("/api/v1/amounts", "x" * 1_100_000, content_type="application/json")
    assert response.status_code == 413
    assert response["Content-Type"] == "application/problem+json"


def test_a_network_that_asks_too_often_is_told_when_to_come_back(
    ask: Ask, client: Client, settings: LazySettings
) -> None:
    settings.API_LIMITS = "3/minute"
    first = ask("amounts", codes="99213")
    assert (first["RateLimit-Limit"], first["RateLimit-Remaining"]) == ("3", "2")
    assert 0 < int(first["RateLimit-Reset"]) <= 60
    many = ",".join(["99213"] * 41)  # counts as three
    refused = client.get("/api/v1/amounts", {"codes": many})
    assert refused.status_code == 429
    assert refused["Content-Type"] == "application/problem+json"
    assert int(refused["Retry-After"]) <= 60
    assert refused["RateLimit-Remaining"] == "0"


def test_a_kept_answer_tells_nobody_the_limit_of_another(sample: None, client: Client) -> None:
    address = "/api/v1/amounts?codes=99213&dos=2026-08-01"
    assert "RateLimit-Remaining" in client.get(address)
    kept = client.get(address)
    assert "RateLimit-Remaining" not in kept
    assert kept["ETag"]


def pages_of(client: Client, address: str) -> list[Any]:
    rows: list[Any] = []
    while address:
        body = client.get(address).json()
        data = body["data"]
        rows += data["edits"] if isinstance(data, dict) else data
        address = body["next"]
    return rows


@pytest.mark.parametrize(
    "address",
    [
        "codes/45385/edits?dos=2025-11-03",
        "codes/45385/edits?dos=2025-11-03&column=1&indicator=1",
        "codes?q=knee",
        "modifiers?kind=visit",
        "changes?source=pprrvu&kind=work_rvu",
        "localities?dos=2026-08-01",
        "releases?",
    ],
)
def test_pages_hold_together_what_one_long_page_holds(sample: None, client: Client, address: str) -> None:
    whole = pages_of(client, f"/api/v1/{address}&limit=1000")
    parts = pages_of(client, f"/api/v1/{address}&limit=7")
    assert parts[:100] == whole[:100]
    assert len(parts) == len(whole) > 7


@pytest.mark.parametrize("value", ["", "%20"])
@named
def test_a_parameter_without_a_value_is_an_error_that_names_it(
    ask: Ask, endpoint: Endpoint, value: str
) -> None:
    mark = "&" if "?" in endpoint.example else "?"
    spare = [name for name in endpoint.parameters if f"{name}=" not in endpoint.example]
    for name in spare:
        problem = ask(f"{endpoint.example}{mark}{name}={value}", status=400).json()
        (error,) = problem["errors"]
        assert error["field"] == name
        assert error["expected"]


def test_a_form_of_a_page_may_leave_its_fields_empty(client: Client, sample: None) -> None:
    for address in (
        "/cpt/99213/?dos=&zip=&mod=",
        "/claim/?lines=99213&dos=&zip=",
        "/cpt/99213.json?dos=&zip=",
    ):
        assert client.get(address).status_code == 200


def test_null_in_a_body_stands_for_what_is_left_out(sample: None, client: Client) -> None:
    body = {"codes": ["99213"], "dos": None, "zip": None}
    assert client.post("/api/v1/amounts", body, content_type="application/json").status_code == 200
    problem = client.post("/api/v1/amounts", body | {"dos": ""}, content_type="application/json")
    assert (problem.status_code, problem.json()["errors"][0]["field"]) == (400, "dos")
