"""Endoscopic families: the highest in full, the others less the base."""

from decimal import Decimal
from typing import Any

import pytest

from codes.pricing import price_claim, price_line, related_codes
from tests.pricing.figures import IN_2026, IN_DOLLARS, RVU26C, allowed, claim, line, made_up, rows_of


def test_manual_example_of_a_colonoscopy_family() -> None:
    rows = rows_of(
        made_up("45378", "255.40", multiple_procedure="2"),
        made_up("45380", "285.98", multiple_procedure="3", endoscopic_base="45378"),
        made_up("45385", "374.56", multiple_procedure="3", endoscopic_base="45378"),
    )
    priced = price_claim(rows, [line("45380"), line("45385")], IN_DOLLARS)
    assert allowed(priced) == ["30.58", "374.56"]


def test_single_endoscopy_beside_surgery_is_ranked_like_any_procedure() -> None:
    lines = [line("45385", place_of_service="22"), line("49505", place_of_service="22")]
    assert allowed(claim(*lines)) == ["111.73", "508.03"]


def test_base_found_by_code_although_it_has_indicator_2_and_no_base_of_its_own() -> None:
    base = RVU26C["45378"].rows[""]
    assert (base.multiple_procedure, base.endoscopic_base) == ("2", "")
    lines = [line(code, place_of_service="22") for code in ("45378", "45385")]
    assert allowed(claim(*lines)) == ["0.00", "223.45"]


def test_difference_below_the_base_is_nothing_and_never_negative() -> None:
    rows = rows_of(
        made_up("10000", "300", multiple_procedure="2"),
        made_up("10001", "200", multiple_procedure="3", endoscopic_base="10000"),
        made_up("10002", "400", multiple_procedure="3", endoscopic_base="10000"),
    )
    assert allowed(price_claim(rows, [line("10001"), line("10002")], IN_DOLLARS)) == ["0.00", "400.00"]


def test_second_unit_of_an_endoscopy_is_less_the_base() -> None:
    priced = claim(line("45385", units=2, place_of_service="22"))
    assert allowed(priced) == ["282.23"]


def test_family_without_its_base_at_hand_is_ranked_singly_at_low_confidence() -> None:
    rows = {code: RVU26C[code] for code in ("45385", "45380")}
    priced = price_claim(rows, [line(code, place_of_service="22") for code in rows], IN_DOLLARS)
    assert priced.confidence.level == "Low"


def test_claim_names_the_further_codes_that_it_needs() -> None:
    rows = {code: RVU26C[code] for code in ("45385", "43239", "93000")}
    assert related_codes(rows) == {"45378", "43235", "93005"}


def test_several_units_on_one_line_find_the_base_among_related_codes() -> None:
    given = line("45385", units=2, place_of_service="22")
    assert str(price_line(RVU26C["45385"], given, IN_2026, related=RVU26C).allowed) == "282.23"
    assert price_line(RVU26C["45385"], given, IN_2026).confidence.level == "Low"


@pytest.mark.parametrize(
    ("modifier", "expected"),
    [
        ("62", ["250.00", "62.50"]),
        ("50", ["600.00", "150.00"]),
        ("54", ["320.00", "80.00"]),
        ("55", ["80.00", "20.00"]),
    ],
)
def test_base_is_scaled_as_the_line_that_it_is_taken_from(modifier: str, expected: list[str]) -> None:
    shares = {"preoperative_share": Decimal("0.1"), "intraoperative_share": Decimal("0.7")}
    package: dict[str, Any] = {"global_days": "090", "postoperative_share": Decimal("0.2"), **shares}
    family: dict[str, Any] = {"multiple_procedure": "3", "endoscopic_base": "10000", "bilateral_surgery": "1"}
    rows = rows_of(
        made_up("10000", "200", multiple_procedure="2"),
        made_up("10001", "300", **family, **package),
        made_up("10002", "400", **family, **package),
    )
    priced = price_claim(rows, [line("10002", modifier), line("10001", modifier)], IN_DOLLARS)
    assert allowed(priced) == expected
