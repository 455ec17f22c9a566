"""A mail a day to each reviewer who asked for it: what waits, by list and number. It holds no words of a visitor's."""

from collections.abc import Iterator
from datetime import date
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMultiAlternatives
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse

from contributions.mailing import emails
from contributions.models import StaffDigest
from contributions.to_do import Waiting, lists_of


def wants(user: User) -> bool:
    """Whether a member of staff asked for the mail."""
    return StaffDigest.objects.filter(staff=user).exists()


def choose(user: User, wanted: bool) -> None:
    """Begin the mails to a member of staff, or end them."""
    if wanted:
        StaffDigest.objects.get_or_create(staff=user)
    else:
        StaffDigest.objects.filter(staff=user).delete()


def due(today: date) -> Iterator[tuple[StaffDigest, EmailMultiAlternatives]]:
    """The mails of today that were not sent yet: none to whom nothing waits for, has no address or may not log in."""
    choices = StaffDigest.objects.select_related("staff").filter(Q(sent_on=None) | Q(sent_on__lt=today))
    for digest in choices.filter(staff__is_active=True, staff__is_staff=True).exclude(staff__email=""):
        if waiting := [each for each in lists_of(digest.staff, mailed_only=True) if each.number]:
            yield digest, _mail(digest.staff, waiting)


def send(today: date) -> tuple[int, int]:
    """Send the mails of today; how many were handed over, and how many were not."""
    sent = failed = 0
    for digest, mail in due(today):
        if emails.hand_over(mail) is emails.Sent.YES:
            StaffDigest.objects.filter(pk=digest.pk).update(sent_on=today)
            sent += 1
        else:
            failed += 1
    return sent, failed


def _mail(user: User, waiting: list[Waiting]) -> EmailMultiAlternatives:
    total = sum(each.number or 0 for each in waiting)
    words = {
        "waiting": [each._replace(address=settings.SITE_URL + each.address) for each in waiting],
        "choice": settings.SITE_URL + reverse("admin:for_staff"),
    }
    return EmailMultiAlternatives(
        f"MedPayIQ: {total:,} to review",
        render_to_string("emails/digest.txt", words),
        to=[user.email],
        headers={
            "Message-ID": make_msgid(domain=urlsplit(settings.SITE_URL).hostname),
            "Auto-Submitted": "auto-generated",
        },
    )
