"""Where calculators usually go wrong: each mistake as a test, with figures from CMS's files."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from codes.pricing import Gpci, Locality, price_claim
from codes.pricing.anesthesia import time_units
from codes.pricing.conversion_factors import in_force
from codes.pricing.setting import setting_of
from codes.pricing.status import STATUSES
from tests.pricing.figures import (
    IN_2025,
    IN_2026,
    IN_DOLLARS,
    RVU26C,
    allowed,
    claim,
    line,
    made_up,
    price,
    price_made_up,
    rows_of,
)

CALIFORNIA_05 = Locality(
    "01112", "05", "SAN FRANCISCO", "CA", Gpci(Decimal("1.088"), Decimal("1.419"), Decimal("0.445"))
)


@pytest.mark.parametrize(
    ("day", "qualifying", "factor"),
    [
        (date(2024, 3, 8), False, "32.7442"),
        (date(2024, 3, 9), False, "33.2875"),
        (date(2015, 6, 30), False, "35.7547"),
        (date(2015, 7, 1), False, "35.9335"),
        (date(2025, 12, 31), True, "32.3465"),
        (date(2026, 1, 1), False, "33.4009"),
        (date(2026, 1, 1), True, "33.5675"),
    ],
)
def test_conversion_factor_goes_by_date_and_track(day: date, qualifying: bool, factor: str) -> None:
    found = in_force(day, qualifying)
    assert found is not None
    assert found.value == Decimal(factor)


def test_release_does_not_price_a_day_before_it_began() -> None:
    priced = price("99213", circumstances=replace(IN_2026, date_of_service=date(2026, 6, 30)))
    assert priced.refusal is not None
    assert priced.refusal.kind == "release"


def test_technical_service_flagged_na_in_a_facility_has_no_amount_there() -> None:
    priced = price("76376", place_of_service="22", circumstances=IN_2025)
    assert priced.allowed is None
    assert priced.refusal is not None
    assert priced.refusal.kind == "facility_paid"
    assert "modifier 26" in priced.refusal.text


def test_surgery_not_valued_for_the_office_has_the_facility_amount_at_low_confidence() -> None:
    priced = price("50688", circumstances=replace(IN_2025, locality=CALIFORNIA_05))
    assert priced.allowed == Decimal("90.92")
    assert priced.confidence.level == "Low"
    assert "Medicare has no office price for this code" in priced.notes[0]


@pytest.mark.parametrize("status", sorted(set(STATUSES) - set("ARTJ")))
def test_relative_values_of_an_unpaid_status_are_never_multiplied(status: str) -> None:
    priced = price_made_up(made_up(status=status, not_used_for_medicare=True))
    assert priced.allowed is None
    assert priced.refusal is not None
    assert f"status {status}" in priced.refusal.text


@pytest.mark.parametrize("status", ["R", "C"])
def test_service_without_relative_values_is_priced_by_the_mac_and_not_at_nothing(status: str) -> None:
    priced = price_made_up(made_up(fee="0", status=status))
    assert priced.refusal is not None
    assert priced.refusal.kind == "mac_priced"
    assert priced.refusal.medicare_pays is None


def test_work_index_is_used_as_published_and_not_raised_to_a_floor() -> None:
    alabama = Locality(
        "10112", "00", "ALABAMA", "AL", Gpci(Decimal("0.988"), Decimal("0.875"), Decimal("0.566"))
    )
    assert price("99213", circumstances=replace(IN_2026, locality=alabama)).allowed == Decimal("87.27")


@pytest.mark.parametrize(
    ("place", "setting"),
    [("02", "facility"), ("10", "nonfacility"), ("19", "facility"), ("22", "facility"), ("31", "facility"),
     ("32", "nonfacility"), ("24", "facility"), ("11", "nonfacility"), ("20", "nonfacility")],
)  # fmt: skip
def test_place_of_service_decides_the_setting(place: str, setting: str) -> None:
    assert setting_of(place) == setting


def test_technical_component_in_a_hospital_is_paid_to_the_hospital() -> None:
    priced = price("71046", "TC", place_of_service="21")
    assert priced.refusal is not None
    assert priced.refusal.kind == "facility_paid"


def test_global_row_is_not_the_sum_of_its_components() -> None:
    amounts = [price("71260", *modifiers).allowed for modifiers in ((), ("26",), ("TC",))]
    assert amounts == [Decimal("166.67"), Decimal("53.78"), Decimal("112.90")]


def test_imaging_cap_binds_where_the_hospital_amount_is_lower() -> None:
    assert price("70496", circumstances=replace(IN_2025, locality=CALIFORNIA_05)).allowed == Decimal("343.62")


def test_therapy_is_halved_on_practice_expense_only_once_a_day() -> None:
    assert allowed(claim(line("97530"), line("97110"))) == ["35.07", "22.21"]


def test_add_ons_and_returns_are_not_ranked() -> None:
    rows = rows_of(
        made_up("10001", "1000", multiple_procedure="2"),
        made_up("10002", "900", multiple_procedure="0", global_days="ZZZ"),
        made_up("10003", "2000", multiple_procedure="2", global_days="000"),
    )
    priced = price_claim(rows, [line("10001"), line("10002"), line("10003", "78")], IN_DOLLARS)
    assert allowed(priced) == ["1000.00", "900.00", "2000.00"]


def test_denied_line_takes_no_part_in_ranking() -> None:
    priced = claim(line("49505", denied="bundled into another code"), line("44970"))
    assert allowed(priced) == ["None", "578.17"]


def test_modifier_51_changes_nothing() -> None:
    assert allowed(claim(line("49505"), line("44970", "51"))) == allowed(claim(line("49505"), line("44970")))


def test_ranking_goes_by_fee_and_not_by_charge() -> None:
    priced = claim(line("49505", charge=Decimal("9000")), line("44970", charge=Decimal("600")))
    assert allowed(priced) == ["254.02", "578.17"]


def test_endoscopic_base_with_a_member_of_its_family_pays_nothing() -> None:
    lines = [line("45378", place_of_service="22"), line("45385", place_of_service="22")]
    assert allowed(claim(*lines)) == ["0.00", "223.45"]


@pytest.mark.parametrize(
    ("code", "both_sides"),
    [("64721", "634.79"), ("66984", "693.90"), ("93880", "189.05"), ("11042", "132.60")],
)
def test_modifier_50_pays_what_the_bilateral_indicator_says(code: str, both_sides: str) -> None:
    place = "22" if code in ("64721", "66984") else "11"
    assert price(code, "50", place_of_service=place).allowed == Decimal(both_sides)


def test_left_and_right_on_two_lines_are_both_sides_of_one_procedure() -> None:
    lines = [line("64721", side, place_of_service="22") for side in ("LT", "RT")]
    assert allowed(claim(*lines)) == ["634.79", "0.00"]


def test_two_units_of_a_paired_organ_are_both_sides() -> None:
    assert price("64721", units=2, place_of_service="22").allowed == Decimal("634.79")


def test_assistant_forbidden_by_law_is_not_paid_and_not_billed_to_the_patient() -> None:
    refusal = price("64721", "80", place_of_service="22").refusal
    assert refusal is not None
    assert (refusal.medicare_pays, refusal.liability) == (Decimal("0.00"), "provider")
    assert "assistant never paid, patient not billed (assistant indicator 1)" in refusal.text


@pytest.mark.parametrize("modifier", ["22", "52", "53"])
def test_no_percentage_is_made_up_for_what_the_mac_decides(modifier: str) -> None:
    priced = price("27447", modifier, place_of_service="22")
    assert priced.allowed == Decimal("1159.35")
    assert priced.confidence.level == "Low"


def test_limiting_charge_is_rounded_once_from_the_full_fee() -> None:
    at = replace(IN_DOLLARS, participating=False, assigned=False)
    shares = price_made_up(made_up(fee="90.08"), circumstances=at).shares
    assert shares is not None
    assert shares.limiting_charge == Decimal("98.41")


def test_nurse_practitioner_has_neither_limiting_charge_nor_the_nonparticipating_reduction() -> None:
    at = replace(IN_DOLLARS, practitioner="np", participating=False, assigned=False)
    priced = price_made_up(made_up(fee="135.61"), circumstances=at)
    assert priced.allowed == Decimal("115.27")
    assert priced.shares is not None
    assert priced.shares.limiting_charge is None


def test_sequestration_is_taken_from_medicares_share_after_the_deductible() -> None:
    at = replace(IN_DOLLARS, deductible_remaining=Decimal("50"))
    shares = price_made_up(made_up(fee="100.00"), circumstances=at).shares
    assert shares is not None
    assert (shares.sequestration, shares.medicare_after_sequestration) == (Decimal("0.80"), Decimal("39.20"))


def test_hpsa_bonus_stays_outside_the_allowed_amount() -> None:
    priced = price_made_up(made_up(fee="100.00"), "AQ")
    assert priced.allowed == Decimal("100.00")
    assert priced.shares is not None
    assert priced.shares.hpsa_bonus == Decimal("8.00")


def test_mips_adjustment_stays_outside_the_allowed_amount() -> None:
    at = replace(IN_DOLLARS, mips_adjustment=Decimal("-0.09"))
    priced = price_made_up(made_up(fee="100.00"), circumstances=at)
    assert priced.allowed == Decimal("100.00")
    assert priced.shares is not None
    assert (priced.shares.mips_amount, priced.shares.medicare_after_sequestration) == (
        Decimal("-7.20"),
        Decimal("78.40"),
    )


def test_anesthesia_time_is_in_tenths_of_fifteen_minutes() -> None:
    assert (time_units(95), time_units(48)) == (Decimal("6.3"), Decimal("3.2"))


def test_physical_status_adds_no_units() -> None:
    at = replace(IN_2026, anesthesia_factor=Decimal("20.4976"))
    units: dict[str, Any] = {"base_units": 7, "minutes": 95, "circumstances": at}
    priced = price("00100", "AA", "P4", **units)
    assert priced.allowed == price("00100", "AA", **units).allowed == Decimal("272.62")
    assert any("no units for physical status" in note for note in priced.notes)


def test_direction_halves_base_and_time_alike() -> None:
    at = replace(IN_2026, anesthesia_factor=Decimal("20.4976"))
    assert price("00100", "QK", base_units=7, minutes=95, circumstances=at).allowed == Decimal("136.31")


def test_unknown_code_is_refused_and_not_guessed() -> None:
    priced = price_claim(RVU26C, [line("99999")], IN_2026).lines[0]
    assert priced.allowed is None
    assert priced.refusal is not None
    assert priced.refusal.kind == "unknown_code"


def test_lesser_of_charge_and_fee_is_allowed() -> None:
    assert price("99213", charge=Decimal("80.00")).allowed == Decimal("80.00")
    assert price("99213", charge=Decimal("95.20")).allowed == Decimal("95.19")
