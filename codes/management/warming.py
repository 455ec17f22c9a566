"""The pages that are asked for most, made before anybody asks: what a load ends with where processes share a cache."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import islice, takewhile
from time import monotonic
from typing import Any
from urllib.parse import urlsplit
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.core.cache import caches
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.urls import reverse
from django.utils import timezone

from codes.caching.backends import ProcessCache
from codes.caching.files import FileCache
from codes.links import code_address
from codes.models import CodeText
from codes.queries import browse
from codes.queries.releases import calendar, data_version

MOST_PAGES = 1_000
MOST_SECONDS = 120
FIRST = ("home", "browse", "claim", "pairs", "compare", "changes", "sources", "localities")


def warm(
    tell: Callable[[str], object], *, most: int | None = MOST_PAGES, seconds: float = MOST_SECONDS
) -> None:
    """Make at most so many pages (None for that of every code), the codes billed most first, for at most so long; say
    how many were made. Files of the former data's pages are removed."""
    kept = caches["default"]
    if type(kept) is ProcessCache:
        return
    begun, version = monotonic(), data_version()
    in_time = takewhile(lambda _: monotonic() - begun <= seconds, list(islice(most_requested(), most)))
    made = ask(get_wsgi_application(), in_time)
    if isinstance(kept, FileCache) and version:
        kept.drop_written_before(version[1].timestamp())
    tell(f"Made {made:,} pages, those that are asked for most first, in {monotonic() - begun:,.0f} s.")


def ask(answer: Callable[..., Any], addresses: Iterable[str]) -> int:
    """Have a WSGI application make these pages, as visitors would, until it fails at one, which its log tells of; how
    many were answered with 200."""
    with _one_connection():
        statuses = (_status(answer, address) for address in addresses)
        return sum(status == 200 for status in takewhile(lambda status: status < 500, statuses))


@contextmanager
def _one_connection() -> Iterator[None]:
    """Leave the connection to the database open from page to page: the end of a request would close it."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


def most_requested() -> Iterator[str]:
    """The pages that lead to the others, then those of codes by the band of their volume, then those of all others
    that a list names today."""
    yield from (reverse(f"codes:{name}") for name in FIRST)
    named = dict.fromkeys(CodeText.objects.order_by("band", "code").values_list("code", flat=True))
    yield from map(code_address, named)
    listed = browse.catalogue(calendar(), timezone.localdate()).codes
    yield from (code_address(code) for code in sorted(listed) if code not in named)


def _status(answer: Callable[..., Any], address: str) -> int:
    """The status of a page, asked for as a visitor does it behind the proxy."""
    site = urlsplit(settings.SITE_URL)
    path, _, query = address.partition("?")
    statuses: list[int] = []
    header, secure = settings.SECURE_PROXY_SSL_HEADER or ("HTTP_X_FORWARDED_PROTO", site.scheme)
    environ: dict[str, Any] = {
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "HTTP_HOST": site.netloc,
        "wsgi.url_scheme": site.scheme,
        "wsgi.input": BytesIO(),
        header: secure,
    }
    setup_testing_defaults(environ)
    response = answer(environ, lambda status, *_: statuses.append(int(status.split()[0])))
    response.close()
    return statuses[0]
