"""Tests of the denial reports: two known codes, senders by number, and no local mode unless a test asks for it."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker

from codes.models import CodeText
from contributions import throttling, tokens
from contributions.toolkit import build
from tests.contributions.telling import CODE, OTHER_CODE
from tests.contributions.toolkit_site import AT, by_kind, load_world

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


@pytest.fixture
def toolkit_room(settings: Any, tmp_path: Path) -> None:
    """A folder of this test's own for the files of the toolkit."""
    settings.TOOLKIT_DIR = tmp_path / "toolkit"


@pytest.fixture(scope="session")
def toolkit(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """The files of the toolkit's small world, by kind: made once for all tests that only read them."""
    room = override_settings(TOOLKIT_DIR=tmp_path_factory.mktemp("toolkit"))
    with django_db_blocker.unblock(), transaction.atomic(), room:
        load_world()
        files = by_kind(build.build(AT))
        transaction.set_rollback(True)
    return files
