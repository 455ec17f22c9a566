"""The ranking of surgery."""

from decimal import Decimal

import pytest

from codes.pricing import price_claim
from tests.pricing.figures import IN_DOLLARS, allowed, claim, line, made_up, price, rows_of


def _ranked(*fees: str) -> list[str]:
    rows = [made_up(f"1000{n}", str(fee), multiple_procedure="2") for n, fee in enumerate(fees)]
    return allowed(price_claim(rows_of(*rows), [line(row.code) for row in rows], IN_DOLLARS))


def test_highest_fee_is_paid_in_full_and_the_others_at_half() -> None:
    assert _ranked("1043.48", "922.90", "1010.60") == ["1043.48", "461.45", "505.30"]


def test_sixth_procedure_is_paid_by_report_at_least_half() -> None:
    rows = [
        made_up(f"1000{n}", str(fee), multiple_procedure="2") for n, fee in enumerate(range(600, 0, -100))
    ]
    priced = price_claim(rows_of(*rows), [line(row.code) for row in rows], IN_DOLLARS)
    assert [each.confidence.level for each in priced.lines] == ["Medium"] * 5 + ["Low"]


def test_each_unit_of_a_line_is_a_procedure() -> None:
    assert str(price("11042", units=3).allowed) == "265.20"


def test_same_code_on_two_lines_is_two_procedures() -> None:
    assert allowed(claim(line("11042"), line("11042", "59"))) == ["132.60", "66.30"]


@pytest.mark.parametrize("indicator", ["0", "9"])
def test_indicators_outside_the_ranking_are_neither_reduced_nor_counted(indicator: str) -> None:
    rows = rows_of(
        made_up("10001", "100", multiple_procedure="2"), made_up("10002", "900", multiple_procedure=indicator)
    )
    priced = price_claim(rows, [line("10001"), line("10002")], IN_DOLLARS)
    assert allowed(priced) == ["100.00", "900.00"]


def test_equal_fees_are_ranked_by_the_higher_charge() -> None:
    rows = rows_of(*(made_up(code, "100", multiple_procedure="2") for code in ("10001", "10002")))
    lines = [line("10001", charge=Decimal("150")), line("10002", charge=Decimal("200"))]
    assert allowed(price_claim(rows, lines, IN_DOLLARS)) == ["50.00", "100.00"]


def test_both_sides_are_ranked_as_one_amount() -> None:
    lines = [line("49505", "50", place_of_service="22"), line("44970", place_of_service="22")]
    assert allowed(claim(*lines)) == ["762.05", "289.09"]


def test_assistant_lines_are_ranked_among_themselves() -> None:
    lines = [line("44970", place_of_service="22"), line("49505", "80", place_of_service="22")]
    assert allowed(claim(*lines)) == ["578.17", "81.28"]


def test_co_surgeon_share_is_taken_before_the_ranking() -> None:
    lines = [line("22551", "62", place_of_service="22"), line("27447", place_of_service="22")]
    assert allowed(claim(*lines)) == ["501.54", "1159.35"]
