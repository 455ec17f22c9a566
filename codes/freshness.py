"""How fresh a public page is: the versions of what it shows, its ETag and its Last-Modified.

A version row moves in the same transaction as the content it counts, so one small query tells whether a page that was
rendered before, by any worker, is still true.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache

from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest
from django.utils import timezone
from django.utils.http import http_date

from codes.models import Version
from codes.queries.releases import Versions

CACHE_CONTROL = "public, max-age=0, s-maxage=60, stale-while-revalidate=600"
# Asked before every answer, kept ones too; building the same statement anew each time takes longer than the answer.
VERSIONS = f'SELECT name, number, changed_at FROM "{Version._meta.db_table}" ORDER BY name'


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a page would be rendered from. `modified` is when any of it last changed, as HTTP writes it."""

    etag: str
    modified: str


def current_versions() -> Versions:
    """(name, number, changed at) of every kind of content: one query, which tells too whether a kept connection lives.

    Asking that first, as Django would, takes as long as the answer.
    """
    connection.health_check_done = True  # type: ignore[attr-defined]
    try:
        return _read_versions()
    except Error:
        if connection.in_atomic_block:
            raise
        connection.close()
        return _read_versions()


def _read_versions() -> Versions:
    with connection.cursor() as cursor:
        cursor.execute(VERSIONS)
        return tuple((name, number, _aware(changed_at)) for name, number, changed_at in cursor.fetchall())


def stamp(request: HttpRequest, known: Versions) -> Stamp:
    """The stamp of an address as asked for now."""
    content, modified = _content(timezone.localdate(), known)
    address = (request.scheme or "", request.get_host(), request.get_full_path(), content)
    parts = (*address, request.META.get("HTTP_HX_REQUEST", ""))
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
    return Stamp(f'"{digest}"', modified)


@lru_cache(maxsize=4)
def _content(today: date, known: Versions) -> tuple[str, str]:
    """What all addresses share, and the last change, or this midnight: a page without a date is about today."""
    start_of_day = timezone.make_aware(datetime.combine(today, time.min))
    modified = max([start_of_day, *(changed_at for _, _, changed_at in known)])
    counted = (f"{name}:{number}:{changed_at}" for name, number, changed_at in known)
    return "\n".join((today.isoformat(), settings.BUILD_ID, *counted)), http_date(modified.timestamp())


def _aware(moment: datetime) -> datetime:
    """SQLite keeps UTC without saying so."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
