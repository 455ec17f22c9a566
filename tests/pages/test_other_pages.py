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
    assert "We looked in all" in text_of(get("/search/", q="xyzzyplugh qwertyuiop"))


@pytest.mark.parametrize("query", ["'; DROP TABLE", "%", "_", "\\", "<script>", "\u202e", "a" * 5000])
def test_odd_queries_are_answered_calmly(get: Get, query: str) -> None:
    assert "<script>" not in text_of(get("/search/", q=query)).split("</head>")[1]


def test_sources_says_whose_layout_has_been_met_in_made_up_files_only(get: Get) -> None:
    parts = text_of(get("/sources/")).split("<h2 ")
    not_met = {
        part.partition('"')[2].partition('"')[0] for part in parts if "not yet with one of CMS" in part
    }
    assert not_met == {"coverage_articles", "coverage_lcds", "psps"}


def test_sources_shows_each_release_with_its_checksum(get: Get) -> None:
    from codes.models import Release

    page = text_of(get("/sources/"))
    assert all(release.sha256 in page for release in Release.objects.ready())
    assert "totals equal their parts" in page


def test_an_address_that_is_not_there_is_a_calm_404(get: Get) -> None:
    assert "Page not found" in text_of(get("/nowhere/", status=404))


def test_headers_keep_other_sites_out(get: Get) -> None:
    headers = get("/").headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("typed", "belongs"),
    [
        ("99214 25 35203 fac 2026-08-01", "/cpt/99214/?dos=2026-08-01&zip=35203&pos=22&mod=25"),
        ("20610+76942", "/ncci/?codes=20610+76942"),
        ("45385 45380-59 43239", "/claim/?lines=45385%2C45380-59%2C43239"),
        ("99213 al", "/cpt/99213/?locality=10112-00"),
        ("35203", "/localities/?q=35203"),
    ],
)
def test_a_whole_line_goes_where_it_belongs(get: Get, typed: str, belongs: str) -> None:
    assert get("/search/", status=302, q=typed).headers["Location"] == belongs


def test_a_state_with_several_localities_asks_which(get: Get) -> None:
    page = text_of(get("/cpt/99213/", state="CA", dos="2026-08-01"))
    assert "CA has 29 localities, so the amount above is national" in page


def test_suggestions_show_the_match_and_the_amount(get: Get) -> None:
    page = text_of(get("/search/suggest/", q="colonosc"))
    assert "<mark>" in page
    assert 'role="option"' in page


def test_the_address_bar_learns_where_to_ask(get: Get) -> None:
    response = get("/opensearch.xml")
    assert response.headers["Content-Type"].startswith("application/opensearchdescription+xml")
    assert "http://127.0.0.1:8000/search/?q={searchTerms}" in text_of(response)


def test_search_asks_the_database_at_most_three_times(get: Get, django_assert_max_num_queries: Get) -> None:
    get("/search/", q="knee")
    with django_assert_max_num_queries(3):  # versions, amounts, counties
        get("/search/", q="shoulder")
    with django_assert_max_num_queries(1):  # the amounts of these codes are known by now
        get("/search/suggest/", q="shoulder")
