"""Every list of the admin asks before it takes something away: with the count, the rows, and in one transaction."""

from datetime import date

import pytest
from django.contrib import admin
from django.test import Client

from codes.models import Correction, CorrectionState, Version
from contributions.models import ToolkitSignup
from tests.admin.forms import form_fields

pytestmark = pytest.mark.django_db
CORRECTIONS, SIGNUPS = "/admin/codes/correction/", "/admin/contributions/toolkitsignup/"
DAY = date(2026, 11, 23)


def corrections(count: int, **fields: object) -> list[int]:
    given = {"page": "/", "what_is_wrong": "Spam.", "received_on": DAY, **fields}
    for _ in range(count):
        Correction.objects.create(**given)
    return list(Correction.objects.values_list("pk", flat=True))


def ask(client: Client, address: str, action: str, keys: list[int]) -> str:
    chosen = {"action": action, "_selected_action": keys[:1], "select_across": "1"}
    return client.post(address, chosen).content.decode()


def version() -> int:
    return Version.objects.filter(name="corrections").values_list("number", flat=True).first() or 0


def test_what_is_in_the_public_log_is_closed_and_opened_again(as_reviewer: Client) -> None:
    keys = corrections(3, state="published", statement="It was 2.", published_on=DAY)
    page = ask(as_reviewer, CORRECTIONS, "close", keys)
    assert "Close 3 corrections?" in page
    assert Correction.objects.filter(state="published").count() == 3
    before = version()
    as_reviewer.post(CORRECTIONS, form_fields(page))
    assert set(Correction.objects.values_list("state", flat=True)) == {CorrectionState.CLOSED}
    assert version() > before
    as_reviewer.post(CORRECTIONS, form_fields(ask(as_reviewer, CORRECTIONS, "reopen", keys)))
    assert set(Correction.objects.values_list("state", "statement")) == {("published", "It was 2.")}


def test_more_rows_than_a_form_may_have_fields_are_erased_at_once(as_reviewer: Client) -> None:
    keys = corrections(450)
    page = ask(as_reviewer, CORRECTIONS, "delete_selected", keys)
    assert "Erase 450 corrections?" in page
    assert Correction.objects.count() == 450
    assert as_reviewer.post(CORRECTIONS, form_fields(page)).status_code == 302
    assert not Correction.objects.exists()


def test_what_is_in_the_public_log_is_not_erased(as_reviewer: Client) -> None:
    keys = corrections(1, state="published", statement="It was 2.", published_on=DAY)
    page = ask(as_reviewer, CORRECTIONS, "delete_selected", keys)
    told = as_reviewer.post(CORRECTIONS, form_fields(page), follow=True).content.decode()
    assert "Close them first." in told
    assert as_reviewer.post(f"{CORRECTIONS}{keys[0]}/delete/", {"post": "yes"}).status_code == 403
    assert Correction.objects.exists()


def test_addresses_are_erased_only_after_they_were_shown(admin_client: Client) -> None:
    for number in range(2):
        ToolkitSignup.objects.create(
            address=f"biller{number}@example.com", asked_on=DAY, consent_version="1", consent_text="Yes."
        )
    page = ask(
        admin_client, SIGNUPS, "delete_selected", list(ToolkitSignup.objects.values_list("pk", flat=True))
    )
    assert ToolkitSignup.objects.count() == 2
    admin_client.post(SIGNUPS, form_fields(page))
    assert not ToolkitSignup.objects.exists()


TAKES_NOTHING_AWAY = {"submit"}


def test_no_action_of_our_lists_takes_anything_away_unasked() -> None:
    ours = [
        desk
        for model, desk in admin.site._registry.items()
        if model._meta.app_label in ("codes", "contributions")
    ]
    actions = {getattr(action, "__name__", action): action for desk in ours for action in desk.actions or ()}
    asking = {name for name, action in actions.items() if getattr(action, "asks_first", False)}
    assert set(actions) - asking == TAKES_NOTHING_AWAY
    assert {
        "retire",
        "publish",
        "confirm",
        "restore",
        "reject",
        "erase_notes",
        "take_down",
        "close",
    } <= asking
