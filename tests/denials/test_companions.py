"""A denial that turns on a claim rule between two codes of one day."""

from collections.abc import Callable
from datetime import date

import pytest
from django.http import HttpResponse

from codes.denials.advice import Advice, advise
from codes.denials.companions import rules_between
from codes.denials.denial import CodeFacts, Denial
from codes.denials.payers import Payer
from codes.denials.routes import Route

DAY = date(2026, 8, 1)


def _advice(code: str, other: str, *, modifiers: str = "", payer: Payer = Payer.MEDICARE) -> Advice:
    denial = Denial(
        reason="97",
        group="CO",
        code=code,
        other_code=other,
        modifiers=frozenset(modifiers.split()),
        payer=payer,
    )
    facts = CodeFacts(is_pair_checked=True, rules=rules_between(denial, None, None, DAY))
    return advise(denial, facts, DAY)


def test_what_a_package_includes_is_written_off_by_its_rule() -> None:
    advice = _advice("59425", "59400")
    assert advice.route is Route.WRITE_OFF
    assert advice.why.startswith(
        "The obstetric packages 59400 and 59510 include antepartum and postpartum care."
    )
    assert advice.sources == "NCCI Policy Manual 2026, ch. VII, §G.1"


@pytest.mark.parametrize(
    ("code", "other"), [("59400", "59425"), ("59425", "59409"), ("59425", "99213"), ("59425", "")]
)
def test_a_rule_that_does_not_hold_between_the_two_decides_nothing(code: str, other: str) -> None:
    assert _advice(code, other).route is Route.INFORMATION


def test_what_a_modifier_lifts_is_reopened_and_only_where_it_is_missing() -> None:
    assert _advice("99213", "99291").route is Route.REOPENING
    assert "Add 25" in _advice("99213", "99291").unless
    assert _advice("99213", "99291", modifiers="25").route is not Route.REOPENING


def test_medicares_rule_is_not_laid_on_a_commercial_plan() -> None:
    assert _advice("59425", "59400", payer=Payer.COMMERCIAL).route is Route.INFORMATION
    assert _advice("59425", "59400", payer=Payer.ADVANTAGE).route is Route.WRITE_OFF


@pytest.mark.django_db
def test_the_page_lists_beside_another_code_only_the_rules_between_the_two(
    get: Callable[..., HttpResponse],
) -> None:
    alone = get("/denials/?reason=CO-97&code=99213").content.decode()
    beside = get("/denials/?reason=CO-97&code=99213&other=20610").content.decode()
    assert "initial hospital visit" in alone
    assert "initial hospital visit" not in beside
