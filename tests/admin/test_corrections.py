"""Errors that visitors report: taken without a trace of the visitor, answered in public."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from codes.actions import corrections
from codes.models import Correction, CorrectionState

pytestmark = pytest.mark.django_db
FORM, LOG = "/corrections/report/", "/corrections/"
TODAY = date(2026, 11, 23)
WORDS = {
    "page": "/cpt/76376/",
    "what_is_wrong": "The unit limit is 3 since the new table, not 2.",
    "source": "https://www.cms.gov/files/zip/medicare-ncci-2026-q4.zip",
}


def send(client: Client, **changed: str) -> Any:
    return client.post(FORM, WORDS | changed)


def test_a_report_goes_into_the_queue_with_its_date_and_nothing_else(client: Client) -> None:
    response = send(client)
    assert response.headers["Location"] == f"{FORM}?sent"
    held = Correction.objects.values().get()
    assert set(held) == {
        *("id", "page", "what_is_wrong", "source", "received_on", "state", "statement", "published_on"),
    }
    assert (held["page"], held["state"], type(held["received_on"])) == ("/cpt/76376/", "waiting", date)


def test_the_form_knows_the_page_and_every_page_leads_to_it(client: Client) -> None:
    assert 'href="/corrections/report/?page=/glossary/"' in client.get("/glossary/").content.decode()
    assert 'value="/glossary/"' in client.get(FORM, {"page": "/glossary/"}).content.decode()


def test_a_page_that_leads_to_the_form_sets_no_cookie(client: Client) -> None:
    for address in ("/", "/glossary/", "/indicators/", LOG):
        assert not client.get(address).cookies


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Patient John Miller was denied 76376.", "a name"),
        ("Call me at 555-234-5678.", "a phone number"),
        ("Write to biller@example.com.", "an email address"),
        ("Claim number 202611230001 was denied.", "number"),
        ("Her SSN is 123-45-6789.", "a Social Security number"),
    ],
)
def test_what_tells_of_a_person_is_refused_with_its_kind(client: Client, text: str, kind: str) -> None:
    response = send(client, what_is_wrong=text)
    assert response.status_code == 400
    assert kind in response.content.decode()
    assert not Correction.objects.exists()


def test_codes_amounts_and_modifiers_are_no_one_s(client: Client) -> None:
    send(client, what_is_wrong="76376-26 allows $9.35 in a facility, CO-97; you say $9.06.")
    assert Correction.objects.count() == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"what_is_wrong": "x" * 1001},
        {"what_is_wrong": ""},
        {"source": "x" * 301},
        {"source": "My name: Miller"},
        {"page": ""},
        {"page": "https://elsewhere.example/"},
        {"page": "//elsewhere.example/"},
        {"page": "/\\elsewhere.example/"},
        {"page": "/cpt/<script>"},
    ],
)
def test_what_is_too_long_or_not_ours_is_refused(client: Client, changed: dict[str, str]) -> None:
    assert send(client, **changed).status_code == 400
    assert not Correction.objects.exists()


def test_a_thousand_characters_are_taken(client: Client) -> None:
    send(client, what_is_wrong="x " * 499 + "xy")
    assert Correction.objects.count() == 1


def test_the_question_of_an_address_is_not_kept(client: Client) -> None:
    send(client, page="/cpt/76376/?zip=35203&charge=99#tips")
    assert Correction.objects.get().page == "/cpt/76376/"


def test_a_script_that_fills_the_hidden_field_is_thanked_and_forgotten(client: Client) -> None:
    assert send(client, company_website="https://spam.example/").status_code == 302
    assert not Correction.objects.exists()


def test_a_form_from_another_site_is_refused() -> None:
    assert Client(enforce_csrf_checks=True).post(FORM, WORDS).status_code == 403


def test_a_flood_is_stopped_for_the_day(client: Client) -> None:
    words = {"page": "/", "what_is_wrong": "x", "received_on": date.today()}
    Correction.objects.bulk_create(Correction(**words) for _ in range(corrections.MOST_A_DAY))
    response = send(client)
    assert response.status_code == 503
    assert "Please send yours tomorrow." in response.content.decode()


def test_the_log_shows_staff_s_sentence_and_never_the_report(client: Client) -> None:
    send(client)
    held = Correction.objects.get()
    assert "No correction has been published yet." in client.get(LOG).content.decode()
    held.state, held.statement = CorrectionState.PUBLISHED, "The unit limit of 76376 was of an older table."
    corrections.answer(held, TODAY)
    page = client.get(LOG).content.decode()
    assert "The unit limit of 76376 was of an older table." in page
    assert "Nov 23, 2026" in page
    assert "not 2" not in page


def test_a_reviewer_answers_in_the_admin(as_reviewer: Client, client: Client) -> None:
    send(client)
    held = Correction.objects.get()
    address = f"/admin/codes/correction/{held.pk}/change/"
    refused = as_reviewer.post(address, {"state": "published", "statement": ""})
    assert "Say what was wrong and what is right now." in refused.content.decode()
    changed = {"state": "published", "statement": "It was 2.", "what_is_wrong": "changed", "page": "/x/"}
    as_reviewer.post(address, changed)
    held.refresh_from_db()
    assert (held.state, held.statement) == (CorrectionState.PUBLISHED, "It was 2.")
    assert held.published_on is not None
    assert (held.page, held.what_is_wrong) == (WORDS["page"], WORDS["what_is_wrong"])


@pytest.mark.parametrize(
    ("page", "is_linked"),
    [("/cpt/76376/", True), ("//elsewhere.example/", False), ("javascript:alert(1)", False)],
)
def test_a_reviewer_looks_at_the_page_beside_the_report(
    as_reviewer: Client, page: str, is_linked: bool
) -> None:
    held = Correction.objects.create(page=page, what_is_wrong="The amount.", received_on=TODAY)
    shown = as_reviewer.get(f"/admin/codes/correction/{held.pk}/change/").content.decode()
    assert (f'<a href="{page}" target="_blank" rel="noopener">' in shown) == is_linked
    assert page in shown


def test_what_leaves_the_log_loses_its_day(client: Client) -> None:
    send(client)
    held = Correction.objects.get()
    held.state, held.statement = CorrectionState.PUBLISHED, "It was 2."
    corrections.answer(held, TODAY)
    held.state = CorrectionState.CLOSED
    assert corrections.answer(held, TODAY).published_on is None


def test_an_editor_reads_the_queue_and_does_not_answer(
    as_editor: Client, editor: User, client: Client
) -> None:
    send(client)
    address = f"/admin/codes/correction/{Correction.objects.get().pk}/change/"
    assert as_editor.get(address).status_code == 200
    assert as_editor.post(address, {"state": "closed", "statement": ""}).status_code == 403
