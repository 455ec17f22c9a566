"""Form tokens: bound, neither young nor old, single use."""

from datetime import timedelta

import pytest

from contributions import tokens
from contributions.models import SpentToken
from contributions.tokens import Verdict
from tests.contributions.telling import CODE, OTHER_CODE, TODAY

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("age", "verdict"),
    [
        (0, Verdict.YOUNG),
        (2, Verdict.YOUNG),
        (3, Verdict.GOOD),
        (86_400, Verdict.GOOD),
        (86_401, Verdict.OLD),
    ],
)
def test_a_token_is_good_from_three_seconds_to_a_day(age: int, verdict: Verdict) -> None:
    assert tokens.check(tokens.issue(CODE, 1_000), CODE, 1_000 + age) is verdict


def test_a_clock_that_was_set_back_holds_nobody_up_until_it_catches_up() -> None:
    """WRONG brings a new token; YOUNG would keep the old one."""
    token = tokens.issue(CODE, 100_000)
    assert tokens.check(token, CODE, 100_000 - 59) is Verdict.YOUNG
    assert tokens.check(token, CODE, 100_000 - 86_400) is Verdict.WRONG


def test_a_token_is_bound_to_its_code() -> None:
    assert tokens.check(tokens.issue(CODE, 0), OTHER_CODE, 10) is Verdict.WRONG


def test_a_token_that_was_changed_is_wrong() -> None:
    token = tokens.issue(CODE, 0)
    assert tokens.check(token[:-1] + ("a" if token[-1] != "a" else "b"), CODE, 10) is Verdict.WRONG


def test_a_token_is_spent_once() -> None:
    token = tokens.issue(CODE, 0)
    assert tokens.spend(token, TODAY)
    assert tokens.check(token, CODE, 10) is Verdict.USED
    assert not tokens.spend(token, TODAY)


def test_spent_tokens_are_forgotten_after_two_days() -> None:
    tokens.spend(tokens.issue(CODE, 0), TODAY)
    tokens.spend(tokens.issue(CODE, 0), TODAY + timedelta(days=3))
    assert SpentToken.objects.count() == 1
