"""Public pages are kept: told from their stamp as unchanged, or taken from the cache, before anything is rendered.

A request of somebody with a session (staff) goes past it. A response that forbids keeping, sets a cookie, streams or
has failed is never kept.
"""

from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date

from codes.freshness import CACHE_CONTROL, Stamp, stamp
from codes.queries.releases import versions, versions_of_request

KEPT_SECONDS = 24 * 3600
KEPT_STATUS = {200, 404}
KEPT_HEADERS = ("Content-Type", "Vary", "Content-Disposition", "Link")
ROOMS = {"codes"}
Respond = Callable[[HttpRequest], HttpResponse]


class KeptPages:
    """Middleware: conditional answers and kept pages for everything under the reference's own addresses."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD") or settings.SESSION_COOKIE_NAME in request.COOKIES:
            return self.get_response(request)
        versions_of_request.set(None)
        versions_of_request.set(versions())
        try:
            return self._kept_or_made(request)
        finally:
            versions_of_request.set(None)

    def _kept_or_made(self, request: HttpRequest) -> HttpResponse:
        now = stamp(request)
        kept = cache.get(f"page:{now.etag}")
        if kept:
            return _conditional(request, _restored(kept), now)
        response = self.get_response(request)
        if _may_be_kept(request, response):
            kept = {name: response[name] for name in KEPT_HEADERS if name in response}
            patch_vary_headers(response, ["HX-Request"])
            kept["Vary"] = response["Vary"]
            cache.set(f"page:{now.etag}", (response.status_code, kept, response.content), KEPT_SECONDS)
            return _conditional(request, response, now)
        return response


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


def _restored(kept: tuple[int, dict[str, str], bytes]) -> HttpResponse:
    status, headers, content = kept
    return HttpResponse(content, status=status, headers=headers)


def _conditional(request: HttpRequest, response: HttpResponse, now: Stamp) -> HttpResponse:
    """The response with its validators; 304 without a body where the visitor has it."""
    response["ETag"] = now.etag
    response["Last-Modified"] = http_date(now.modified.timestamp())
    response["Cache-Control"] = CACHE_CONTROL
    if response.status_code != 200:
        return response
    answer = get_conditional_response(request, etag=now.etag, response=response)
    assert isinstance(answer, HttpResponse), "without a response there is nothing to answer with"
    return answer
