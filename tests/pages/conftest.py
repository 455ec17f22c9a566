"""Page tests run on the sample: CMS's true figures of 2025 Q4 and 2026 Q3 for the codes billed most."""

import csv
import io
from collections.abc import Callable, Iterator
from typing import Any

import html5lib
import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from tests.conftest import clear_caches

Get = Callable[..., Any]


def table_of(response: Any) -> list[dict[str, str]]:
    """The rows of a CSV by their headings. Its last line must be the notice that goes wherever codes go."""
    *lines, last = csv.reader(io.StringIO(b"".join(response).decode()))
    assert len(last) == 1
    assert "copyright of the American Medical Association" in last[0]
    headings, *rows = lines
    return [dict(zip(headings, row, strict=True)) for row in rows]


@pytest.fixture(scope="module")
def sample_of_module(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The sample, loaded once a module, in a transaction around the transactions of its tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_sample", stdout=io.StringIO())
        connection.check_constraints()  # here, once: else PostgreSQL does it again after each test
        with django_db_blocker.block():
            yield
        transaction.set_rollback(True)


@pytest.fixture
def sample(sample_of_module: None, db: None) -> None:
    """The sample in the database of this test."""


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
