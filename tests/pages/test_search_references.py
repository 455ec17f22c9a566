"""What the search box does with a modifier or a denial."""

import pytest

from tests.pages.conftest import Get


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("modifier 59", "/modifiers/59/"),
        ("mod 25", "/modifiers/25/"),
        ("-25", "/modifiers/25/"),
        ("25 modifier", "/modifiers/25/"),
        ("modifier xs", "/modifiers/XS/"),
        ("CO-97", "/denials/?reason=CO-97"),
        ("CO97", "/denials/?reason=CO-97"),
        ("N362", "/denials/?remark=N362"),
        ("CARC 50", "/denials/?reason=50"),
        ("RARC MA130", "/denials/?remark=MA130"),
        ("PR 204", "/denials/?reason=PR-204"),
        ("denial 151", "/denials/?reason=151"),
        ("27447 denied CO-151 N362", "/denials/?reason=CO-151&remark=N362&code=27447"),
    ],
)
def test_a_modifier_or_a_denial_leads_to_its_page(get: Get, typed: str, address: str) -> None:
    assert get("/search/", 302, q=typed)["Location"] == address


def test_a_denial_and_a_modifier_take_the_practice_along(get: Get) -> None:
    for typed, address in (
        ("CO-97 29877", "/denials/?reason=CO-97&code=29877&"),
        ("modifier 25", "/modifiers/25/?"),
    ):
        assert get("/search/", 302, q=typed, zip="60601")["Location"] == f"{address}zip=60601"


@pytest.mark.parametrize("typed", ["20610", "99214-25 20610"])
def test_where_the_place_is_known_digits_of_a_code_are_no_zip_code(get: Get, typed: str) -> None:
    """20610 is a code, and a ZIP code in Maryland."""
    assert "20610" in get("/search/", 302, q=typed, zip="60601")["Location"]
    assert "zip=60601" in get("/search/", 302, q=typed, zip="60601")["Location"]


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("99214", "/cpt/99214/"),
        ("99214 modifier 25", "/cpt/99214/?mod=25"),
        ("99214-25", "/cpt/99214/?mod=25"),
        ("20610+76942", "/ncci/?codes=20610+76942"),
        ("g0439", "/hcpcs/G0439/"),
    ],
)
def test_a_code_is_never_taken_for_one(get: Get, typed: str, address: str) -> None:
    assert get("/search/", 302, q=typed)["Location"] == address


@pytest.mark.parametrize("typed", ["knee injection", "moderate sedation", "N999", "97", "co"])
def test_words_and_bare_numbers_stay_a_search(get: Get, typed: str) -> None:
    get("/search/", 200, q=typed)


def test_two_characters_offer_the_modifier_beside_the_codes(get: Get) -> None:
    page = get("/search/", 200, q="26").content.decode()
    assert "Modifier 26: Professional component" in page
    assert "/modifiers/26/" in page


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("modifier 59", "Modifier 59: Distinct procedure"),
        ("CO-97", "Denial CO-97: already included in the payment for another service"),
        ("N362", "Remark N362"),
    ],
)
def test_the_list_under_the_box_offers_it(get: Get, typed: str, words: str) -> None:
    page = get("/search/suggest/", 200, q=typed).content.decode()
    assert words in page
    assert page.count('role="option"') == 1
