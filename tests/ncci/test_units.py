"""Medically unlikely edits: NCCI Policy Manual, ch. I, §V."""

from dataclasses import replace
from datetime import date

import pytest

from codes.ncci import (
    Finding,
    Mue,
    MueTable,
    NumberedLine,
    Outcome,
    bilateral_hint,
    explain_absence,
    explain_limit,
)
from codes.ncci.fixes import fixed
from codes.ncci.units import check_units
from tests.ncci.figures import AT, JULY_2024, UNITS, bill


def _check(*lines: tuple[str, int], table: MueTable | None = UNITS, at: date = AT) -> list[Finding]:
    billed = [NumberedLine(number, bill(text, units=units)) for number, (text, units) in enumerate(lines, 1)]
    return check_units(billed, table, at, {"64721": "1"})


def test_indicator_1_denies_the_whole_line_that_is_over_and_no_other() -> None:
    over, within = _check(("A0425", 251), ("A0425-59", 250))
    assert (over.outcome, over.denies) == (Outcome.DENIED, (1,))
    assert (within.outcome, within.denies) == (Outcome.PASSES, ())


@pytest.mark.parametrize("code", ["76376", "97110"])
def test_indicator_3_adds_up_the_lines_of_a_day_and_denies_them_all(code: str) -> None:
    limit = UNITS.limits[code].value
    assert _check((code, 1), (f"{code}-59", limit - 1))[0].outcome is Outcome.PASSES
    assert _check((code, 1), (f"{code}-59", limit))[0].denies == (1, 2)


def test_indicator_2_is_absolute_and_indicator_3_can_be_appealed() -> None:
    assert "no modifier or appeal" in explain_limit(Mue("64721", 1, "2"))
    assert "you may appeal with the record" in explain_limit(Mue("97110", 6, "3"))


@pytest.mark.parametrize("assistant", ["80", "82", "AS"])
def test_an_assistant_at_surgery_is_another_practitioner_than_the_surgeon(assistant: str) -> None:
    surgeon, assisting = _check(("64721-RT", 1), (f"64721-RT-{assistant}", 1))
    assert (surgeon.outcome, assisting.outcome) == (Outcome.PASSES, Outcome.PASSES)
    (both,) = _check((f"64721-RT-{assistant}", 1), (f"64721-LT-{assistant}", 1))
    assert both.denies == (1, 2)


def test_zero_is_a_limit() -> None:
    (found,) = _check(("A0021", 1))
    assert (found.outcome, found.denies) == (Outcome.DENIED, (1,))
    assert "any unit is above it" in explain_limit(Mue("A0021", 0, "3"))


SUPPLIERS = MueTable(replace(UNITS.provenance, setting="dme"), {"E0601": Mue("E0601", 1, "3", setting="dme")})
PRACTITIONERS = replace(UNITS, limits={"E0601": Mue("E0601", 0, "3")}, supplied=frozenset({"E0601"}))


def test_equipment_is_held_to_the_limit_of_suppliers() -> None:
    table = replace(PRACTITIONERS, suppliers=SUPPLIERS)
    (within,) = _check(("E0601-RR", 1), table=table)
    (over,) = _check(("E0601-RR", 2), table=table)
    assert (within.outcome, over.outcome) == (Outcome.PASSES, Outcome.DENIED)
    assert "DME supplier release 2024 Q3" in within.source
    assert "above the limit of 1" in over.words


def test_without_the_suppliers_table_the_units_of_equipment_are_not_checked() -> None:
    (found,) = _check(("E0601-RR", 1), table=PRACTITIONERS)
    assert found.outcome is Outcome.NOT_CHECKED
    assert "the supplier bills it to the DME MAC" in found.words
    assert PRACTITIONERS.limit_of("E0601") is None


def test_a_code_without_a_published_limit_is_not_unlimited() -> None:
    (found,) = _check(("99213", 3))
    assert found.outcome is Outcome.NOTE
    assert "That is not unlimited" in found.words
    assert "2024 Q3" in found.words


def test_without_a_release_units_are_not_checked() -> None:
    (found,) = _check(("97110", 20), table=None)
    assert (found.outcome, found.denies) == (Outcome.NOT_CHECKED, ())


def test_a_release_that_begins_after_the_date_of_service_checks_nothing() -> None:
    (found,) = _check(("97110", 20), at=date(2024, 6, 30))
    assert found.outcome is Outcome.NOT_CHECKED
    assert "not checked" in explain_absence("97110", UNITS, date(2024, 6, 30))


def test_a_denial_of_units_is_the_providers() -> None:
    (found,) = _check(("97110", 7))
    assert (found.liability, found.reasons) == ("provider", ("CARC 151", "RARC N362"))


def test_two_sides_on_two_lines_are_told_of_the_one_line_with_50() -> None:
    (found,) = _check(("64721-LT", 1), ("64721-RT", 1))
    assert "one line with modifier 50 and 1 unit" in found.words


def test_two_sides_become_one_line_and_two_lines_of_one_side_do_not() -> None:
    two_sides = _check(("64721-LT", 1), ("64721-RT", 1))[0].fix
    assert two_sides is not None
    assert two_sides.sentence == "Bill both sides as one line with 50 and 1 unit."
    assert fixed([bill("64721-LT"), bill("64721-RT")], two_sides) == (bill("64721-50"),)
    one_side = _check(("64721-LT", 1), ("64721-LT", 1))[0].fix
    assert one_side is not None
    assert one_side.sentence.startswith("Bill at most 1 unit")


def test_one_line_with_50_is_one_unit() -> None:
    assert _check(("64721-50", 1))[0].outcome is Outcome.PASSES


@pytest.mark.parametrize(("value", "bilateral"), [(2, "1"), (1, "0"), (1, "2"), (1, "9")])
def test_the_hint_on_both_sides_is_for_one_unit_and_indicator_1_only(value: int, bilateral: str) -> None:
    assert bilateral_hint(Mue("64721", 1, "2"), "1")
    assert bilateral_hint(Mue("64721", value, "2"), bilateral) == ""


def test_the_words_name_the_setting_of_the_limits() -> None:
    hospital = replace(UNITS, provenance=replace(JULY_2024, setting="hospital"))
    assert "outpatient hospital release 2024 Q3" in _check(("97110", 1), table=hospital)[0].in_full
