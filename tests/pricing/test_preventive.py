"""Preventive services: Claims Processing Manual, ch. 18, §1.2 and §1.3."""

from dataclasses import replace
from decimal import Decimal

import pytest

from codes.pricing import Shares
from tests.pricing.figures import IN_DOLLARS, made_up, price_made_up


def _shares(code: str, *modifiers: str) -> Shares:
    at = replace(IN_DOLLARS, deductible_remaining=Decimal("283"))
    shares = price_made_up(made_up(code, "100.00"), *modifiers, circumstances=at).shares
    assert shares is not None
    return shares


@pytest.mark.parametrize("code", ["G0402", "G0439", "77067", "G0121", "G0447", "97802", "99406"])
def test_a_listed_service_has_neither_deductible_nor_coinsurance(code: str) -> None:
    shares = _shares(code)
    assert (shares.patient, shares.medicare_after_sequestration) == (Decimal(0), Decimal("98.00"))


@pytest.mark.parametrize("code", ["G0117", "G0108", "G0403", "G0102", "99497"])
def test_preventive_services_that_are_not_waived_have_the_ordinary_shares(code: str) -> None:
    assert _shares(code).deductible == Decimal("100.00")


def test_modifier_33_alone_waives_nothing() -> None:
    assert _shares("99213", "33").patient == Decimal("100.00")


def test_the_waiver_names_its_conditions() -> None:
    priced = price_made_up(made_up("G0439", "100.00"))
    assert any("conditions for it are met" in note for note in priced.notes)
