import io
import re
import zipfile
from dataclasses import fields
from decimal import Decimal
from pathlib import Path

import pytest

from codes.cms import pprrvu
from codes.knowledge.fact import subject_of
from codes.knowledge.facts import SENTENCES, Amounts, Fact, facts
from codes.pricing.types import CodeRows, FeeScheduleRow
from tests.knowledge.rows import amounts, row, rows

CODES = [
    "76376",
    "99213",
    "27447",
    "64721",
    "45378",
    "45385",
    "71260",
    "93000",
    "97110",
    "36415",
    "99292",
    "J1100",
    "00811",
    "66984",
]


def told(code: str, **changed: object) -> dict[str, Fact]:
    return {fact.key: fact for fact in facts(rows(code, **changed), amounts(code))}


def impact(code: str, key: str, **changed: object) -> str:
    return told(code, **changed)[key].impact


def text(code: str, key: str, **changed: object) -> str:
    return told(code, **changed)[key].text


def test_no_price_is_told_for_patients_of_a_hospital_where_the_hospital_is_paid() -> None:
    # An audiologist's 92557 has PC/TC 7 and values in both settings; Q0092 has PC/TC 3 and one value for both.
    hearing = text("99213", "setting", pctc="7")
    assert "Medicare pays the hospital" in hearing
    assert "1.46 RVUs outside a facility and 0.33 in a facility" in hearing
    same = text("99213", "setting", pctc="3", facility_pe_rvu=Decimal("1.46"))
    assert same.endswith("Otherwise practice expense is 1.46 RVUs.")


def test_a_capped_technical_part_is_not_cut_from_the_cap() -> None:
    # Reduced first and capped after: half of 71275-TC's own amount may be more than half of the cap.
    assert "$56.45 instead of $112.90 for modifier TC" in impact("71260", "multiple_procedures")
    opps = {"opps_nonfacility_pe": Decimal("3.18"), "opps_malpractice": Decimal("0.02")}
    assert impact("71260", "multiple_procedures", **opps) == (
        "Ranked second: $51.09 instead of $53.78 for modifier 26."
    )


def test_3d_rendering_splits_and_each_row_has_its_own_price() -> None:
    assert "(modifier 26, 0.28 RVUs)" in text("76376", "components")
    assert "(modifier TC, 0.48 RVUs); the whole is 0.76 RVUs" in text("76376", "components")
    assert impact("76376", "components") == (
        "$9.35 for modifier 26, $16.03 for modifier TC, $25.38 for the whole."
    )


def test_the_whole_is_not_the_sum_of_its_parts() -> None:
    assert impact("71260", "components") == (
        "$53.78 for modifier 26, $112.90 for modifier TC, $166.67 for the whole."
    )


def test_where_only_26_is_priced_the_mac_prices_the_rest() -> None:
    partly = CodeRows("71260", {**rows("71260", status="C").rows, "26": row("71260", "26")})
    fact = next(f for f in facts(partly, amounts("71260")) if f.key == "components")
    assert "only the physician's part (modifier 26)" in fact.text
    assert fact.impact == "$53.78 for modifier 26."


def test_the_gap_between_settings_is_in_dollars() -> None:
    assert "1.46 RVUs outside a facility and 0.33 in a facility" in text("99213", "setting")
    assert impact("99213", "setting") == "$95.19 outside a facility, $57.45 in a facility: $37.74 less."


def test_equal_practice_expense_makes_no_gap() -> None:
    same = rows("99213", facility_pe_rvu=Decimal("1.46"))
    fact = next(f for f in facts(same, Amounts(Decimal("95.19"), Decimal("95.19"))) if f.key == "setting")
    assert fact.text == "The amount is the same in a facility and outside one."
    assert fact.impact == "$95.19 in any setting."


def test_in_a_facility_only_26_of_3d_rendering_is_paid() -> None:
    assert "pays only the physician's part (modifier 26)" in text("76376", "setting")
    assert impact("76376", "setting") == "$9.35 in a facility, $25.38 outside a facility."


def test_a_code_without_components_has_no_amount_in_a_facility() -> None:
    assert "normally pays nothing for this code" in text("97110", "setting")
    assert impact("97110", "setting") == "$29.06 outside a facility only."


def test_a_code_not_valued_outside_a_facility_shows_the_facility_amount_only() -> None:
    assert "rarely or never done outside a facility" in text("27447", "setting")
    assert impact("27447", "setting") == "$1,159.35 in a facility."


def test_the_shares_of_a_knee_replacement() -> None:
    assert "10% is for care before the operation, 69%" in text("27447", "package_shares")
    assert impact("27447", "package_shares") == (
        "$115.94 before, $799.95 for the operation, $243.46 after, of $1,159.35 in a facility."
    )


def test_a_same_day_global_period_has_no_shares() -> None:
    assert "package_shares" not in told("45378")


def test_a_second_surgery_pays_half() -> None:
    assert impact("64721", "multiple_procedures") == (
        "Ranked second to fifth: $241.32 outside a facility, $211.60 in a facility."
    )


def test_a_second_image_loses_half_of_tc_and_a_twentieth_of_26() -> None:
    assert impact("71260", "multiple_procedures") == (
        "Ranked second: $56.45 instead of $112.90 for modifier TC, $51.09 instead of $53.78 for modifier 26."
    )


@pytest.mark.parametrize(("rule", "technical"), [("6", "$84.68"), ("7", "$90.32")])
def test_a_second_heart_or_eye_test_loses_part_of_tc_only(rule: str, technical: str) -> None:
    assert impact("71260", "multiple_procedures", multiple_procedure=rule) == (
        f"Ranked second: {technical} instead of $112.90 for modifier TC."
    )


@pytest.mark.parametrize(
    ("indicator", "dollars"),
    [
        ("1", "For both sides: $723.96 outside a facility, $634.79 in a facility."),
        ("2", "For both sides: $482.64 outside a facility, $423.19 in a facility."),
        ("3", "For both sides: $965.28 outside a facility, $846.38 in a facility."),
    ],
)
def test_both_sides_pay_by_the_bilateral_indicator(indicator: str, dollars: str) -> None:
    assert impact("64721", "bilateral", bilateral_surgery=indicator) == dollars


def test_an_assistant_for_a_knee_is_paid_a_share() -> None:
    assert impact("27447", "assistant") == (
        "$185.50 for a physician, $157.67 for another practitioner, in a facility."
    )


def test_two_surgeons_of_a_knee_are_each_paid_a_share() -> None:
    assert impact("27447", "co_surgeons") == "$724.59 for each, in a facility."


def test_what_pays_nothing_is_left_to_the_indicators() -> None:
    assert list(told("99213")) == ["setting"]
    assert not {"assistant", "co_surgeons"} & told("64721").keys(), "barred by law, and not paid"
    assert "multiple_procedures" not in told("93000"), "a heart test without a TC row: no guessed dollars"
    assert "bilateral" not in told("64721", bilateral_surgery="0")


@pytest.mark.parametrize("code", ["36415", "J1100", "00811"])
def test_a_code_that_the_fee_schedule_does_not_pay_is_worth_nothing_in_parts(code: str) -> None:
    assert told(code) == {}


@pytest.mark.parametrize("status", list("BCEINPX"))
def test_amounts_handed_in_for_an_unpriced_code_are_never_shown(status: str) -> None:
    assert not any("$" in fact.impact + fact.text for fact in told("71260", status=status).values())


@pytest.mark.parametrize("code", CODES)
def test_without_amounts_there_is_nothing_to_say(code: str) -> None:
    assert facts(rows(code), Amounts()) == ()


@pytest.mark.parametrize("code", CODES)
def test_every_dollar_stands_in_the_impact_and_every_fact_has_a_source(code: str) -> None:
    for fact in told(code).values():
        assert "$" not in fact.text
        assert re.search(r"ch\. \d+|CFR|Social Security Act|documentation", fact.citation)


@pytest.mark.parametrize("code", CODES)
def test_no_fact_advises_a_modifier(code: str) -> None:
    for fact in told(code).values():
        assert not re.search(r"\b(append|add|use|attach) (a |the )?modifier", fact.text.lower())


@pytest.mark.parametrize("code", CODES)
def test_a_fact_is_whole_sentences(code: str) -> None:
    for fact in told(code).values():
        assert fact.text[0].isupper()
        assert fact.text.endswith(".")
        assert fact.impact.endswith(".")


def test_a_key_is_told_once() -> None:
    knee = subject_of(rows("27447"), amounts("27447"))
    assert knee is not None
    keys = [fact.key for sentence in SENTENCES if (fact := sentence(knee))]
    assert len(keys) == len(set(keys))


def test_a_code_without_rows_has_no_facts() -> None:
    assert facts(CodeRows("99999", {}), Amounts()) == ()


def test_a_code_with_a_26_row_only_is_told_from_that_row() -> None:
    only = CodeRows("76376", {"26": row("76376", "26", pctc="6")})
    keys = [fact.key for fact in facts(only, amounts("76376"))]
    assert keys[0] == "setting"


@pytest.mark.full_size
def test_every_code_of_a_release_has_facts_in_known_words(cms_files: Path) -> None:
    printed: dict[str, dict[str, FeeScheduleRow]] = {}
    with zipfile.ZipFile(cms_files / "rvu25d.zip") as archive:
        stream = io.BytesIO(archive.read("PPRRVU2025_Oct.csv"))
    for record in pprrvu.parse(stream, "PPRRVU2025_Oct.csv"):
        shared = {f.name: getattr(record, f.name) for f in fields(FeeScheduleRow)}
        printed.setdefault(record.code, {})[record.modifier] = FeeScheduleRow(**shared)
    some = Amounts(Decimal(100), Decimal(80), Decimal(30), Decimal(70))
    told_of = {code: facts(CodeRows(code, found), some) for code, found in printed.items()}
    assert len(told_of) == 16_852
    assert sum(map(bool, told_of.values())) == 7_479, "those with relative values that are paid by"
    assert not [code for code, found in told_of.items() if any("CMS printed “" in f.text for f in found)]


def test_a_laboratory_test_whose_interpretation_is_paid_says_so() -> None:
    whole = row("71260", status="X", pctc="9")
    interpretation = row("71260", "26", pctc="6")
    test = CodeRows("71260", {"": whole, "26": interpretation})
    fact = next(f for f in facts(test, amounts("71260")) if f.key == "components")
    assert "clinical laboratory fee schedule" in fact.text
    assert fact.impact == "$53.78 for modifier 26."
