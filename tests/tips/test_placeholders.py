"""Figures in tips: worked out, left out where there are none, refused where they are misspelt."""

from decimal import Decimal

import pytest

from codes.knowledge.fact import Amounts
from codes.tips.placeholders import PLACEHOLDERS, fill, mistakes, values

AMOUNTS = Amounts(
    nonfacility=Decimal("1095.19"), facility=Decimal("55.11"), professional=Decimal("9.35"), technical=None
)


@pytest.mark.parametrize(
    ("sentence", "filled"),
    [
        ("{allowed} is lost.", "$1,095.19 is lost."),
        ("{allowed_facility} in a facility.", "$55.11 in a facility."),
        ("{allowed_26} for the reading.", "$9.35 for the reading."),
        ("Above {mue} all is denied.", "Above 2 units all is denied."),
        ("{allowed} covers {global_days} days.", "$1,095.19 covers 90 days."),
        ("Nothing to fill.", "Nothing to fill."),
    ],
)
def test_each_placeholder_has_its_figure(sentence: str, filled: str) -> None:
    assert fill(sentence, values(AMOUNTS, 2, "090")) == filled


def test_a_sentence_whose_figure_is_missing_is_left_out() -> None:
    assert fill("{allowed_tc} is lost, not {allowed}.", values(AMOUNTS, 2, "090")) is None


def test_allowed_is_the_facility_amount_where_only_that_is_priced() -> None:
    assert values(Amounts(facility=Decimal("55.11")), None, "")["allowed"] == "$55.11"


def test_one_unit_is_singular_and_a_limit_of_zero_is_a_limit() -> None:
    assert [values(AMOUNTS, units, "")["mue"] for units in (1, 0)] == ["1 unit", "0 units"]


@pytest.mark.parametrize("days", ["000", "XXX", "ZZZ", "MMM", ""])
def test_global_days_are_told_only_of_10_and_90(days: str) -> None:
    assert values(AMOUNTS, None, days)["global_days"] is None


@pytest.mark.parametrize(
    "sentence", ["{alowed} is lost", "{allowed", "allowed}", "{{allowed}}", "{}", "{ allowed }"]
)
def test_a_wrong_placeholder_is_told_with_the_list_of_right_ones(sentence: str) -> None:
    told = mistakes(sentence)
    assert told
    assert all(f"{{{name}}}" in told[0] for name in PLACEHOLDERS)


def test_right_placeholders_are_no_mistake() -> None:
    assert mistakes("{allowed}, {allowed_facility}, {allowed_26}, {allowed_tc}, {mue}, {global_days}") == []
