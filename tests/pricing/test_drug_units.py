"""Billing units of a dose: Claims Processing Manual, ch. 17, §10 and §40."""

from decimal import Decimal

import pytest

from codes.pricing.schedules.drug_units import DrugUnits, count_units


def units(dose: str | None, vial: str | None) -> DrugUnits:
    return count_units(Decimal(dose) if dose else None, Decimal(vial) if vial else None)


def test_dose_is_rounded_up_to_whole_units() -> None:
    assert units("2.1", None) == DrugUnits(administered=3)


def test_what_is_left_in_the_opened_vial_is_the_waste() -> None:
    assert units("45", "60") == DrugUnits(administered=45, wasted=15, vials=1)
    assert units("95", "60") == DrugUnits(administered=95, wasted=25, vials=2)


def test_whole_vial_leaves_nothing() -> None:
    assert units("60", "60") == DrugUnits(administered=60, wasted=0, vials=1)
    assert units(None, "120") == DrugUnits(administered=120, vials=1)


def test_less_than_a_unit_discarded_is_no_line_of_waste() -> None:
    """A 10 mg vial with a billing unit of 10 mg, of which 7 mg are given: one unit pays for the vial."""
    assert units("0.7", "1") == DrugUnits(administered=1, wasted=0, vials=1, below_a_unit=True)


@pytest.mark.parametrize(
    ("dose", "vial"), [("0.7", "1"), ("45", "60"), ("1.5", "2.5"), ("7.2", "3.4"), ("10", "4")]
)
def test_given_and_wasted_never_exceed_what_the_vials_hold(dose: str, vial: str) -> None:
    found = units(dose, vial)
    assert found.vials is not None
    assert found.wasted == 0 or found.administered + found.wasted <= found.vials * Decimal(vial)
