"""Form tokens: signed, bound to one code, good from 3 seconds to 24 hours after the form was opened, and once.

They stop scripts that post without opening a form, and the second click on a button. They hold no more than the
code, a random number and the time, and only a hash of a used one is kept.
"""

import hashlib
import secrets
from datetime import date, timedelta
from enum import Enum

from django.core import signing
from django.db import IntegrityError, transaction

from contributions.models import SpentToken

YOUNGEST = 3  # seconds
OLDEST = 24 * 60 * 60  # seconds
MOST_AHEAD = 60  # seconds by which the clocks of two machines may differ
DAYS_KEPT = 2
_SALT = "contributions.form"


class Verdict(Enum):
    """What a token is worth, with what to tell the visitor."""

    GOOD = ""
    YOUNG = (
        "Your answers are all here. The form opened only a moment ago, so please press the button once more."
    )
    OLD = "This form was opened more than a day ago. Nothing is lost: look your answers over, and send them again."
    WRONG = "This form could not be recognized. Nothing is lost: look your answers over, and send them again."
    USED = (
        "This form was sent already, and the report counts once. To tell of another denial, open a new form."
    )


def issue(code: str, now: float) -> str:
    """A token for a form on `code`, opened at `now` (seconds since 1970)."""
    return signing.Signer(salt=_SALT).sign_object([code, secrets.token_urlsafe(12), int(now)])


def check(token: str, code: str, now: float) -> Verdict:
    """What a token is worth on this code and at this time. Never raises, whatever was sent."""
    try:
        bound_to, _, opened = signing.Signer(salt=_SALT).unsign_object(token)
        age = now - float(opened)
    except (signing.BadSignature, ValueError, TypeError):
        return Verdict.WRONG
    if bound_to != code or age < -MOST_AHEAD:  # the latter where a clock was set back
        return Verdict.WRONG
    if age < YOUNGEST:
        return Verdict.YOUNG
    if age > OLDEST:
        return Verdict.OLD
    return Verdict.USED if SpentToken.objects.filter(pk=_digest(token)).exists() else Verdict.GOOD


def spend(token: str, today: date) -> bool:
    """Use a token up; False if somebody did before. Call it in the transaction that keeps the report."""
    forget(today)
    try:
        with transaction.atomic():
            SpentToken.objects.create(pk=_digest(token), spent_on=today)
    except IntegrityError:
        return False
    return True


def forget(today: date) -> int:
    """Erase tokens that were used up more than two days ago; how many."""
    return SpentToken.objects.filter(spent_on__lt=today - timedelta(days=DAYS_KEPT)).delete()[0]


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
