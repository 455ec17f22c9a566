"""Both sides by indicator, however they are billed."""

from decimal import Decimal

import pytest

from codes.pricing import price_claim
from tests.pricing.figures import IN_DOLLARS, allowed, claim, line, made_up, price, price_made_up, rows_of


@pytest.mark.parametrize(("indicator", "amount"), [("0", "100.00"), ("1", "150.00"), ("2", "100.00"),
                                                   ("3", "200.00"), ("9", "100.00")])  # fmt: skip
def test_modifier_50_pays_by_indicator(indicator: str, amount: str) -> None:
    assert str(price_made_up(made_up(bilateral_surgery=indicator), "50").allowed) == amount


@pytest.mark.parametrize(("indicator", "total"), [("0", "100.00"), ("1", "150.00"), ("2", "100.00"),
                                                  ("3", "200.00"), ("9", "200.00")])  # fmt: skip
def test_left_and_right_on_two_lines_pay_by_indicator(indicator: str, total: str) -> None:
    rows = rows_of(made_up(bilateral_surgery=indicator))
    priced = price_claim(rows, [line("10000", "LT"), line("10000", "RT")], IN_DOLLARS)
    assert str(priced.total_allowed) == total


@pytest.mark.parametrize(("indicator", "amount"), [("0", "200.00"), ("1", "150.00"), ("2", "100.00"),
                                                   ("3", "200.00"), ("9", "200.00")])  # fmt: skip
def test_two_units_pay_by_indicator(indicator: str, amount: str) -> None:
    assert str(price_made_up(made_up(bilateral_surgery=indicator), units=2).allowed) == amount


def test_two_units_said_to_be_distinct_are_not_both_sides() -> None:
    assert str(price_made_up(made_up(bilateral_surgery="1"), "59", units=2).allowed) == "200.00"


def test_charges_of_both_sides_together_are_compared_with_both_sides() -> None:
    rows = rows_of(made_up(fee="125.00", bilateral_surgery="0"))
    lines = [line("10000", side, charge=Decimal("100")) for side in ("LT", "RT")]
    assert str(price_claim(rows, lines, IN_DOLLARS).total_allowed) == "125.00"


def test_modifier_50_with_two_units_pays_both_sides_once() -> None:
    priced = price("64721", "50", units=2, place_of_service="22")
    assert (str(priced.allowed), priced.confidence.level) == ("634.79", "Low")


def test_not_raising_names_the_indicator() -> None:
    assert any("bilateral indicator 2" in note for note in price("93880", "50").notes)


def test_three_lines_pair_only_two_sides() -> None:
    lines = [line("64721", side, place_of_service="22") for side in ("LT", "RT", "LT")]
    assert allowed(claim(*lines)) == ["634.79", "0.00", "211.60"]


def test_imaging_of_both_sides_reduces_the_second_side() -> None:
    priced = price("73721", "50")
    assert str(priced.allowed) == "334.87"
    assert priced.confidence.level == "Medium"
