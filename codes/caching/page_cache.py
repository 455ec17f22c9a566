"""Pages that were made before: where they are kept, and the WSGI application that answers with them.

A header decides no address: a request with a prefix (SCRIPT_NAME), or with a path that is none, is refused here. An
answer is kept with its status and all its headers, as they go to the visitor. `KeptPages` stands before Django and
deals with the two plain cases, a page that is kept and a page that the visitor has already; everything else is
Django's, whose `codes.caching.middleware.keep_pages` decides what is kept and knows every kind of conditional request.
"""

import re
from collections.abc import Iterable, Mapping, MutableMapping
from functools import lru_cache
from http.client import responses
from typing import Any, NamedTuple
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import Error
from django.http import parse_cookie
from django.http.request import split_domain_port, validate_host
from django.utils import timezone

from codes.caching.versions import RecentVersions, Stamp, stamp
from codes.parameters import drop_unread
from codes.queries.releases import Versions

VALID_KEY = re.compile(r"[a-z0-9]{8,40}")
KEPT_SECONDS = 24 * 3600
LARGEST_KEPT = 200_000  # bytes; what is larger is a file, and files lie on disk
ABOUT_THE_BODY = {"content-type", "content-length", "content-disposition"}
# Files and probes ask no database.
PASSED_BY = (settings.STATIC_URL, "/health/", "/ready/")
# Where the application that stands before Django tells it what it has read, so that nothing is asked twice.
ARRIVAL = "codes.arrival"
CONDITIONS = {"HTTP_IF_MATCH", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE"}


class Arrival(NamedTuple):
    """The versions of the content when a request came, and the stamp of what it asks for."""

    versions: Versions
    stamp: Stamp


class Kept(NamedTuple):
    """An answer as it was sent the first time."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def unchanged(self) -> "Kept":
        """The answer for who has this page already: every header that is not about the body."""
        headers = [(name, value) for name, value in self.headers if name.lower() not in ABOUT_THE_BODY]
        return Kept(304, headers, b"")


def kept_page(now: Stamp) -> Kept | None:
    """The answer with this stamp, if it was kept."""
    kept: Kept | None = cache.get(f"page:{now.etag}")
    return kept


def keep(now: Stamp, page: Kept) -> None:
    """Keep an answer under its stamp, for whichever process is asked next; not one that is as large as a file."""
    if len(page.body) <= LARGEST_KEPT:
        cache.set(f"page:{now.etag}", page, KEPT_SECONDS)


def may_be_kept(environ: MutableMapping[str, Any]) -> bool:
    """Whether a request may be answered with a kept page: not that of somebody with a session (staff), and not one
    for another host. Parameters that its page does not read are taken out of it."""
    return (
        environ["REQUEST_METHOD"] in ("GET", "HEAD")
        and not environ.get("PATH_INFO", "").startswith(PASSED_BY)
        and is_our_host(environ.get("HTTP_HOST") or environ["SERVER_NAME"], tuple(settings.ALLOWED_HOSTS))
        and drop_unread(environ)
        and not has_session(environ)
    )


@lru_cache(maxsize=64)
def is_our_host(host: str, ours: tuple[str, ...]) -> bool:
    """Whether a Host header names this site; its port says nothing."""
    name, _ = split_domain_port(host)
    return bool(name) and validate_host(name, ours)


def has_session(environ: Mapping[str, Any]) -> bool:
    """Whether the request has the cookie of a session that is there: anybody can send a cookie of that name."""
    cookies = environ.get("HTTP_COOKIE", "")
    if settings.SESSION_COOKIE_NAME not in cookies:
        return False
    key = parse_cookie(cookies).get(settings.SESSION_COOKIE_NAME, "")
    try:
        return is_session(key)
    except Error:
        return True


def is_session(key: str) -> bool:
    """Whether a session of this key is there and not over."""
    if not VALID_KEY.fullmatch(key):
        return False
    return Session.objects.filter(session_key=key, expire_date__gt=timezone.now()).exists()


def is_misled(environ: Mapping[str, Any]) -> bool:
    """Whether a request says where the site begins, which no request may, or has a path that does not begin there."""
    return bool(environ.get("SCRIPT_NAME")) or not environ.get("PATH_INFO", "/").startswith(("/", "*"))


class KeptPages:
    """A WSGI application around Django's. A kept page was allowed for its host and scheme when it was made, and is
    kept under both, so that nothing has to be asked again but the versions."""

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application
        self._versions = RecentVersions()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if is_misled(environ):
            start_response("400 Bad Request", [("Content-Type", "text/plain; charset=utf-8")])
            return [b"An address begins with a slash, and nothing stands before it.\n"]
        page = self._plain_answer(environ)
        if page is None:
            return self.application(environ, start_response)
        start_response(f"{page.status} {responses[page.status]}", page.headers)
        return [page.body]

    def _plain_answer(self, environ: WSGIEnvironment) -> Kept | None:
        """A kept page or a 304; None where it takes Django to answer."""
        if environ["REQUEST_METHOD"] != "GET" or not may_be_kept(environ):
            return None
        try:
            known = self._versions()
        except Error:
            return None
        now = stamp(environ, known)
        conditions = CONDITIONS & environ.keys()
        page = kept_page(now)
        if page is None:
            environ[ARRIVAL] = Arrival(known, now)
        if page is None or not conditions:
            return page
        has_it = conditions == {"HTTP_IF_NONE_MATCH"} and environ["HTTP_IF_NONE_MATCH"] == now.etag
        return page.unchanged() if has_it and page.status == 200 else None
