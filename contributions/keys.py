"""The keys of the months, and the reporters that they tell apart.

A digest of 64 bits is HMAC-SHA256(key of the month, code + network + browser family). Thirty days after a month
ends its key is destroyed and the digests with it; ordinals remain, so that counts hold.
"""

import hmac
import secrets
from datetime import date, timedelta

from django.db.models import Max

from contributions.choices import Kind
from contributions.models import MonthlyKey, ReporterOrdinal
from contributions.sender import Sender

DAYS_AFTER_MONTH = 30
DIGEST_CHARACTERS = 16  # 64 bits in hexadecimal


def month_of(day: date) -> str:
    """ "2026-07" """
    return f"{day:%Y-%m}"


def key_of_month(today: date) -> MonthlyKey:
    """The key of this month, locked until the transaction ends: whoever counts reporters, counts alone.

    Keys that are due to be destroyed are destroyed first, so that the promise does not wait for a timer.
    """
    destroy_old_keys(today)
    MonthlyKey.objects.get_or_create(month=month_of(today), defaults={"secret": secrets.token_hex(32)})
    return MonthlyKey.objects.select_for_update().get(month=month_of(today))


def old_months(today: date) -> list[str]:
    """The months whose key lives and should not: their last day is thirty days ago or more."""
    still_kept = month_of(today - timedelta(days=DAYS_AFTER_MONTH - 1))
    return sorted(MonthlyKey.objects.filter(month__lt=still_kept).values_list("month", flat=True))


def destroy_old_keys(today: date) -> list[str]:
    """Destroy the keys of those months and blank the digests made with them; the months."""
    months = old_months(today)
    if months:
        ReporterOrdinal.objects.filter(month__in=months).update(digest=None)
        MonthlyKey.objects.filter(month__in=months).delete()
    return months


def digest(key: MonthlyKey, code: str, sender: Sender) -> str:
    """64 bits that are the same for one sender on one code in one month, and tell nothing without the key."""
    message = "\n".join((code, sender.network, sender.browser)).encode()
    return hmac.digest(bytes.fromhex(key.secret), message, "sha256").hex()[:DIGEST_CHARACTERS]


def reporter_of(key: MonthlyKey, code: str, sender: Sender, *, own: Kind | None = None) -> ReporterOrdinal:
    """The reporter of a report on `code`, found or made. With `own` every report makes one of its own.

    Call it with the lock of `key_of_month`.
    """
    if own:
        found = None
        mark = secrets.token_hex(DIGEST_CHARACTERS // 2)
    else:
        mark = digest(key, code, sender)
        found = ReporterOrdinal.objects.filter(code=code, month=key.month, digest=mark).first()
    return found or ReporterOrdinal.objects.create(
        code=code,
        month=key.month,
        digest=mark,
        ordinal=_next_ordinal(code, key.month),
        kind=own or Kind.COUNTED,
    )


def _next_ordinal(code: str, month: str) -> int:
    last = ReporterOrdinal.objects.filter(code=code, month=month).aggregate(last=Max("ordinal"))["last"]
    return int(last or 0) + 1
