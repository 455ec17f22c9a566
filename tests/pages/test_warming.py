"""What a load ends with: the pages that are asked for most are there before the first visitor comes."""

from collections.abc import Iterator
from itertools import islice
from wsgiref.util import setup_testing_defaults

import pytest
from pytest_django import Settings

from codes.caching.page_cache import PageCacheApplication
from codes.management.warming import most_asked, warm
from codes.models import CodeText
from medpayiq import warm_up
from tests.redis_server import shared_by_processes


@pytest.fixture(params=["memory", "redis"])
def shared_cache(request: pytest.FixtureRequest, settings: Settings) -> Iterator[None]:
    """A cache that processes share: in memory, and a real Redis."""
    with shared_by_processes(request.param, settings):
        yield


def is_there(path: str) -> bool:
    """Whether a page is answered without Django."""
    environ = {"PATH_INFO": path, "QUERY_STRING": "", "HTTP_HOST": "127.0.0.1:8000"}
    setup_testing_defaults(environ)
    asked: list[str] = []
    application = PageCacheApplication(lambda environ, _: asked.append(path) or [])  # type: ignore[func-returns-value]
    list(application(environ, lambda *_: lambda _: None))
    return not asked


def test_the_pages_asked_for_most_are_made_and_no_more(sample: None, shared_cache: None) -> None:
    said: list[str] = []
    addresses = list(islice(most_asked(), 11))
    warm(said.append, most=10)
    assert [is_there(address) for address in addresses] == [*[True] * 10, False]
    assert said[0].startswith("Made 10 of the pages that are asked for most, in ")


def test_a_start_asks_for_pages_of_every_kind(sample: None, shared_cache: None) -> None:
    warm_up.ask_pages()
    assert all(is_there(address) for address in warm_up.PAGES if "?" not in address)


def test_codes_come_by_how_often_they_are_billed(sample: None) -> None:
    codes = [address.split("/")[2] for address in most_asked() if address.startswith(("/cpt/", "/hcpcs/"))]
    bands = dict(CodeText.objects.values_list("code", "band"))
    assert [bands[code] for code in codes] == sorted(bands.values())


def test_it_ends_when_its_time_is_over_and_does_nothing_where_no_cache_is_shared(
    sample: None, shared_cache: None, settings: Settings
) -> None:
    said: list[str] = []
    warm(said.append, seconds=0)
    (words,) = said
    assert words.startswith("Made 0 of the pages that are asked for most, in ")
    settings.CACHES = {**settings.CACHES, "default": {"BACKEND": "codes.caching.backends.ProcessCache"}}
    warm(said.append)
    assert len(said) == 1
