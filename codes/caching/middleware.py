"""Public pages are kept: told from their stamp as unchanged, or taken from the cache, before anything else is done.

This stands outside of all that adds headers, so that a kept page has them already. A request of
somebody with a session (staff) goes past it, and so does one that cannot be stamped: the middlewares inside say what
is wrong with it. A response that forbids keeping, sets a cookie, streams or has failed is never kept.
"""

from collections.abc import Callable

from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.http.response import ResponseHeaders
from django.utils.cache import get_conditional_response, patch_vary_headers

from codes.caching.page_cache import ARRIVAL, CONDITIONS, Arrival, Kept, keep, kept_page, may_be_kept
from codes.caching.versions import CACHE_CONTROL, Stamp, current_versions, stamp
from codes.queries.releases import versions_of_request

KEPT_STATUS = {200, 404}
ROOMS = {"codes"}
Respond = Callable[[HttpRequest], HttpResponse]


def keep_pages(get_response: Respond) -> Respond:
    """Middleware: conditional answers and kept pages for everything under the reference's own addresses."""

    def answer(request: HttpRequest) -> HttpResponse:
        versions_of_request.set(None)
        if not may_be_kept(request.META):
            return get_response(request)
        try:
            known, now = request.META.get(ARRIVAL) or _arrival(request)
        except Error:
            return get_response(request)
        versions_of_request.set(known)
        try:
            return _kept_or_made(request, now, get_response)
        finally:
            versions_of_request.set(None)

    return answer


def _arrival(request: HttpRequest) -> Arrival:
    known = current_versions()
    return Arrival(known, stamp(request.META, known))


def _kept_or_made(request: HttpRequest, now: Stamp, get_response: Respond) -> HttpResponse:
    page = kept_page(now)
    if page is None:
        response = get_response(request)
        if not _is_public(request, response):
            return response
        _validate(response, now)
        page = Kept(response.status_code, list(response.items()), response.content)
        keep(now, page)
        if not CONDITIONS & request.META.keys():
            return response
    return _conditional(request, page, now)


def _is_public(request: HttpRequest, response: HttpResponse) -> bool:
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


def _conditional(request: HttpRequest, page: Kept, now: Stamp) -> HttpResponse:
    """The page; or 304 where the visitor has it, 412 where she wants another, each with all other headers."""
    whole = _response(page)
    answer = get_conditional_response(request, etag=now.etag, response=whole)
    if answer is None or answer is whole:
        return whole
    return _response(page.unchanged()._replace(status=answer.status_code))


def _response(page: Kept) -> HttpResponse:
    response = HttpResponse(page.body, status=page.status)
    response.headers = ResponseHeaders(
        dict(page.headers)
    )  # these and no others: none speaks of a missing body
    return response
