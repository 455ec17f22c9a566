"""Bundling edits: NCCI Policy Manual, ch. I; Claims Processing Manual, ch. 23, §20.9."""

from dataclasses import replace
from datetime import date

import pytest

from codes.ncci import Outcome, PtpEdit, PtpTable, active_edit, check_pair, is_active, modifiers_for
from codes.ncci.ptp import PTP_MODIFIERS, check_pairs
from codes.ncci.words import each
from tests.ncci.figures import AT, HOSPITAL_2024, JULY_2024, PTP, REFERENCE, numbered, pair

LASTING = PtpEdit("10000", "20000", "1", date(2020, 1, 1))
ENDED = PtpEdit("10000", "20000", "1", date(2020, 1, 1), date(2024, 3, 31))
VISIT_AND_PROCEDURE = PtpEdit("20610", "99213", "1", None)


@pytest.mark.parametrize(
    ("one", "two", "outcome"),
    [
        ("45385", "45380", Outcome.MAY_PASS),
        ("93000", "93005", Outcome.MAY_PASS),
        ("29881", "29877", Outcome.DENIED),
        ("20610", "76942", Outcome.MAY_PASS),
        ("80053", "80048", Outcome.DENIED),
        ("76377", "76376", Outcome.DENIED),
    ],
)
def test_column_two_is_denied_in_whichever_order_the_codes_are_given(
    one: str, two: str, outcome: Outcome
) -> None:
    assert (pair(one, two).outcome, pair(one, two).denies) == (outcome, (2,))
    assert (pair(two, one).outcome, pair(two, one).denies) == (outcome, (1,))


def test_the_words_say_which_code_is_denied_with_which() -> None:
    words = pair("76376", "76377").words
    assert "Line 1 (76376) is denied with line 2 (76377): they are columns 2 and 1 of an NCCI edit" in words
    assert "no modifier bypasses" in words


def test_no_modifier_passes_indicator_0() -> None:
    found = pair("76377", "76376-59")
    assert (found.outcome, found.modifiers_that_may_pass) == (Outcome.DENIED, ())


def test_indicator_9_is_no_edit() -> None:
    assert pair("20610", "20605").outcome is Outcome.NO_EDIT
    assert not is_active(PtpEdit("10000", "20000", "9", date(2020, 1, 1), None), AT)


def test_the_deletion_date_is_the_last_day_in_force() -> None:
    assert pair("10000", "20000", ENDED, at=date(2024, 3, 31)).outcome is Outcome.MAY_PASS
    assert pair("10000", "20000", ENDED, at=date(2024, 4, 1)).outcome is Outcome.NO_EDIT


def test_an_ended_edit_is_named_with_its_last_day() -> None:
    assert "An edit of this pair ended on Dec 31, 2019." in pair("97530", "97140").words


def test_an_edit_begins_on_its_effective_date() -> None:
    assert pair("10000", "20000", LASTING, at=date(2019, 12, 31)).outcome is Outcome.NO_EDIT
    assert "begins on Jan 1, 2020" in pair("10000", "20000", LASTING, at=date(2019, 12, 31)).words
    assert pair("10000", "20000", LASTING, at=date(2020, 1, 1)).outcome is Outcome.MAY_PASS


def test_an_edit_without_a_start_date_says_that_the_source_carried_none() -> None:
    assert "the source carries no start date" in pair("45385", "45380").in_full


def test_the_release_is_not_repeated_in_the_words_of_each_edit() -> None:
    found = pair("45385", "45380")
    assert "2024 Q3" not in found.words
    assert found.provenance == JULY_2024


def test_of_two_open_records_without_dates_the_one_that_ends_first_stood() -> None:
    earlier = PtpEdit("20610", "99213", "0", None, date(2019, 12, 31))
    records = (VISIT_AND_PROCEDURE, earlier)
    assert active_edit(records, date(2019, 12, 31)) is earlier
    assert active_edit(records, date(2020, 1, 1)) is VISIT_AND_PROCEDURE


def test_no_edit_names_release_setting_and_date() -> None:
    words = pair("99213", "71046").words
    assert words == (
        "No edit found for line 1 (99213) and line 2 (71046): practitioner release 2024 Q3, in force from "
        "Jul 1, 2024, for date of service Sep 15, 2024."
    )


def test_no_edit_from_an_old_release_says_that_it_is_carried_forward() -> None:
    assert "carried forward" in pair("99213", "71046", at=date(2024, 10, 1)).in_full
    assert "carried forward" not in pair("99213", "71046", at=date(2024, 9, 30)).in_full


def test_without_a_release_nothing_is_said_about_edits() -> None:
    one, two = numbered("99213", "71046")
    found = check_pair(one, two, None, AT)
    assert found.outcome is Outcome.NOT_CHECKED
    assert "No edit" not in found.words


def test_the_ptp_modifiers_are_exactly_those_of_the_manual() -> None:
    assert set(PTP_MODIFIERS) == set(
        each(
            "E1 E2 E3 E4 FA F1 F2 F3 F4 F5 F6 F7 F8 F9 TA T1 T2 T3 T4 T5 T6 T7 T8 T9 LT RT LC LD RC LM RI "
            "24 25 57 58 78 79 27 59 91 XE XS XP XU"
        )
    )


@pytest.mark.parametrize("modifier", ["22", "26", "50", "51", "52", "53", "62", "76", "77", "TC", "KX"])
def test_other_modifiers_never_pass(modifier: str) -> None:
    for lines in (("45385", f"45380-{modifier}"), (f"45385-{modifier}", "45380")):
        found = pair(*lines)
        assert (found.outcome, found.denies) == (Outcome.MAY_PASS, (2,))
        assert all(modifier not in choice.modifiers for choice in found.modifiers_that_may_pass)


@pytest.mark.parametrize("modifier", ["59", "XE", "XS", "XP", "XU"])
def test_a_distinct_service_passes_on_either_line_since_july_2019(modifier: str) -> None:
    for lines in (("45385", f"45380-{modifier}"), (f"45385-{modifier}", "45380")):
        assert pair(*lines, at=date(2019, 7, 1)).outcome is Outcome.PASSES


def test_before_july_2019_a_distinct_service_passes_on_column_two_only() -> None:
    before = date(2019, 6, 30)
    assert pair("45385", "45380-59", at=before).outcome is Outcome.PASSES
    assert pair("45385-59", "45380", at=before).denies == (2,)


@pytest.mark.parametrize("modifier", ["24", "25", "57"])
def test_visit_modifiers_pass_on_the_visit_and_not_on_the_procedure(modifier: str) -> None:
    assert pair("20610", f"99213-{modifier}").outcome is Outcome.PASSES
    assert pair(f"20610-{modifier}", "99213").denies == (2,)


def test_27_passes_in_the_hospital_only() -> None:
    assert pair("20610", "99213-27", origin=HOSPITAL_2024).outcome is Outcome.PASSES
    assert pair("20610", "99213-27").denies == (2,)


def test_91_passes_for_laboratory_tests_only() -> None:
    tests = PtpEdit("80053", "84443", "1", None)
    assert pair("80053", "84443-91", tests).outcome is Outcome.PASSES
    assert pair("45385", "45380-91").denies == (2,)


def test_the_same_site_on_both_lines_is_a_warning() -> None:
    found = pair("20610-LT", "76942-LT")
    assert found.outcome is Outcome.WARNING
    assert "the same site" in found.words


def test_two_sites_pass() -> None:
    assert pair("20610-LT", "76942-RT").outcome is Outcome.PASSES


@pytest.mark.parametrize(
    ("one", "two"),
    [("20610-RT", "76942"), ("20610-RT", "76942-50"), ("20610-50", "76942-LT"), ("20610-LT", "76942-F1")],
)
def test_a_site_that_shows_no_second_one_puts_column_two_at_risk(one: str, two: str) -> None:
    for found in (pair(one, two), pair(two, one)):
        assert (found.outcome, found.denies) == (Outcome.WARNING, ())
        assert found.fix
        assert found.fix.sentence.startswith("Add XS to line")


@pytest.mark.parametrize(
    ("one", "two"), [("20610", "76942-RT"), ("20610-RT", "76942-F1"), ("20610-F5", "76942-F6")]
)
def test_a_site_on_column_two_that_is_not_the_other_lines_passes(one: str, two: str) -> None:
    assert pair(one, two).outcome is Outcome.PASSES


def test_a_code_that_is_both_sides_by_itself_leaves_no_other_side() -> None:
    """93970 has bilateral indicator 2."""
    (one, two), edit = numbered("93970", "93971-LT"), PtpEdit("93970", "93971", "1", None)
    whole = replace(REFERENCE.rows["99213"].rows[""], code="93970", bilateral_surgery="2")
    table = PtpTable.of(JULY_2024, [edit])
    assert check_pair(one, two, table, AT, {"93970": whole}).outcome is Outcome.WARNING
    assert check_pair(one, two, table, AT).outcome is Outcome.PASSES


def test_the_side_of_a_procedure_does_not_make_a_visit_separate() -> None:
    found = pair("20610-RT", "99213")
    assert found.outcome is Outcome.WARNING
    assert "not that 99213 was separate" in found.words
    assert found.fix
    assert found.fix.changes[0].value == "25"


@pytest.mark.parametrize("modifier", ["80", "81", "82", "AS"])
def test_an_edit_does_not_hold_between_a_surgeon_and_an_assistant(modifier: str) -> None:
    for lines in (("45385", f"45380-{modifier}"), (f"45385-{modifier}", "45380")):
        found = pair(*lines)
        assert (found.outcome, found.denies) == (Outcome.NOTE, ())
        assert "two practitioners" in found.words


@pytest.mark.parametrize("modifier", ["AA", "QK", "QX", "QZ"])
def test_an_edit_between_a_procedure_and_its_anesthesia_holds_for_one_practitioner(modifier: str) -> None:
    """NCCI Policy Manual, ch. II, §A: it is for anesthesia by whoever does the procedure."""
    edit = PtpEdit("45385", "00812", "0", None)
    assert pair("45385", f"00812-{modifier}", edit).outcome is Outcome.NOTE
    assert pair("45385", "00812", edit).denies == (2,)
    visit = PtpEdit("01402", "99213", "0", None)
    assert pair(f"01402-{modifier}", "99213-57", visit).outcome is Outcome.NOTE, "57 is the surgeon's"
    assert pair(f"01402-{modifier}", "99213", visit).denies == (2,)
    block = PtpEdit("01402", "62322", "1", None)
    assert pair(f"01402-{modifier}", "62322", block).denies == (2,), "the anesthesiologist's own block"


@pytest.mark.parametrize("visit", ["99213", "99213-25"])
def test_a_visit_beside_a_procedure_and_its_anesthesia_is_the_surgeons(visit: str) -> None:
    edits = (PtpEdit("45385", "00812", "0", None), PtpEdit("00812", "99213", "0", None))
    table = PtpTable.of(JULY_2024, edits)

    def denied(*lines: str) -> list[tuple[int, ...]]:
        return [found.denies for found in check_pairs(numbered(*lines), table, AT) if found.denies]

    assert denied(visit, "45385", "00812-QZ") == []
    assert denied(visit, "00812-QZ") == [(1,)], "without the procedure it is the anesthesia practitioner's"
    assert denied(visit, "45385", "00812") == [(1,), (3,)], "one practitioner did both, or so the lines say"


def test_a_nerve_block_beside_surgery_and_anesthesia_is_not_the_surgeons() -> None:
    """NCCI Policy Manual, ch. II, §B: a block for pain after the surgery, by whoever gives the anesthesia."""
    edits = [("27447", "64447", "0"), ("01402", "64447", "1"), ("27447", "01402", "0")]
    table = PtpTable.of(JULY_2024, tuple(PtpEdit(one, two, indicator, None) for one, two, indicator in edits))

    def denied(*lines: str) -> list[tuple[int, ...]]:
        return [found.denies for found in check_pairs(numbered(*lines), table, AT) if found.denies]

    assert denied("27447", "01402-AA", "64447-59") == []
    assert denied("27447", "01402-AA", "64447") == [(3,)], "by the edit with the anesthesia"
    assert denied("27447", "64447-59") == [(2,)], "without the anesthesia it is the surgeon's"


def test_an_edit_that_has_ended_does_not_tell_whose_a_visit_or_a_block_is() -> None:
    """Of CMS's edits between a procedure and an anesthesia code thousands have ended."""
    ended = date(2020, 12, 31)
    visit = (PtpEdit("45385", "00812", "0", None, ended), PtpEdit("00812", "99213", "0", None))
    block = (PtpEdit("27447", "64447", "0", None), PtpEdit("01402", "64447", "1", None, ended))

    def denied(edits: tuple[PtpEdit, ...], *lines: str) -> list[tuple[int, ...]]:
        found = check_pairs(numbered(*lines), PtpTable.of(JULY_2024, edits), AT)
        return [each.denies for each in found if each.denies]

    assert denied(visit, "99213", "45385", "00812-QZ") == [(1,)]
    assert denied(block, "27447", "01402-AA", "64447-59") == [(3,)]


def test_an_edit_holds_between_two_lines_of_an_assistant() -> None:
    assert pair("45385-80", "45380-80").denies == (2,)


def test_a_distinct_service_at_the_same_site_passes() -> None:
    assert pair("20610-LT", "76942-LT-59").outcome is Outcome.PASSES


def test_the_modifiers_that_may_pass_name_their_line() -> None:
    procedure, visit = pair("20610", "99213").modifiers_that_may_pass
    assert (procedure.line, visit.line) == (1, 2)
    assert "25" in visit.modifiers
    assert "25" not in procedure.modifiers
    assert "59" in procedure.modifiers


def test_indicator_0_and_9_have_no_passing_modifiers() -> None:
    for indicator in "09":
        assert modifiers_for(PtpEdit("45385", "45380", indicator, None), "45380", AT, "practitioner") == ()


def test_a_denial_is_the_providers_and_cites_the_manual() -> None:
    found = pair("45385", "45380")
    assert (found.liability, found.reasons[0]) == ("provider", "CARC 236")
    assert "NCCI Policy Manual" in found.citation
    assert found.provenance == PTP.provenance


def test_no_verdict_recommends_a_modifier() -> None:
    for found in (pair("45385", "45380"), pair("76377", "76376-59"), pair("20610", "99213")):
        assert not any(word in found.words.lower() for word in ("append", "add ", "use ", "to be paid"))


def test_no_edit_found_in_a_sample_says_that_it_is_one() -> None:
    words = pair("99213", "27700", LASTING, origin=replace(JULY_2024, is_sample=True)).words
    assert "release 2024 Q3 (a sample that lacks many codes), in force from Jul 1, 2024" in words


def test_a_side_of_the_procedure_is_not_what_a_visit_rests_on() -> None:
    finding = pair("20610-RT", "99213-25")
    assert finding.words.startswith("The record must support 25 on line 2, which bypasses the NCCI edit")
