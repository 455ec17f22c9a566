"""Places of service and the amount that Medicare pays there."""

from dataclasses import replace

import pytest

from codes.pricing import PLACES
from tests.pricing.figures import IN_2026, price


@pytest.mark.parametrize("place", ["02", "19", "21", "22", "23", "24", "26", "31", "34", "41", "42", "51", "52",
                                   "53", "56", "61"])  # fmt: skip
def test_facility_place_has_the_facility_amount(place: str) -> None:
    assert str(price("99213", place_of_service=place).allowed) == "57.45"


def test_every_other_place_has_the_nonfacility_amount() -> None:
    facilities = {code for code, place in PLACES.items() if place.setting == "facility"}
    others = set(PLACES) - facilities
    assert len(facilities) == 16
    assert {str(price("99213", place_of_service=place).allowed) for place in others} == {"95.19"}


@pytest.mark.parametrize("place", ["05", "35", "98", "", "1", "eleven"])
def test_place_that_medicare_does_not_price_by_is_refused(place: str) -> None:
    refusal = price("99213", place_of_service=place).refusal
    assert refusal is not None
    assert refusal.kind == "place_of_service"


def test_registered_inpatient_seen_in_an_office_has_the_facility_amount() -> None:
    priced = price("99213", circumstances=replace(IN_2026, registered_inpatient=True))
    assert (priced.setting, str(priced.allowed)) == ("facility", "57.45")


@pytest.mark.parametrize("place", ["18", "66"])
def test_place_without_a_rule_lowers_the_confidence(place: str) -> None:
    assert price("99213", place_of_service=place).confidence.level == "Low"
