"""Global, professional and technical rows, and who is paid for them where."""

from dataclasses import replace
from decimal import Decimal

import pytest

from codes.pricing import CodeRows, price_line
from tests.pricing.figures import IN_2025, IN_2026, RVU26C, line, price


def test_professional_component_is_priced_from_its_own_row() -> None:
    priced = price("76376", "26", place_of_service="22", circumstances=IN_2025)
    assert str(priced.allowed) == "9.06"


@pytest.mark.parametrize(
    ("factor_qualifies", "amount"), [(False, "25.38"), (True, "25.51")], ids=["common track", "qualifying"]
)
def test_76376_in_july_2026_follows_the_track(factor_qualifies: bool, amount: str) -> None:
    factor = Decimal("33.5675" if factor_qualifies else "33.4009")
    at = replace(IN_2026, conversion_factor=factor, qualifying_apm=factor_qualifies)
    assert str(price("76376", circumstances=at).allowed) == amount


def test_76376_in_october_2025_is_24_91() -> None:
    assert str(price("76376", circumstances=IN_2025).allowed) == "24.91"


@pytest.mark.parametrize("modifier", ["26", "TC"])
def test_component_modifier_on_an_undivided_service_is_refused_in_words(modifier: str) -> None:
    refusal = price("99213", modifier).refusal
    assert refusal is not None
    why = "physician service, not split (PC/TC indicator 0)"
    assert refusal.text == f"Modifier {modifier} does not apply to 99213: {why}."


def test_interpretation_of_a_laboratory_test_has_a_professional_row_of_its_own() -> None:
    assert str(price("83020", "26").allowed) == "17.70"


def test_laboratory_test_without_a_rate_points_to_its_interpretation() -> None:
    refusal = price("83020").refusal
    assert refusal is not None
    assert "With modifier 26 the code has an amount." in refusal.text


def test_global_and_technical_rows_missing_do_not_borrow_from_the_professional_row() -> None:
    only_26 = CodeRows("76376", {"26": RVU26C["76376"].rows["26"]})
    priced = price_line(only_26, line("76376"), IN_2026)
    assert priced.refusal is not None
    assert priced.refusal.kind == "component"


def test_therapist_service_for_a_hospital_patient_is_paid_to_the_hospital() -> None:
    refusal = price("97110", "GP", place_of_service="22").refusal
    assert refusal is not None
    assert refusal.kind == "facility_paid"


def test_stopped_colonoscopy_has_a_row_of_its_own() -> None:
    assert str(price("45378", "53").allowed) == "189.38"
    assert str(price("45378", "53", place_of_service="22").allowed) == "82.50"
