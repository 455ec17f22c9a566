"""Page tests run on the sample: CMS's true figures of 2025 Q4 and 2026 Q3 for the codes billed most."""

from collections.abc import Callable
from typing import Any

import html5lib
import pytest
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client

Get = Callable[..., Any]


@pytest.fixture
def sample(db: None) -> None:
    """The sample in the database of this test."""
    call_command("load_sample", verbosity=0, stdout=open("/dev/null", "w"))


@pytest.fixture
def get(sample: None, client: Client) -> Callable[..., HttpResponse]:
    """Ask for an address; every HTML answer must be valid, set no cookie, and name no other site."""

    def ask(address: str, status: int = 200, **parameters: str) -> HttpResponse:
        response = client.get(address, parameters)
        assert response.status_code == status, response.content[:2000]
        assert not response.cookies, "a public page sets no cookie"
        if response.headers["Content-Type"].startswith("text/html") and response.content:
            html5lib.HTMLParser(strict=True).parse(response.content.decode())
        return response

    return ask
