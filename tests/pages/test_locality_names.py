"""Localities, counties and contractors as people write them."""

import pytest

from codes.knowledge.contractors import contractor_of
from codes.knowledge.locality_names import query_words, spelled
from tests.pages.conftest import Get


@pytest.mark.parametrize(
    ("as_cms_writes", "as_people_write"),
    [
        ("REST OF TEXAS", "Rest of Texas"),
        ("NORTHERN NJ", "Northern NJ"),
        ("DC + MD/VA SUBURBS", "DC and MD/VA suburbs"),
        ("BALTIMORE/SURR. CNTYS", "Baltimore and surrounding counties"),
        ("POUGHKPSIE/N NYC SUBURBS", "Poughkeepsie and northern NYC suburbs"),
        ("SEATTLE (KING CNTY)", "Seattle (King County)"),
        ('"HAWAII', "Hawaii and Guam"),
        ("HAWAII, GUAM", "Hawaii and Guam"),
        ("LONG BEACH (LOS ANGELES/ORANGE CNTY)", "Long Beach (Los Angeles and Orange counties)"),
        ("VIRGIN ISLANDS", "US Virgin Islands"),
        ("ALL OTHER COUNTIES", "All other counties"),
        ("BRONX, KINGS AND NASSAU", "Bronx, Kings and Nassau"),
        ("LOS ANGELES /ORAGNGE CNTY", "Los Angeles and Orange counties"),
    ],
)
def test_a_locality_is_spelled_as_people_write_it(as_cms_writes: str, as_people_write: str) -> None:
    assert spelled(as_cms_writes) == as_people_write


def test_words_that_only_say_that_a_place_is_meant_are_passed_over() -> None:
    assert query_words("Orange County, CA") == ["ORANGE", "CA"]
    assert query_words("county") == ["COUNTY"]


@pytest.mark.parametrize(
    ("mac", "name", "short"),
    [
        ("04412", "Novitas Solutions", "Novitas"),
        ("13202", "National Government Services", "NGS"),
        ("10112", "Palmetto GBA", "Palmetto"),
        ("09102", "First Coast Service Options", "First Coast (FCSO)"),
        ("05302", "WPS Government Health Administrators", "WPS"),
        ("15202", "CGS Administrators", "CGS"),
        ("01182", "Noridian Healthcare Solutions", "Noridian"),
    ],
)
def test_each_contractor_is_called_by_its_usual_name(mac: str, name: str, short: str) -> None:
    contractor = contractor_of(mac)
    assert contractor is not None
    assert (contractor.name, contractor.short) == (name, short)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Northern NJ", "12402-01"),
        ("northern new jersey", "12402-01"),
        ("Manhattan, NY", "13202-01"),
        ("Rest of Texas", "04412-99"),
        ("Orange County, CA", "01182-18"),
        ("Long Island", "13202-02"),
        ("Brooklyn", "13202-02"),
        ("bay area", "01112-05"),
        ("St. Louis", "05302-01"),
        ("First Coast", "09102-04"),
        ("NGS", "13202-01"),
        ("JL", "12402-01"),
    ],
)
def test_the_finder_takes_places_as_people_write_them(get: Get, typed: str, key: str) -> None:
    assert f"/localities/{key}/" in get("/localities/", q=typed, dos="2026-08-01").content.decode()


@pytest.mark.parametrize("typed", ["Rest of Texas", "Northern NJ", "Manhattan, NY", "Novitas Solutions"])
def test_the_search_box_offers_the_locality(get: Get, typed: str) -> None:
    assert "Payment localities" in get("/search/", q=typed).content.decode()


@pytest.mark.parametrize("typed", ["knee injection", "office visit", "ct chest", "novitas", "rest"])
def test_words_for_codes_offer_none(get: Get, typed: str) -> None:
    assert "Payment localities" not in get("/search/", q=typed).content.decode()
