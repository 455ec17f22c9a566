"""Laboratory tests at the rate of their own fee schedule."""

from dataclasses import replace
from decimal import Decimal

from codes.pricing.schedules.kinds import LABORATORY
from codes.pricing.schedules.listed import ListedAmount
from tests.pricing.figures import IN_2026, claim, line, price


def rate(dollars: str) -> ListedAmount:
    return ListedAmount(
        schedule=LABORATORY,
        release="2026 Q1",
        amount=Decimal(dollars),
        coinsurance=Decimal(0),
        deductible=False,
    )


AT = replace(
    IN_2026,
    listed={"36415": (rate("9.34"),), "83020": (replace(rate("9.34"), amount=None, why="The MAC sets it."),)},
    deductible_remaining=Decimal("283"),
)


def test_laboratory_rate_is_paid_without_cost_sharing() -> None:
    priced = price("36415", units=2, charge=Decimal("30"), circumstances=AT)
    assert str(priced.allowed) == "18.68"
    assert priced.shares is not None
    assert (str(priced.shares.patient), str(priced.shares.medicare_after_sequestration)) == ("0.00", "18.31")
    assert priced.confidence.level == "High"


def test_lower_charge_is_paid_for_a_laboratory_test() -> None:
    assert str(price("36415", charge=Decimal("8.00"), circumstances=AT).allowed) == "8.00"


def test_nonparticipating_physician_is_not_reduced_on_a_laboratory_test() -> None:
    at = replace(AT, participating=False, assigned=False)
    priced = price("36415", circumstances=at)
    assert str(priced.allowed) == "9.34"
    assert priced.shares is not None
    assert not priced.shares.nonparticipating


def test_rate_of_nothing_is_priced_by_the_mac() -> None:
    refusal = price("83020", circumstances=AT).refusal
    assert refusal is not None
    assert refusal.kind == "mac_priced"


def test_laboratory_test_leaves_the_deductible_to_other_lines() -> None:
    priced = claim(line("36415"), line("99213"), circumstances=AT)
    assert [str(each.shares.deductible) for each in priced.lines if each.shares] == ["0.00", "95.19"]


def test_laboratory_rate_says_nothing_of_indices_or_of_apm_participants() -> None:
    priced = price("36415", charge=Decimal("30"), circumstances=replace(AT, qualifying_apm=True))
    assert not any("indices" in note for note in priced.notes)
    assert priced.confidence.level == "High"
