"""Signing up, the links to the files, confirming, leaving: the pages."""

import re
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import html5lib
import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from codes.models import Version
from contributions import data_inventory, tokens
from contributions.mailing import consent, links, subscriptions
from contributions.models import LeftToolkit, ToolkitSignup

pytestmark = pytest.mark.django_db
ADDRESS = "biller@example.com"
TODAY = date(2026, 7, 15)
NOW = 1_784_000_000.0
SignUp = Callable[..., Any]


def bytes_of(answer: Any) -> bytes:
    """The whole answer, headers too."""
    return answer.serialize()


@pytest.fixture(autouse=True)
def _room(settings: Any, tmp_path: Path) -> None:
    settings.TOOLKIT_DIR = tmp_path / "toolkit"


@pytest.fixture
def sign_up(client: Client) -> SignUp:
    """Send the form as a browser would, ten seconds after it was opened, from network number `who`."""

    def send(address: str = ADDRESS, who: int = 1, opened: float = 10, **answers: Any) -> Any:
        form = {"address": address, "consent": "on", "token": tokens.issue("toolkit", time.time() - opened)}
        return client.post("/toolkit/", {**form, **answers}, REMOTE_ADDR=f"198.51.{who}.7")

    return send


def listed(address: str = ADDRESS) -> ToolkitSignup:
    """An address on the list."""
    signup = subscriptions.ask(address, "", TODAY, tokens.issue("toolkit", 0))
    assert signup is not None
    subscriptions.confirm(signup.pk, "RVU26C", TODAY)
    return ToolkitSignup.objects.get(pk=signup.pk)


def link_in_mail(name: str) -> str:
    """The path of the link in the last mail, "confirm" or "leave"."""
    text = str(mail.outbox[-1].body)
    return "/" + text[text.index(f"/toolkit/{name}/") :].split()[0].lstrip("/")


def test_the_form_is_valid_html_says_what_comes_and_how_often_and_is_kept_nowhere(client: Client) -> None:
    page = client.get("/toolkit/")
    text = page.content.decode()
    html5lib.HTMLParser(strict=True).parse(text)
    assert "at once" in text
    assert "about four times a year" in text
    assert consent.TEXT in text
    assert page.headers["Cache-Control"] == "no-store"


def test_the_files_are_there_at_once_and_the_address_waits(sign_up: SignUp, client: Client) -> None:
    answer = sign_up(state_of_practice="TX")
    assert answer.status_code == 302
    thanks = client.get(answer.headers["Location"]).content.decode()
    html5lib.HTMLParser(strict=True).parse(thanks)
    signed = answer.headers["Location"].split("/")[3]
    for kind, magic in (("pdf", b"%PDF-"), ("xlsx", b"PK")):
        assert f"/toolkit/files/{signed}/toolkit.{kind}" in thanks
        file = client.get(f"/toolkit/files/{signed}/toolkit.{kind}")
        assert b"".join(file).startswith(magic)
        assert f'filename="MedPayIQ-toolkit-no-release.{kind}"' in file.headers["Content-Disposition"]
    signup = ToolkitSignup.objects.get()
    assert (signup.address, signup.state_of_practice, signup.asked_on) == (
        ADDRESS,
        "TX",
        timezone.localdate(),
    )
    assert (signup.consent_version, signup.consent_text) == (consent.VERSION, consent.TEXT)
    assert not ToolkitSignup.objects.on_the_list().exists()


def test_known_and_unknown_addresses_get_the_same_bytes(
    sign_up: SignUp, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed("known@example.com")
    subscriptions.ask("waits@example.com", "", TODAY, tokens.issue("toolkit", 0))
    gone = listed("gone@example.com")
    subscriptions.unsubscribe([gone.pk], TODAY)
    monkeypatch.setattr(time, "time", lambda: NOW)
    answers = [
        sign_up(f"{name}@example.com", who=who)
        for who, name in enumerate(("known", "waits", "gone", "unknown"))
    ]
    thanks = [bytes_of(client.get(answer.headers["Location"])) for answer in answers]
    assert len({bytes_of(answer) for answer in answers}) == 1
    assert len(set(thanks)) == 1
    assert len(mail.outbox) == 3, "one that left is left in peace"


def test_no_visitor_makes_a_file_and_gets_the_former_one_until_the_new_one_is_made(
    client: Client, settings: Any
) -> None:
    settings.BUILD_DOWNLOADS_ON_REQUEST = False
    signed = links.download_token(time.time())
    file, thanks = f"/toolkit/files/{signed}/toolkit.pdf", f"/toolkit/thanks/{signed}/"

    missing = client.get(file)
    assert (missing.status_code, missing.headers["Retry-After"]) == (503, "300")
    assert "Open this link again in 5 minutes" in missing.content.decode()
    assert not Path(settings.TOOLKIT_DIR).exists()

    call_command("build_toolkit")
    former = b"".join(client.get(file))
    assert former.startswith(b"%PDF")
    assert "being made" not in client.get(thanks).content.decode()

    Version.bump("tips")
    answer = client.get(file)
    assert answer.headers["Content-Disposition"].endswith('"MedPayIQ-toolkit-no-release.pdf"')
    assert b"".join(answer) == former
    assert "Until they are done you get the former ones" in client.get(thanks).content.decode()


def test_a_link_to_the_files_dies_after_seven_days(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    signed = links.download_token(NOW)
    monkeypatch.setattr(time, "time", lambda: NOW + 7 * 86_400)
    assert client.get(f"/toolkit/files/{signed}/toolkit.pdf").status_code == 200
    monkeypatch.setattr(time, "time", lambda: NOW + 7 * 86_400 + 1)
    for address in (f"/toolkit/files/{signed}/toolkit.pdf", f"/toolkit/thanks/{signed}/"):
        page = client.get(address)
        assert page.status_code == 410
        assert "This link has grown old" in page.content.decode()


@pytest.mark.parametrize("spoilt", ["", "x", "MTc4NDAwMDAwMA:abc"])
def test_a_link_that_was_tampered_with_gets_a_calm_page(client: Client, spoilt: str) -> None:
    good = links.download_token(time.time())
    signed = spoilt or good[:-1] + ("A" if good[-1] != "A" else "B")
    for address in (
        f"/toolkit/files/{signed}/toolkit.pdf",
        f"/toolkit/confirm/{signed}/",
        f"/toolkit/leave/{signed}/",
    ):
        page = client.get(address)
        assert page.status_code == 404
        assert "Nothing has happened." in page.content.decode()


def test_a_link_of_one_kind_is_no_link_of_another(client: Client) -> None:
    leave, files = links.to_leave(1), links.download_token(time.time())
    assert client.get(f"/toolkit/files/{leave}/toolkit.pdf").status_code == 404
    assert client.post(f"/toolkit/confirm/{leave}/").status_code == 404
    assert client.post(f"/toolkit/leave/{files}/").status_code == 404


def test_opening_the_link_of_the_mail_confirms_nothing_and_its_button_does(
    sign_up: SignUp, client: Client
) -> None:
    sign_up()
    link = link_in_mail("confirm")
    page = client.get(link).content.decode()
    html5lib.HTMLParser(strict=True).parse(page)
    assert not ToolkitSignup.objects.on_the_list().exists(), "programs that scan mail open every link"
    for _ in range(2):
        page = Client(enforce_csrf_checks=True).post(link).content.decode()
        assert "You are on the list" in page
        assert re.search(r"/toolkit/files/[^/]+/toolkit.pdf", page), "whoever confirms wants the files"
    assert ToolkitSignup.objects.on_the_list().get().confirmed_on == timezone.localdate()


def test_a_link_to_confirm_dies_after_seven_days(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    signup = subscriptions.ask(ADDRESS, "", TODAY, tokens.issue("toolkit", 0))
    assert signup is not None
    link = f"/toolkit/confirm/{links.to_confirm(signup.pk, NOW)}/"
    monkeypatch.setattr(time, "time", lambda: NOW + 7 * 86_400 + 1)
    assert client.post(link).status_code == 410
    assert not ToolkitSignup.objects.on_the_list().exists()


def test_leaving_needs_no_log_in_and_no_cookie_and_twice_is_calm() -> None:
    signup = listed()
    link = f"/toolkit/leave/{links.to_leave(signup.pk)}/"
    stranger = Client(enforce_csrf_checks=True)
    page = stranger.get(link).content.decode()
    html5lib.HTMLParser(strict=True).parse(page)
    assert ToolkitSignup.objects.on_the_list().exists()
    answers = [stranger.post(link, {"List-Unsubscribe": "One-Click"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].content == answers[1].content
    assert not stranger.cookies
    assert not ToolkitSignup.objects.on_the_list().exists()
    ToolkitSignup.objects.all().delete()
    assert stranger.post(link).content == answers[0].content, "an address that is forgotten gets the same"


def test_whoever_left_comes_back_only_by_confirming_again(sign_up: SignUp) -> None:
    signup = listed()
    subscriptions.unsubscribe([signup.pk], TODAY)
    assert not subscriptions.confirm(signup.pk, "RVU26C", TODAY), "a link of before is dead"
    sign_up()
    assert not ToolkitSignup.objects.on_the_list().exists()
    LeftToolkit.objects.update(left_on=timezone.localdate() - timedelta(days=366))
    ToolkitSignup.objects.all().delete()
    sign_up()
    Client().post(link_in_mail("confirm"))
    assert ToolkitSignup.objects.on_the_list().exists()


@pytest.mark.parametrize("typed", [ADDRESS, ADDRESS.upper(), "biller+1@example.com", "bil.ler@example.com"])
def test_an_address_that_left_gets_no_mail_because_somebody_else_types_it(
    sign_up: SignUp, typed: str
) -> None:
    today = timezone.localdate()
    subscriptions.unsubscribe([listed().pk], today)
    assert sign_up(typed).status_code == 302
    assert not mail.outbox
    assert ToolkitSignup.objects.get().left_on == today
    subscriptions.forget(today + timedelta(days=31))
    assert sign_up(typed, who=2).status_code == 302
    assert not mail.outbox
    assert "biller" not in LeftToolkit.objects.get().digest


def test_the_ways_to_write_one_mailbox_share_its_limit(sign_up: SignUp) -> None:
    for who, typed in enumerate(("victim", "victim+1", "v.ictim", "Victim+7", "vic.tim+2"), start=1):
        assert sign_up(f"{typed}@example.com", who=who).status_code == 302
    assert len(mail.outbox) == 2


def test_all_sign_ups_together_cause_so_many_mails_a_day(sign_up: SignUp, settings: Any) -> None:
    settings.MAIL_TOTAL = "3/day"
    for who in range(1, 6):
        assert sign_up(f"b{who}@example.com", who=who).status_code == 302
    assert len(mail.outbox) == 3


def test_nobody_changes_an_address_on_the_list_by_signing_it_up(sign_up: SignUp) -> None:
    before = listed()
    sign_up(ADDRESS.upper(), state_of_practice="NY")
    after = ToolkitSignup.objects.get()
    assert (after.state_of_practice, after.asked_on, after.confirmed_on) == ("", TODAY, before.confirmed_on)
    assert "nothing to do" in mail.outbox[-1].body


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"address": ""}, "Type the address"),
        ({"address": "no address"}, "This does not look like an e-mail address"),
        ({"consent": ""}, "Tick the box"),
        ({"state_of_practice": "ZZ"}, "Select a valid choice"),
        ({"opened": 1}, "press the button once more"),
        ({"opened": 90_000}, "more than a day ago"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    sign_up: SignUp, answers: dict[str, Any], says: str
) -> None:
    page = sign_up(**answers)
    assert page.status_code == 400
    assert says in page.content.decode()
    assert not ToolkitSignup.objects.exists()
    assert not mail.outbox


def test_a_form_is_sent_once(sign_up: SignUp) -> None:
    token = tokens.issue("toolkit", time.time() - 10)
    assert sign_up(token=token).status_code == 302
    again = sign_up(token=token)
    assert again.status_code == 400
    assert "This form was sent already" in again.content.decode()


@pytest.mark.parametrize("trap", ["company_website", "newsletter"])
def test_a_script_that_fills_hidden_fields_gets_the_answer_and_is_not_kept(
    sign_up: SignUp, trap: str, client: Client
) -> None:
    answer = sign_up(**{trap: "on"})
    assert client.get(answer.headers["Location"]).status_code == 200
    assert not ToolkitSignup.objects.exists()
    assert not mail.outbox


def test_the_seventh_sign_up_of_a_network_in_an_hour_waits(sign_up: SignUp) -> None:
    answers = [sign_up(f"b{number}@example.com") for number in range(7)]
    assert [answer.status_code for answer in answers] == [302] * 6 + [429]
    assert "b6@example.com" in answers[-1].content.decode(), "nothing typed is lost"
    assert sign_up("other@example.com", who=2).status_code == 302


def test_nobody_is_flooded_with_mails_by_others(sign_up: SignUp) -> None:
    answers = [sign_up(who=who) for who in range(1, 6)]
    assert {answer.status_code for answer in answers} == {302}
    assert len(mail.outbox) == 2


def test_addresses_that_never_confirmed_or_left_are_erased_after_thirty_days() -> None:
    listed("stays@example.com")
    subscriptions.unsubscribe([listed("left@example.com").pk], TODAY)
    subscriptions.ask("waits@example.com", "", TODAY, tokens.issue("toolkit", 0))
    assert subscriptions.forget(TODAY + timedelta(days=30)) == 0
    assert subscriptions.forget(TODAY + timedelta(days=31)) == 2
    assert ToolkitSignup.objects.get().address == "stays@example.com"


def test_the_privacy_page_names_every_field_of_a_sign_up(client: Client) -> None:
    held = {field.name for field in ToolkitSignup._meta.concrete_fields if field.name != "id"}
    assert set(data_inventory.SIGNUP.fields) == held
    assert set(data_inventory.LEFT.fields) == {field.name for field in LeftToolkit._meta.concrete_fields}
    assert data_inventory.SIGNUP.model == ToolkitSignup.__name__
    page = client.get("/privacy/").content.decode()
    html5lib.HTMLParser(strict=True).parse(page)
    assert all(f"<code>{field}</code>" in page for field in held)


def test_a_code_page_leads_to_the_form_and_holds_no_token(client: Client) -> None:
    from tests.contributions.toolkit_site import load_world

    load_world()
    page = client.get("/cpt/99213/").content.decode()
    assert '<h2 id="toolkit">' in page
    assert 'href="/toolkit/"' in page
    assert "csrfmiddlewaretoken" not in page
