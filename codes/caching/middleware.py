"""Answers anonymous GETs with 304 or from the page cache.

This stands outside of all that adds headers, so that a cached page has them already. A request of somebody with a
session (staff) goes past it, and so does one whose versions cannot be read: the middlewares inside say what is wrong
with it. A response that has a Cache-Control of its own, sets a cookie, streams or has failed is never cached; unless
its view says that it depends on a state that no version counts (`cached_by_state`) and gives it an ETag of its own:
it is cached where that state was read before the view was asked.
"""

from collections.abc import Callable

from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.http.response import ResponseHeaders
from django.utils.cache import get_conditional_response, patch_vary_headers

from codes.caching.page_cache import (
    CONDITIONS,
    REQUEST_VERSIONS,
    CachedResponse,
    RequestVersions,
    find,
    is_cacheable,
    store,
)
from codes.caching.single_flight import making
from codes.caching.validators import CACHE_CONTROL, Validators, validators_for
from codes.caching.versions import answer_is_provisional, current_versions, versions_of_request
from codes.parameters import names_read_at

CACHED_STATUSES = {200, 404}
CACHED_NAMESPACES = {"codes"}
Respond = Callable[[HttpRequest], HttpResponse]


def page_cache_middleware(get_response: Respond) -> Respond:
    """Middleware: conditional responses and cached pages for everything under the reference's own addresses."""

    def answer(request: HttpRequest) -> HttpResponse:
        versions_of_request.set(None)
        answer_is_provisional.set(False)
        if not is_cacheable(request.META):
            return get_response(request)
        try:
            known, now, are_former = request.META.get(REQUEST_VERSIONS) or _read_versions_of(request)
        except Error:
            return get_response(request)
        versions_of_request.set(known)
        answer_is_provisional.set(are_former)
        try:
            return _from_cache_or_view(request, now, get_response)
        finally:
            versions_of_request.set(None)

    return answer


def _read_versions_of(request: HttpRequest) -> RequestVersions:
    known = current_versions()
    return RequestVersions(known, validators_for(request.META, known))


def _from_cache_or_view(request: HttpRequest, now: Validators, get_response: Respond) -> HttpResponse:
    if page := find(now):
        return _conditional(request, page)
    if names_read_at(request.path_info) is None:
        return _made(request, now, get_response)
    with making(now) as page:
        return _conditional(request, page) if page else _made(request, now, get_response)


def _made(request: HttpRequest, now: Validators, get_response: Respond) -> HttpResponse:
    """The view's response, which is cached where it may be."""
    response = get_response(request)
    if answer_is_provisional.get():
        response.headers.setdefault("Cache-Control", "no-store")
    by_state = getattr(response, "cached_by_state", False)
    if not by_state and not _is_public(request, response):
        return response
    if not by_state:
        _validate(response, now)
    page = CachedResponse(response.status_code, list(response.items()), response.content)
    if now.state or not by_state:
        store(now, page)
    return _conditional(request, page) if CONDITIONS & request.META.keys() else response


def _is_public(request: HttpRequest, response: HttpResponse) -> bool:
    match = request.resolver_match
    return (
        match is not None
        and bool(CACHED_NAMESPACES & set(match.namespaces))
        and response.status_code in CACHED_STATUSES
        and not response.streaming
        and not response.cookies
        and "Cache-Control" not in response
    )


def _validate(response: HttpResponse, now: Validators) -> None:
    patch_vary_headers(response, ["HX-Request", "Accept-Encoding"])
    response["ETag"] = now.etag
    response["Last-Modified"] = now.modified
    response["Cache-Control"] = CACHE_CONTROL


def _conditional(request: HttpRequest, page: CachedResponse) -> HttpResponse:
    """The page; or 304 where the visitor has it, 412 where she wants another, each with all other headers."""
    whole = _response(page.encoded_for(request.META))
    answer = get_conditional_response(request, etag=whole["ETag"], response=whole)
    if answer is None or answer is whole:
        return whole
    return _response(page.unchanged_for(request.META)._replace(status=answer.status_code))


def _response(page: CachedResponse) -> HttpResponse:
    response = HttpResponse(page.body, status=page.status)
    response.headers = ResponseHeaders(
        dict(page.headers)
    )  # these and no others: none speaks of a missing body
    return response
