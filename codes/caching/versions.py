"""The versions of the content, and what is cached under them.

A version row moves in the same transaction as the content it counts, so that one small query tells whether what was
read or rendered before, by any worker, is still true.
"""

from collections.abc import Callable
from contextvars import ContextVar
from datetime import datetime
from functools import lru_cache, wraps
from time import monotonic
from typing import Any, Generic, TypeVar, cast

from django.db import Error, connection

from codes.models import Version

Versions = tuple[tuple[str, int, datetime], ...]
Read = TypeVar("Read", bound=Callable[..., Any])
T = TypeVar("T")

SECONDS_BETWEEN_READS = 1.0
OF_CODE = Version.OF_CODE

# The versions that the request being answered has read already: a page asks the database once which data it shows.
versions_of_request: ContextVar[Versions | None] = ContextVar("versions_of_request", default=None)
# Whether the response being made rests on what the data were a moment ago: it is neither kept nor held by a proxy.
answer_is_provisional: ContextVar[bool] = ContextVar("answer_is_provisional", default=False)


def versions() -> Versions:
    """(name, number, changed at) of every kind of content; no query within a request that has read them before."""
    return versions_of_request.get() or _read_versions()


def content_version() -> str:
    """The versions that the request being answered has read, as one word; "" where it may cache nothing."""
    known = versions_of_request.get()
    return _word(known) if known else ""


def current_versions() -> Versions:
    """The versions as the database has them now; asked on a new connection where the present one is dead."""
    try:
        return _read_versions()
    except Error:
        if connection.in_atomic_block:
            raise
        connection.close()
        return _read_versions()


class TimedRead(Generic[T]):
    """What a function reads, remembered in this process for so many seconds: a public page may be that much behind."""

    def __init__(self, read: Callable[[], T], seconds: float = SECONDS_BETWEEN_READS) -> None:
        self._read = read
        self._seconds = seconds
        self._known: T | None = None
        self._good_until = 0.0

    def __call__(self) -> T:
        now = monotonic()
        if self._known is None or now >= self._good_until:
            self._known = self._read()
            self._good_until = now + self._seconds
        return self._known

    def clear(self) -> None:
        """Read anew when it is asked for next."""
        self._good_until = 0.0


class VersionCache(TimedRead[Versions]):
    """The versions, remembered."""

    def __init__(self, seconds: float = SECONDS_BETWEEN_READS) -> None:
        super().__init__(current_versions, seconds)


def versioned_cache(maxsize: int, content: str = "") -> Callable[[Read], Read]:
    """A decorator: cache the last `maxsize` results of a reading function until any content changes, or only that of
    the versions whose names begin with `content`; within a request only, because elsewhere nothing says which version
    the caller reads."""

    def decorate(read: Read) -> Read:
        @lru_cache(maxsize=maxsize)
        def cached(_: Versions, *arguments: Any) -> Any:
            return read(*arguments)

        @wraps(read)
        def wrapper(*arguments: Any) -> Any:
            known = versions_of_request.get()
            return cached(_of_content(known, content), *arguments) if known else read(*arguments)

        _versioned_caches.append(cached.cache_clear)
        return cast(Read, wrapper)

    return decorate


def clear_versioned_caches() -> None:
    """Empty every `versioned_cache`: for whoever changes rows without bumping their version."""
    for clear in _versioned_caches:
        clear()


_versioned_caches: list[Callable[[], None]] = []


def _read_versions() -> Versions:
    return tuple(Version.objects.order_by("name").values_list("name", "number", "changed_at"))


def _of_content(known: Versions, content: str) -> Versions:
    return tuple(row for row in known if row[0].startswith(content)) if content else known


@lru_cache(maxsize=4)
def _word(known: Versions) -> str:
    return " ".join(f"{name}:{number}:{changed_at.timestamp()}" for name, number, changed_at in known)
