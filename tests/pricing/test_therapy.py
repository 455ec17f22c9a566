"""Therapy units of one day and the year's threshold."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.pricing.figures import IN_2026, allowed, claim, formula_of, line, price


def test_every_unit_but_one_has_half_of_its_practice_expense() -> None:
    priced = price("97110", "GP", units=3)
    assert str(priced.allowed) == "73.48"
    assert formula_of(priced, "units") == "29.06 + 2 × 22.21 = 73.48"


def test_unit_with_the_highest_practice_expense_is_first_across_disciplines() -> None:
    assert allowed(claim(line("97110", "GP"), line("97530", "GO"))) == ["22.21", "35.07"]


@pytest.mark.parametrize(("used", "modifiers", "paid"), [("2479.99", ("GP",), True), ("2480", ("GP",), False),
                                                         ("2480", ("GP", "KX"), True)])  # fmt: skip
def test_therapy_above_the_threshold_needs_kx(used: str, modifiers: tuple[str, ...], paid: bool) -> None:
    at = replace(IN_2026, therapy_to_date=Decimal(used))
    assert (price("97110", *modifiers, circumstances=at).allowed is not None) is paid


def test_refusal_above_the_threshold_names_it_in_dollars_and_cents() -> None:
    refusal = price("97110", "GP", circumstances=replace(IN_2026, therapy_to_date=Decimal(2480))).refusal
    assert refusal is not None
    assert "$2,480.00 a year" in refusal.text


def test_threshold_does_not_touch_visits() -> None:
    at = replace(IN_2026, therapy_to_date=Decimal("9000"))
    assert str(price("99213", circumstances=at).allowed) == "95.19"


@pytest.mark.parametrize(
    ("code", "modifiers", "said"),
    [
        ("97110", (), "without GP, GO or GN"),
        ("97110", ("CQ",), "CQ goes with GP"),
        ("97110", ("CQ", "GO"), "CQ goes with GP"),
        ("97110", ("CO", "GO"), ""),
        ("97110", ("GN",), ""),
        ("99213", (), ""),
    ],
)
def test_a_therapy_line_without_its_plan_of_care_is_told_so(
    code: str, modifiers: tuple[str, ...], said: str
) -> None:
    plans = [note for note in price(code, *modifiers).notes if "returns the line" in note]
    assert [said in note for note in plans] == ([True] if said else [])
