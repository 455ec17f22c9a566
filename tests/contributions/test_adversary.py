"""An adversary with one network, who plants, watches, withdraws, changes browsers and clocks, against 0 to 4 others.

All that is seen from outside during the day never changes. Next morning it is the same for 0 to 3 honest reports; with
four, the adversary's own report truly makes five.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from contributions import throttling, tokens
from contributions.models import Report, Snapshot
from contributions.reports import actions, queries
from contributions.reports.anonymity import OTHERS
from tests.contributions.telling import CODE, at_night, tell
from tests.contributions.test_patterns import Bytes, everything

pytestmark = pytest.mark.usefixtures("codes")
AGENTS = (
    "Firefox/140.0",
    "Chrome/140.0 Safari/537.36",
    "Edg/140.0",
    "OPR/99.0",
    "Safari/605.1.15",
    "curl/8.0",
)


class Adversary:
    """One network (203.0.113.0/24, any address in it) with any browser and any clock."""

    def __init__(self, client: Client, clock: Any) -> None:
        self.client, self.clock, self.receipts = client, clock, list[str]()

    def plant(self, number: int, **answers: str) -> int:
        """Send a report as a browser would; the status."""
        form = {"payer_kind": "medicare", "reason": "97", "token": tokens.issue(CODE, self.clock.now - 10)}
        answer = self.client.post(
            f"/reports/{CODE}/new/",
            {**form, **answers},
            REMOTE_ADDR=f"203.0.113.{number}",
            HTTP_USER_AGENT=AGENTS[number % len(AGENTS)],
        )
        if receipt := answer.cookies.get("report_receipt"):
            self.receipts.append(receipt.value)
        return answer.status_code

    def look(self) -> Bytes:
        return everything(self.client)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A clock that the test sets."""

    class Clock:
        now = 1_784_120_400.0

    monkeypatch.setattr("contributions.views.report.time.time", lambda: Clock.now)
    return Clock


def attack(client: Client, clock: Any, honest: int) -> tuple[list[Bytes], Bytes]:
    """What the adversary sees during the day, look by look, and the next morning."""
    adversary, today = Adversary(client, clock), timezone.localdate()
    for who in range(1, honest + 1):
        tell(who, today=today, reason="50", payer_kind="commercial")
    looks = [adversary.look()]
    for number, reason in enumerate(("97", "50", "4", "18", "29", "16"), start=1):
        clock.now += 3_700 * number
        assert adversary.plant(number, reason=reason, payer_kind="commercial") == 302
        looks.append(adversary.look())
    for receipt in adversary.receipts[:3]:
        assert actions.withdraw(receipt, today)
        looks.append(adversary.look())
    at_night(today)
    return looks, adversary.look()


@pytest.mark.parametrize("honest", [0, 1, 2, 3, 4])
def test_during_the_day_the_adversary_sees_no_change(client: Client, clock: Any, honest: int) -> None:
    looks, _ = attack(client, clock, honest)
    assert all(look == looks[0] for look in looks)


def test_next_morning_nought_to_three_others_look_the_same_and_four_make_five(
    client: Client, clock: Any
) -> None:
    mornings = []
    for honest in range(5):
        _, morning = attack(client, clock, honest)
        mornings.append(morning)
        Report.objects.all().delete()
        Snapshot.objects.all().delete()
        throttling.forget_everything()
    assert all(morning == mornings[0] for morning in mornings[:4])
    assert mornings[4] != mornings[0]
    assert b"5+ reporters" in mornings[4]["page"][1]


def test_with_four_others_withdrawing_tells_next_morning_that_four_are_left_and_no_more(
    client: Client, clock: Any
) -> None:
    nothing = everything(client)
    adversary, today = Adversary(client, clock), timezone.localdate()
    for who in range(1, 5):
        tell(who, today=today)
    adversary.plant(1)
    at_night(today)
    assert queries.patterns(CODE) is not None
    actions.withdraw(adversary.receipts[0], today)
    at_night(today)
    assert everything(client) == nothing
    adversary.plant(2)
    for night in range(3):
        at_night(today + timedelta(days=night))
    assert everything(client) == nothing, (
        "who withdrew is no newcomer: the block cannot be switched on and off"
    )


def test_four_networks_learn_of_the_fifth_whether_it_agrees_with_a_guess_a_question(
    client: Client, clock: Any
) -> None:
    """What remains, in figures (docs/privacy.md): each question tells whether the fifth reporter gave one of the
    answers that the four planted, four guesses at most, and else that the answer is none of them."""
    today = timezone.localdate()
    for who, guess in enumerate(("97", "50", "4", "18"), start=1):
        tell(who, today=today, reason=guess)
    tell(5, today=today, reason="18")
    at_night(today)
    found = queries.patterns(CODE)
    assert found is not None
    reasons = [(row.answer, row.word) for row in found.tables[0].rows]
    assert reasons == [("18", "several"), (OTHERS, "")]
