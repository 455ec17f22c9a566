"""The keys of the years and days, and the reporters that they tell apart.

A digest of 64 bits is HMAC-SHA256(key of the year, code + network). Thirty days after a year ends its key is destroyed
and the digests with it; ordinals remain, so that counts hold. The key of a day marks who came within an hour; the
night's update destroys it.
"""

import hmac
import secrets
from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Max

from contributions.models import DayKey, NewcomerMark, ReporterOrdinal, YearKey
from contributions.reports.choices import ReporterKind
from contributions.sender import Sender

DAYS_AFTER_YEAR = 30
DIGEST_CHARACTERS = 16  # 64 bits in hexadecimal
HOUR = 3600  # seconds


def year_of(day: date) -> str:
    """ "2026" """
    return f"{day:%Y}"


def key_of_year(today: date) -> YearKey:
    """The key of this year, locked until the transaction ends: whoever counts reporters, counts alone.

    Keys that are due to be destroyed are destroyed first, so that the promise does not wait for a timer.
    """
    destroy_old_keys(today)
    YearKey.objects.get_or_create(year=year_of(today), defaults={"secret": secrets.token_hex(32)})
    return YearKey.objects.select_for_update().get(year=year_of(today))


def old_years(today: date) -> list[str]:
    """The years whose key lives and should not: their last day is thirty days ago or more."""
    first_live_year = year_of(today - timedelta(days=DAYS_AFTER_YEAR - 1))
    return sorted(YearKey.objects.filter(year__lt=first_live_year).values_list("year", flat=True))


def destroy_old_keys(today: date) -> list[str]:
    """Destroy the keys of those years with the digests and marks made with them, and those of past days; the years."""
    DayKey.objects.exclude(day=today).delete()
    years = old_years(today)
    if years:
        NewcomerMark.objects.filter(reporter__period__in=years).delete()
        ReporterOrdinal.objects.filter(period__in=years).update(digest=None)
        YearKey.objects.filter(year__in=years).delete()
    return years


def digest(key: YearKey, code: str, sender: Sender) -> str:
    """64 bits that are the same for one sender on one code in one year, and tell nothing without the key."""
    return _digest(key.secret, code, sender.network)


def reporter_of(
    key: YearKey,
    code: str,
    sender: Sender,
    today: date,
    *,
    now: float | None = None,
    own: ReporterKind | None = None,
) -> ReporterOrdinal:
    """The reporter of a report on `code`, found or made. With `own` every report makes one of its own.

    `now` are the seconds since 1970 at which the report came, None where nobody knows. Call it with the lock of
    `key_of_year`.
    """
    if own:
        return _make(key, code, secrets.token_hex(DIGEST_CHARACTERS // 2), own)
    mark = digest(key, code, sender)
    found = ReporterOrdinal.objects.filter(code=code, period=key.year, digest=mark).first()
    if found is None:
        found = _make(key, code, mark, ReporterKind.COUNTED)
        marks = {_digest(key.secret, code, sender.larger_network), *_of_the_hour(code, today, now)}
        NewcomerMark.objects.bulk_create(NewcomerMark(reporter=found, mark=each) for each in marks)
    return found


def _of_the_hour(code: str, today: date, now: float | None) -> Iterator[str]:
    """Two marks, for two hours that overlap: whoever comes within an hour of another shares one of them."""
    if now is None:
        return
    key, _ = DayKey.objects.get_or_create(day=today, defaults={"secret": secrets.token_hex(32)})
    hour = int(now // HOUR)
    for start in (hour - 1, hour):
        yield _digest(key.secret, code, f"from hour {start}")


def _digest(secret: str, code: str, text: str) -> str:
    message = f"{code}\n{text}".encode()
    return hmac.digest(bytes.fromhex(secret), message, "sha256").hex()[:DIGEST_CHARACTERS]


def _make(key: YearKey, code: str, mark: str, kind: ReporterKind) -> ReporterOrdinal:
    return ReporterOrdinal.objects.create(
        code=code, period=key.year, digest=mark, ordinal=_next_ordinal(code, key.year), kind=kind
    )


def _next_ordinal(code: str, period: str) -> int:
    last = ReporterOrdinal.objects.filter(code=code, period=period).aggregate(last=Max("ordinal"))["last"]
    return int(last or 0) + 1
