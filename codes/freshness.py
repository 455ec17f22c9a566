"""How fresh a public page is: the versions of what it shows, its ETag and its Last-Modified.

A version row moves in the same transaction as the content it counts, so one small query tells whether a page that was
rendered before, by any worker, is still true.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, time

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from codes.queries.releases import versions

CACHE_CONTROL = "public, max-age=0, s-maxage=60, stale-while-revalidate=600"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a page would be rendered from. `modified` is when any of it last changed."""

    etag: str
    modified: datetime


def stamp(request: HttpRequest) -> Stamp:
    """The stamp of an address as asked for now: one query."""
    today = timezone.localdate()
    known = versions()
    parts = (
        request.scheme or "",
        request.get_host(),
        request.get_full_path() or "",
        request.headers.get("HX-Request", ""),
        today.isoformat(),
        settings.BUILD_ID,
        *(f"{name}:{number}:{changed_at}" for name, number, changed_at in known),
    )
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
    return Stamp(f'"{digest}"', _modified(today, [changed_at for _, _, changed_at in known]))


def _modified(today: date, changes: list[datetime]) -> datetime:
    """The last change, or this midnight: a page without a date of service is about today."""
    start_of_day = timezone.make_aware(datetime.combine(today, time.min))
    return max([start_of_day, *changes])
