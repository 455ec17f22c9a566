"""The mails of the toolkit, in text and HTML: plain pages without pictures from elsewhere, so that nothing counts who
opens them.

Each carries the postal address and a way out that needs one click and no log-in (RFC 8058). No log line here names
an address: a log names only the kind of error.
"""

import logging
import smtplib
from email.utils import make_msgid
from enum import Enum
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse

from contributions.mailing import links
from contributions.mailing.list_news import ListNews
from contributions.models import ToolkitSignup

logger = logging.getLogger(__name__)
CONFIRM_SUBJECT = "Please confirm: the MedPayIQ toolkit by e-mail"
PERMANENT = 500  # SMTP answers from here on will not change by waiting
NO_SUCH_MAILBOX = (
    550,
    551,
    553,
)  # after the mail itself; others, such as 552 and 554, may be about its contents


class Sent(Enum):
    """What became of a mail."""

    YES = "sent"
    LATER = "not sent, to be tried again"
    REFUSED = "refused for good"


def confirmation(signup: ToolkitSignup, now: float) -> EmailMultiAlternatives:
    """Asks for the click that puts the address on the list."""
    link = _address("toolkit_confirm", links.to_confirm(signup.pk, now))
    return _mail(signup, "confirm", CONFIRM_SUBJECT, confirm=link)


def already_subscribed(signup: ToolkitSignup) -> EmailMultiAlternatives:
    """Tells an address on the list that somebody signed it up again."""
    return _mail(signup, "already", "You are on the list of the MedPayIQ toolkit")


def another_list(signup: ToolkitSignup, now: float) -> EmailMultiAlternatives:
    """Asks an address on the list for the click that lets the mails tell of another list of codes."""
    link = _address("toolkit_confirm", links.to_confirm(signup.pk, now))
    return _mail(
        signup, "another_list", "Please confirm your list of codes", confirm=link, codes=signup.codes_asked
    )


def new_edition(
    signup: ToolkitSignup, edition: str, now: float, news: ListNews | None = None
) -> EmailMultiAlternatives:
    """Tells of a new toolkit, with a link to the files that lives for seven days, and of the address's own codes."""
    files = _address("toolkit_thanks", links.download_token(now))
    page = _address("toolkit")
    subject = f"The MedPayIQ toolkit {edition} is ready"
    return _mail(signup, "edition", subject, files=files, page=page, edition=edition, news=news)


def send(mail: EmailMultiAlternatives, connection: BaseEmailBackend | None = None) -> Sent:
    """Hand a mail over. Never raises on what a mail server does; without a postal address nothing is sent."""
    if not settings.POSTAL_ADDRESS:
        logger.error("A toolkit mail was not sent: POSTAL_ADDRESS is not set.")
        return Sent.LATER
    return hand_over(mail, connection)


def hand_over(mail: EmailMultiAlternatives, connection: BaseEmailBackend | None = None) -> Sent:
    """Hand over a mail that needs no postal address. Never raises on what a mail server does."""
    mail.connection = connection
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as refusal:
        codes = [code for code, _ in refusal.recipients.values()]
        return Sent.REFUSED if codes and min(codes) >= PERMANENT else Sent.LATER
    except smtplib.SMTPDataError as refusal:
        return Sent.REFUSED if refusal.smtp_code in NO_SUCH_MAILBOX else Sent.LATER
    except (smtplib.SMTPException, OSError, ValueError) as fault:  # its words and its trace hold the address
        logger.error("A mail was not sent: %s.", type(fault).__name__)
        return Sent.LATER
    return Sent.YES


def _mail(signup: ToolkitSignup, name: str, subject: str, **words: Any) -> EmailMultiAlternatives:
    leave = _address("toolkit_leave", links.to_leave(signup.pk))
    context = {**words, "leave": leave, "postal_address": settings.POSTAL_ADDRESS, "subject": subject}
    mail = EmailMultiAlternatives(
        subject,
        render_to_string(f"emails/{name}.txt", context),
        to=[signup.address],
        headers={
            "Message-ID": make_msgid(domain=urlsplit(settings.SITE_URL).hostname),
            "List-Unsubscribe": f"<{leave}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(render_to_string(f"emails/{name}.html", context), "text/html")
    return mail


def _address(name: str, *parts: str) -> str:
    """The full address of a page: from the settings, never from what a request says of its host."""
    return settings.SITE_URL + reverse(f"contributions:{name}", args=parts)
