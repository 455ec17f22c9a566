"""New releases come into force in one process after the other; nobody waits for what a process must read anew."""

import time
from collections.abc import Callable, Iterator

import pytest
from pytest_django import Settings

from codes.caching import rolling
from codes.caching.rolling import RollingVersions
from codes.models import CodeText, Version
from tests.redis_server import shared_by_processes
from tests.wsgi_site import Site, connection_left_open

PAGE = "/cpt/99213/"


@pytest.fixture(params=["files", "redis"])
def shared_cache(request: pytest.FixtureRequest, settings: Settings) -> Iterator[None]:
    """Both caches that processes share."""
    with shared_by_processes(request.param, settings):
        yield


def process(prepare: Callable[[], object] | None = None) -> RollingVersions:
    """A process that reads the versions with each request."""
    made = RollingVersions(prepare or (lambda: None))
    made.newest._seconds = 0
    made()
    return made


def changed(name: str) -> None:
    Version.bump(name)


def test_a_process_answers_with_the_former_releases_until_it_has_prepared_for_the_new(
    sample: None, shared_cache: None
) -> None:
    prepared: list[str] = []
    versions = process(lambda: prepared.append("prepared"))
    before = versions()
    changed("data")
    assert (versions(), versions.are_former, prepared) == (before, True, [])
    versions.go_over()
    assert (versions() != before, versions.are_former, prepared) == (True, False, ["prepared"])


def test_while_one_process_prepares_and_a_second_after_it_another_goes_on_with_the_former(
    sample: None, shared_cache: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rolling, "SECONDS_BETWEEN", 1.0)
    second = process()
    before = second()

    def meanwhile() -> None:
        second()
        second.go_over()
        assert (second(), second.are_former) == (before, True)

    first = process(meanwhile)
    changed("data")
    first()
    first.go_over()
    assert first() != before
    meanwhile()
    time.sleep(1.1)
    second.go_over()
    assert second() == first()


def test_no_process_is_behind_for_long(
    sample: None, shared_cache: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions = process()
    before = versions()
    changed("data")
    assert versions() == before
    monkeypatch.setattr(rolling, "MOST_SECONDS_BEHIND", 0.0)
    assert (versions() != before, versions.are_former) == (True, False)


def test_a_process_that_nobody_asked_for_a_while_answers_with_the_newest_at_once(
    sample: None, shared_cache: None
) -> None:
    versions = process()
    before = versions()
    changed("data")
    versions._newest_at -= rolling.MOST_SECONDS_BEHIND
    assert (versions() != before, versions.are_former) == (True, False)


def test_what_staff_changes_is_seen_at_once(sample: None, shared_cache: None) -> None:
    versions = process()
    before = versions()
    changed("tips")
    assert (versions() != before, versions.are_former) == (True, False)


def test_where_there_is_nothing_to_prepare_nothing_is_waited_for(sample: None) -> None:
    versions = RollingVersions()
    before = versions()
    changed("data")
    versions.clear()
    assert (versions() != before, versions.are_former) == (True, False)


def test_a_page_made_meanwhile_is_the_former_and_nothing_keeps_it(sample: None, shared_cache: None) -> None:
    with connection_left_open():
        site = Site(prepare=lambda: None)
        kept = site.get(PAGE)
        CodeText.objects.filter(pk="99213").update(plain_name="A name that was just changed")
        changed("data")
        site.application.versions.clear()
        site.closes = False
        assert site.get(PAGE) == kept
        provisional = site.get(f"{PAGE}?zip=36301")
        site.closes = True
        assert (provisional[1]["Cache-Control"], "ETag" in provisional[1]) == ("no-store", False)
        assert site.get(PAGE) == kept  # and then goes over
        assert "A name that was just changed" in site.get(PAGE)[2].decode()
        assert site.get(f"{PAGE}?zip=36301")[1]["Cache-Control"] != "no-store"
