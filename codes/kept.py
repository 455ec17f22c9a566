"""Pages that were made before: where they are kept, and the WSGI application that answers with them.

An answer is kept with its status and all its headers, as they go to the visitor. `KeptPages` stands before Django and
deals with the two plain cases, a page that is kept and a page that the visitor has already; everything else is
Django's, whose `codes.middleware.keep_pages` decides what is kept and knows every kind of conditional request.
"""

from collections.abc import Iterable, Mapping
from http.client import responses
from typing import Any, NamedTuple
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.conf import settings
from django.core.cache import cache
from django.db import Error

from codes.freshness import RecentVersions, Stamp, stamp
from codes.queries.releases import Versions

KEPT_SECONDS = 24 * 3600
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
    """Keep an answer under its stamp, for whichever process is asked next."""
    cache.set(f"page:{now.etag}", page, KEPT_SECONDS)


def may_be_kept(environ: Mapping[str, Any]) -> bool:
    """Whether a request may be answered with a kept page: not that of somebody with a session (staff)."""
    return (
        environ["REQUEST_METHOD"] in ("GET", "HEAD")
        and settings.SESSION_COOKIE_NAME not in environ.get("HTTP_COOKIE", "")
        and not environ.get("PATH_INFO", "").startswith(PASSED_BY)
    )


class KeptPages:
    """A WSGI application around Django's. A kept page was allowed for its host and scheme when it was made, and is
    kept under both, so that nothing has to be asked again but the versions."""

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application
        self._versions = RecentVersions()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
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
