"""The one formula, its rounding and its text."""

from dataclasses import replace
from decimal import Decimal

import pytest

from codes.pricing import NATIONAL, Gpci, Locality
from codes.pricing.rounding import to_cents, to_tenth
from tests.pricing.figures import IN_2026, formula_of, price

ALASKA = Locality("02102", "01", "ALASKA", "AK", Gpci(Decimal("1.500"), Decimal("1.065"), Decimal("0.551")))
CALIFORNIA_18 = Locality(
    "01182", "18", "LOS ANGELES", "CA", Gpci(Decimal("1.041"), Decimal("1.183"), Decimal("0.664"))
)


@pytest.mark.parametrize(
    ("locality", "place", "amount"),
    [(NATIONAL, "11", "95.19"), (NATIONAL, "22", "57.45"), (ALASKA, "11", "118.72"), (CALIFORNIA_18, "11", "104.89"),
     (CALIFORNIA_18, "22", "60.24")],
)  # fmt: skip
def test_99213_costs_what_the_locality_makes_of_it(locality: Locality, place: str, amount: str) -> None:
    priced = price("99213", place_of_service=place, circumstances=replace(IN_2026, locality=locality))
    assert str(priced.allowed) == amount


def test_working_prints_every_number_of_the_formula() -> None:
    text = formula_of(price("76376"), "base")
    assert text == "(0.20 × 1.000 + 0.54 × 1.000 + 0.02 × 1.000) × 33.4009 = 25.38"


@pytest.mark.parametrize(
    ("amount", "cents"), [("634.785", "634.79"), ("0.005", "0.01"), ("1.004999", "1.00")]
)
def test_half_a_cent_goes_up(amount: str, cents: str) -> None:
    assert str(to_cents(Decimal(amount))) == cents


def test_half_a_tenth_of_a_unit_goes_up() -> None:
    assert str(to_tenth(Decimal("3.25"))) == "3.3"
