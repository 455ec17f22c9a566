"""The locality finder on the sample, whose indices are whole: all 109 localities of 2025 and 2026."""

import pytest

from tests.pages.conftest import Get

AUG_1_2026 = "2026-08-01"


def text_of(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def main_of(response: object) -> str:
    return text_of(response).split("<main")[1].split("</main>")[0]


def test_all_109_localities_are_listed(get: Get) -> None:
    page = main_of(get("/localities/", dos=AUG_1_2026))
    assert "109 localities" in page
    assert page.count('<th scope="row">') == 109


@pytest.mark.parametrize("typed", ["35203", "35203-1234", "352031234", " 35203 "])
def test_a_zip_code_leads_to_its_locality(get: Get, typed: str) -> None:
    page = main_of(get("/localities/", q=typed, dos=AUG_1_2026))
    assert "1 locality" in page
    assert "/localities/10112-00/" in page


def test_a_zip_code_that_spans_localities_lets_the_visitor_choose(get: Get) -> None:
    from codes.models import ZipLocality

    spanning = ZipLocality.objects.filter(plus_four=True, state="CA").first()
    assert spanning is not None
    page = main_of(get("/localities/", q=spanning.zip_code, dos=AUG_1_2026))
    assert "spans localities: choose" in page
    assert page.count('<th scope="row">') == 29, "all localities of California"


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("manhattan", "13202-01"),
        ("Kansas City", "05302-02"),
        ("california imperial", "01182-71"),
        ("CA orange", "01182-18"),
        ("01182-18", "01182-18"),
        ("hawaii", "01212-01"),
        ("palmetto alabama", "10112-00"),
    ],
)
def test_a_name_a_county_or_a_key_finds_its_locality(get: Get, typed: str, key: str) -> None:
    assert f"/localities/{key}/" in main_of(get("/localities/", q=typed, dos=AUG_1_2026))


def test_five_digits_of_a_contractor_list_its_localities(get: Get) -> None:
    page = main_of(get("/localities/", q="04412", dos=AUG_1_2026))
    assert "8 localities" in page, "the localities of Texas"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("99999", "neither in the ZIP file"),
        ("atlantis", "No locality fits"),
        ("<script>", "No locality fits"),
    ],
)
def test_nothing_found_says_what_was_looked_in(get: Get, typed: str, says: str) -> None:
    page = main_of(get("/localities/", q=typed, dos=AUG_1_2026))
    assert says in page
    assert "<script>" not in page


@pytest.mark.parametrize("typed", ["٣٥٢٠٣", "9" * 5000, "%", "'"])
def test_odd_words_are_answered_calmly(get: Get, typed: str) -> None:
    get("/localities/", q=typed)


def test_a_year_without_indices_says_so(get: Get) -> None:
    assert "No indices are loaded for 2019" in main_of(get("/localities/", dos="2019-05-01"))


def test_the_finder_asks_at_most_three_times(get: Get, django_assert_max_num_queries: Get) -> None:
    get("/localities/", dos=AUG_1_2026, q="texas")
    with django_assert_max_num_queries(2):  # counties
        get("/localities/", dos=AUG_1_2026)
    with django_assert_max_num_queries(3):  # the ZIP code besides
        get("/localities/", dos=AUG_1_2026, q="35203")
