"""After a change of the data one process makes a page; the others show the former one, or wait for the new.

The view asks for its own page again while it makes it, as another process would. The versions come with the request, as
`PageCacheApplication` hands them over.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from threading import Thread

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import resolve
from django.utils import timezone
from pytest_django import Settings

from codes.caching import single_flight
from codes.caching.middleware import page_cache_middleware
from codes.caching.page_cache import REQUEST_VERSIONS, RequestVersions
from codes.caching.validators import validators_for
from tests.redis_server import shared_by_processes

PAGE = "/cpt/99213/"
Made = Callable[[int], HttpResponse | None]


@pytest.fixture(autouse=True, params=["files", "redis"])
def shared_cache(request: pytest.FixtureRequest, settings: Settings) -> Iterator[None]:
    """Both caches that processes share; here threads do."""
    with shared_by_processes(request.param, settings):
        yield


class Site:
    """Pages that say how many were made before them; `meanwhile` is done while one is made."""

    def __init__(self) -> None:
        self.made = 0
        self.meanwhile: Callable[[], None] = lambda: None
        self.answer = page_cache_middleware(self.view)

    def view(self, request: HttpRequest) -> HttpResponse:
        request.resolver_match = resolve(request.path_info)
        self.made += 1
        response = HttpResponse(f"page {self.made}")
        self.meanwhile()
        return response

    def get(self, version: int, minutes_ago: float = 0, path: str = PAGE) -> str:
        """The page while the data have this version, since so long ago."""
        request = RequestFactory().get(path)
        known = (("data", version, timezone.now() - timedelta(minutes=minutes_ago)),)
        known = ((*known[0][:2], known[0][2].replace(microsecond=0)),)
        request.META[REQUEST_VERSIONS] = RequestVersions(known, validators_for(request.META, known))
        return self.answer(request).content.decode()


def test_a_page_that_is_being_made_is_answered_with_the_former_one() -> None:
    site, seen = Site(), list[str]()
    site.get(version=1)
    site.meanwhile = lambda: seen.append(site.get(version=2))
    assert site.get(version=2) == "page 2"
    assert (seen, site.made) == (["page 1"], 2)


def test_what_was_true_over_a_minute_ago_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(single_flight, "LONGEST_WAIT", 0.05)
    site, seen = Site(), list[str]()
    site.get(version=1, minutes_ago=60)
    today = timezone.localtime()
    long_ago = min(30, today.hour * 60 + today.minute)  # before midnight everything is of yesterday

    def ask() -> None:
        site.meanwhile = lambda: None
        seen.append(site.get(version=2, minutes_ago=long_ago))

    site.meanwhile = ask
    site.get(version=2, minutes_ago=long_ago)
    assert "page 1" not in seen or long_ago < 1


def test_without_a_former_page_the_others_wait_for_the_new_one() -> None:
    site, seen = Site(), list[str]()
    other = Thread(target=lambda: seen.append(site.get(version=1)))
    site.meanwhile = other.start
    site.get(version=1)
    other.join(10)
    assert (seen, site.made) == (["page 1"], 1)


def test_a_page_that_cannot_be_made_lets_the_next_one_try() -> None:
    site = Site()

    def fail() -> None:
        raise RuntimeError("no page")

    site.meanwhile = fail
    with pytest.raises(RuntimeError):
        site.get(version=1)
    site.meanwhile = lambda: None
    assert site.get(version=1) == "page 2"


def test_an_address_outside_of_the_reference_holds_nobody_back() -> None:
    site, seen = Site(), list[str]()

    def ask() -> None:
        site.meanwhile = lambda: None
        seen.append(site.get(version=1, path="/reports/99213/"))

    site.meanwhile = ask
    assert site.get(version=1, path="/reports/99213/") == "page 1"
    assert seen == ["page 2"]
