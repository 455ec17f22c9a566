"""Home, search, sources, correctness, licenses, and what is not there."""

import pytest

from tests.pages.conftest import Get


def text_of(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


@pytest.mark.parametrize("address", ["/", "/search/", "/sources/", "/correctness/", "/licenses/"])
def test_the_page_is_there_and_valid(get: Get, address: str) -> None:
    get(address)


@pytest.mark.parametrize(
    ("typed", "belongs"),
    [
        ("99213", "/cpt/99213/"),
        (" 99213 ", "/cpt/99213/"),
        ("76376-26", "/cpt/76376/?mod=26"),
        ("76376 26", "/cpt/76376/?mod=26"),
        ("j1100", "/hcpcs/J1100/"),
    ],
)
def test_a_whole_code_goes_straight_to_its_page(get: Get, typed: str, belongs: str) -> None:
    assert get("/search/", status=302, q=typed).headers["Location"] == belongs


def test_the_beginning_of_a_code_lists_codes(get: Get) -> None:
    assert "/cpt/76376/" in text_of(get("/search/", q="7637"))


def test_words_find_codes_by_our_names(get: Get) -> None:
    assert "/cpt/27447/" in text_of(get("/search/", q="knee replacement"))


def test_an_empty_result_says_what_was_looked_in(get: Get) -> None:
    assert "We looked at the beginnings of all codes" in text_of(get("/search/", q="zzzz qqqq"))


@pytest.mark.parametrize("query", ["'; DROP TABLE", "%", "_", "\\", "<script>", "\u202e", "\x00", "a" * 5000])
def test_odd_queries_are_answered_calmly(get: Get, query: str) -> None:
    assert "<script>" not in text_of(get("/search/", q=query)).split("</head>")[1]


def test_sources_shows_each_release_with_its_checksum(get: Get) -> None:
    from codes.models import Release

    page = text_of(get("/sources/"))
    assert all(release.sha256 in page for release in Release.objects.ready())
    assert "totals equal their parts" in page


def test_an_address_that_is_not_there_is_a_calm_404(get: Get) -> None:
    assert "No such page" in text_of(get("/nowhere/", status=404))


def test_headers_keep_other_sites_out(get: Get) -> None:
    headers = get("/").headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
