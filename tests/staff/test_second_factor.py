"""The second factor: asked for after the password, set up once, good once, forgotten by a command."""

import io
import time
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from pytest_django import Settings

from codes.models import Tip
from staff import second_factor
from staff.checks import second_factor_is_required

pytestmark = pytest.mark.django_db
ENTER, SET_UP = "/admin/second-factor/", "/admin/second-factor/set-up/"
PASSWORD = "a long pass phrase"


@pytest.fixture(autouse=True)
def required(settings: Settings) -> None:
    settings.STAFF_SECOND_FACTOR = True


@pytest.fixture
def reviewer() -> User:
    user = User.objects.create_user("reviewer", password=PASSWORD, is_staff=True)
    user.groups.add(Group.objects.get(name="reviewer"))
    return user


def by_password() -> Client:
    """A browser in which the reviewer's password was given, and nothing else."""
    client = Client()
    answer = client.post("/admin/login/?next=/admin/", {"username": "reviewer", "password": PASSWORD})
    assert answer.status_code == 302
    return client


def code_of(key: str, steps: int = 0) -> str:
    """What an app with this secret shows now, or that many steps of 30 seconds later."""
    totp = TOTP(bytes.fromhex(key))
    totp.time = time.time() + 30 * steps
    return f"{totp.token():06}"


def with_app(user: User) -> tuple[str, list[str]]:
    """A member of staff with an app: its secret, and the recovery codes."""
    key = second_factor.new_key()
    made = second_factor.set_up(user, key, code_of(key))
    assert made is not None
    TOTPDevice.objects.update(last_t=-1)  # as if it had been set up earlier
    return key, made[1]


def opens(client: Client) -> bool:
    return bool(client.get("/admin/").status_code == 200)


def test_a_password_alone_leads_to_the_second_factor(reviewer: User) -> None:
    client = by_password()
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0].startswith(SET_UP)
    assert "Scan this picture" in answer.content.decode()


def test_a_password_alone_opens_no_page_of_the_admin_and_no_preview(reviewer: User) -> None:
    client = by_password()
    tip = Tip.objects.create(code="99213", text="A draft of somebody.")
    for page in (
        "/admin/",
        f"/admin/codes/tip/{tip.pk}/change/",
        "/admin/for-staff/",
        "/admin/password_change/",
    ):
        assert client.get(page).status_code == 302
    assert client.post("/admin/second-factor/recovery-codes/").status_code == 302
    assert "A draft of somebody." not in client.get(f"/cpt/99213/?preview={tip.pk}").content.decode()


def test_an_app_is_set_up_with_a_code_of_its_own_and_recovery_codes_are_shown_once(reviewer: User) -> None:
    client = by_password()
    client.get(SET_UP)
    key = client.session["second_factor_key"]
    assert "not the code of this secret" in client.post(SET_UP, {"code": "000000"}).content.decode()
    answer = client.post(SET_UP, {"code": code_of(key), "next": "/admin/codes/tip/"})
    tokens = set(StaticToken.objects.values_list("token", flat=True))
    assert len(tokens) == 10
    assert all(f"<code>{token}</code>" in answer.content.decode() for token in tokens)
    assert answer["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert opens(client)
    assert not any(token in client.get(ENTER).content.decode() for token in tokens)


def test_a_code_of_the_app_is_good_once(reviewer: User) -> None:
    key, _ = with_app(reviewer)
    code = code_of(key)
    client, other = by_password(), by_password()
    answer = client.post(ENTER, {"code": f"{code[:3]} {code[3:]}", "next": "/admin/codes/tip/"})
    assert (answer.status_code, answer["Location"]) == (302, "/admin/codes/tip/")
    assert opens(client)
    assert "wrong, old or used" in other.post(ENTER, {"code": code}).content.decode()
    assert not opens(other)


def test_a_recovery_code_is_good_once(reviewer: User) -> None:
    _, codes = with_app(reviewer)
    client, other = by_password(), by_password()
    client.post(ENTER, {"code": codes[0].upper()})
    assert opens(client)
    other.post(ENTER, {"code": codes[0]})
    assert not opens(other)
    assert "9 recovery codes" in client.get(ENTER).content.decode()


def test_wrong_codes_make_the_next_one_wait(reviewer: User) -> None:
    key, _ = with_app(reviewer)
    client = by_password()
    for wrong in range(4):
        client.post(ENTER, {"code": f"{(int(code_of(key)) + 7 * (wrong + 1)) % 1_000_000:06}"})
    page = client.post(ENTER, {"code": code_of(key)}).content.decode()
    assert "Wait 1 s, then try again." in page
    assert not opens(client)


def test_nobody_sets_up_an_app_over_one_that_is_there_with_a_password_alone(reviewer: User) -> None:
    with_app(reviewer)
    answer = by_password().get(SET_UP)
    assert (answer.status_code, answer["Location"]) == (302, ENTER)


def test_another_phone_takes_the_place_of_the_first(reviewer: User) -> None:
    key, _ = with_app(reviewer)
    client = by_password()
    client.post(ENTER, {"code": code_of(key)})
    client.get(SET_UP)
    other = client.session["second_factor_key"]
    client.post(SET_UP, {"code": code_of(other)})
    assert TOTPDevice.objects.get().key == other != key
    assert opens(client)


def test_the_way_on_stays_on_this_site(reviewer: User) -> None:
    key, _ = with_app(reviewer)
    answer = by_password().post(ENTER, {"code": code_of(key), "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/admin/"


def test_whoever_has_no_phone_at_hand_can_log_out(reviewer: User) -> None:
    client = by_password()
    client.post("/admin/second-factor/log-out/")
    assert client.get(ENTER)["Location"] == f"/admin/login/?next={ENTER}"


def test_where_it_is_optional_only_who_set_one_up_is_asked(reviewer: User, settings: Settings) -> None:
    settings.STAFF_SECOND_FACTOR = False
    assert opens(by_password())
    with_app(reviewer)
    assert not opens(by_password())


def test_a_command_forgets_a_second_factor(reviewer: User) -> None:
    with_app(reviewer)
    said = io.StringIO()
    call_command("reset_second_factor", "reviewer", stdout=said)
    assert (
        said.getvalue()
        == "The second factor of reviewer is forgotten: a new one is set up at the next log-in.\n"
    )
    assert not second_factor.has_second_factor(reviewer)
    with pytest.raises(CommandError, match="reviewer has no second factor"):
        call_command("reset_second_factor", "reviewer")
    with pytest.raises(CommandError, match='There is no account "nobody"'):
        call_command("reset_second_factor", "nobody")


def test_a_session_whose_app_was_forgotten_is_asked_again(reviewer: User) -> None:
    key, _ = with_app(reviewer)
    client = by_password()
    client.post(ENTER, {"code": code_of(key)})
    second_factor.remove(reviewer)
    assert not opens(client)


def test_secrets_are_on_no_page_of_the_admin(admin_client: Client, settings: Settings) -> None:
    settings.STAFF_SECOND_FACTOR = False
    assert admin_client.get("/admin/otp_totp/totpdevice/").status_code == 404
    assert "otp_" not in admin_client.get("/admin/").content.decode()


def test_a_public_site_without_it_is_warned_of(settings: Settings) -> None:
    assert second_factor_is_required(None) == []
    settings.STAFF_SECOND_FACTOR = False
    found: Any = second_factor_is_required(None)
    assert [each.id for each in found] == ["staff.W001"]


def test_every_page_of_the_admin_leads_to_the_page_for_staff(reviewer: User, settings: Settings) -> None:
    settings.STAFF_SECOND_FACTOR = False
    client = by_password()
    assert '<a href="/admin/for-staff/">For staff</a>' in client.get("/admin/").content.decode()
    page = client.get("/admin/for-staff/").content.decode()
    assert "<strong>Published.</strong>" in page
