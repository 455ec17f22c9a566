"""Shares by kind of practitioner."""

from dataclasses import replace

import pytest

from codes.pricing import PRACTITIONERS
from tests.pricing.figures import IN_2026, IN_DOLLARS, made_up, price, price_made_up

SHARES = {
    "pa": "85.00",
    "np": "85.00",
    "cns": "85.00",
    "rd": "85.00",
    "csw": "75.00",
    "mft": "75.00",
    "mhc": "75.00",
}


@pytest.mark.parametrize("kind", sorted(PRACTITIONERS))
def test_practitioner_has_a_share_of_the_fee(kind: str) -> None:
    at, code = replace(IN_DOLLARS, practitioner=kind), "97802" if kind == "rd" else "10000"
    assert str(price_made_up(made_up(code), circumstances=at).allowed) == SHARES.get(kind, "100.00")


def test_social_worker_has_three_quarters_of_psychotherapy() -> None:
    assert str(price("90834", circumstances=replace(IN_2026, practitioner="csw")).allowed) == "85.43"


def test_unknown_practitioner_is_refused() -> None:
    refusal = price("99213", circumstances=replace(IN_2026, practitioner="wizard")).refusal
    assert refusal is not None
    assert refusal.kind == "practitioner"


@pytest.mark.parametrize(
    "kind", ["pa", "np", "cns", "crna", "cnm", "psychologist", "csw", "mft", "mhc", "rd", "aa"]
)
def test_those_bound_to_assignment_are_paid_as_participating(kind: str) -> None:
    bound = replace(IN_DOLLARS, practitioner=kind, participating=False, assigned=False)
    free = replace(IN_DOLLARS, practitioner=kind)
    assert (
        price_made_up(made_up(), circumstances=bound).allowed
        == price_made_up(made_up(), circumstances=free).allowed
    )
