"""Only a line that stands itself may deny another, whatever the order of the lines: NCCI Policy Manual,
ch. I; Claims Processing Manual, ch. 12, §20.3 (status T) and §40 (global packages)."""

from collections import Counter
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codes.ncci import LineStatus, Outcome, PtpEdit, PtpTable
from codes.pricing import Line
from tests.ncci.figures import ADD_ONS, EDITS, JULY_2024, PTP, REFERENCE, UNITS, bill, check, denied, kinds

# 45385 denies 45380, which would deny 94760's like, 36591 (status T), which would deny the visit.
CHAIN = PtpTable.of(
    JULY_2024,
    (*EDITS, PtpEdit("45380", "99213", "0", None), PtpEdit("36591", "99213", "0", None)),
)
CODES = ("45385", "45380", "99213", "36591", "20610", "76942", "22551", "22552", "97110", "76377", "76376")
MODIFIERS = st.sampled_from([(), ("25",), ("57",), ("59",), ("GY",), ("LT",), ("RT",)])
LINES = st.builds(
    lambda code, modifiers, units: Line(code, modifiers, units),
    st.sampled_from(CODES),
    MODIFIERS,
    st.integers(1, 8),
)


def _outcomes(lines: list[Line]) -> Counter[tuple[Line, LineStatus]]:
    return Counter((line.line, line.status) for line in check(*lines, ptp=CHAIN).lines)


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=6), st.randoms())
def test_the_order_of_the_lines_does_not_matter(lines: list[Line], random: object) -> None:
    shuffled = list(lines)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert _outcomes(shuffled) == _outcomes(lines)


def test_of_two_visits_with_the_same_modifiers_the_larger_stays_wherever_it_stands() -> None:
    smaller, larger = Line("99213", ("59",), 1), Line("99213", ("59",), 2)
    assert _outcomes([smaller, larger]) == _outcomes([larger, smaller])


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=6, unique_by=lambda line: line.code))
def test_taking_out_a_denied_line_changes_no_other(lines: list[Line]) -> None:
    whole = check(*lines, ptp=CHAIN)
    for gone in denied(whole):
        others = [line for number, line in enumerate(lines, 1) if number != gone]
        left = check(*others, ptp=CHAIN)
        assert [each.denied for each in left.lines] == [
            each.denied for each in whole.lines if each.number != gone
        ]


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=6))
def test_a_line_is_denied_only_by_lines_that_stand(lines: list[Line]) -> None:
    checked = check(*lines, ptp=CHAIN)
    fallen = set(denied(checked))
    for finding in checked.findings:
        assert "is paid" not in finding.words
        if finding.kind in ("bundling", "global package", "bundled") and finding.denies:
            assert not fallen.intersection(finding.lines) - set(finding.denies)


def test_a_denied_column_1_line_does_not_take_its_column_2_line_with_it() -> None:
    for order in permutations(["45385", "45380", "99213-25"]):
        checked = check(*order, ptp=CHAIN)
        assert [checked.lines[number - 1].line.code for number in denied(checked)] == ["45380"]
        (note,) = [found for found in checked.findings if found.outcome is Outcome.NOTE and found.edit]
        assert "isn't payable itself" in note.words


def test_a_status_t_line_never_denies_a_visit() -> None:
    assert kinds(check("36591", "99213", ptp=CHAIN), 1) == ["bundled"]
    assert denied(check("36591", "99213", ptp=CHAIN)) == [1]


def test_a_status_t_line_comes_back_where_nothing_else_is_payable() -> None:
    assert denied(check("36591", "99213-GY", ptp=CHAIN)) == [2]


def test_a_line_paid_to_the_hospital_does_not_deny_the_physicians() -> None:
    hospital = {"place_of_service": "22"}
    edits = PtpTable.of(JULY_2024, (PtpEdit("93005", "99213", "0", None),))
    checked = check(bill("93005", **hospital), bill("99213", **hospital), ptp=edits)
    assert denied(checked) == [1]
    assert checked.lines[1].status is LineStatus.PAID


def test_a_line_above_its_unit_limit_denies_no_other() -> None:
    edits = PtpTable.of(JULY_2024, (PtpEdit("76376", "99213", "0", None),))
    assert denied(check(bill("76376", units=3), "99213", ptp=edits)) == [1]


def test_of_two_equal_lines_the_one_with_the_most_units_stays_in_either_order() -> None:
    once, thrice = bill("97110-GP"), bill("97110-GP", units=3)
    assert denied(check(once, thrice)) == [1]
    assert denied(check(thrice, once)) == [2]


def test_edits_that_deny_each_other_in_a_ring_leave_one_line() -> None:
    ring = [("20610", "45385"), ("45385", "76377"), ("76377", "20610")]
    table = PtpTable.of(JULY_2024, [PtpEdit(one, two, "0", None) for one, two in ring])
    for order in permutations(["20610", "45385", "76377"]):
        checked = check(*order, ptp=table)
        assert {checked.lines[number - 1].line.code for number in denied(checked)} == {"45385"}


@pytest.mark.parametrize(
    ("lines", "statuses"),
    [
        (("99213", "71046"), ("paid", "paid")),
        (("45385", "45380"), ("paid", "denied")),
        (("45385", "45380-59"), ("paid", "conditional")),
        (("45385-LT", "45380-LT"), ("paid", "at_risk")),
        (("99213", "0054T"), ("paid", "at_risk")),
    ],
)
def test_each_line_has_a_status(lines: tuple[str, ...], statuses: tuple[str, ...]) -> None:
    rows = {**REFERENCE.rows}
    rows["0054T"] = replace(rows["99213"], code="0054T")
    checked = check(*lines, rows=rows)
    without_units = [line.status if line.status != "not_checked" else "paid" for line in checked.lines]
    assert tuple(without_units) == statuses


def test_a_code_younger_than_the_edits_is_not_checked_and_never_without_edit() -> None:
    young = replace(PTP, younger={"71046": True})
    checked = check("71046", "99213", ptp=young)
    (found,) = [each for each in checked.findings if each.kind == "bundling" and 1 in each.lines]
    assert found.outcome is Outcome.NOT_CHECKED
    assert "the edits loaded (2024 Q3) are older than 71046" in found.words
    assert checked.lines[0].status is LineStatus.NOT_CHECKED


def test_an_edit_that_names_a_younger_code_is_still_applied() -> None:
    assert denied(check("76377", "76376", ptp=replace(PTP, younger={"76376": False}))) == [2]


def test_the_unit_limit_of_a_code_younger_than_the_table_is_not_checked() -> None:
    checked = check(bill("71046", units=9), units=replace(UNITS, younger={"71046": True}))
    (found,) = [each for each in checked.findings if each.kind == "units"]
    assert found.outcome is Outcome.NOT_CHECKED
    assert "the unit limits loaded (2024 Q3) are older than 71046" in found.words


def test_a_younger_code_may_be_the_primary_that_an_older_list_cannot_name() -> None:
    young = replace(ADD_ONS, younger={"45385": True})
    assert denied(check("22552", "45385", add_ons=young, ptp=None)) == []
    assert denied(check("22552", "45385", ptp=None)) == [1]
