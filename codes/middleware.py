"""Public pages are kept: told from their stamp as unchanged, or taken from the cache, before anything else is done.

This stands outside of all that adds headers (but the fences), so that a kept page has them already. A request of
somebody with a session (staff) goes past it, and so does one that cannot be stamped: the middlewares inside say what
is wrong with it. A response that forbids keeping, sets a cookie, streams or has failed is never kept.
"""

from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import DisallowedHost
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

from codes.freshness import CACHE_CONTROL, Stamp, current_versions, stamp
from codes.queries.releases import versions_of_request

KEPT_SECONDS = 24 * 3600
KEPT_STATUS = {200, 404}
ABOUT_THE_BODY = ("Content-Type", "Content-Length", "Content-Disposition")
ROOMS = {"codes"}
# Files and probes ask no database.
PASSED_BY = (settings.STATIC_URL, "/health/", "/ready/")
Respond = Callable[[HttpRequest], HttpResponse]
Kept = tuple[int, dict[str, str], bytes]


class KeptPages:
    """Middleware: conditional answers and kept pages for everything under the reference's own addresses."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (
            request.method not in ("GET", "HEAD")
            or settings.SESSION_COOKIE_NAME in request.COOKIES
            or request.path_info.startswith(PASSED_BY)
        ):
            return self.get_response(request)
        versions_of_request.set(None)
        try:
            versions_of_request.set(known := current_versions())
            now = stamp(request, known)
        except (DisallowedHost, Error):
            return self.get_response(request)
        try:
            return self._kept_or_made(request, now)
        finally:
            versions_of_request.set(None)

    def _kept_or_made(self, request: HttpRequest, now: Stamp) -> HttpResponse:
        kept: Kept | None = cache.get(f"page:{now.etag}")
        if kept is None:
            response = self.get_response(request)
            if not _may_be_kept(request, response):
                return response
            _validate(response, now)
            kept = (response.status_code, dict(response.items()), response.content)
            cache.set(f"page:{now.etag}", kept, KEPT_SECONDS)
        status, headers, content = kept
        return _conditional(request, HttpResponse(content, status=status, headers=headers), now)


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    match = request.resolver_match
    return (
        match is not None
        and bool(ROOMS & set(match.namespaces))
        and response.status_code in KEPT_STATUS
        and not response.streaming
        and not response.cookies
        and "Cache-Control" not in response
    )


def _validate(response: HttpResponse, now: Stamp) -> None:
    patch_vary_headers(response, ["HX-Request"])
    response["ETag"] = now.etag
    response["Last-Modified"] = now.modified
    response["Cache-Control"] = CACHE_CONTROL


def _conditional(request: HttpRequest, response: HttpResponse, now: Stamp) -> HttpResponse:
    """The response, or 304 without a body, and with all other headers, where the visitor has it."""
    answer = get_conditional_response(request, etag=now.etag, response=response)
    assert isinstance(answer, HttpResponse), "without a response there is nothing to answer with"
    if answer is not response:
        for name, value in response.items():
            if name not in ABOUT_THE_BODY:
                answer.headers.setdefault(name, value)
    return answer
