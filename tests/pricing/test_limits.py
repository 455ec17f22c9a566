"""The imaging cap, from CMS's file or worked out, and the limiting charge."""

from dataclasses import replace
from decimal import Decimal

from codes.pricing.limits import locality_key
from tests.pricing.figures import IN_2025, IN_2026, claim, formula_of, line, made_up, price, price_made_up

CAPS = {("73706", "TC"): (Decimal("170.00"), Decimal("175.00"))}


def test_cap_of_the_file_is_used_where_the_file_is_loaded() -> None:
    priced = price("73706", "TC", circumstances=replace(IN_2026, opps_caps=CAPS))
    assert formula_of(priced, "opps_cap") == "min(234.81, 175.00) = 175.00"


def test_row_absent_from_the_loaded_file_is_not_capped() -> None:
    priced = price("74175", "TC", circumstances=replace(IN_2026, opps_caps=CAPS))
    assert str(priced.allowed) == "221.11"


def test_cap_is_worked_out_where_no_file_is_loaded() -> None:
    assert formula_of(price("74175", "TC"), "opps_cap") == "min(221.11, 179.03) = 179.03"


def test_interpretation_is_never_capped() -> None:
    caps = {("70496", "26"): (Decimal(1), Decimal(1))}
    assert str(price("70496", "26", circumstances=replace(IN_2025, opps_caps=caps)).allowed) == "79.57"


def test_cap_of_both_sides_is_that_of_each() -> None:
    caps = {("73706", "TC"): (Decimal("100.00"), Decimal("100.00"))}
    priced = price("73706", "TC", "50", circumstances=replace(IN_2026, opps_caps=caps))
    assert str(priced.allowed) == "200.00"


def test_older_ct_scanner_loses_its_share_of_the_capped_amount() -> None:
    priced = price("73706", "TC", "CT")
    assert [step.formula for step in priced.steps if step.rule in ("opps_cap", "equipment")] == [
        "min(234.81, 179.03) = 179.03",
        "179.03 × (1 − 0.15) = 152.18",
    ]


def test_mac_priced_image_shows_its_ceiling_and_no_price() -> None:
    row = made_up("0633T", "0", modifier="TC", status="C", pctc="1")
    at = replace(IN_2026, opps_caps={("0633T", "TC"): (Decimal("150.69"), Decimal("150.69"))})
    priced = price_made_up(row, "TC", circumstances=at)
    assert (priced.allowed, priced.ceiling) == (None, Decimal("150.69"))
    assert priced.confidence.level == "Low"


def test_california_named_by_the_other_mac_is_the_same_locality() -> None:
    assert locality_key("01112", "74") == ("01182", "74")
    assert locality_key("01112", "09") == ("01112", "09")


def test_limiting_charge_of_an_assistant_is_of_the_adjusted_fee() -> None:
    at = replace(IN_2026, participating=False, assigned=False)
    shares = price("27447", "80", place_of_service="22", circumstances=at).shares
    assert shares is not None
    assert str(shares.limiting_charge) == "202.66"


def test_participating_physician_has_no_limiting_charge() -> None:
    shares = price("99213", circumstances=replace(IN_2026, assigned=False)).shares
    assert shares is not None
    assert shares.limiting_charge is None


def test_global_image_capped_takes_the_ct_share_from_the_capped_technical_part() -> None:
    priced = price("73706", "CT")
    assert [step.formula for step in priced.steps if step.rule in ("opps_cap", "equipment")] == [
        "min(321.65, 265.87) = 265.87",
        "265.87 − 0.15 × 179.03 = 239.02",
    ]


def test_cap_of_a_whole_image_leaves_off_what_the_ranking_took_off_its_interpretation() -> None:
    """The cap is on the technical component: 221.11 is the higher of two, 83.17 the lower of two."""
    priced = claim(line("74175"), line("74177"))
    assert formula_of(priced.lines[0], "multiple_tests") == "304.28 − 0.05 × 83.17 = 300.12"
    assert formula_of(priced.lines[0], "opps_cap") == "min(300.12, 262.20 − 4.16) = 258.04"
