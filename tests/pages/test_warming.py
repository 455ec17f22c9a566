"""What a load ends with: the pages that are asked for most are there before the first visitor comes."""

import time
from collections.abc import Iterator
from io import StringIO
from itertools import islice
from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.template import Template
from django.test import Client
from django.test.signals import template_rendered
from django.utils.timezone import localdate
from pytest_django import Settings

from codes.caching.page_cache import PageCacheApplication
from codes.management import warming
from codes.management.warming import ask, most_requested, warm
from codes.models import CodeText, Version
from codes.queries import browse
from codes.queries.releases import calendar
from medpayiq import warm_up
from tests.redis_server import shared_by_processes


@pytest.fixture(params=["files", "redis"])
def shared_cache(request: pytest.FixtureRequest, settings: Settings) -> Iterator[None]:
    """A cache that processes share: files, and a real Redis."""
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
    addresses = list(islice(most_requested(), 11))
    warm(said.append, most=10)
    assert [is_there(address) for address in addresses] == [*[True] * 10, False]
    assert said[0].startswith("Made 10 pages, those that are asked for most first, in ")


def test_those_of_all_codes_are_made_where_an_operator_says_so(
    sample: None, shared_cache: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    CodeText.objects.exclude(code="99213").delete()
    listed = browse.Catalogue(("76376", "99213", "J1100"))
    monkeypatch.setattr(browse, "catalogue", lambda *_: listed)
    monkeypatch.setattr(warming, "FIRST", ("browse",))
    monkeypatch.setattr(warming, "MOST_PAGES", 1)
    addresses = ("/browse/", "/cpt/99213/", "/cpt/76376/", "/hcpcs/J1100/")
    call_command("warm_pages", stdout=StringIO())
    assert [is_there(address) for address in addresses] == [True, False, False, False]
    call_command("warm_pages", "--all", stdout=StringIO())
    assert all(map(is_there, addresses))


def test_a_start_makes_pages_of_every_kind_also_where_they_are_kept(
    sample: None, shared_cache: None, client: Client
) -> None:
    for address in warm_up.PAGES:
        client.get(address, headers={"Host": "127.0.0.1:8000"})
    made: list[str] = []

    def note(template: Template, **_: object) -> None:
        made.append(str(template.name))

    template_rendered.connect(note)
    warm_up.ask_pages()
    template_rendered.disconnect(note)
    assert {f"codes/{name}.html" for name in ("home", "search", "code", "claim_desk")} <= {*made}


def test_pages_of_the_former_data_are_removed_and_those_of_these_data_stay(
    sample: None, settings: Settings
) -> None:
    with shared_by_processes("files", settings):
        caches["default"].set("page:former", "a page", 60)
        time.sleep(0.05)
        Version.bump("data")
        time.sleep(0.05)
        caches["default"].set("page:now", "a page", 60)
        warm(print, most=0)
        caches["default"] = caches.create_connection("default")  # as a process that remembers nothing
        assert [caches["default"].get(key) for key in ("page:former", "page:now")] == [None, "a page"]


def test_codes_come_by_how_often_they_are_billed(sample: None) -> None:
    codes = [
        address.split("/")[2] for address in most_requested() if address.startswith(("/cpt/", "/hcpcs/"))
    ]
    bands = dict(CodeText.objects.values_list("code", "band"))
    assert [bands[code] for code in codes[: len(bands)]] == sorted(bands.values())
    assert sorted(codes[len(bands) :]) == sorted(
        {*browse.catalogue(calendar(), localdate()).codes} - {*bands}
    )


def test_it_ends_when_its_time_is_over_and_does_nothing_where_no_cache_is_shared(
    sample: None, shared_cache: None, settings: Settings
) -> None:
    said: list[str] = []
    warm(said.append, seconds=0)
    (words,) = said
    assert words.startswith("Made 0 pages, ")
    settings.CACHES = {**settings.CACHES, "default": {"BACKEND": "codes.caching.backends.ProcessCache"}}
    warm(said.append)
    assert len(said) == 1


def test_pages_are_not_asked_for_any_further_when_the_site_fails(db: None) -> None:
    asked: list[str] = []

    def failing(environ: dict[str, str], start: Any) -> list[bytes]:
        asked.append(environ["PATH_INFO"])
        start("500 Internal Server Error" if len(asked) == 2 else "200 OK", [])
        return Answer()

    assert ask(failing, ["/", "/claim/", "/browse/"]) == 1
    assert asked == ["/", "/claim/"]


class Answer(list[bytes]):
    """The body of an answer, which WSGI lets be closed."""

    def close(self) -> None:
        """Nothing is open."""
