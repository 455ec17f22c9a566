"""The order of checks over one claim: PRICING order of NCCI Policy Manual, ch. I, and Claims Processing Manual,
ch. 12, §40."""

from dataclasses import replace
from datetime import date
from itertools import permutations
from typing import Any

import pytest

from codes.ncci import Finding, LineStatus, Mue, MueTable, Outcome, lines_to_price, suggested_order
from codes.ncci.same_day import check_duplicates
from codes.pricing import CodeRows, Line
from tests.ncci.figures import AT, JULY_2024, PTP, REFERENCE, bill, check, denied, kinds, numbered


def test_a_claim_without_trouble_denies_nothing_and_names_what_it_looked_in() -> None:
    checked = check("99213", "71046")
    assert denied(checked) == []
    (found,) = [finding for finding in checked.findings if finding.kind == "bundling"]
    assert found.outcome is Outcome.NO_EDIT
    assert "practitioner release 2024 Q3" in found.words
    assert "Sep 15, 2024" in found.words


def test_no_edit_is_never_said_without_release_setting_and_date() -> None:
    for checked in (check("99213", "71046"), check("99213", "71046", ptp=None), check("99213", ptp=None)):
        for finding in checked.findings:
            if "no edit" in finding.words.lower():
                assert finding.provenance is not None
                assert finding.provenance.words(AT) in finding.in_full


def test_what_is_not_loaded_is_not_checked() -> None:
    checked = check("99213", "22552", ptp=None, units=None, add_ons=None)
    unchecked = {finding.kind for finding in checked.findings if finding.outcome is Outcome.NOT_CHECKED}
    assert unchecked == {"bundling", "units", "add-on"}
    assert denied(checked) == []
    assert "Bundling was not checked" in checked.lines[0].verdict


def test_a_code_that_no_list_knows_is_denied() -> None:
    assert kinds(check("27449"), 1) == ["code"]


def test_a_code_of_another_schedule_is_named_with_its_schedule() -> None:
    checked = check("0001U", other_codes={"0001U": "Clinical laboratory fee schedule"})
    assert denied(checked) == []
    assert "Clinical laboratory fee schedule" in checked.lines[0].findings[0].words


def test_without_a_fee_schedule_a_code_is_not_checked() -> None:
    checked = check("27449", rows={}, fee_schedule="")
    assert (checked.lines[0].findings[0].outcome, denied(checked)) == (Outcome.NOT_CHECKED, [])


@pytest.mark.parametrize(
    "line",
    [
        "99213-54-55",
        "99213-62-80",
        "71046-TC-80",
        "71046-26-TC",
        "99213-73",
        "99213-26",
        "93000-TC",
        "20610-LT-RT-59-76-KX",
    ],
)
def test_modifiers_that_cannot_stand_deny_the_line(line: str) -> None:
    assert "modifier" in kinds(check(line), 1)


@pytest.mark.parametrize("line", ["20610-80-AS", "20610-78-51", "97110-GP-25"])
def test_modifiers_without_effect_are_warned_of(line: str) -> None:
    checked = check(line)
    assert denied(checked) == []
    assert Outcome.WARNING in {finding.outcome for finding in checked.findings}


@pytest.mark.parametrize("line", ["99213-ZQ", "20610-25", "99213-80", "99213-54"])
def test_a_modifier_that_medicare_refuses_returns_the_line(line: str) -> None:
    (checked,) = check(line).lines
    assert checked.status is LineStatus.RETURNED
    assert checked.verdict.startswith("Returned as billed. ")
    assert checked.denied_reason


def test_an_unassigned_place_and_no_units_deny_the_line() -> None:
    assert kinds(check(bill("99213", place_of_service="98")), 1) == ["place"]
    assert kinds(check(bill("99213", units=0)), 1) == ["units"]


def test_status_b_is_denied_and_the_provider_bears_it() -> None:
    (line,) = check("99024").lines
    assert (line.denied, line.liability) == (True, "provider")


def test_a_laboratory_test_is_paid_elsewhere_and_stays_in_the_claim() -> None:
    checked = check("80053", "80048")
    assert denied(checked) == [2]
    assert kinds(checked, 2) == ["bundling"]


@pytest.mark.parametrize(
    ("modifier", "liability"), [("GZ", "provider"), ("GY", "patient"), ("GX", "patient")]
)
def test_statutory_modifiers_deny_and_say_who_bears_it(modifier: str, liability: str) -> None:
    (line,) = check(f"99213-{modifier}").lines
    assert (line.denied, line.liability) == (True, liability)


def test_a_line_denied_by_its_modifier_takes_no_part_in_bundling() -> None:
    assert denied(check("45385-GY", "45380")) == [1]


def test_the_same_line_again_is_a_duplicate() -> None:
    checked = check("99213", "99213")
    assert denied(checked) == [2]
    assert checked.findings[0].reasons == ("CARC 18",)


@pytest.mark.parametrize("modifier", ["76", "77", "91", "59", "XE", "50"])
def test_a_repeat_that_is_marked_is_no_duplicate(modifier: str) -> None:
    assert "duplicate" not in kinds(check("20610", f"20610-{modifier}"), 2)


@pytest.mark.parametrize(
    ("first", "second"), [("20610-LT", "20610-RT"), ("71046-26", "71046-TC"), ("97110-GP", "97110-GO")]
)
def test_sites_components_and_disciplines_tell_lines_apart(first: str, second: str) -> None:
    assert "duplicate" not in kinds(check(first, second), 2)


def test_bundling_denies_column_two_in_every_order_of_lines() -> None:
    for order in permutations(["76376", "76377", "99213"]):
        checked = check(*order)
        assert [checked.lines[number - 1].line.code for number in denied(checked)] == ["76376"]


def test_a_modifier_that_passes_leaves_both_lines() -> None:
    assert denied(check("45385", "45380-59")) == []


def _distinct(*texts: str, number: int, **changes: Any) -> Finding:
    line = check(*texts, **changes).lines[number - 1]
    (found,) = [finding for finding in line.findings if finding.rule == "distinct-service"]
    return found


def test_59_that_no_edit_calls_for_is_a_note_and_the_line_is_paid() -> None:
    found = _distinct("99213", "71046-59", number=2)
    assert (found.outcome, "practitioner release 2024 Q3" in found.in_full) == (Outcome.NOTE, True)
    assert found.words == "59 bypasses nothing on this claim: no other line has an NCCI edit with 71046."
    assert check("99213", "71046-59").lines[1].status is LineStatus.PAID


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        (("45385", "45380-59"), 2),
        (("45385-XS", "45380"), 1),
        (("20610", "20610-59"), 2),
        (("71046-59",), 1),
        (("99213", "71046-59", "45385-GY", "45380-59"), 4),
    ],
)
def test_59_with_an_edit_or_a_second_line_of_the_code_carries_the_payment(
    lines: tuple[str, ...], number: int
) -> None:
    assert _distinct(*lines, number=number).outcome is Outcome.CONDITIONAL


def test_59_stays_a_condition_where_the_edits_are_not_known() -> None:
    assert _distinct("99213", "71046-59", number=2, ptp=None).outcome is Outcome.CONDITIONAL
    younger = replace(PTP, younger={"71046": True})
    assert _distinct("99213", "71046-59", number=2, ptp=younger).outcome is Outcome.CONDITIONAL


def test_k1_two_sides_on_two_lines_are_both_denied_for_units() -> None:
    checked = check("64721-LT", "64721-RT")
    assert denied(checked) == [1, 2]
    assert "one line with modifier 50 and 1 unit" in checked.lines[0].denied_reason


def test_a_line_above_its_unit_limit_falls_before_any_pair_is_looked_at() -> None:
    checked = check("76377", bill("76376", units=5))
    assert kinds(checked, 2)[0] == "units"


def test_an_add_on_whose_primary_is_denied_is_denied() -> None:
    checked = check("22551-GZ", "22552")
    assert denied(checked) == [1, 2]
    assert kinds(checked, 2) == ["add-on"]


@pytest.mark.parametrize(("procedure", "modifier"), [("45385", "25"), ("27447", "57")])
def test_a_visit_on_the_day_of_a_procedure_is_part_of_its_package(procedure: str, modifier: str) -> None:
    assert kinds(check(procedure, "99213"), 2) == ["global package"]
    assert denied(check(procedure, f"99213-{modifier}")) == []


def test_25_with_a_major_procedure_is_a_warning() -> None:
    checked = check("27447", "99213-25")
    assert denied(checked) == []
    assert "one marked 57" in checked.lines[1].verdict


def test_a_visit_beside_a_test_is_not_in_a_package() -> None:
    assert denied(check("71046", "99213")) == []


def test_a_visit_beside_a_denied_procedure_is_not_in_its_package() -> None:
    assert denied(check("45385-GZ", "99213")) == [1]


def test_status_t_is_paid_alone_and_bundled_beside_another_service() -> None:
    assert denied(check("36591")) == []
    assert denied(check("36591", "36592")) == []
    assert kinds(check("99213", "36591"), 2) == ["bundled"]


def test_status_t_beside_a_laboratory_test_is_paid() -> None:
    assert denied(check("36591", "80053")) == []


@pytest.mark.parametrize("line", ["76376-TC", "76376", "93005", "93000", "96372", "97110-GP"])
def test_the_technical_side_in_a_hospital_is_paid_to_the_hospital(line: str) -> None:
    assert kinds(check(bill(line, place_of_service="22")), 1) == ["place"]
    assert denied(check(bill(line, place_of_service="11"))) == []


@pytest.mark.parametrize("line", ["76376-26", "93010", "99213", "45385"])
def test_the_professional_side_in_a_hospital_is_paid_to_the_physician(line: str) -> None:
    assert denied(check(bill(line, place_of_service="22"))) == []


def test_lines_to_price_carry_the_reason_of_their_denial() -> None:
    paid, bundled = lines_to_price(check("76377", "76376"))
    assert paid.denied == ""
    assert "indicator 0, which no modifier bypasses" in bundled.denied


def test_the_suggested_order_puts_the_greatest_first_and_the_denied_last() -> None:
    checked = check("76376", "99213", "76377", "71046")
    amounts = {1: 25, 2: 95, 3: 79, 4: 95}
    assert suggested_order(checked, amounts.__getitem__) == (2, 4, 3, 1)


def test_the_verdict_of_a_denied_line_is_the_first_reason_with_its_source() -> None:
    line = check("76376", "76377").lines[0]
    assert line.verdict.startswith("Denied. Line 1 (76376) is denied with line 2 (76377)")
    assert "NCCI Policy Manual" in line.citation


def test_an_ended_edit_denies_until_its_last_day() -> None:
    assert denied(check("97140", "97530", at=date(2019, 12, 31), rows={}, fee_schedule="")) == [2]
    assert denied(check("97140", "97530", at=date(2020, 1, 1), rows={}, fee_schedule="")) == []


def test_an_empty_claim_has_no_findings() -> None:
    assert check().findings == ()


def test_no_claim_raises_however_odd_its_lines() -> None:
    odd = [Line(""), Line("99213", ("", "??")), Line("x" * 50, units=-1, place_of_service="")]
    assert len(check(*odd).lines) == 3


def test_a_marked_repeat_is_no_duplicate_in_whichever_order_the_two_are_billed() -> None:
    assert "duplicate" not in {
        kind for number in (1, 2) for kind in kinds(check("20610-76", "20610"), number)
    }
    assert kinds(check("20610-76", "20610", "20610"), 3) == ["duplicate"]


@pytest.mark.parametrize(("line", "reason"), [("64721-80", "CARC 54"), ("20610-62", "CARC 54")])
def test_a_modifier_that_the_indicators_forbid_denies_the_line_with_the_indicator(
    line: str, reason: str
) -> None:
    rows = dict(REFERENCE.rows)
    rows["64721"] = CodeRows("64721", {"": replace(rows["64721"].rows[""], assistant_surgery="1")})
    (checked,) = check(line, rows=rows).lines
    assert checked.denied
    assert "indicator" in checked.verdict or "does not apply to" in checked.verdict
    assert reason in {each for finding in checked.findings if finding.denies for each in finding.reasons}


def test_an_assistant_that_is_never_paid_bundles_nothing() -> None:
    rows = dict(REFERENCE.rows)
    rows["45385"] = CodeRows("45385", {"": replace(rows["45385"].rows[""], assistant_surgery="1")})
    assert denied(check("45385-80", "45380", rows=rows)) == [1]


def test_a_visit_marked_57_beside_a_major_and_a_minor_procedure_is_warned_of_and_not_denied() -> None:
    checked = check("27447", "20610", "99213-57", ptp=None)
    assert denied(checked) == []
    assert any("marked 25" in finding.words for finding in checked.lines[2].findings)


def test_a_visit_marked_57_beside_minor_procedures_alone_is_denied() -> None:
    assert denied(check("20610", "99213-57", ptp=None)) == [2]


def test_a_service_paid_alone_is_paid_beside_one_that_the_hospital_is_paid_for() -> None:
    """93005 is the hospital's in POS 22, so that nothing else of the day is payable to the physician."""
    hospital = {"place_of_service": "22"}
    rows = dict(REFERENCE.rows)
    rows["36591"] = CodeRows("36591", {"": replace(rows["36591"].rows[""], pctc="0")})
    assert denied(check(bill("93005", **hospital), bill("36591", **hospital), rows=rows)) == [1]


def test_a_service_paid_alone_is_not_paid_beside_anesthesia() -> None:
    rows = dict(REFERENCE.rows)
    rows["00811"] = CodeRows("00811", {"": replace(rows["99213"].rows[""], code="00811", status="J")})
    assert denied(check("00811-AA", "36591", rows=rows)) == [2]


@pytest.mark.parametrize(
    ("lines", "number", "words"),
    [
        (("45385", "45380"), 2, "can be bypassed"),
        (("45385-LT", "45380-LT"), 2, "shows no second site"),
        (("99213", "0054T"), 2, "no listed primary"),
        (("45385-59", "45380"), 2, ""),
        (("29881", "29877"), 2, ""),
    ],
)
def test_what_the_checks_leave_open_goes_on_to_the_price(
    lines: tuple[str, ...], number: int, words: str
) -> None:
    known = {"0054T": CodeRows("0054T", {"": replace(REFERENCE.rows["99213"].rows[""], code="0054T")})}
    left = lines_to_price(check(*lines, rows={**REFERENCE.rows, **known}))[number - 1].left_to_mac
    assert words in left
    assert bool(left) is bool(words)


def test_units_above_a_clinical_limit_may_be_appealed_and_above_an_absolute_one_not() -> None:
    clinical, absolute = check(bill("97110-GP", units=7)), check(bill("64721", units=2))
    assert "appeal" in lines_to_price(clinical)[0].left_to_mac
    assert lines_to_price(absolute)[0].left_to_mac == ""


def test_always_therapy_without_a_plan_is_warned_of() -> None:
    rows = dict(REFERENCE.rows)
    rows["97110"] = CodeRows("97110", {"": replace(rows["97110"].rows[""], multiple_procedure="5")})
    checked = check("97110", rows=rows)
    assert denied(checked) == []
    assert "without GP, GO or GN" in checked.lines[0].verdict


def test_a_site_modifier_that_shows_no_second_site_is_spoken_of_on_column_2_alone() -> None:
    one, two = check("45385-RT", "45380").lines
    assert (one.status, two.status) == (LineStatus.PAID, LineStatus.AT_RISK)
    assert "recouped" not in one.verdict
    assert "recouped" in two.verdict


@pytest.mark.parametrize(
    ("billed", "limit", "sentence"),
    [
        ("71046", None, "Drop the line, or add 76 if you repeated the service."),
        ("84443", None, "Drop the line, or add 91 if you repeated the test."),
        ("97110-GP", None, "Drop the line, or bill all units on one line if both were given."),
        ("99213", None, "Drop the line: bill one visit at the level of both together."),
        ("17110", Mue("17110", 1, "2"), "Drop the line: the unit limit is 1 a day."),
        (
            "84443",
            Mue("84443", 1, "3"),
            "Drop the line: the unit limit is 1 a day; if both were needed, appeal with the record.",
        ),
    ],
)
def test_a_duplicate_is_marked_only_where_a_repeat_can_be_paid(
    billed: str, limit: Mue | None, sentence: str
) -> None:
    table = MueTable(JULY_2024, {limit.code: limit} if limit else {})
    (finding,) = check_duplicates(numbered(billed, billed), table)
    assert finding.fix
    assert finding.fix.sentence == sentence
