"""The ETag and the Last-Modified of a public page, from the versions of what it shows."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.http import http_date

from codes.caching.versions import OF_CODE, Versions

CACHE_CONTROL = "public, max-age=0, s-maxage=60, stale-while-revalidate=600"


@dataclass(frozen=True, slots=True)
class Validators:
    """The ETag of a response, when anything that it shows last changed (`modified`), as HTTP writes it, what was
    asked for, whatever the versions (`request`), and the state of what no version counts (`state`)."""

    etag: str
    modified: str
    request: str = ""
    state: str = ""


def validators_for(environ: Mapping[str, Any], known: Versions, state: str = "") -> Validators:
    """The validators of what the WSGI environment of a request asks for: by its address, whether it came over TLS, and
    whether htmx asks for a part. Nothing else that a visitor sends makes another answer."""
    content, modified = _content(timezone.localdate(), _seen_at(environ.get("PATH_INFO", ""), known))
    parts = [
        environ.get("PATH_INFO"),
        environ.get("QUERY_STRING"),
        is_secure(environ),
        environ.get("HTTP_HX_REQUEST") == "true",
    ]
    request = str(parts)
    digest = hashlib.sha256(f"{request} {content} {state}".encode()).hexdigest()[:32]
    return Validators(f'"{digest}"', modified, request, state)


def _seen_at(path: str, known: Versions) -> Versions:
    """The versions of what an address shows: not those of the tips of other codes."""
    return tuple(
        row for row in known if not row[0].startswith(OF_CODE) or row[0].removeprefix(OF_CODE) in path
    )


def is_secure(environ: Mapping[str, Any]) -> bool:
    """Whether a request came over TLS, as Django tells it: by the proxy's header where settings believe it."""
    if settings.SECURE_PROXY_SSL_HEADER:
        header, secure = settings.SECURE_PROXY_SSL_HEADER
        if (said := environ.get(header)) is not None:
            return bool(said.partition(",")[0].strip() == secure)
    return bool(environ.get("wsgi.url_scheme") == "https")


@lru_cache(maxsize=64)
def _content(today: date, known: Versions) -> tuple[str, str]:
    """What all addresses share, and the last change, or this midnight: a page without a date is about today."""
    start_of_day = timezone.make_aware(datetime.combine(today, time.min))
    modified = max([start_of_day, *(changed_at for _, _, changed_at in known)])
    counted = (f"{name}:{number}:{changed_at}" for name, number, changed_at in known)
    return "\n".join((today.isoformat(), settings.BUILD_ID, *counted)), http_date(modified.timestamp())
