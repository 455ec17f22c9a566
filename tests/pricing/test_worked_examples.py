"""Whole claims with real fees of July 2026, national, as Medicare's rules combine."""

from dataclasses import replace
from decimal import Decimal

from tests.pricing.figures import IN_2026, IN_DOLLARS, allowed, claim, line, made_up, price_made_up


def test_assistant_is_paid_after_both_sides_and_ranking() -> None:
    priced = claim(
        line("49505", "50", "80", place_of_service="22"), line("44970", "80", place_of_service="22")
    )
    assert allowed(priced) == ["121.93", "46.25"]
    assert priced.total_allowed == Decimal("168.18")


def test_nonphysician_assistant_has_one_factor() -> None:
    priced = claim(
        line("49505", "50", "AS", place_of_service="22"), line("44970", "AS", place_of_service="22")
    )
    assert allowed(priced) == ["103.64", "39.32"]


def test_two_endoscopic_families_are_ranked_as_two_procedures() -> None:
    lines = [line(code, place_of_service="22") for code in ("45385", "45380", "43248", "43239")]
    priced = claim(*lines)
    assert allowed(priced) == ["223.45", "13.02", "73.99", "6.51"]
    assert priced.total_allowed == Decimal("316.97")


def test_nurse_practitioner_has_85_percent_of_the_ranked_endoscopies() -> None:
    lines = [line(code, place_of_service="22") for code in ("45385", "45380", "43248", "43239")]
    priced = claim(*lines, circumstances=replace(IN_2026, practitioner="np"))
    assert abs(priced.total_allowed - Decimal("269.42")) <= Decimal("0.02")


def test_charge_for_both_sides_binds_below_150_percent() -> None:
    row = made_up(fee="500", bilateral_surgery="1")
    assert price_made_up(row, "50", charge=Decimal("600"), circumstances=IN_DOLLARS).allowed == Decimal(
        "600.00"
    )


def test_two_imaging_services_reduce_technical_and_professional_parts() -> None:
    priced = claim(line("74177"), line("71260"))
    assert allowed(priced) == ["300.27", "107.53"]


def test_imaging_is_reduced_first_and_capped_afterwards() -> None:
    assert allowed(claim(line("73706", "TC"), line("74175", "TC"))) == ["179.03", "110.56"]


def test_one_therapy_unit_of_the_day_is_paid_in_full() -> None:
    priced = claim(line("97530", "GP"), line("97110", "GP", units=2), line("97140", "GP"))
    assert allowed(priced) == ["35.07", "44.42", "21.21"]
    assert priced.total_allowed == Decimal("100.70")


def test_cardiovascular_tests_lose_a_quarter_of_the_lower_technical_part() -> None:
    assert allowed(claim(line("93880"), line("93306"))) == ["189.05", "164.42"]


def test_ophthalmic_tests_lose_a_fifth_of_the_lower_technical_part() -> None:
    assert allowed(claim(line("92083"), line("92134"))) == ["63.80", "29.72"]
