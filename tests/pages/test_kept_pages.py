"""Pages that were rendered before: told as unchanged, or taken from the cache, and never stale.

The query for the versions is one of the queries that are counted here.
"""

import os

import pytest
from django.contrib.auth.models import User
from django.test import Client

from codes.caching.page_cache import MAX_BODY_BYTES, MAX_STORED_BYTES, CachedResponse, find, store
from codes.caching.validators import Validators
from codes.caching.versions import versions_of_request
from codes.models import CodeText, Tip, Version
from tests.pages.conftest import Get

ADDRESSES = [
    "/",
    "/cpt/99213/",
    "/cpt/99213.json",
    "/sources/",
    "/ncci/?codes=45385+45380",
    "/cpt/99213/edits/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_public_page_has_honest_validators_and_sets_no_cookie(
    sample: None, client: Client, address: str
) -> None:
    response = client.get(address)
    assert response.headers["ETag"]
    assert response.headers["Last-Modified"]
    assert response.headers["Cache-Control"].startswith("public")
    assert "Cookie" not in response.headers["Vary"]
    assert not response.cookies


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_unchanged_page_is_a_304_without_rendering(
    sample: None, client: Client, address: str, django_assert_max_num_queries: Get
) -> None:
    etag = client.get(address).headers["ETag"]
    with django_assert_max_num_queries(1):
        again = client.get(address, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")


def test_a_kept_page_has_the_same_bytes_and_costs_no_query_but_that_for_the_versions(
    sample: None, client: Client, django_assert_max_num_queries: Get
) -> None:
    first = client.get("/cpt/99213/")
    with django_assert_max_num_queries(1):
        second = client.get("/cpt/99213/")
    assert second.content == first.content
    assert second.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]


def test_a_change_of_the_data_is_seen_at_once(sample: None, client: Client) -> None:
    etag = client.get("/cpt/99213/").headers["ETag"]
    CodeText.objects.filter(pk="99213").update(plain_name="A name that was just changed")
    Version.bump("data")
    changed = client.get("/cpt/99213/", headers={"If-None-Match": etag})
    assert changed.status_code == 200
    assert "A name that was just changed" in changed.content.decode()


def test_a_tip_published_now_is_on_a_page_that_was_never_asked_for(sample: None, client: Client) -> None:
    client.get("/cpt/99213/?charge=100.00")
    Tip.objects.filter(code="99213").update(text="A tip that was just changed")
    Version.bump("tips")
    assert "A tip that was just changed" in client.get("/cpt/99213/?charge=101.00").content.decode()


def test_a_refused_host_leaves_no_old_versions_behind(sample: None, client: Client) -> None:
    assert client.get("/cpt/99213/", headers={"Host": "elsewhere.example"}).status_code == 400
    assert versions_of_request.get() is None


def test_wrong_parameters_and_staff_are_never_kept(sample: None, client: Client) -> None:
    assert "ETag" not in client.get("/cpt/99213/?dos=tomorrow").headers
    client.force_login(User.objects.create_user("somebody", is_staff=True))
    assert "ETag" not in client.get("/cpt/99213/").headers


@pytest.mark.parametrize(
    "cookie",
    [
        "sessionid=nobody",
        f"sessionid={'a' * 32}",
        "a=sessionid",
        "xsessionid=b",
        "sessionid=",
        "a=__Host-session",
    ],
)
def test_a_cookie_that_is_no_session_does_not_lead_past_a_kept_page(
    sample: None, client: Client, cookie: str, django_assert_max_num_queries: Get
) -> None:
    first = client.get("/cpt/99213/")
    with django_assert_max_num_queries(2):
        again = client.get("/cpt/99213/", headers={"Cookie": cookie})
    assert (again.content, dict(again.items())) == (first.content, dict(first.items()))


@pytest.mark.parametrize(
    ("address", "hung_on"),
    [
        ("/robots.txt", "x=1"),
        ("/robots.txt", "dos=2026-08-01"),
        ("/sitemap.xml", "x=1&y=2"),
        ("/cpt/99213/?zip=36301", "utm_source=a"),
        ("/cpt/99213/", "x"),
        ("/cpt/99213/", "&&"),
        ("/licenses/", "x=%00"),
        ("/search/?q=knee", "zz=1"),
    ],
)
def test_what_a_page_does_not_read_makes_no_other_page(
    sample: None, client: Client, address: str, hung_on: str, django_assert_max_num_queries: Get
) -> None:
    first = client.get(address)
    with django_assert_max_num_queries(1):
        again = client.get(f"{address}{'&' if '?' in address else '?'}{hung_on}")
    assert (again.content, dict(again.items())) == (first.content, dict(first.items()))


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "testserver:81"},
        {"X-Forwarded-Proto": "gopher"},
        {"X-Forwarded-Host": "evil.example"},
        {"HX-Request": "maybe"},
        {"Accept-Language": "de"},
    ],
)
def test_no_header_makes_another_page_of_the_same_address(
    sample: None, client: Client, headers: dict[str, str], django_assert_max_num_queries: Get
) -> None:
    first = client.get("/cpt/99213/")
    with django_assert_max_num_queries(1):
        again = client.get("/cpt/99213/", headers=headers)
    assert (again.content, dict(again.items())) == (first.content, dict(first.items()))


def test_a_twin_gets_all_that_is_asked_of_it_and_is_then_not_kept(sample: None, client: Client) -> None:
    assert "ETag" not in client.get("/cpt/99213.json?unknown=1").headers


def test_an_answer_as_large_as_a_file_is_not_kept() -> None:
    now = Validators('"a"', "")
    for too_large in (b"x" * (MAX_BODY_BYTES + 1), os.urandom(MAX_STORED_BYTES)):
        store(now, CachedResponse(200, [], too_large))
        assert find(now) is None
    store(now, CachedResponse(200, [], b"x" * MAX_BODY_BYTES))
    assert find(now) is not None


def test_the_page_and_the_panel_of_one_address_are_kept_apart(sample: None, client: Client) -> None:
    whole = client.get("/cpt/76376/edits/").content
    panel = client.get("/cpt/76376/edits/", headers={"HX-Request": "true"}).content
    assert whole != panel
    assert client.get("/cpt/76376/edits/").content == whole


def test_a_kept_page_has_every_header_of_the_first_answer_and_a_304_all_that_are_not_about_the_body(
    sample: None, client: Client
) -> None:
    first, kept = client.get("/cpt/99213/"), client.get("/cpt/99213/")
    unchanged = client.get("/cpt/99213/", headers={"If-None-Match": first["ETag"]})
    assert dict(kept.items()) == dict(first.items())
    about_the_body = {"Content-Type", "Content-Length"}
    assert dict(unchanged.items()) == {
        name: value for name, value in first.items() if name not in about_the_body
    }


def test_who_wants_another_version_than_there_is_gets_a_412_that_is_fenced_in(
    sample: None, client: Client
) -> None:
    client.get("/cpt/99213/")
    other = client.get("/cpt/99213/", headers={"If-Match": '"another"'})
    assert (other.status_code, other.content, other["X-Frame-Options"]) == (412, b"", "DENY")


def test_head_has_the_headers_of_a_kept_page_and_no_body(sample: None, client: Client) -> None:
    kept = client.get("/cpt/99213/")
    head = client.head("/cpt/99213/")
    assert (head.content, head["Content-Length"], head["ETag"]) == (
        b"",
        str(len(kept.content)),
        kept["ETag"],
    )


def test_a_wrong_host_gets_no_kept_page(sample: None, client: Client) -> None:
    client.get("/cpt/99213/")
    refused = client.get("/cpt/99213/", headers={"Host": "evil.example"})
    assert (refused.status_code, refused["X-Content-Type-Options"]) == (400, "nosniff")


def test_files_and_probes_ask_no_database(client: Client) -> None:
    # Without a fixture for the database, pytest-django lets no query through.
    assert client.get("/health/").status_code == 200
    assert client.get("/static/css/site.css").status_code == 200


def test_a_tip_of_one_code_leaves_the_pages_of_other_codes_as_they_are(sample: None, client: Client) -> None:
    of_code, of_other, home = (
        client.get(page).headers["ETag"] for page in ("/cpt/99213/", "/cpt/99214/", "/")
    )
    Version.bump("tips:99213")
    assert client.get("/cpt/99213/").headers["ETag"] != of_code
    assert client.get("/cpt/99214/").headers["ETag"] == of_other
    assert client.get("/").headers["ETag"] == home
