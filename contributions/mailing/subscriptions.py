"""Everything that changes the mailing list: asking, confirming, leaving, telling of a new edition, forgetting.

An address is on the list only after the link in its mail was followed. Whoever asks gets the same answer for any
address; the mail tells the rest, to its owner alone.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Q

from contributions import tokens
from contributions.mailing import consent, emails
from contributions.mailing.emails import Sent
from contributions.mailing.list_news import list_news
from contributions.mailing.mailbox import digest_of
from contributions.models import LeftToolkit, ToolkitSignup
from contributions.reports.actions import AlreadySent

PAUSE_DAYS = 365  # days for which an address that left is not written to, whoever types it
KEPT_DAYS = 30  # days for which an address that never confirmed, or that left, is kept


class MailResult(NamedTuple):
    """What became of a round of mails."""

    sent: int
    failed: int
    refused: int


@transaction.atomic
def ask(address: str, state: str, today: date, token: str, codes: Sequence[str] = ()) -> ToolkitSignup | None:
    """Keep an address that asked for the mails, and the codes that it asked for. One that is on the list stays as it
    is: another list of codes waits for the click in a mail.

    None for one that left within a year, and nothing is kept: whoever typed it may not be its owner.

    Raises AlreadySent where the form's token was used up by another request.
    """
    if not tokens.spend(token, today):
        raise AlreadySent
    forget(today)
    if LeftToolkit.objects.filter(pk=digest_of(address)).exists():
        return None
    agreed = {"asked_on": today, "consent_version": consent.VERSION, "consent_text": consent.TEXT}
    everybody = ToolkitSignup.objects.select_for_update()
    signup, _ = everybody.get_or_create(address=address.lower(), defaults=agreed)
    if signup.confirmed_on is None:
        for name, value in {**agreed, "state_of_practice": state}.items():
            setattr(signup, name, value)
    if codes or signup.confirmed_on is None:
        signup.codes_asked = ",".join(codes)
    signup.save()
    return signup


def write_to(signup: ToolkitSignup, today: date, now: float) -> Sent:
    """Send what this address is due after it asked: the link to confirm, or to take another list of codes, or word
    that it is on the list."""
    if signup.confirmed_on is None:
        mail = emails.confirmation(signup, now)
    elif signup.codes_asked:
        mail = emails.another_list(signup, now)
    else:
        mail = emails.already_subscribed(signup)
    return _hand_over(signup, mail, today, None)


def confirm(number: int, edition: str, today: date) -> bool:
    """Put an address on the list, with the codes that it asked for; False where none waits or is on it."""
    with transaction.atomic():
        signup = ToolkitSignup.objects.select_for_update().filter(pk=number, left_on=None).first()
        if signup is None:
            return False
        if signup.confirmed_on is None:
            signup.confirmed_on, signup.edition = today, edition
        if signup.codes_asked:
            signup.codes, signup.codes_asked = signup.codes_asked, ""
            signup.consent_version, signup.consent_text = consent.VERSION, consent.TEXT
        signup.save()
    return True


@transaction.atomic
def unsubscribe(numbers: Iterable[int], today: date) -> int:
    """Take addresses off the list, how many. Those that left before, or are forgotten, are left alone."""
    leaving = ToolkitSignup.objects.filter(pk__in=list(numbers), left_on=None)
    digests = {digest_of(address) for address in leaving.values_list("address", flat=True)}
    LeftToolkit.objects.bulk_create(
        (LeftToolkit(digest=each, left_on=today) for each in digests),
        update_conflicts=True,
        unique_fields=["digest"],
        update_fields=["left_on"],
    )
    return leaving.update(left_on=today)


def bounced(addresses: Iterable[str], today: date) -> int:
    """Take addresses off the list whose mail came back; how many were on it or waited."""
    came_back = {address.strip().lower() for address in addresses}
    found = ToolkitSignup.objects.filter(left_on=None)
    return unsubscribe((row.pk for row in found.iterator() if row.address in came_back), today)


def send_edition(edition: str, today: date, now: float) -> MailResult:
    """Mail an edition to everybody on the list once, and send again what could not be sent to those who wait."""
    due = ToolkitSignup.objects.on_the_list().exclude(edition=edition)
    unsent = ToolkitSignup.objects.waiting().filter(mailed_on=None)
    results = []
    with get_connection() as connection:
        for signup in unsent.iterator():
            results.append(_hand_over(signup, emails.confirmation(signup, now), today, connection))
        for signup in due.iterator():
            news = list_news(signup.codes.split(","), today) if signup.codes else None
            mail = emails.new_edition(signup, edition, now, news)
            results.append(_hand_over(signup, mail, today, connection, edition=edition))
    return MailResult(*(results.count(kind) for kind in (Sent.YES, Sent.LATER, Sent.REFUSED)))


def how_many_due(edition: str) -> int:
    """How many mails `send_edition` would send."""
    waiting = ToolkitSignup.objects.waiting().filter(mailed_on=None).count()
    return waiting + ToolkitSignup.objects.on_the_list().exclude(edition=edition).count()


def forget(today: date) -> int:
    """Erase addresses that never confirmed, and those that left, after thirty days; how many.

    The digests of those that left go after a year.
    """
    LeftToolkit.objects.filter(left_on__lt=today - timedelta(days=PAUSE_DAYS)).delete()
    last = today - timedelta(days=KEPT_DAYS)
    gone = Q(left_on__lt=last) | Q(confirmed_on=None, asked_on__lt=last)
    return ToolkitSignup.objects.filter(gone).delete()[0]


def _hand_over(
    signup: ToolkitSignup,
    mail: EmailMultiAlternatives,
    today: date,
    connection: BaseEmailBackend | None,
    **learned: str,
) -> Sent:
    """Send a mail and keep what became of it at once, so that a round that breaks off sends nothing twice."""
    result = emails.send(mail, connection)
    if result is Sent.YES:
        ToolkitSignup.objects.filter(pk=signup.pk).update(mailed_on=today, **learned)
    elif result is Sent.REFUSED:
        unsubscribe([signup.pk], today)
    return result
