"""Tests of the denial reports: two known codes, senders by number, and no local mode unless a test asks for it."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from codes.models import CodeText
from contributions import throttling, tokens
from tests.contributions.telling import CODE, OTHER_CODE

Post = Callable[..., Any]


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    throttling.forget_everything()
    yield
    throttling.forget_everything()


@pytest.fixture(autouse=True)
def _told_apart(settings: Any) -> None:
    settings.REPORTS_LOCAL_MODE = False


@pytest.fixture
def codes(db: None) -> None:
    """Two codes that the reference knows."""
    CodeText.objects.create(code=CODE, plain_name="Office visit, established patient")
    CodeText.objects.create(code=OTHER_CODE, plain_name="Exercise, each 15 minutes")


@pytest.fixture
def post(codes: None, client: Client) -> Post:
    """Send the form as a browser would, ten seconds after it was opened, from network number `who`."""

    def send(who: int = 1, code: str = CODE, opened: float = 10, **answers: Any) -> Any:
        form = {
            "payer_kind": "medicare",
            "reason": "CO-97",
            "token": tokens.issue(code, time.time() - opened),
        }
        return client.post(
            f"/reports/{code}/new/",
            {**form, **answers},
            REMOTE_ADDR=f"{who}.51.100.7",
            HTTP_USER_AGENT="Firefox/140.0",
        )

    return send
