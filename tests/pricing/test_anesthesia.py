"""Anesthesia: base 7 and 95 minutes at the national factor of 2026, 20.4976."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from codes.pricing import CodeRows, LinePrice, price_claim, price_line
from tests.pricing.figures import IN_2026, formula_of, line, made_up, rows_of

AT = replace(IN_2026, anesthesia_factor=Decimal("20.4976"), anesthesia_release="ANES2026")
ROW = made_up("00100", "0", status="J", multiple_procedure="9")


def _price(*modifiers: str, at: Any = AT, code: str = "00100", **fields: Any) -> LinePrice:
    given = {"base_units": 7, "minutes": 95} | fields
    row = replace(ROW, code=code)
    return price_line(CodeRows(code, {"": row}), line(code, *modifiers, **given), at)


@pytest.mark.parametrize(("modifier", "amount"), [("AA", "272.62"), ("QZ", "272.62"), ("QK", "136.31"),
                                                  ("QX", "136.31"), ("QY", "136.31"), ("AD", "61.49")])  # fmt: skip
def test_provider_modifier_decides_the_share(modifier: str, amount: str) -> None:
    assert str(_price(modifier).allowed) == amount


def test_supervision_with_presence_at_induction_has_one_unit_more() -> None:
    assert str(_price("AD", present_at_induction=True).allowed) == "81.99"


def test_qualifying_participant_has_the_higher_factor() -> None:
    assert str(_price("AA", at=replace(AT, anesthesia_factor=Decimal("20.5998"))).allowed) == "273.98"


def test_alabama_in_2025_has_its_own_factor() -> None:
    assert str(_price("AA", at=replace(AT, anesthesia_factor=Decimal("19.31"))).allowed) == "256.82"


def test_working_shows_time_and_units() -> None:
    priced = _price("AA")
    assert formula_of(priced, "anesthesia_time") == "95 ÷ 15 = 6.3"
    assert formula_of(priced, "anesthesia") == "(7 + 6.3) × 20.4976 × 1.00 = 272.62"


@pytest.mark.parametrize(
    ("modifiers", "fields", "words"),
    [
        ((), {}, "needs one of AA"),
        (("AA",), {"minutes": None}, "Give the minutes"),
        (("AA",), {"base_units": None}, "have the base units of this anesthesia code"),
        (("AA",), {"minutes": -1}, "not a time of anesthesia"),
        (("AA",), {"base_units": -1}, "cannot be negative"),
    ],
)
def test_what_is_missing_is_said(modifiers: tuple[str, ...], fields: dict[str, Any], words: str) -> None:
    refusal = _price(*modifiers, **fields).refusal
    assert refusal is not None
    assert words in refusal.text


def test_factor_that_is_not_held_is_said() -> None:
    refusal = _price("AA", at=IN_2026).refusal
    assert refusal is not None
    assert "have the anesthesia conversion factor for this date" in refusal.text


def test_only_the_highest_base_of_several_is_paid_with_its_add_ons() -> None:
    rows = rows_of(*(replace(ROW, code=code) for code in ("00100", "00140", "01968")))
    lines = [
        line("00100", "AA", base_units=5, minutes=60),
        line("00140", "AA", base_units=7, minutes=30),
        line("01968", "AA", base_units=2, minutes=30),
    ]
    priced = price_claim(rows, lines, AT)
    assert [str(each.allowed) for each in priced.lines] == ["None", "184.48", "81.99"]
    assert priced.lines[0].refusal is not None
    assert "Paid within line 2" in priced.lines[0].refusal.text


def test_a_nurse_anesthetist_under_direction_is_paid_beside_the_physician() -> None:
    """Claims Processing Manual, ch. 12, §50.C: each of the two gets half."""
    lines = [line("00100", who, base_units=7, minutes=95) for who in ("QK", "QX")]
    priced = price_claim(rows_of(ROW), lines, AT)
    assert [str(each.allowed) for each in priced.lines] == ["136.31", "136.31"]


def test_burn_add_on_has_base_units_for_each_unit_and_no_time() -> None:
    assert str(_price("AA", code="01953", base_units=1, units=3).allowed) == "61.49"


def test_daily_care_of_an_epidural_has_base_units_and_no_time() -> None:
    """One unit a day, whatever the number of visits: NCCI Policy Manual, ch. II, §B."""
    assert str(_price("AA", code="01996", base_units=3, minutes=None).allowed) == "61.49"


def test_anesthesia_modifier_on_surgery_is_refused() -> None:
    priced = price_line(CodeRows("10000", {"": made_up()}), line("10000", "AA"), AT)
    assert priced.refusal is not None
    assert "Modifier AA does not apply to 10000: only for anesthesia codes." in priced.refusal.text
