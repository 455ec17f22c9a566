"""The headers of every kind of answer, and what an outside scanner would look for (Mozilla Observatory's list)."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
}
KINDS = {
    "home": ("/", 200),
    "code page": ("/cpt/99213/", 200),
    "code page with parameters": ("/cpt/99213/?zip=36301&pos=11", 200),
    "HCPCS page": ("/hcpcs/J1100/", 200),
    "fragment": ("/cpt/99213/edits/", 200),
    "JSON twin": ("/cpt/99213.json", 200),
    "CSV twin": ("/cpt/99213/edits.csv", 200),
    "search": ("/search/?q=knee", 200),
    "suggestions": ("/search/suggest/?q=knee", 200),
    "description for browsers": ("/opensearch.xml", 200),
    "form that posts": ("/reports/99213/new/", 200),
    "patterns": ("/reports/99213/", 200),
    "claim desk": ("/claim/", 200),
    "sources": ("/sources/", 200),
    "log-in of staff": ("/admin/login/", 200),
    "redirect": ("/cpt/99213-25/", 302),
    "not found": ("/nothing-here/", 404),
    "unknown code": ("/cpt/99999/", 404),
    "health": ("/health/", 200),
    "readiness": ("/ready/", 200),
    "static file": ("/static/css/site.css", 200),
}


@pytest.fixture
def asking(sample: None) -> Client:
    client = Client()
    client.raise_request_exception = False
    return client


def ask(client: Client, kind: str) -> Any:
    address, status = KINDS[kind]
    response = client.get(address)
    assert response.status_code in (status, 301 if status == 302 else status), response.status_code
    return response


def assert_fenced(response: Any) -> None:
    assert {name: response.headers.get(name) for name in EVERYWHERE} == EVERYWHERE
    assert "camera=()" in response["Permissions-Policy"]
    assert "Access-Control-Allow-Origin" not in response.headers
    assert not {"Server", "X-Powered-By"} & set(response.headers)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_answer_is_fenced_in(asking: Client, kind: str) -> None:
    assert_fenced(ask(asking, kind))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "static file"])
def test_every_kind_of_answer_has_the_content_security_policy(asking: Client, kind: str) -> None:
    rules = directives(ask(asking, kind)["Content-Security-Policy"])
    assert rules["default-src"] == ["'none'"]
    assert rules["base-uri"] == rules["frame-ancestors"] == ["'none'"]
    assert all(sources in (["'none'"], ["'self'"]) for sources in rules.values())


def directives(policy: str) -> dict[str, list[str]]:
    return {words[0]: words[1:] for words in (rule.split() for rule in policy.split(";")) if words}


def broken(client: Client, error: Exception) -> Any:
    with mock.patch("codes.views.glossary.render", side_effect=error):
        return client.get("/glossary/?not-kept")


def test_an_error_of_ours_is_fenced_in(asking: Client) -> None:
    response = broken(asking, RuntimeError("made for a test"))
    assert response.status_code == 500
    assert_fenced(response)
    assert b"made for a test" not in response.content


def test_a_database_that_is_away_is_a_503_that_says_when_to_come_back(asking: Client) -> None:
    response = broken(asking, OperationalError("connection refused"))
    assert (response.status_code, response["Retry-After"], response["Cache-Control"]) == (
        503,
        "5",
        "no-store",
    )
    assert_fenced(response)
    assert b"refused" not in response.content


def test_a_wrong_method_a_wrong_host_and_a_large_body_are_fenced_in(asking: Client) -> None:
    answers = [
        asking.put("/cpt/99213/"),
        asking.get("/", headers={"Host": "evil.example"}),
        asking.post("/receipt/", "x" * 1_100_000, content_type="text/plain"),
    ]
    assert [answer.status_code for answer in answers] == [405, 400, 413]
    for answer in answers:
        assert_fenced(answer)


def test_a_public_page_sets_no_cookie_and_a_form_only_the_one_it_needs(asking: Client) -> None:
    for kind in KINDS:
        cookies = set(ask(asking, kind).cookies)
        assert cookies <= ({"csrftoken"} if kind in ("form that posts", "log-in of staff") else set()), kind


@pytest.mark.parametrize("kind", ["home", "code page", "form that posts", "log-in of staff"])
def test_a_page_has_no_inline_script_and_asks_no_other_site(asking: Client, kind: str) -> None:
    page = ask(asking, kind).content.decode()
    assert not re.search(r"<script(?![^>]*(?:\bsrc=|ld\+json|application/json))[^>]*>\s*\S", page)
    assert not re.search(
        r"""<(?:script|img|iframe|link(?![^>]*rel="canonical))[^>]*\b(?:src|href)=["'](?:https?:)?//""", page
    )
    assert not re.search(r"""\son\w+=["']""", page)


PROBE = """
import json, sys
import django
django.setup()
from django.test import Client
answers = {}
for name, address, secure in json.loads(sys.argv[1]):
    client = Client(headers={"host": "medpayiq.example"})
    response = client.get(address, secure=secure)
    answers[name] = {"status": response.status_code, "headers": dict(response.headers),
                     "cookies": {key: value.OutputString() for key, value in response.cookies.items()}}
print(json.dumps(answers))
"""


@pytest.fixture(scope="module")
def production(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a production site answers, with production's own settings, in a process of its own."""
    folder = tmp_path_factory.mktemp("production")
    environment = {
        **{name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")},
        "DJANGO_SETTINGS_MODULE": "medpayiq.settings",
        "MODE": "production",
        "SECRET_KEY": "k" * 20 + "0123456789" * 4 + "abcdefghijklmnop",
        "ALLOWED_HOSTS": "medpayiq.example",
        "VAR_DIR": str(folder),
        "LOG_LEVEL": "ERROR",
    }
    for command in (["migrate", "--verbosity", "0"], ["collectstatic", "--no-input", "--verbosity", "0"]):
        subprocess.run(
            [sys.executable, "manage.py", *command], cwd=settings.BASE_DIR, env=environment, check=True
        )
    asked = [
        ("plain", "/glossary/", False),
        ("secure", "/glossary/", True),
        ("log-in", "/admin/login/", True),
    ]
    done = subprocess.run(
        [sys.executable, "-c", PROBE, json.dumps(asked)],
        cwd=settings.BASE_DIR,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    answers: dict[str, Any] = json.loads(done.stdout)
    return answers


@pytest.mark.slow
def test_plain_http_is_sent_to_https_on_the_same_host(production: dict[str, Any]) -> None:
    assert production["plain"]["status"] == 301
    assert production["plain"]["headers"]["Location"] == "https://medpayiq.example/glossary/"


@pytest.mark.slow
def test_https_is_remembered_for_two_years_with_subdomains(production: dict[str, Any]) -> None:
    assert production["secure"]["status"] == 200
    assert production["secure"]["headers"]["Strict-Transport-Security"] == (
        "max-age=63072000; includeSubDomains; preload"
    )


@pytest.mark.slow
def test_cookies_are_secure_bound_to_the_host_and_out_of_reach_of_scripts(production: dict[str, Any]) -> None:
    cookies = production["log-in"]["cookies"]
    assert set(cookies) == {"__Host-csrf"}
    (cookie,) = cookies.values()
    for attribute in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert attribute in cookie
    assert "Domain" not in cookie


OBSERVATORY: dict[str, Callable[[Any], bool]] = {
    "content-security-policy: no unsafe sources": lambda told: (
        "unsafe" not in told["Content-Security-Policy"]
    ),
    "content-security-policy: default-src 'none'": lambda told: (
        "default-src 'none'" in told["Content-Security-Policy"]
    ),
    "content-security-policy: no schemes as sources": lambda told: (
        not re.search(r"\s(?:https?:|data:|blob:|\*)", told["Content-Security-Policy"])
    ),
    "cross-origin-resource-sharing: none": lambda told: "Access-Control-Allow-Origin" not in told,
    "cross-origin-resource-policy: same-origin": lambda told: (
        told["Cross-Origin-Resource-Policy"] == "same-origin"
    ),
    "referrer-policy: private": lambda told: told["Referrer-Policy"] in ("no-referrer", "same-origin"),
    "strict-transport-security: six months or more": lambda told: (
        int(
            re.search(r"max-age=(\d+)", told["Strict-Transport-Security"])[1]  # type: ignore[index]
        )
        >= 15_768_000
    ),
    "x-content-type-options: nosniff": lambda told: told["X-Content-Type-Options"] == "nosniff",
    "x-frame-options: by the policy's frame-ancestors too": lambda told: (
        told["X-Frame-Options"] == "DENY" and "frame-ancestors 'none'" in told["Content-Security-Policy"]
    ),
    "cookies: none on a public page": lambda told: "Set-Cookie" not in told,
}


@pytest.mark.slow
@pytest.mark.parametrize("rule", OBSERVATORY)
def test_a_production_page_keeps_a_rule_of_the_observatory(production: dict[str, Any], rule: str) -> None:
    assert OBSERVATORY[rule](production["secure"]["headers"])


@pytest.mark.slow
def test_the_check_for_deployment_finds_nothing(tmp_path: Path) -> None:
    environment = {
        **{
            name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"
        },  # conftest's
        "MODE": "production",
        "SECRET_KEY": "k" * 20 + "0123456789" * 4 + "abcdefghijklmnop",
        "ALLOWED_HOSTS": "medpayiq.example",
        "VAR_DIR": str(tmp_path),
    }
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
