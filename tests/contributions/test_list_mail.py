"""The mail of the toolkit tells what changed in a list of codes, if its reader confirmed one."""

import time
from datetime import date
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from contributions import tokens
from contributions.mailing import consent, subscriptions
from contributions.mailing.list_news import list_news
from contributions.models import ToolkitSignup
from tests.contributions.toolkit_site import load_world

pytestmark = pytest.mark.django_db
TODAY = date(2026, 7, 15)
ADDRESS = "biller@example.com"


@pytest.fixture(autouse=True)
def _site(settings: Any) -> None:
    settings.SITE_URL = "https://medpayiq.example"
    settings.POSTAL_ADDRESS = "MedPayIQ, 1 Main Street, Springfield"


def asked(*codes: str) -> ToolkitSignup:
    signup = subscriptions.ask(ADDRESS, "", TODAY, tokens.issue("toolkit", 0), codes)
    assert signup is not None
    return signup


def listed(*codes: str, edition: str = "RVU26B") -> ToolkitSignup:
    signup = asked(*codes)
    subscriptions.confirm(signup.pk, edition, TODAY)
    return ToolkitSignup.objects.get(pk=signup.pk)


def text_sent() -> str:
    return str(mail.outbox[-1].body)


def test_a_list_waits_until_its_address_is_confirmed() -> None:
    signup = asked("99213", "27447")
    assert (signup.codes, signup.codes_asked) == ("", "99213,27447")
    subscriptions.confirm(signup.pk, "RVU26B", TODAY)
    signup.refresh_from_db()
    assert (signup.codes, signup.codes_asked) == ("99213,27447", "")


def test_the_mail_of_a_new_edition_tells_the_changes_in_dollars() -> None:
    load_world()
    listed("99213", "99999")
    subscriptions.send_edition("RVU26C", TODAY, time.time())
    assert "99213: $10.00 to $20.00" in text_sent()
    assert "99999: in none of the files" in text_sent()
    assert "https://medpayiq.example/list/?codes=99213,99999" in text_sent()
    sent = mail.outbox[-1]
    assert isinstance(sent, EmailMultiAlternatives)
    html = str(sent.alternatives[0][0])
    assert "<li>99213: $10.00 to $20.00</li>" in html


def test_a_mail_to_somebody_without_a_list_speaks_of_none() -> None:
    load_world()
    listed()
    subscriptions.send_edition("RVU26C", TODAY, time.time())
    assert "list of codes" not in text_sent()


def test_another_list_of_an_address_on_the_list_waits_for_the_click() -> None:
    listed("99213")
    signup = asked("27447")
    subscriptions.write_to(signup, TODAY, time.time())
    assert "27447" in text_sent()
    assert "/toolkit/confirm/" in text_sent()
    assert ToolkitSignup.objects.get().codes == "99213"
    subscriptions.confirm(signup.pk, "RVU26C", TODAY)
    after = ToolkitSignup.objects.get()
    assert (after.codes, after.edition, after.consent_version) == ("27447", "RVU26B", consent.VERSION)


def test_signing_up_again_without_a_list_keeps_the_list() -> None:
    listed("99213")
    asked()
    assert ToolkitSignup.objects.get().codes == "99213"


def test_a_long_list_of_news_is_cut_and_says_so() -> None:
    load_world()
    unknown = [f"{number}" for number in range(10_000, 10_100)]
    news = list_news(unknown, TODAY)
    assert (len(news.lines), news.more) == (60, 40)


def test_the_form_takes_the_codes_of_a_link_and_names_a_word_that_is_none(client: Client) -> None:
    assert "99213,27447</textarea>" in client.get("/toolkit/?codes=99213,27447").content.decode()
    form = {"address": ADDRESS, "consent": "on", "token": tokens.issue("toolkit", time.time() - 10)}
    answer = client.post("/toolkit/", {**form, "codes": "99213, hello"})
    assert answer.status_code == 400
    assert "&quot;HELLO&quot; is not a code" in answer.content.decode()
    assert not ToolkitSignup.objects.exists()
