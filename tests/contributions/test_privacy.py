"""The promise on the privacy page, held against the tables, the log, the cache and the sessions."""

import json
import logging
import time
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection, models
from django.test import Client

from contributions import data_inventory, tokens
from contributions.models import Report, StaffDigest
from contributions.reports import actions
from tests.contributions.conftest import Post
from tests.contributions.telling import CODE, TODAY, tell, tell_all

ADDRESS, AGENT = "198.51.100.77", "Mozilla/5.0 Firefox/140.0"
TELLING = ("address", "agent", "user", "session", "email", "phone", "cookie", "network", "browser", "time")


def tables() -> list[type[models.Model]]:
    """The tables of denial reports: all of this app but those of the toolkit, which keep an address by consent, and the
    choice of staff to have a mail."""
    held = set(apps.get_app_config("contributions").get_models()) - {StaffDigest}
    return [model for model in held if "toolkit" not in f"{model.__module__}.{model.__name__}".lower()]


def everything_stored(*, but: str = "-") -> str:
    """Every row of every table whose name does not begin with `but`, as text."""
    with connection.cursor() as cursor:
        found = []
        for table in sorted(connection.introspection.table_names(cursor)):
            if not table.startswith(but):
                cursor.execute(f'SELECT * FROM "{table}"')
                found.append([[str(value) for value in row] for row in cursor.fetchall()])
    return json.dumps(found)


def test_the_privacy_page_names_every_field_of_every_table() -> None:
    said = {group.model: set(group.fields) for group in data_inventory.GROUPS}
    held = {
        model.__name__: {field.name for field in model._meta.concrete_fields if field.name != "id"}
        for model in tables()
    }
    assert said == held


def test_the_privacy_page_shows_them(codes: None, client: Client) -> None:
    page = client.get("/privacy/").content.decode()
    assert all(f"<code>{field}</code>" in page for group in data_inventory.GROUPS for field in group.fields)


def test_no_field_can_hold_an_address_a_browser_or_a_time() -> None:
    for model in tables():
        for field in model._meta.concrete_fields:
            kinds = (models.DateTimeField, models.TimeField, models.GenericIPAddressField, models.FileField)
            assert not isinstance(field, kinds), f"{model.__name__}.{field.name}"
            assert not any(word in field.name for word in TELLING), f"{model.__name__}.{field.name}"
            related = field.related_model
            assert related is None or related._meta.app_label == "contributions"


@pytest.fixture
def sent(post: Post, client: Client, caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """A report that was refused, sent, sent again, throttled, and looked at, with the log of it all."""
    caplog.set_level(logging.DEBUG)
    form = {"payer_kind": "medicare", "reason": "97"}
    extra: dict[str, Any] = {"REMOTE_ADDR": ADDRESS, "HTTP_USER_AGENT": AGENT}
    for note in ("call 555-234-5678", "Fine.", *["Fine."] * 8):
        token = tokens.issue(CODE, time.time() - 10)
        answer = client.post(f"/reports/{CODE}/new/", {**form, "token": token, "note": note}, **extra)
    assert answer.status_code == 429
    client.get(f"/reports/{CODE}/", **extra)
    return caplog


def test_nothing_that_is_stored_holds_the_address_or_the_browser(sent: pytest.LogCaptureFixture) -> None:
    stored = everything_stored()
    assert "198.51" not in stored
    assert "Mozilla" not in stored
    assert "firefox" not in stored.lower()
    assert Report.objects.count() == 1


def test_no_log_line_tells_of_a_report(sent: pytest.LogCaptureFixture) -> None:
    ours = [
        record for record in sent.records if record.name != "django.db.backends" and record.name != "asyncio"
    ]
    assert [record.getMessage() for record in ours] == []


def test_a_form_without_its_cookie_or_with_a_thousand_fields_is_refused_without_a_line_of_the_log(
    codes: None, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    strict = Client(enforce_csrf_checks=True)
    for address in (f"/reports/{CODE}/new/", "/receipt/", "/toolkit/"):
        assert strict.post(address, {"reason": "97"}, REMOTE_ADDR=ADDRESS).status_code == 403
        assert client.post(address, {f"field{n}": "" for n in range(1001)}).status_code == 400
    assert [record.getMessage() for record in caplog.records] == []


def test_no_session_and_no_cached_value_is_made(sent: pytest.LogCaptureFixture) -> None:
    assert not Session.objects.exists()
    assert not getattr(cache, "_cache", {})


def test_the_receipt_cookie_is_for_the_next_page_only(post: Post) -> None:
    cookie = post().cookies["report_receipt"]
    assert (cookie["path"], cookie["max-age"], cookie["httponly"], cookie["samesite"]) == (
        "/reports/", 300, True, "Strict",
    )  # fmt: skip


@pytest.mark.django_db
def test_a_withdrawn_report_leaves_no_answer_behind() -> None:
    receipt = tell(1, note="A sentence that nobody else would write.")
    assert "A sentence that nobody" in everything_stored()
    actions.withdraw(receipt, TODAY)
    assert "A sentence that nobody" not in everything_stored()


@pytest.mark.django_db
def test_no_other_table_moves_with_a_report_or_a_snapshot() -> None:
    before = everything_stored(but="contributions_")
    tell_all(5)
    assert everything_stored(but="contributions_") == before
