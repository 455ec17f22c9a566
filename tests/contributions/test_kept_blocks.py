"""The block of reports as gunicorn's processes keep it: from memory while no snapshot changes, and gone with it."""

import gzip
from collections.abc import Iterator
from typing import Any

import pytest

from codes.models import Version
from contributions.models import Snapshot
from contributions.reports import actions
from contributions.reports.queries import state
from tests.contributions.telling import CODE, OTHER_CODE, TODAY, at_night, tell, tell_all
from tests.wsgi_site import Site, connection_left_open

BLOCK = f"/reports/{CODE}/"
ADDRESSES = (BLOCK, f"/reports/{CODE}.json", f"/reports/{CODE}.csv")
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def site(codes: None) -> Iterator[Site]:
    Version.bump("data")
    with connection_left_open():
        yield Site(states={"/reports/": state})


def a_second_later(site: Site) -> None:
    site.application.states["/reports/"].clear()


@pytest.mark.parametrize("address", ADDRESSES)
def test_it_is_answered_a_second_time_without_django_and_without_a_query(
    site: Site, address: str, django_assert_max_num_queries: Any
) -> None:
    first = site.get(address)
    with django_assert_max_num_queries(0):
        assert site.get(address) == first
    assert (site.asked, first[1]["Cache-Control"]) == (1, "public, no-cache")
    assert "Last-Modified" not in first[1]


def test_part_and_page_and_compressed_body_are_answers_of_their_own(site: Site) -> None:
    tell_all(20)
    at_night()
    page, part = site.get(BLOCK), site.get(BLOCK, **HTMX)
    assert b"<html" in page[2]
    assert b"<html" not in part[2]
    packed = site.get(BLOCK, HTTP_ACCEPT_ENCODING="gzip", **HTMX)
    assert (gzip.decompress(packed[2]), packed[1]["Content-Encoding"]) == (part[2], "gzip")
    assert packed[1]["ETag"] == part[1]["ETag"][:-1] + '-gzip"'
    assert packed[1]["Vary"] == part[1]["Vary"] == "HX-Request, Accept-Encoding"
    assert site.asked == 2


def test_who_has_it_is_told_so_until_it_changes(site: Site) -> None:
    tell_all(5)
    etag = site.get(BLOCK)[1]["ETag"]
    assert site.get(BLOCK, HTTP_IF_NONE_MATCH=etag)[0] == "304 Not Modified"
    at_night()
    a_second_later(site)
    status, _, body = site.get(BLOCK, HTTP_IF_NONE_MATCH=etag)
    assert (status, site.asked) == ("200 OK", 2)
    assert b"5+ reporters" in body


def test_a_first_question_of_who_has_it_keeps_the_block_and_not_its_304(site: Site) -> None:
    etag = site.get(BLOCK)[1]["ETag"]
    Version.bump("data")
    site.application.versions.clear()
    assert site.get(BLOCK, HTTP_IF_NONE_MATCH=etag)[0] == "304 Not Modified"
    status, _, body = site.get(BLOCK)
    assert (status, bool(body), site.asked) == ("200 OK", True, 2)


def test_what_staff_take_down_is_gone_a_second_later(site: Site) -> None:
    tell_all(5)
    at_night()
    assert b"5+ reporters" in site.get(BLOCK)[2]
    actions.take_down(Snapshot.objects.shown())
    a_second_later(site)
    assert b"5+ reporters" not in site.get(BLOCK)[2]


def test_a_withdrawn_report_leaves_the_block_in_the_morning(site: Site) -> None:
    receipts = tell_all(5)
    at_night()
    assert b"5+ reporters" in site.get(BLOCK)[2]
    actions.withdraw(receipts[0], TODAY)
    at_night()
    a_second_later(site)
    assert b"5+ reporters" not in site.get(BLOCK)[2]


def test_no_report_changes_the_state_before_the_night(site: Site) -> None:
    """Else the page would be made anew at the moment of a report, and its time would tell."""
    for who in range(1, 8):
        before = state()
        tell(who)
        tell(who, code=OTHER_CODE)
        assert state() == before
    at_night()
    assert state() != before


def test_the_form_and_a_block_that_knows_no_state_are_never_kept(site: Site) -> None:
    form = f"/reports/{CODE}/new/"
    site.get(form)
    site.get(form)
    assert site.asked == 2
    stateless = Site()
    stateless.get(BLOCK)
    stateless.get(BLOCK)
    assert stateless.asked == 2
