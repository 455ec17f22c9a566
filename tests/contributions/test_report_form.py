"""The form, as a browser without JavaScript sends it."""

import re
import time
from typing import Any

import html5lib
import pytest
from django.test import Client
from django.utils import timezone

from codes import pricing
from codes.denials import reasons
from codes.denials.plausibility import Rules
from contributions import tokens
from contributions.models import Receipt, Report
from contributions.reports.choices import ReportState
from contributions.reports.forms import months_before
from tests.contributions.conftest import Post
from tests.contributions.telling import CODE, TODAY


def test_the_form_asks_for_two_things_and_is_valid_html(codes: None, client: Client) -> None:
    page = client.get(f"/reports/{CODE}/new/")
    text = page.content.decode()
    html5lib.HTMLParser(strict=True).parse(text)
    assert text.count("(needed)") == 2
    assert page.headers["Cache-Control"] == "no-store"


def test_htmx_gets_the_form_alone(codes: None, client: Client) -> None:
    part = client.get(f"/reports/{CODE}/new/", headers={"HX-Request": "true"}).content
    assert b"<html" not in part
    assert b'name="csrfmiddlewaretoken"' in part


def test_a_report_is_kept_and_the_thanks_show_a_receipt_once(post: Post, client: Client) -> None:
    answer = post()
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/reports/{CODE}/thanks/")
    thanks = client.get(answer.headers["Location"]).content.decode()
    shown = thanks.split('<code id="receipt">')[1].split("<")[0]
    assert len(shown.replace("-", "")) == 16
    assert Receipt.objects.count() == 1
    assert shown not in client.get(answer.headers["Location"]).content.decode()


def test_every_answer_arrives_as_it_was_chosen(post: Post) -> None:
    answers = {
        "payer_kind": "advantage",
        "reason": "co 0097",
        "remark_one": "n362 · units above",
        "remark_two": "M15",
        "modifiers": ["59", "25"],
        "stage": "first",
        "action": "appeal_1",
        "outcome": "paid",
        "what_worked": "documents",
        "place_of_service": "11",
        "state_of_practice": "TX",
        "denied_band": "100",
        "month": last_month(),
        "note": "They wanted the operative report.",
    }
    assert post(**answers).status_code == 302
    report = Report.objects.get()
    assert (report.group_code, report.reason, report.remarks) == ("CO", "97", "N362 M15")
    assert report.modifiers == "25 59"
    assert (report.state_of_practice, report.denied_band, report.month) == ("TX", "100", answers["month"])
    assert (report.action, report.outcome, report.what_worked) == ("appeal_1", "paid", "documents")
    assert report.state == ReportState.ACCEPTED, "a note waits for a person, the report does not"


def last_month() -> str:
    return f"{months_before(timezone.localdate())[1]:%Y-%m}"


def test_months_go_back_two_years() -> None:
    months = months_before(TODAY)
    assert (f"{months[0]:%Y-%m}", f"{months[-1]:%Y-%m}", len(months)) == ("2026-07", "2024-08", 24)


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"payer_kind": ""}, "Choose the kind of payer."),
        ({"payer_kind": "aunt"}, "Select a valid choice"),
        ({"reason": ""}, "Give the reason"),
        ({"reason": "it was late"}, "We do not know this reason"),
        ({"reason": "authorization"}, "Type the number of one of these: 15 · authorization number missing"),
        ({"remark_one": "N99999"}, "We do not know this remark"),
        ({"remark_two": "frequency"}, "Type the number of one of these: M86 · already paid"),
        ({"modifiers": ["25", "59", "LT", "RT", "76"]}, "at most four modifiers"),
        ({"modifiers": ["ZZ"]}, "Select a valid choice"),
        ({"month": "2026-07-15"}, "Select a valid choice"),
        ({"state_of_practice": "Texas"}, "Select a valid choice"),
        ({"note": "x" * 301}, "at most 300 characters"),
        ({"note": "call 555-234-5678"}, "The note seems to hold a phone number"),
        ({"reason": "\x00"}, "Null characters"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(
    post: Post, answers: dict[str, Any], says: str
) -> None:
    page = post(**{"outcome": "upheld", "denied_band": "250", "note": "Kept as it was.", **answers})
    text = page.content.decode()
    assert page.status_code == 400
    name = next(iter(answers))
    beside = text.split(f'id="report_{name}_error"')[1].split("</p>")[0]
    assert says in beside
    assert '<option value="upheld" selected>' in text
    assert '<option value="250" selected>' in text
    if name != "note":
        assert "Kept as it was." in text
    assert not Report.objects.exists()


def test_a_note_that_is_refused_stays_in_the_form(post: Post) -> None:
    assert "call 555-234-5678" in post(note="call 555-234-5678").content.decode()


@pytest.mark.parametrize("trap", [{"company_website": "http://spam.example"}, {"newsletter": "on"}])
def test_a_filled_trap_is_held_and_gets_the_same_thanks(post: Post, trap: dict[str, str]) -> None:
    clean, caught = post(1), post(2, **trap)
    assert (clean.status_code, clean.headers["Location"]) == (caught.status_code, caught.headers["Location"])
    assert clean.headers.keys() == caught.headers.keys()
    assert Report.objects.get(held_because="a hidden field was filled in").state == ReportState.HELD


def test_a_form_sent_within_three_seconds_is_asked_again_and_keeps_its_token(post: Post) -> None:
    page = post(opened=1, note="Kept as it was.")
    text = page.content.decode()
    assert page.status_code == 400
    assert "Your answers are all here" in text
    assert "Kept as it was." in text
    assert "Something is missing" not in text


def test_a_browser_that_fills_the_form_in_at_once_hears_only_of_what_is_missing(post: Post) -> None:
    text = post(opened=0, reason="").content.decode()
    assert "Give the reason" in text
    assert "moment ago" not in text


def test_a_form_older_than_a_day_is_asked_again_with_a_new_token(post: Post) -> None:
    page = post(opened=86_500, note="Kept as it was.")
    assert page.status_code == 400
    assert "more than a day ago" in page.content.decode()
    assert "Kept as it was." in page.content.decode()


def test_a_form_counts_once(codes: None, client: Client) -> None:
    form = {"payer_kind": "medicare", "reason": "97", "token": tokens.issue(CODE, time.time() - 10)}
    assert client.post(f"/reports/{CODE}/new/", form).status_code == 302
    again = client.post(f"/reports/{CODE}/new/", {**form, "reason": "50"})
    assert again.status_code == 400
    assert "was sent already" in again.content.decode()
    assert Report.objects.count() == 1


@pytest.mark.parametrize("token", ["", "nonsense", "x" * 5000, "\x00", "ü:1"])
def test_a_forged_token_is_refused_calmly(post: Post, token: str) -> None:
    page = post(token=token)
    assert page.status_code == 400
    assert "could not be recognized" in page.content.decode()


def test_a_post_without_a_csrf_token_is_refused(codes: None) -> None:
    strict = Client(enforce_csrf_checks=True)
    refused = strict.post(f"/reports/{CODE}/new/", {"payer_kind": "medicare", "reason": "97"})
    assert refused.status_code == 403
    assert "Allow cookies for this site" in refused.content.decode()


def test_a_reason_without_an_edit_is_questioned_and_held_if_confirmed(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("contributions.views.report.rules_of", lambda *_: Rules(has_edits=False))
    page = post(reason="236")
    assert page.status_code == 400
    assert "no active edit is known for 99213. Are you sure?" in page.content.decode()
    assert post(reason="236", sure="on").status_code == 302
    assert Report.objects.get().held_because == "sure although it is odd"


def test_the_modifiers_that_are_billed_with_the_code_come_first(codes: None, client: Client) -> None:
    text = client.get(f"/reports/{CODE}/new/").content.decode()
    chips = re.findall(r'name="modifiers" value="(\w\w)"', text)
    assert chips[:3] == ["25", "57", "24"]
    assert "AS" not in text.split("Other modifiers")[0], "nobody assists at a visit"
    assert set(pricing.MODIFIERS) <= set(chips)
    assert len(chips) == len(set(chips))


def test_common_reasons_come_first_in_the_picker(codes: None, client: Client) -> None:
    text = client.get(f"/reports/{CODE}/new/").content.decode()
    listed = text.split('<datalist id="report-reasons">')[1].split("</datalist>")[0]
    numbers = [part.split(" · ")[0] for part in listed.split('value="')[1:]]
    common = [number for number, entry in reasons.reasons().items() if entry.common]
    assert numbers[: len(common)] == common
    assert len(numbers) == len(reasons.reasons())
