"""Page tests run on the sample: CMS's true figures of 2025 Q4 and 2026 Q3 for the codes billed most."""

import csv
import io
from collections.abc import Callable
from typing import Any

import html5lib
import pytest
from django.test import Client

from tests.conftest import clear_caches

Get = Callable[..., Any]


def table_of(response: Any) -> list[dict[str, str]]:
    """The rows of a CSV by their headings. Its last line must be the notice that goes wherever codes go."""
    *lines, last = csv.reader(io.StringIO(b"".join(response).decode()))
    assert len(last) == 1
    assert "copyright of the American Medical Association" in last[0]
    headings, *rows = lines
    return [dict(zip(headings, row, strict=True)) for row in rows]


@pytest.fixture
def get(sample: None, client: Client) -> Get:
    """Ask for an address; every HTML answer must be valid, set no cookie, and name no other site."""

    def ask(address: str, status: int = 200, **parameters: str) -> Any:
        clear_caches()  # each answer is made anew, so that its queries can be counted
        response = client.get(address, parameters)
        assert response.status_code == status, response.content[:2000]
        assert not response.cookies, "a public page sets no cookie"
        if response.headers["Content-Type"].startswith("text/html") and response.content:
            parser, page = html5lib.HTMLParser(strict=True), response.content.decode()
            (parser.parse if page.startswith("<!doctype") else parser.parseFragment)(page)
        return response

    return ask
