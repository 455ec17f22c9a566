"""What is shown from night to night, as reports come and go."""

from datetime import date
from itertools import combinations
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contributions.models import Report, ReporterOrdinal, Snapshot
from contributions.reports import actions, queries
from contributions.reports.anonymity import OTHERS
from contributions.reports.choices import ReportState
from contributions.reports.receipts import digest
from contributions.reports.snapshots import QUESTIONS, Written, as_counted
from tests.contributions.telling import CODE, OTHER_CODE, TODAY, at_night, tell, tell_all

pytestmark = pytest.mark.django_db
NEXT_YEAR = date(2027, 3, 15)


def shown() -> tuple[int, dict[str, Any]] | None:
    """(floor, tables) of what is shown of the code."""
    snapshot = Snapshot.objects.shown().filter(code=CODE).first()
    return (snapshot.floor, snapshot.tables) if snapshot else None


def answers(question: str) -> dict[str, str]:
    """The answers that are shown, with their words."""
    found = shown()
    return {answer: word for answer, word, _ in found[1][question]} if found else {}


def reject(*keys: int) -> None:
    actions.decide(Report.objects.filter(pk__in=keys), ReportState.REJECTED, "staff", "a test", TODAY)


def test_four_reporters_are_nothing_and_the_fifth_is_there_next_morning() -> None:
    tell_all(4)
    at_night()
    assert queries.patterns(CODE) is None
    tell(5)
    assert queries.patterns(CODE) is None
    at_night()
    found = queries.patterns(CODE)
    assert found is not None
    assert found.at_least == 5


def test_nothing_but_the_night_changes_what_is_shown() -> None:
    receipts = tell_all(5)
    tell(6, hold="a burst")
    assert shown() is None
    at_night()
    before = Snapshot.objects.get()
    for who in range(7, 20):
        tell(who, reason="50")
    actions.decide(
        Report.objects.filter(state=ReportState.HELD), ReportState.ACCEPTED, "staff", "looked at it", TODAY
    )
    actions.withdraw(receipts[0], TODAY)
    actions.add_outcome(receipts[1], {"action": "", "outcome": "paid", "what_worked": ""}, TODAY)
    assert Snapshot.objects.get() == before
    assert shown() == (5, before.tables)


def test_six_to_nine_change_nothing_and_the_tenth_changes_it_once() -> None:
    tell_all(5)
    at_night()
    fifth = Snapshot.objects.get()
    for who in (6, 7, 8, 9):
        tell(who, reason="50", payer_kind="commercial")
        at_night()
        assert Snapshot.objects.get() == fifth
    tell(10)
    at_night()
    at_night()
    assert shown() is not None
    assert shown()[0] == 10  # type: ignore[index]
    assert Snapshot.objects.count() == 2


def test_the_same_network_five_times_is_one_reporter_all_year() -> None:
    for month, reason in enumerate(("97", "50", "4", "18", "29"), start=3):
        tell(1, reason=reason, today=date(2026, month, 20))
        at_night(date(2026, month, 20))
    assert Report.objects.count() == 5
    assert ReporterOrdinal.objects.count() == 1
    assert shown() is None


def test_the_five_are_reached_within_one_year_and_never_by_adding_two() -> None:
    tell_all(4)
    for who in (1, 2, 3, 4):
        tell(who, today=NEXT_YEAR)
    at_night(NEXT_YEAR)
    assert shown() is None
    tell(5, today=NEXT_YEAR)
    at_night(NEXT_YEAR)
    assert shown() is not None
    assert shown()[0] == 5  # type: ignore[index]


def test_the_same_report_again_updates_the_first() -> None:
    tell(1, outcome="pending")
    tell(1, outcome="paid")
    assert Report.objects.get().outcome == "paid"


def test_another_month_of_denial_is_another_report_of_the_same_reporter() -> None:
    tell(1, month="2026-06")
    tell(1, month="2026-07")
    assert Report.objects.count() == 2
    assert ReporterOrdinal.objects.count() == 1


def test_reports_on_two_codes_share_no_mark() -> None:
    tell(1, now=0)
    tell(1, code=OTHER_CODE, now=0)
    first, second = ReporterOrdinal.objects.all()
    assert first.digest != second.digest
    assert not {mark.mark for mark in first.marks.all()} & {mark.mark for mark in second.marks.all()}


def test_a_held_report_does_not_count() -> None:
    tell_all(4)
    tell(5, hold="a burst")
    at_night()
    assert shown() is None
    actions.decide(
        Report.objects.filter(state=ReportState.HELD), ReportState.ACCEPTED, "staff", "looked at it", TODAY
    )
    at_night()
    assert shown() is not None


def test_a_rejected_report_that_is_sent_again_waits_for_a_person() -> None:
    tell(1)
    reject(Report.objects.get().pk)
    tell(1)
    report = Report.objects.get()
    assert (report.state, report.held_because) == (ReportState.HELD, "sent again after a rejection")


def test_a_held_report_that_is_sent_again_stays_held() -> None:
    tell(1, hold="a burst")
    tell(1)
    assert Report.objects.get().state == ReportState.HELD


def test_below_five_the_block_disappears_that_night() -> None:
    receipts = tell_all(5)
    at_night()
    assert actions.withdraw(receipts[0], TODAY)
    assert shown() is not None
    at_night()
    assert shown() is None
    assert Report.objects.count() == 4


@pytest.mark.parametrize("way", ["withdrawn", "rejected"])
def test_what_is_withdrawn_or_rejected_drops_out_that_night_and_nothing_comes_in(way: str) -> None:
    tell_all(5, reason="97")
    receipts = {who: tell(who, reason="50") for who in (6, 7)}
    at_night()
    assert answers("reason") == {"97": "most", "50": "several"}
    tell(8, reason="4")
    tell(9, reason="4")
    report = Report.objects.get(receipts__digest=digest(receipts[6]))
    if way == "withdrawn":
        actions.withdraw(receipts[6], TODAY)
    else:
        reject(report.pk)
    assert answers("reason") == {"97": "most", "50": "several"}
    assert actions.write_snapshots(TODAY) == {Written.TAKEN_AGAIN: 1}
    assert answers("reason") == {"97": "most", OTHERS: ""}, "one reporter of 50 is left; those of 4 wait"
    assert actions.write_snapshots(TODAY) == {}


def test_a_changed_answer_does_not_come_in_with_somebody_elses_withdrawal() -> None:
    """Else one network could ask each night whether another gave the answer that it changes to."""
    receipts = tell_all(6, outcome="pending")
    tell(7, outcome="paid")
    at_night()
    assert answers("outcome") == {"pending": "most", OTHERS: ""}
    tell(6, outcome="paid")
    actions.withdraw(receipts[0], TODAY)
    at_night()
    assert answers("outcome") == {"pending": "most", OTHERS: ""}


def test_a_report_leaves_after_24_months_and_an_old_block_with_it() -> None:
    tell_all(5)
    at_night()
    at_night(date(2028, 7, 15))
    assert shown() is not None
    at_night(date(2028, 7, 16))
    assert shown() is None


def test_after_a_block_disappeared_one_new_person_does_not_bring_it_back() -> None:
    receipts = tell_all(5)
    at_night()
    actions.withdraw(receipts[0], TODAY)
    at_night()
    for who in (6, 7, 8, 9):
        tell(who)
        at_night()
        assert shown() is None, "it would differ from the hidden one by fewer than five people"
    tell(10)
    at_night()
    assert shown() is not None


def test_one_who_comes_as_one_goes_is_not_told_apart_by_the_two_blocks() -> None:
    receipts = tell_all(5)
    at_night()
    tell(6, reason="50")
    actions.withdraw(receipts[0], TODAY)
    at_night()
    assert shown() is None, "four of the five are left, and the sixth alone would be what is new"


def test_who_withdraws_and_reports_again_is_no_newcomer() -> None:
    receipts = tell_all(5)
    at_night()
    for receipt in receipts:
        actions.withdraw(receipt, TODAY)
    at_night()
    tell_all(5)
    at_night()
    assert shown() is None


def test_a_snapshot_is_never_changed() -> None:
    tell_all(5)
    at_night()
    snapshot = Snapshot.objects.get()
    with pytest.raises(TypeError, match="never changed"):
        snapshot.save()


def test_staff_can_take_a_block_down() -> None:
    tell_all(5)
    at_night()
    assert actions.take_down(Snapshot.objects.all()) == 1
    assert queries.patterns(CODE) is None
    assert actions.take_down(Snapshot.objects.all()) == 0
    at_night()
    assert queries.patterns(CODE) is None


def test_an_outcome_that_is_added_counts_from_the_next_step_on() -> None:
    receipts = tell_all(5)
    at_night()
    for receipt in receipts:
        assert actions.add_outcome(
            receipt, {"action": "appeal_1", "outcome": "paid", "what_worked": ""}, TODAY
        )
    at_night()
    assert answers("outcome") == {}
    for who in range(6, 11):
        tell(who)
    at_night()
    assert answers("outcome") == {"paid": "most"}


def test_one_reporter_of_a_hundred_reports_enters_with_three() -> None:
    for number in range(100):
        tell(1, reason=str(number + 1))
    for who in range(2, 26):
        tell(who, reason="97" if who < 22 else "50")
    at_night()
    assert shown()[1]["reason"] == [["97", "", 75], [OTHERS, "", 25]]  # type: ignore[index]


SUBMIT = st.tuples(
    st.just("submit"),
    st.integers(1, 14),
    st.sampled_from(["97", "50", "4"]),
    st.sampled_from(["medicare", "commercial"]),
    st.sampled_from(["", "25", "25 59"]),
    st.sampled_from(["", "appeal_1", "corrected"]),
    st.sampled_from(["", "paid", "upheld"]),
)
OTHER = st.tuples(st.sampled_from(["reject", "accept", "withdraw", "night", "night"]), st.integers(0, 40))
STEPS = st.lists(st.one_of(SUBMIT, SUBMIT, SUBMIT, OTHER), min_size=8, max_size=60)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(STEPS)
def test_no_sequence_of_events_tells_of_fewer_than_five(sequence: list[tuple[Any, ...]]) -> None:
    with transaction.atomic():
        try:
            _play(sequence)
        finally:
            transaction.set_rollback(True)


def _play(sequence: list[tuple[Any, ...]]) -> None:
    receipts: dict[int, str] = {}
    steps: list[set[int]] = []
    for event, *what in sequence:
        before = shown()
        _happen(event, what, receipts)
        if event != "night":
            assert shown() == before
            continue
        accepted = list(Report.objects.filter(code=CODE, state=ReportState.ACCEPTED))
        done = actions.write_snapshots(TODAY)
        if len({report.reporter_id for report in accepted}) < 5:
            assert queries.patterns(CODE) is None
        if done.get(Written.TAKEN):
            steps.append({report.reporter_id for report in accepted})
        if done.get(Written.TAKEN) or done.get(Written.TAKEN_AGAIN):
            _assert_nothing_small(
                Snapshot.objects.shown().get(), list(Report.objects.filter(in_snapshot=True))
            )
    assert all(len(one ^ other) >= 5 for one, other in combinations(steps, 2))


def _happen(event: str, what: list[Any], receipts: dict[int, str]) -> None:
    if event == "submit":
        who, reason, payer, modifiers, action, outcome = what
        receipt = tell(
            who, reason=reason, payer_kind=payer, modifiers=modifiers, action=action, outcome=outcome
        )
        receipts[Report.objects.get(receipts__digest=digest(receipt)).pk] = receipt
        return
    keys = sorted(Report.objects.values_list("pk", flat=True))
    if not keys or event == "night":
        return
    key = keys[what[0] % len(keys)]
    if event == "withdraw":
        assert actions.withdraw(receipts[key], TODAY)
    else:
        state = ReportState.REJECTED if event == "reject" else ReportState.ACCEPTED
        actions.decide(Report.objects.filter(pk=key), state, "staff", "a test", TODAY)


def _assert_nothing_small(snapshot: Snapshot, counted: list[Report]) -> None:
    """Count again, in another way: who is behind each line, and behind what is not shown."""
    people = {report.reporter_id for report in counted}
    assert 5 <= snapshot.floor <= len(people) < 20
    entering = [report for reporter in people for report in _latest_three(counted, reporter)]
    for question in QUESTIONS:
        who = _people_by_answer(entering, question)
        shared = {answer for answer, behind in who.items() if len(behind) >= 2}
        rows = snapshot.tables[question]
        assert {answer for answer, _, _ in rows} - {OTHERS} == shared
        assert (OTHERS in [answer for answer, _, _ in rows]) == bool(shared and len(shared) < len(who))
        assert all(percent is None for _, _, percent in rows)


def _people_by_answer(reports: list[Report], question: str) -> dict[str, set[int]]:
    people: dict[str, set[int]] = {}
    for report in reports:
        if answer := as_counted(report).answers[question]:
            people.setdefault(answer, set()).add(report.reporter_id)
    return people


def _latest_three(accepted: list[Report], reporter: int) -> list[Report]:
    return sorted((r for r in accepted if r.reporter_id == reporter), key=lambda r: r.pk)[-3:]
