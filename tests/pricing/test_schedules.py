"""Codes that another list than the physician fee schedule prices: Claims Processing Manual, ch. 17, §20 (drugs).

Limits and coinsurance as in CMS's ASP file of the first quarter of 2026.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from codes.pricing import Circumstances, CodeRows, Line, LinePrice, price_claim, price_line
from codes.pricing.schedules.kinds import DRUG, EQUIPMENT, SUPPLY
from codes.pricing.schedules.listed import ListedAmount
from codes.pricing.schedules.price import stand_in_row
from tests.pricing.figures import IN_2026, RVU26C, claim, line

DENOSUMAB = ListedAmount(
    schedule=DRUG,
    release="ASP 2026 Q1",
    amount=Decimal("29.457"),
    unit="1 MG",
    coinsurance=Decimal("0.17585"),
)
VACCINE = ListedAmount(
    schedule=DRUG,
    release="ASP 2026 Q1",
    amount=Decimal("312.902"),
    unit="0.5 ML",
    coinsurance=Decimal(0),
    deductible=False,
)
AT = Circumstances(
    date_of_service=date(2026, 2, 16), conversion_factor=None, release="", release_effective=date.min
)


def price(listed: ListedAmount, at: Circumstances = AT, **given: Any) -> LinePrice:
    rows = CodeRows("J0897", {"": stand_in_row("J0897", listed.schedule)})
    return price_line(rows, Line("J0897", **given), replace(at, listed={"J0897": (listed,)}))


def test_units_are_multiplied_before_the_cent_is_rounded() -> None:
    priced = price(DENOSUMAB, units=60)
    assert str(priced.allowed) == "1767.42"  # 60 x 29.457, not 60 x 29.46
    assert [step.formula for step in priced.steps if step.rule == "units"] == ["60 × 29.457 = 1767.42"]
    assert priced.source == "ASP 2026 Q1"
    assert priced.confidence.level == "High"


def test_drug_has_its_own_coinsurance_and_sequestration_falls_on_medicares_share() -> None:
    shares = price(DENOSUMAB, units=60).shares
    assert shares is not None
    assert (str(shares.coinsurance), str(shares.medicare)) == ("310.80", "1456.62")  # 1767.42 x 17.585 %
    assert str(shares.sequestration) == "29.13"
    assert shares.medicare + shares.coinsurance == Decimal("1767.42")


def test_deductible_comes_before_the_coinsurance_of_the_drug() -> None:
    shares = price(DENOSUMAB, replace(AT, deductible_remaining=Decimal(283)), units=60).shares
    assert shares is not None
    assert (str(shares.deductible), str(shares.coinsurance)) == (
        "283.00",
        "261.04",
    )  # (1767.42 - 283) x 17.585 %


def test_vaccine_has_no_shares_and_leaves_the_deductible_alone() -> None:
    shares = price(VACCINE, replace(AT, deductible_remaining=Decimal(283))).shares
    assert shares is not None
    assert (str(shares.patient), str(shares.medicare)) == ("0.00", "312.90")


def test_lower_charge_is_paid_for_a_drug() -> None:
    assert str(price(DENOSUMAB, units=60, charge=Decimal(1500)).allowed) == "1500.00"


def test_nobody_is_reduced_on_a_drug_for_who_he_is_or_for_not_participating() -> None:
    at = replace(AT, practitioner="np", participating=False, assigned=False)
    priced = price(DENOSUMAB, at, units=60)
    assert str(priced.allowed) == "1767.42"
    assert priced.shares is not None
    assert (priced.shares.limiting_charge, priced.shares.nonparticipating) == (None, False)


def test_no_bonus_is_paid_on_a_drug() -> None:
    at = replace(AT, mips_adjustment=Decimal("0.05"), health_professional_shortage_area=True)
    shares = price(DENOSUMAB, at).shares
    assert shares is not None
    assert not shares.mips_amount
    assert not shares.hpsa_bonus


def test_hospital_and_surgical_center_are_paid_for_the_drug_not_the_practice() -> None:
    for place in ("22", "24", "31"):
        refusal = price(DENOSUMAB, place_of_service=place).refusal
        assert refusal is not None
        assert refusal.kind == "facility_paid"
    assert price(DENOSUMAB, place_of_service="12").allowed is not None


def test_list_that_has_ended_prices_nothing() -> None:
    refusal = price(replace(DENOSUMAB, amount=None, is_former=True, why="The list has ended.")).refusal
    assert refusal is not None
    assert (refusal.kind, refusal.text, refusal.medicare_pays) == (
        "list_missing",
        "The list has ended.",
        None,
    )


def test_caution_of_the_list_lowers_the_confidence() -> None:
    assert price(replace(DENOSUMAB, caution="CMS has a page of its own for it")).confidence.level == "Medium"


def test_row_for_a_modifier_is_preferred_and_one_that_is_needed_is_asked_for() -> None:
    new = replace(DENOSUMAB, amount=Decimal(100), modifiers=frozenset({"NU"}))
    rented = replace(DENOSUMAB, amount=Decimal(10), modifiers=frozenset({"RR"}))
    rows, at = (
        CodeRows("E0143", {"": stand_in_row("E0143", DRUG)}),
        replace(AT, listed={"E0143": (new, rented)}),
    )
    assert price_line(rows, Line("E0143", ("RR",)), at).allowed == 10
    refusal = price_line(rows, Line("E0143"), at).refusal
    assert refusal is not None
    assert refusal.kind == "needs_modifier"
    assert "NU or RR" in refusal.text


def test_drug_does_not_enter_the_ranking_and_bundles_no_other_service() -> None:
    rows = {"J0897": CodeRows("J0897", {"": stand_in_row("J0897", DRUG)})}
    alone = claim(line("20610"), circumstances=IN_2026).lines[0]
    at = replace(IN_2026, listed={"J0897": (DENOSUMAB,)})
    priced = price_claim({**rows, "20610": RVU26C["20610"]}, [line("20610"), Line("J0897", units=60)], at)
    assert priced.lines[0].allowed == alone.allowed
    assert str(priced.lines[1].allowed) == "1767.42"


def test_without_a_fee_schedule_only_what_is_listed_has_an_amount() -> None:
    rows = {"J0897": CodeRows("J0897", {"": stand_in_row("J0897", DRUG)})}
    priced = price_claim(rows, [Line("99214"), Line("J0897")], replace(AT, listed={"J0897": (DENOSUMAB,)}))
    assert [each.refusal.kind if each.refusal else "" for each in priced.lines] == ["no_release", ""]
    assert priced.confidence.level == "Low"


STRIPS = ListedAmount(
    schedule=SUPPLY, release="DMEPOS 2025-01", amount=Decimal("8.32"), modifiers=frozenset({"NU"})
)


def strips(status: str, place: str) -> LinePrice:
    row = replace(stand_in_row("A4253", SUPPLY), status=status)
    at = replace(AT, listed={"A4253": (STRIPS,)})
    return price_line(CodeRows("A4253", {"": row}), Line("A4253", ("NU",), place_of_service=place), at)


def test_supply_that_is_bundled_in_the_office_has_its_fee_where_the_patient_lives() -> None:
    assert str(strips("P", "12").allowed) == "8.32"
    refusal = strips("P", "11").refusal
    assert refusal is not None
    assert refusal.kind == "bundled_or_excluded"
    assert str(strips("X", "11").allowed) == "8.32"


def test_equipment_is_paid_for_use_at_home_and_not_in_a_hospital() -> None:
    rented = replace(STRIPS, schedule=EQUIPMENT)
    rows = CodeRows("E0601", {"": stand_in_row("E0601", EQUIPMENT)})
    at = replace(AT, listed={"E0601": (rented,)})
    refusal = price_line(rows, Line("E0601", ("NU",), place_of_service="21"), at).refusal
    assert refusal is not None
    assert (refusal.kind, refusal.citation) == ("facility_paid", "42 CFR 410.38(a)")


def test_modifier_that_the_list_prices_does_not_lower_confidence() -> None:
    assert strips("X", "12").confidence.level == "High"


def test_nonparticipation_takes_nothing_off_equipment() -> None:
    at = replace(AT, participating=False, assigned=True, listed={"A4253": (STRIPS,)})
    rows = CodeRows("A4253", {"": stand_in_row("A4253", SUPPLY)})
    assert str(price_line(rows, Line("A4253", ("NU",)), at).allowed) == "8.32"
