"""What is shown as reports come and go."""

from itertools import combinations
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contributions import actions, queries
from contributions.anonymity import WITHHELD
from contributions.choices import State
from contributions.models import Report, ReporterOrdinal, Snapshot
from contributions.snapshots import QUESTIONS, as_counted
from tests.contributions.telling import CODE, OTHER_CODE, TODAY, tell, tell_all

pytestmark = pytest.mark.django_db


def shown() -> tuple[int, dict[str, Any]] | None:
    """(floor, tables) of what is shown of the code."""
    snapshot = Snapshot.objects.shown().filter(code=CODE).first()
    return (snapshot.floor, snapshot.tables) if snapshot else None


def reject(*keys: int) -> None:
    actions.decide(Report.objects.filter(pk__in=keys), State.REJECTED, "staff", "a test", TODAY)


def test_four_reporters_are_nothing_and_the_fifth_is_there_at_once() -> None:
    tell_all(4)
    assert queries.patterns(CODE) is None
    tell(5)
    found = queries.patterns(CODE)
    assert found is not None
    assert found.at_least == 5


def test_six_to_nine_change_nothing_and_the_tenth_changes_it_once() -> None:
    tell_all(5)
    fifth = Snapshot.objects.get()
    for who in (6, 7, 8, 9):
        tell(who, reason="50", payer_kind="commercial")
        assert Snapshot.objects.get() == fifth
        assert shown() == (5, fifth.tables)
    tell(10)
    assert shown() is not None
    assert shown()[0] == 10  # type: ignore[index]
    assert Snapshot.objects.count() == 2


def test_the_same_reporter_five_times_is_one() -> None:
    for reason in ("97", "50", "4", "18", "29"):
        tell(1, reason=reason)
    assert Report.objects.count() == 5
    assert ReporterOrdinal.objects.count() == 1
    assert shown() is None


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
    tell(1)
    tell(1, code=OTHER_CODE)
    first, second = ReporterOrdinal.objects.all()
    assert first.digest != second.digest


def test_a_held_report_does_not_count() -> None:
    tell_all(4)
    tell(5, hold="a burst")
    assert shown() is None
    actions.decide(Report.objects.filter(state=State.HELD), State.ACCEPTED, "staff", "looked at it", TODAY)
    assert shown() is not None


def test_a_rejected_report_that_is_sent_again_waits_for_a_person() -> None:
    tell(1)
    reject(Report.objects.get().pk)
    tell(1)
    report = Report.objects.get()
    assert (report.state, report.held_because) == (State.HELD, "sent again after a rejection")


def test_a_held_report_that_is_sent_again_stays_held() -> None:
    tell(1, hold="a burst")
    tell(1)
    assert Report.objects.get().state == State.HELD


def test_below_five_the_block_disappears() -> None:
    receipts = tell_all(5)
    assert actions.withdraw(receipts[0], TODAY)
    assert shown() is None
    assert Report.objects.count() == 4


def test_above_five_a_withdrawal_changes_nothing_until_the_next_step() -> None:
    receipts = tell_all(6)
    before = shown()
    actions.withdraw(receipts[0], TODAY)
    assert shown() == before


def test_a_withdrawn_report_drops_out_at_the_next_step() -> None:
    receipts = tell_all(6, reason="50")
    actions.withdraw(receipts[0], TODAY)
    for who in range(7, 12):
        tell(who, reason="97")
    assert shown() is not None
    assert shown()[1]["reason"] == [["50", 50], ["97", 50]]  # type: ignore[index]


def test_after_a_block_disappeared_one_new_person_does_not_bring_it_back() -> None:
    receipts = tell_all(5)
    actions.withdraw(receipts[0], TODAY)
    for who in (6, 7, 8, 9):
        tell(who)
        assert shown() is None, "it would differ from the hidden one by fewer than five people"
    tell(10)
    assert shown() is not None


def test_who_withdraws_and_reports_again_is_no_newcomer() -> None:
    for receipt in tell_all(5):
        actions.withdraw(receipt, TODAY)
    tell_all(5)
    assert shown() is None


def test_a_snapshot_is_never_changed() -> None:
    tell_all(5)
    snapshot = Snapshot.objects.get()
    with pytest.raises(TypeError, match="never changed"):
        snapshot.save()


def test_staff_can_take_a_block_down() -> None:
    tell_all(5)
    assert actions.take_down(Snapshot.objects.all()) == 1
    assert queries.patterns(CODE) is None
    assert actions.take_down(Snapshot.objects.all()) == 0


def test_an_overturn_rate_appears_when_five_won_and_five_lost() -> None:
    for who in range(1, 11):
        tell(who, action="appeal_1", outcome="paid" if who % 2 else "upheld")
    found = queries.patterns(CODE)
    assert found is not None
    assert found.overturned == 50


def test_an_outcome_that_is_added_counts_from_the_next_step_on() -> None:
    receipts = tell_all(5)
    for receipt in receipts:
        assert actions.add_outcome(
            receipt, {"action": "appeal_1", "outcome": "paid", "what_worked": ""}, TODAY
        )
    assert shown()[1]["outcome"] == []  # type: ignore[index]
    for who in range(6, 11):
        tell(who)
    assert shown()[1]["outcome"] == [["paid", 100]]  # type: ignore[index]
    assert shown()[1]["overturned"] == 100  # type: ignore[index]


SUBMIT = st.tuples(
    st.just("submit"),
    st.integers(1, 14),
    st.sampled_from(["97", "50", "4"]),
    st.sampled_from(["medicare", "commercial"]),
    st.sampled_from(["", "25", "25 59"]),
    st.sampled_from(["", "appeal_1", "corrected"]),
    st.sampled_from(["", "paid", "upheld"]),
)
OTHER = st.tuples(st.sampled_from(["reject", "accept", "withdraw"]), st.integers(0, 40))
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
    pictures: list[set[int]] = []
    for event, *what in sequence:
        _happen(event, what, receipts)
        accepted = list(Report.objects.filter(code=CODE, state=State.ACCEPTED))
        people = {report.reporter_id for report in accepted}
        if Snapshot.objects.count() > len(pictures):
            _assert_nothing_small(Snapshot.objects.last(), accepted)
            pictures.append(people)
        if len(people) < 5:
            assert queries.patterns(CODE) is None
    assert all(len(one ^ other) >= 5 for one, other in combinations(pictures, 2))


def _happen(event: str, what: list[Any], receipts: dict[int, str]) -> None:
    if event == "submit":
        who, reason, payer, modifiers, action, outcome = what
        receipt = tell(
            who, reason=reason, payer_kind=payer, modifiers=modifiers, action=action, outcome=outcome
        )
        receipts[Report.objects.get(receipts__digest=actions.receipts.digest(receipt)).pk] = receipt
        return
    keys = sorted(Report.objects.values_list("pk", flat=True))
    if not keys:
        return
    key = keys[what[0] % len(keys)]
    if event == "withdraw":
        assert actions.withdraw(receipts[key], TODAY)
    else:
        state = State.REJECTED if event == "reject" else State.ACCEPTED
        actions.decide(Report.objects.filter(pk=key), state, "staff", "a test", TODAY)


def _assert_nothing_small(snapshot: Snapshot | None, accepted: list[Report]) -> None:
    """Count again, in another way: who is behind each line, and behind what is not shown."""
    assert snapshot is not None
    people = {report.reporter_id for report in accepted}
    assert 5 <= snapshot.floor <= len(people)
    entering = [report for reporter in people for report in _latest_three(accepted, reporter)]
    for question in QUESTIONS:
        rows = snapshot.tables[question]
        told = [row[0] for row in rows]
        who = _people_by_answer(entering, question)
        rest = set().union(*(people for answer, people in who.items() if answer not in told))
        assert all(len(who[answer]) >= 5 for answer in told if answer != WITHHELD)
        assert all(row[1] % 5 == 0 for row in rows)
        if rows:
            assert (len(rest) >= 5) if WITHHELD in told else not rest


def _people_by_answer(reports: list[Report], question: str) -> dict[str, set[int]]:
    people: dict[str, set[int]] = {}
    for report in reports:
        if answer := as_counted(report).answers[question]:
            people.setdefault(answer, set()).add(report.reporter_id)
    return people


def _latest_three(accepted: list[Report], reporter: int) -> list[Report]:
    return sorted((r for r in accepted if r.reporter_id == reporter), key=lambda r: r.pk)[-3:]
