"""Telehealth by place and date."""

from dataclasses import replace
from datetime import date

import pytest

from tests.pricing.figures import IN_2026, price


@pytest.mark.parametrize(("place", "amount"), [("02", "57.45"), ("10", "95.19")])
@pytest.mark.parametrize("modifier", ["95", "93", "GT", "FQ"])
def test_place_decides_and_the_modifier_changes_nothing(place: str, amount: str, modifier: str) -> None:
    assert str(price("99213", modifier, place_of_service=place).allowed) == amount


@pytest.mark.parametrize("day", [date(2023, 12, 31), date(2028, 1, 1)])
def test_days_outside_the_rule_are_doubted(day: date) -> None:
    at = replace(IN_2026, date_of_service=day, release_effective=date(day.year, 1, 1))
    assert price("99213", place_of_service="10", circumstances=at).confidence.level == "Low"
