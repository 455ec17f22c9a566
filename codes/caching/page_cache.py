"""The page cache: what is stored under which key, and the WSGI application that answers from it.

A header decides no address: a request with a prefix (SCRIPT_NAME), or with a path that is none, is refused here. An
response is cached with its status and all its headers, as they go to the visitor. `PageCacheApplication` stands before
Django and deals with the two plain cases, a page that is cached and a page that the visitor has already; everything
else is Django's, whose `codes.caching.middleware.page_cache_middleware` decides what is cached and knows every kind of
conditional request.
"""

import gzip
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
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

from codes.caching.encoding import COMPRESSION, etag_of_gzip, takes_gzip
from codes.caching.rolling import RollingVersions
from codes.caching.validators import Validators, validators_for
from codes.caching.versions import TimedRead, Versions
from codes.parameters import drop_unread

VALID_KEY = re.compile(r"[a-z0-9]{8,40}")
CACHE_SECONDS = 24 * 3600
MAX_BODY_BYTES = 1_000_000  # what is larger, or is so compressed, is a file, and files lie on disk
MAX_STORED_BYTES = 200_000
LEAST_COMPRESSED = 1_000
BODY_HEADERS = {"content-type", "content-length", "content-disposition", "content-encoding"}
# Files and probes ask no database.
UNCACHED_PREFIXES = (settings.STATIC_URL, "/health/", "/ready/")
# The WSGI environ key under which PageCacheApplication passes the versions it has read to the middleware.
REQUEST_VERSIONS = "codes.request_versions"
CONDITIONS = {"HTTP_IF_MATCH", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE"}


class RequestVersions(NamedTuple):
    """The versions of the content that a request is answered with, the validators of what it asks for, and whether
    newer releases are in force already."""

    versions: Versions
    validators: Validators
    are_former: bool = False


class CachedResponse(NamedTuple):
    """A response as it was sent the first time; `is_compressed` says that its body is kept as gzip."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes
    is_compressed: bool = False

    def compressed(self) -> "CachedResponse":
        """The same with its body compressed, where that is worth it."""
        if len(self.body) < LEAST_COMPRESSED:
            return self
        return self._replace(body=gzip.compress(self.body, COMPRESSION, mtime=0), is_compressed=True)

    def encoded_for(self, environ: Mapping[str, Any]) -> "CachedResponse":
        """The response as this client takes it: with a compressed body, or as it was made."""
        if not self.is_compressed:
            return self
        if not takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")):
            return self._replace(body=_unpacked(self.body), is_compressed=False)
        headers = dict(self.headers)
        headers |= {"ETag": etag_of_gzip(self.etag), "Content-Length": str(len(self.body))}
        return self._replace(headers=[*headers.items(), ("Content-Encoding", "gzip")])

    def unchanged_for(self, environ: Mapping[str, Any]) -> "CachedResponse":
        """The 304 response to this client: every header that is not about the body, which nobody unpacks for it."""
        headers = {name: value for name, value in self.headers if name.lower() not in BODY_HEADERS}
        if self.is_compressed and takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")):
            headers["ETag"] = etag_of_gzip(self.etag)
        return CachedResponse(304, list(headers.items()), b"")

    @property
    def etag(self) -> str:
        """The ETag of the response as it was made."""
        return dict(self.headers)["ETag"]


@lru_cache(maxsize=16)
def _unpacked(body: bytes) -> bytes:
    """A compressed body as it was made. Browsers take gzip: programs that do not mostly ask for the same again."""
    return gzip.decompress(body)


def find(now: Validators) -> CachedResponse | None:
    """The response with these validators, if it is cached."""
    found: CachedResponse | None = cache.get(f"page:{now.etag}")
    return found


def find_former(now: Validators) -> CachedResponse | None:
    """The last response to this request that was cached, whatever the versions then."""
    etag = cache.get(_last_etag(now))
    found: CachedResponse | None = cache.get(f"page:{etag}") if etag else None
    return found


def store(now: Validators, page: CachedResponse) -> None:
    """Cache a response under its ETag, compressed, for all processes; not one that is as large as a file."""
    if len(page.body) > MAX_BODY_BYTES or len((stored := page.compressed()).body) > MAX_STORED_BYTES:
        return
    cache.set(f"page:{now.etag}", stored, CACHE_SECONDS)
    cache.set(_last_etag(now), now.etag, CACHE_SECONDS)


def _last_etag(now: Validators) -> str:
    return f"last:{hashlib.sha256(now.request.encode()).hexdigest()[:32]}"


def is_cacheable(environ: MutableMapping[str, Any]) -> bool:
    """Whether a request may be answered from the cache: not that of somebody with a session (staff), and not one
    for another host. Parameters that its page does not read are taken out of it."""
    return (
        environ["REQUEST_METHOD"] in ("GET", "HEAD")
        and not environ.get("PATH_INFO", "").startswith(UNCACHED_PREFIXES)
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


class PageCacheApplication:
    """A WSGI application around Django's. A cached page was allowed for its scheme when it was made and is cached under
    it; whose host this is `is_cacheable` asks. Only the versions have to be read again."""

    def __init__(
        self,
        application: WSGIApplication,
        states: Mapping[str, Callable[[], str]] | None = None,
        prepare: Callable[[], object] | None = None,
    ) -> None:
        """`states`: by the beginning of addresses, a word for what they show beside what the versions count. Their
        responses are cached where the view says so (`cached_by_state`). `prepare` is called before new releases come
        into force in this process, between two requests."""
        self.application = application
        self.versions = RollingVersions(prepare)
        self.states = {beginning: TimedRead(read) for beginning, read in (states or {}).items()}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if is_misled(environ):
            start_response("400 Bad Request", [("Content-Type", "text/plain; charset=utf-8")])
            return [b"An address begins with a slash, and nothing stands before it.\n"]
        page = self._plain_answer(environ)
        if page is None:
            answer = self.application(environ, start_response)
        else:
            start_response(f"{page.status} {responses[page.status]}", page.headers)
            answer = [page.body]
        return _ThenCall(answer, self.versions.go_over) if self.versions.are_former else answer

    def _plain_answer(self, environ: WSGIEnvironment) -> CachedResponse | None:
        """A cached page or a 304; None where it takes Django to answer."""
        if environ["REQUEST_METHOD"] != "GET" or not is_cacheable(environ):
            return None
        try:
            known = self.versions()
            now = validators_for(environ, known, self._state(environ))
        except Error:
            return None
        conditions = CONDITIONS & environ.keys()
        page = find(now)
        if page is None:
            environ[REQUEST_VERSIONS] = RequestVersions(known, now, self.versions.are_former)
            return None
        if not conditions:
            return page.encoded_for(environ)
        has_it = conditions == {"HTTP_IF_NONE_MATCH"} and environ["HTTP_IF_NONE_MATCH"] in (
            page.etag,
            etag_of_gzip(page.etag),
        )
        return page.unchanged_for(environ) if has_it and page.status == 200 else None

    def _state(self, environ: WSGIEnvironment) -> str:
        path = environ.get("PATH_INFO", "")
        return next((read() for beginning, read in self.states.items() if path.startswith(beginning)), "")


class _ThenCall:
    """A response after which something is called: the server closes a response when it has been sent."""

    def __init__(self, response: Iterable[bytes], then: Callable[[], object]) -> None:
        self._response = response
        self._then = then

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._response)

    def close(self) -> None:
        """Close the response, then call."""
        getattr(self._response, "close", bool)()
        self._then()
