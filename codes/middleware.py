"""Public pages are kept: told from their stamp as unchanged, or taken from the cache, before anything else is done.

This stands outside of all that adds headers, so that a kept page has them already. A request of
somebody with a session (staff) goes past it, and so does one that cannot be stamped: the middlewares inside say what
is wrong with it. A response that forbids keeping, sets a cookie, streams or has failed is never kept.
"""

from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import DisallowedHost
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.http.response import ResponseHeaders
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
Kept = tuple[int, ResponseHeaders, bytes]


class KeptPages:
    """Middleware: conditional answers and kept pages for everything under the reference's own addresses."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        versions_of_request.set(None)
        if (
            request.method not in ("GET", "HEAD")
            or settings.SESSION_COOKIE_NAME in request.COOKIES
            or request.path_info.startswith(PASSED_BY)
        ):
            return self.get_response(request)
        try:
            known = current_versions()
            now = stamp(request, known)
        except (DisallowedHost, Error):
            return self.get_response(request)
        versions_of_request.set(known)
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
            kept = (response.status_code, response.headers, response.content)
            cache.set(f"page:{now.etag}", kept, KEPT_SECONDS)
        return _conditional(request, kept, now)


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


def _conditional(request: HttpRequest, kept: Kept, now: Stamp) -> HttpResponse:
    """The page; or 304 where the visitor has it, 412 where she wants another, each with all other headers."""
    status, headers, content = kept
    if status == 200 and request.META.get("HTTP_IF_NONE_MATCH") == now.etag:
        return _without_body(304, headers)
    response = HttpResponse(content, status=status)
    response.headers = headers  # as they were told once: telling each anew takes longer than all else
    answer = get_conditional_response(request, etag=now.etag, response=response)
    if answer is None or answer is response:
        return response
    return _without_body(answer.status_code, headers)


def _without_body(status: int, headers: ResponseHeaders) -> HttpResponse:
    for name in ABOUT_THE_BODY:
        headers.pop(name, None)
    response = HttpResponse(status=status)
    response.headers = headers
    return response
