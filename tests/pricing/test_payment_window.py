"""The three-day payment window (PD): Claims Processing Manual, ch. 12, §90.7; amounts of RVU26C, national."""

from dataclasses import replace
from datetime import date

import pytest

from tests.pricing.figures import IN_2026, price


@pytest.mark.parametrize(
    ("code", "modifiers", "allowed"),
    [
        ("99213", (), "57.45"),
        ("99213", ("25",), "57.45"),
        ("71046", (), "10.02"),
        ("71046", ("26",), "10.02"),
        ("20610", (), "39.75"),
    ],
)
def test_pd_pays_the_facility_amount_and_of_a_test_the_professional_component(
    code: str, modifiers: tuple[str, ...], allowed: str
) -> None:
    priced = price(code, "PD", *modifiers)
    assert str(priced.allowed) == allowed
    assert "payment_window" in {step.rule for step in priced.steps}


def test_pd_changes_nothing_where_the_facility_amount_is_paid_anyway() -> None:
    assert (
        price("99213", "PD", place_of_service="22").allowed == price("99213", place_of_service="22").allowed
    )


@pytest.mark.parametrize(("code", "modifiers"), [("71046", ("TC",)), ("93005", ()), ("93000", ())])
def test_what_is_technical_goes_on_the_hospitals_claim(code: str, modifiers: tuple[str, ...]) -> None:
    refusal = price(code, "PD", *modifiers).refusal
    assert refusal is not None
    assert refusal.kind == "facility_paid"
    assert "hospital's inpatient claim" in refusal.text


def test_before_2012_there_was_no_pd() -> None:
    at = replace(IN_2026, date_of_service=date(2011, 12, 31), release_effective=date(2011, 10, 1))
    assert str(price("99213", "PD", circumstances=at).allowed) == "95.19"
