"""Claims: totals, denied lines, and what a user may type."""

from decimal import Decimal
from typing import Any

import pytest

from codes.pricing import price_claim
from tests.pricing.figures import IN_2026, RVU26C, claim, line, price


def test_totals_add_the_lines_that_have_an_amount() -> None:
    priced = claim(line("99213"), line("71046"), line("36415"))
    assert str(priced.total_allowed) == "128.26"
    assert priced.total_medicare + priced.total_patient == sum(
        each.shares.provider_collects for each in priced.lines if each.shares
    )


def test_empty_claim_is_nothing() -> None:
    priced = price_claim(RVU26C, [], IN_2026)
    assert (priced.lines, str(priced.total_allowed)) == ((), "0.00")


def test_caveat_stands_on_every_claim() -> None:
    assert (
        claim(line("99213")).notes[0].startswith("Estimate of the Medicare allowed amount, not a guarantee")
    )


def test_denied_line_carries_the_reason_of_the_claim_check() -> None:
    refusal = price("76376", denied="column 2 of an edit with 76377").refusal
    assert refusal is not None
    assert (refusal.text, str(refusal.medicare_pays)) == ("column 2 of an edit with 76377", "0.00")


@pytest.mark.parametrize(
    ("modifier", "liability"), [("GY", "patient"), ("GX", "patient"), ("GZ", "provider")]
)
def test_liability_modifier_denies_the_line_and_says_who_pays(modifier: str, liability: str) -> None:
    refusal = price("99213", modifier).refusal
    assert refusal is not None
    assert (str(refusal.medicare_pays), refusal.liability) == ("0.00", liability)


def test_notice_on_file_leaves_the_amount() -> None:
    assert str(price("99213", "GA").allowed) == "95.19"


@pytest.mark.parametrize(
    "fields",
    [
        {"units": 0},
        {"units": -3},
        {"units": 10**9},
        {"charge": Decimal("-1")},
        {"charge": Decimal("NaN")},
        {"charge": Decimal("1e40")},
        {"place_of_service": "zz"},
        {"modifiers": ("",)},
        {"modifiers": ("50", "50", "LT", "RT", "59")},
        {"care_days": -9, "modifiers": ("55",)},
        {"minutes": 10**9, "base_units": -5},
    ],
)
@pytest.mark.parametrize("code", ["64721", "76376", "36415", "00100", "nothing"])
def test_nothing_that_a_user_types_raises(code: str, fields: dict[str, Any]) -> None:
    rest = {name: value for name, value in fields.items() if name != "modifiers"}
    typed = line(code, *fields.get("modifiers", ()), **rest)
    priced = price_claim(RVU26C, [typed], IN_2026).lines[0]
    assert (priced.allowed is None) is (priced.refusal is not None)


def test_charge_of_nothing_is_allowed_at_nothing() -> None:
    assert str(price("99213", charge=Decimal(0)).allowed) == "0.00"
