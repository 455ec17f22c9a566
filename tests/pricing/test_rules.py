"""Rates by date, and the national factors."""

from datetime import date
from decimal import Decimal

import pytest

from codes.pricing.conversion_factors import anesthesia_in_force, in_force
from codes.pricing.rules import PART_B_DEDUCTIBLE, THERAPY_THRESHOLD, Rate
from codes.pricing.rules import in_force as rate_in_force


@pytest.mark.parametrize(("year", "dollars"), [(2024, 240), (2025, 257), (2026, 283)])
def test_deductible_is_that_of_the_year(year: int, dollars: int) -> None:
    rate = rate_in_force(PART_B_DEDUCTIBLE, date(year, 12, 31))
    assert rate is not None
    assert rate.value == dollars


@pytest.mark.parametrize("table", [PART_B_DEDUCTIBLE, THERAPY_THRESHOLD])
def test_yearly_amount_of_an_unknown_year_is_not_carried_over(table: tuple[Rate, ...]) -> None:
    assert rate_in_force(table, date(2027, 1, 1)) is None


@pytest.mark.parametrize("day", [date(2013, 12, 31), date(2027, 1, 1)])
def test_factor_of_an_unknown_year_is_not_guessed(day: date) -> None:
    assert in_force(day) is None


def test_anesthesia_factor_goes_by_date_and_track() -> None:
    found = [anesthesia_in_force(date(2026, 5, 1), track) for track in (False, True)]
    assert [factor.value for factor in found if factor] == [Decimal("20.4976"), Decimal("20.5998")]
