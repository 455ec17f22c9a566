"""How fresh a public page is: the versions of what it shows, its ETag and its Last-Modified.

A version row moves in the same transaction as the content it counts, so one small query tells whether a page that was
rendered before, by any worker, is still true.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import Error, connection
from django.utils import timezone
from django.utils.http import http_date
from psycopg import OperationalError
from psycopg.pq import ExecStatus

from codes.models import Version
from codes.queries.releases import Versions

CACHE_CONTROL = "public, max-age=0, s-maxage=60, stale-while-revalidate=600"
Rows = tuple[tuple[Any, ...], ...]
VERSIONS = f'SELECT name, number, CAST(changed_at AS TEXT) FROM "{Version._meta.db_table}" ORDER BY name'

ASKED_AGAIN_AFTER = {"sqlite": 0.0, "postgresql": 0.002}


@dataclass(frozen=True, slots=True)
class Validators:
    """The ETag of a response, and when anything that it shows last changed (`modified`), as HTTP writes it."""

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


class VersionCache:
    """What `current_versions` said, for as long as that is good: asking another process takes longer than all else
    that a kept page takes, so that PostgreSQL is asked at most once in `ASKED_AGAIN_AFTER` seconds."""

    def __init__(self) -> None:
        self._known: Versions = ()
        self._good_until = 0.0

    def __call__(self) -> Versions:
        now = monotonic()
        if now >= self._good_until:
            self._known = current_versions()
            self._good_until = now + ASKED_AGAIN_AFTER[connection.vendor]
        return self._known


def _read_versions() -> Versions:
    connection.ensure_connection()
    with connection.wrap_database_errors:
        return _parse(_read[connection.vendor](connection.connection))


def _read_sqlite(raw: Any) -> Rows:
    return tuple(raw.execute(VERSIONS))


def _read_postgresql(raw: Any) -> Rows:
    result = raw.pgconn.exec_(VERSIONS.encode())
    if result.status != ExecStatus.TUPLES_OK:
        raise OperationalError(result.error_message.decode(errors="replace"))
    places = range(result.ntuples)
    return tuple(tuple(result.get_value(row, column).decode() for column in range(3)) for row in places)


# Asked before every answer, kept ones too, so it goes past Django's cursors, which take longer than the database does.
_read: dict[str, Callable[[Any], Rows]] = {"sqlite": _read_sqlite, "postgresql": _read_postgresql}


@lru_cache(maxsize=4)
def _parse(rows: Rows) -> Versions:
    return tuple((name, int(number), _aware(datetime.fromisoformat(at))) for name, number, at in rows)


def validators_for(environ: Mapping[str, Any], known: Versions) -> Validators:
    """The validators of what the WSGI environment of a request asks for: by its address, whether it came over TLS, and
    whether htmx asks for a part. Nothing else that a visitor sends makes another answer."""
    content, modified = _content(timezone.localdate(), known)
    asked = [
        environ.get("PATH_INFO"),
        environ.get("QUERY_STRING"),
        is_secure(environ),
        environ.get("HTTP_HX_REQUEST") == "true",
    ]
    digest = hashlib.sha256(f"{asked} {content}".encode()).hexdigest()[:32]
    return Validators(f'"{digest}"', modified)


def is_secure(environ: Mapping[str, Any]) -> bool:
    """Whether a request came over TLS, as Django tells it: by the proxy's header where settings believe it."""
    if settings.SECURE_PROXY_SSL_HEADER:
        header, secure = settings.SECURE_PROXY_SSL_HEADER
        if (said := environ.get(header)) is not None:
            return bool(said.partition(",")[0].strip() == secure)
    return bool(environ.get("wsgi.url_scheme") == "https")


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
