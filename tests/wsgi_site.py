"""The site as gunicorn sees it: the page cache, and Django behind it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory

from codes.caching.page_cache import PageCacheApplication

Answered = tuple[str, dict[str, str], bytes]


class Site:
    """The site as gunicorn sees it. `asked` counts the requests that reached Django; `closes` says whether
    responses are closed when they have been sent, as gunicorn does it."""

    def __init__(
        self,
        states: Mapping[str, Callable[[], str]] | None = None,
        prepare: Callable[[], object] | None = None,
    ) -> None:
        self.asked, self.closes = 0, True
        self._django = WSGIHandler()
        self.application = PageCacheApplication(self._count, states, prepare)

    def get(self, address: str, method: str = "GET", **environ: str) -> Answered:
        """Status line, headers and body."""
        told: list[Any] = []

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None, /) -> Any:
            told.extend((status, headers))

        asked = RequestFactory().generic(method, address).environ | environ
        response = self.application(asked, start)
        body = b"".join(response)
        if self.closes:
            getattr(response, "close", bool)()
        return told[0], dict(told[1]), body

    def _count(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        self.asked += 1
        return self._django(environ, start_response)


@contextmanager
def connection_left_open() -> Iterator[None]:
    """Django closes a connection that is within a transaction, as a test's is: not here."""
    ends = (request_started, request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    yield
    for signal in ends:
        signal.connect(close_old_connections)
