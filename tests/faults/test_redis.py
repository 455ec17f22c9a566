"""Redis that is not there, that goes away, and that says nothing: slower, not broken."""

import socket
import time
from collections.abc import Iterator

import pytest
from django.core.cache import caches
from django.test import Client
from pytest_django import Settings

from codes.caching.backends import FaultTolerantRedisCache
from contributions import throttling
from contributions.sender import Sender
from tests.redis_server import free_port, redis_cache, redis_server

SENDER = Sender("192.0.2.0/24")


@pytest.fixture
def port(settings: Settings) -> Iterator[int]:
    """A port for a Redis that CACHE_URL names; nothing listens there yet."""
    number = free_port()
    settings.CACHES = {"default": redis_cache(number)}
    FaultTolerantRedisCache.forget_failure()
    yield number
    FaultTolerantRedisCache.forget_failure()


def test_pages_come_without_redis(port: int, sample: None) -> None:
    client = Client()
    answers = [client.get("/cpt/99213/") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert answers[0].content == answers[2].content


def test_a_redis_that_is_gone_is_asked_once_in_five_seconds(port: int) -> None:
    cache = caches["default"]
    assert cache.get("anything", "instead") == "instead"
    with redis_server(port):
        cache.set("kept", 1)
        assert cache.get("kept") is None, "it is left alone for a while"
        FaultTolerantRedisCache.forget_failure()
        cache.set("kept", 1)
        assert cache.get("kept") == 1


def test_a_redis_that_goes_away_between_two_requests_is_not_noticed_by_readers(
    port: int, sample: None
) -> None:
    client = Client()
    with redis_server(port):
        before = client.get("/cpt/99213/")
        assert caches["default"].get("anything") is None
    after = client.get("/cpt/99213/")
    assert (before.status_code, after.status_code) == (200, 200)
    assert before.content == after.content


def test_a_redis_that_swallows_everything_costs_less_than_a_second(port: int, sample: None) -> None:
    """Something listens and never answers: the first page waits for the time-out, the next ones don't ask."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", port))
        silent.listen(1)
        cache, began = caches["default"], time.monotonic()
        assert [cache.get(name, "instead") for name in "abcdef"] == ["instead"] * 6
        assert time.monotonic() - began < 1


def test_every_way_to_ask_the_cache_is_or_default(port: int) -> None:
    cache = caches["default"]
    cache.set("a", 1)
    answers = [
        cache.get("a", 0),
        cache.get_many(["a"]),
        cache.set_many({"a": 1}),
        cache.add("a", 1),
        cache.delete("a"),
    ]
    assert answers == [0, {}, ["a"], False, False]


def test_reports_are_counted_in_memory_while_redis_is_gone(port: int, settings: Settings) -> None:
    settings.REPORT_LIMITS, settings.LIMITS_URL = "2/hour", f"redis://127.0.0.1:{port}/0"
    assert [throttling.admit(SENDER) for _ in range(3)] == [True, True, False]


def test_reports_are_counted_in_redis_while_it_is_there(port: int, settings: Settings) -> None:
    settings.REPORT_LIMITS, settings.LIMITS_URL = "2/hour", f"redis://127.0.0.1:{port}/0"
    with redis_server(port):
        assert [throttling.admit(SENDER) for _ in range(3)] == [True, True, False]
        throttling.forget_everything()
        assert throttling.admit(SENDER)
