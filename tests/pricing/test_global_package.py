"""Divided packages and returns to the operating room, with the shares of 66984 (10, 70, 20 percent)."""

import pytest

from tests.pricing.figures import formula_of, made_up, price, price_made_up


def test_surgery_without_care_afterwards_keeps_the_preoperative_share() -> None:
    priced = price("66984", "54", place_of_service="22")
    assert formula_of(priced, "global_package") == "462.60 × (0.10 + 0.70) = 370.08"


def test_care_afterwards_goes_by_days() -> None:
    priced = price("66984", "55", place_of_service="22", care_days=60)
    assert formula_of(priced, "global_package") == "462.60 × 0.20 × 60 ÷ 90 = 61.68"


def test_care_afterwards_never_exceeds_the_package() -> None:
    assert str(price("66984", "55", place_of_service="22", care_days=400).allowed) == "92.52"


def test_care_afterwards_without_days_is_the_whole_share_at_low_confidence() -> None:
    priced = price("66984", "55", place_of_service="22")
    assert (str(priced.allowed), priced.confidence.level) == ("92.52", "Low")


def test_negative_days_of_care_are_refused() -> None:
    assert price("66984", "55", place_of_service="22", care_days=-1).refusal is not None


@pytest.mark.parametrize("modifier", ["54", "55", "56"])
def test_package_of_a_minor_procedure_cannot_be_divided(modifier: str) -> None:
    refusal = price("20610", modifier).refusal
    assert refusal is not None
    assert "no surgical package to split (global days 000)" in refusal.text


def test_care_before_surgery_alone_is_not_paid() -> None:
    priced = price("66984", "56", place_of_service="22")
    assert priced.refusal is not None
    assert str(priced.refusal.medicare_pays) == "0.00"
    assert priced.confidence.level == "Low"


def test_return_to_the_operating_room_has_the_intraoperative_share() -> None:
    assert str(price("49505", "78", place_of_service="22").allowed) == "411.50"


def test_return_for_a_procedure_without_a_global_period_is_paid_in_full() -> None:
    assert str(price("20610", "78").allowed) == "68.81"


def test_return_modifier_on_a_service_outside_surgery_takes_nothing_off_and_is_doubted() -> None:
    priced = price_made_up(made_up(fee="100.00", global_days="XXX"), "78")
    assert (str(priced.allowed), priced.confidence.level) == ("100.00", "Low")


@pytest.mark.parametrize("modifier", ["58", "79", "76", "77", "59", "XS"])
def test_modifier_that_only_separates_services_leaves_the_amount(modifier: str) -> None:
    assert str(price("49505", modifier, place_of_service="22").allowed) == "508.03"
