"""What gunicorn asks: kept pages are answered without Django, with the same bytes and headers.

They are at most a second behind: the versions of the content are read once a second.
"""

import gzip
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore

from codes.caching.versions import SECONDS_BETWEEN_READS, VersionCache
from codes.models import CodeText, Version
from tests.wsgi_site import Site, connection_left_open


@pytest.fixture
def site(sample: None) -> Iterator[Site]:
    with connection_left_open():
        yield Site()


def test_a_kept_page_is_the_same_and_django_is_not_asked(site: Site) -> None:
    first = site.get("/cpt/99213/?zip=36301")
    assert site.get("/cpt/99213/?zip=36301") == first
    assert (first[0], site.asked) == ("200 OK", 1)


def test_a_page_that_the_visitor_has_is_a_304_without_a_body(site: Site) -> None:
    _, headers, _ = site.get("/cpt/99213/")
    status, told, body = site.get("/cpt/99213/", HTTP_IF_NONE_MATCH=headers["ETag"])
    assert (status, body, site.asked) == ("304 Not Modified", b"", 1)
    assert set(headers) - set(told) == {"Content-Type", "Content-Length"}
    assert told.items() <= headers.items()


def test_a_kept_page_goes_out_compressed_to_who_takes_it_under_an_etag_of_its_own(site: Site) -> None:
    _, first, body = site.get("/cpt/99213/")
    status, headers, packed = site.get("/cpt/99213/", HTTP_ACCEPT_ENCODING="gzip, br, zstd")
    assert (status, headers["Content-Encoding"], gzip.decompress(packed)) == ("200 OK", "gzip", body)
    assert headers["ETag"] == first["ETag"][:-1] + '-gzip"'
    assert headers["Content-Length"] == str(len(packed))
    assert len(packed) < len(body) / 3
    assert headers["Vary"] == first["Vary"] == "HX-Request, Accept-Encoding"
    again = site.get("/cpt/99213/", HTTP_ACCEPT_ENCODING="gzip, br, zstd", HTTP_IF_NONE_MATCH=headers["ETag"])
    assert (again[0], again[2], again[1]["ETag"]) == ("304 Not Modified", b"", headers["ETag"])
    assert site.get("/cpt/99213/", HTTP_ACCEPT_ENCODING="gzip;q=0")[2] == body
    assert site.asked == 1


def test_a_missing_page_is_kept_with_its_status(site: Site) -> None:
    first = site.get("/cpt/99999/")
    assert site.get("/cpt/99999/") == first
    assert (first[0], site.asked) == ("404 Not Found", 1)


@pytest.mark.parametrize(
    ("method", "environ", "status"),
    [
        ("HEAD", {}, "200 OK"),
        ("POST", {}, "403 Forbidden"),
        ("GET", {"HTTP_IF_MATCH": '"another"'}, "412 Precondition Failed"),
        ("GET", {"HTTP_IF_NONE_MATCH": '"another"'}, "200 OK"),
        ("GET", {"HTTP_IF_NONE_MATCH": "*"}, "304 Not Modified"),
        ("GET", {"HTTP_HOST": "evil.example"}, "400 Bad Request"),
        ("GET", {"HTTP_HX_REQUEST": "true"}, "200 OK"),
    ],
)
def test_whatever_is_not_plain_is_asked_of_django(
    site: Site, method: str, environ: dict[str, str], status: str
) -> None:
    site.get("/cpt/99213/")
    assert (site.get("/cpt/99213/", method, **environ)[0], site.asked) == (status, 2)


def test_who_has_a_session_is_asked_of_django(site: Site) -> None:
    site.get("/cpt/99213/")
    session = SessionStore()
    session.create()
    name = settings.SESSION_COOKIE_NAME
    site.get("/cpt/99213/", HTTP_COOKIE=f"a={name}; {name}={session.session_key}")
    assert site.asked == 2
    site.get("/cpt/99213/", HTTP_COOKIE=f"a={name}; x{name}={session.session_key}")
    assert site.asked == 2


@pytest.mark.parametrize(
    "environ",
    [
        {"SCRIPT_NAME": "/hacked"},
        {"SCRIPT_NAME": "https://evil.example"},
        {"PATH_INFO": "https://evil.example/cpt/70551/"},
    ],
)
def test_a_request_that_says_where_the_site_begins_is_refused(site: Site, environ: dict[str, str]) -> None:
    before = site.get("/search/?q=99213")
    assert (site.get("/cpt/99213/", **environ)[0], site.asked) == ("400 Bad Request", 1)
    assert site.get("/search/?q=99213") == before


def test_a_change_is_seen_once_the_versions_are_read_again(site: Site) -> None:
    _, headers, _ = site.get("/cpt/99213/")
    CodeText.objects.filter(pk="99213").update(plain_name="A name that was just changed")
    Version.bump("data")
    site.application.versions.clear()
    status, _, body = site.get("/cpt/99213/", HTTP_IF_NONE_MATCH=headers["ETag"])
    assert (status, site.asked) == ("200 OK", 2)
    assert "A name that was just changed" in body.decode()


def test_two_addresses_never_share_a_page_however_they_are_spelled(site: Site) -> None:
    inner = site.get("/cpt/99213/?zip=36301")[2]
    assert site.get("/cpt/99213/%3Fzip=36301")[2] != inner
    assert site.get("/cpt/99213/")[2] != inner


def test_the_versions_are_read_again_when_their_time_is_over(sample: None) -> None:
    an_hour, no_time = VersionCache(seconds=3600), VersionCache(seconds=0)
    before = an_hour()
    Version.bump("data")
    assert an_hour() == before
    assert no_time() != before
    an_hour.clear()
    assert an_hour() == no_time()


def test_the_versions_are_read_at_least_once_a_second(sample: None) -> None:
    assert SECONDS_BETWEEN_READS <= 1


def test_reading_the_versions_is_one_query(site: Site, django_assert_max_num_queries: Any) -> None:
    site.get("/cpt/99213/")
    with django_assert_max_num_queries(0):
        site.get("/cpt/99213/")
    site.application.versions.clear()
    with django_assert_max_num_queries(1):
        site.get("/cpt/99213/")
