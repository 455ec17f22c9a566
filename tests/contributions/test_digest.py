"""The daily mail to reviewers: by choice, once a day, with numbers and links and no words of a visitor."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from codes.models import Correction, Tip, TipState
from contributions.mailing import digest
from contributions.models import StaffDigest
from tests.admin.conftest import at_desk, member
from tests.contributions.telling import tell

PAGE = reverse("admin:for_staff")


@pytest.fixture
def reviewer(codes: None, settings: Any) -> User:
    settings.SITE_URL = "https://medpayiq.example"
    user = member("robin", "reviewer")
    user.email = "robin@medpayiq.example"
    user.save()
    return user


def fill_the_queues(author: User) -> None:
    """A tip to review, one past its date, a report that is held with a note, and a reported error."""
    words = {"code": "99213", "text": "Document the time.", "source_title": "CPT", "author": author}
    Tip.objects.create(state=TipState.IN_REVIEW, **words)
    last_year = timezone.localdate() - timedelta(days=1)
    Tip.objects.create(
        state=TipState.PUBLISHED, **words, reviewer=member("sam", "reviewer"), reviewed_on=last_year,
        review_again_by=last_year,
    )  # fmt: skip
    tell(1, hold="a burst", note="They want the operative report.")
    Correction.objects.create(page="/cpt/99213/", what_is_wrong="The amount.", received_on=last_year)


def sent() -> str:
    out = StringIO()
    call_command("send_digests", stdout=out)
    return out.getvalue()


def test_nobody_gets_a_mail_unasked(reviewer: User) -> None:
    fill_the_queues(member("kim", "editor"))
    assert sent() == "Sent 0 mails to staff; 0 were not sent.\n"
    assert mail.outbox == []


def test_a_reviewer_asks_for_the_mail_on_the_page_for_staff_and_stops_it_there(reviewer: User) -> None:
    desk = at_desk(reviewer)
    assert "Send me a daily mail" in desk.get(PAGE).content.decode()
    assert "You get a mail" in desk.post(PAGE, {"digest": "on"}, follow=True).content.decode()
    assert digest.wants(reviewer)
    assert "Stop the daily mail" in desk.get(PAGE).content.decode()
    desk.post(PAGE)
    assert not digest.wants(reviewer)


def test_without_an_address_there_is_nothing_to_choose(codes: None) -> None:
    page = at_desk(member("kim", "editor")).get(PAGE).content.decode()
    assert "no e-mail address yet" in page
    assert "Send me a daily mail" not in page


def test_the_mail_counts_what_waits_and_links_to_it(reviewer: User) -> None:
    fill_the_queues(member("kim", "editor"))
    digest.choose(reviewer, True)
    assert sent() == "Sent 1 mails to staff; 0 were not sent.\n"
    (message,) = mail.outbox
    assert (message.to, message.subject) == (["robin@medpayiq.example"], "MedPayIQ: 5 to review")
    lines = message.body.splitlines()
    for line in (
        "1  Tips that wait for my review",
        "1  Tips past their review date",
        "1  Denial reports held for review",
        "1  Notes to read",
        "1  Errors that visitors reported",
    ):
        assert line in lines
    assert "   https://medpayiq.example/admin/codes/tip/?todo=review" in lines
    assert "operative report" not in message.body
    assert "The amount" not in message.body


def test_the_command_run_twice_mails_once_and_again_the_next_day(reviewer: User) -> None:
    fill_the_queues(member("kim", "editor"))
    digest.choose(reviewer, True)
    today = timezone.localdate()
    assert [digest.send(today), digest.send(today), digest.send(today + timedelta(days=1))] == [
        (1, 0), (0, 0), (1, 0),
    ]  # fmt: skip


def test_a_dry_run_sends_nothing(reviewer: User) -> None:
    fill_the_queues(member("kim", "editor"))
    digest.choose(reviewer, True)
    out = StringIO()
    call_command("send_digests", "--dry-run", stdout=out)
    assert (out.getvalue(), mail.outbox) == ("Would send 1 mails.\n", [])
    assert StaffDigest.objects.get().sent_on is None


def test_where_nothing_waits_there_is_no_mail(reviewer: User) -> None:
    digest.choose(reviewer, True)
    assert digest.send(timezone.localdate()) == (0, 0)


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}, {"email": ""}])
def test_who_left_the_staff_gets_none(reviewer: User, change: dict[str, Any]) -> None:
    fill_the_queues(member("kim", "editor"))
    digest.choose(reviewer, True)
    User.objects.filter(pk=reviewer.pk).update(**change)
    assert digest.send(timezone.localdate()) == (0, 0)


def test_an_editor_is_told_of_what_an_editor_may_see(codes: None) -> None:
    kim = member("kim", "editor")
    User.objects.filter(pk=kim.pk).update(email="kim@medpayiq.example")
    fill_the_queues(kim)
    digest.choose(kim, True)
    assert digest.send(timezone.localdate()) == (1, 0)
    assert "Denial reports" not in mail.outbox[0].body
    assert "Tips past their review date" in mail.outbox[0].body


def test_a_mail_that_the_server_refuses_is_due_again(reviewer: User, settings: Any) -> None:
    fill_the_queues(member("kim", "editor"))
    digest.choose(reviewer, True)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 1
    assert digest.send(timezone.localdate()) == (0, 1)
    assert StaffDigest.objects.get().sent_on is None
