"""Co-surgeons, teams and assistants."""

from dataclasses import replace

import pytest

from tests.pricing.figures import IN_2026, formula_of, made_up, price, price_made_up


def test_each_of_two_surgeons_has_62_and_a_half_percent() -> None:
    priced = price("22551", "62", place_of_service="22")
    assert formula_of(priced, "co_surgeons") == "1604.91 × 0.625 = 1003.07"


def test_two_surgeons_with_documentation_are_of_medium_confidence() -> None:
    at = replace(IN_2026, all_lines_known=True)
    assert price("27447", "62", place_of_service="22", circumstances=at).confidence.level == "Medium"


@pytest.mark.parametrize("indicator", ["0", "9"])
def test_two_surgeons_are_refused_where_the_indicator_forbids_them(indicator: str) -> None:
    refusal = price_made_up(made_up(co_surgeons=indicator), "62").refusal
    assert refusal is not None
    assert f"co-surgeon indicator {indicator}" in refusal.text


def test_team_is_paid_by_report_and_not_estimated() -> None:
    priced = price_made_up(made_up(team_surgery="2"), "66")
    assert priced.allowed is None
    assert priced.refusal is not None
    assert priced.refusal.kind == "by_report"
    assert priced.confidence.level == "Low"


@pytest.mark.parametrize("indicator", ["0", "9"])
def test_team_is_refused_where_the_indicator_forbids_it(indicator: str) -> None:
    refusal = price_made_up(made_up(team_surgery=indicator), "66").refusal
    assert refusal is not None
    assert refusal.kind == "modifier"


@pytest.mark.parametrize(("modifier", "amount"), [("80", "185.50"), ("82", "185.50"), ("81", "185.50"),
                                                  ("AS", "157.67")])  # fmt: skip
def test_assistant_has_16_percent_or_13_point_6(modifier: str, amount: str) -> None:
    assert str(price("27447", modifier, place_of_service="22").allowed) == amount


def test_assistant_that_needs_documentation_is_priced_with_a_note() -> None:
    priced = price("29881", "80", place_of_service="22")
    assert str(priced.allowed) == "82.51"
    assert any("only with documentation" in note for note in priced.notes)


def test_nurse_practitioner_assisting_is_not_reduced_twice() -> None:
    at = replace(IN_2026, practitioner="np")
    assert str(price("27447", "AS", place_of_service="22", circumstances=at).allowed) == "157.67"
