"""Newcomers from one larger network, or within one hour: staff look first, and nobody outside sees a difference."""

import pytest

from contributions.models import NewcomerMark, Report
from contributions.reports import actions, queries
from contributions.reports.choices import ReportState
from contributions.reports.crowds import BECAUSE
from contributions.reports.snapshots import Written
from contributions.sender import Sender
from tests.contributions.telling import CODE, TODAY, at_night, sender, tell, tell_all

pytestmark = pytest.mark.django_db
NINE = 1_784_120_400.0  # Jul 15, 2026, 9:00 in New York
HOUR = 3600.0


def neighbors(*numbers: int) -> list[Sender]:
    """Networks of their own within one /16."""
    return [Sender(f"203.0.{number}.0/24") for number in numbers]


def test_three_of_five_from_one_larger_network_are_held_for_staff() -> None:
    for who in (*neighbors(1, 2, 3), sender(4), sender(5)):
        tell(who)
    assert actions.write_snapshots(TODAY) == {Written.HELD: 1}
    assert queries.patterns(CODE) is None
    assert {(r.state, r.held_because) for r in Report.objects.all()} == {(ReportState.HELD, BECAUSE)}


def test_two_of_five_from_one_larger_network_are_not() -> None:
    for who in (*neighbors(1, 2), sender(3), sender(4), sender(5)):
        tell(who)
    assert actions.write_snapshots(TODAY) == {Written.TAKEN: 1}


def test_a_larger_network_of_ipv6_has_32_bits() -> None:
    for number in (1, 2, 3):
        tell(Sender(f"2001:db8:{number}::/48"))
    for who in (4, 5):
        tell(who)
    assert actions.write_snapshots(TODAY) == {Written.HELD: 1}


@pytest.mark.parametrize("start", [0, 20 * 60, 59 * 60])
def test_three_of_five_within_an_hour_are_held_wherever_the_hour_begins(start: float) -> None:
    for who, after in enumerate((0, 30 * 60, HOUR - 1, 5 * HOUR, 8 * HOUR), start=1):
        tell(who, now=NINE + start + after)
    assert actions.write_snapshots(TODAY) == {Written.HELD: 1}


def test_one_an_hour_is_no_crowd() -> None:
    for who in range(1, 6):
        tell(who, now=NINE + who * HOUR)
    assert actions.write_snapshots(TODAY) == {Written.TAKEN: 1}


def test_whom_staff_accept_are_shown_and_not_held_again() -> None:
    for who in (*neighbors(1, 2, 3), sender(4), sender(5)):
        tell(who)
    at_night()
    actions.decide(Report.objects.all(), ReportState.ACCEPTED, "robin", "a payer's new rule", TODAY)
    assert actions.write_snapshots(TODAY) == {Written.TAKEN: 1}


def test_a_crowd_of_newcomers_leaves_the_shown_block_as_it_is() -> None:
    tell_all(5)
    at_night()
    before = queries.patterns(CODE)
    for who in neighbors(1, 2, 3, 4, 5):
        tell(who, reason="50")
    assert actions.write_snapshots(TODAY) == {Written.HELD: 1}
    assert queries.patterns(CODE) == before


def test_who_withdraws_and_reports_again_keeps_the_mark() -> None:
    receipts = [tell(who) for who in neighbors(1, 2, 3)]
    for receipt in receipts:
        actions.withdraw(receipt, TODAY)
    for who in (*neighbors(1, 2, 3), sender(4), sender(5)):
        tell(who)
    assert actions.write_snapshots(TODAY) == {Written.HELD: 1}


def test_marks_go_when_a_snapshot_counts_their_reporters() -> None:
    for who in range(1, 6):
        tell(who, now=NINE + who * HOUR)
    withdrawn = tell(6, now=NINE + 7 * HOUR)
    actions.withdraw(withdrawn, TODAY)
    assert NewcomerMark.objects.count() == 18
    at_night()
    assert not NewcomerMark.objects.exists()
