"""Film, computed radiography and older CT scanners: taken off the technical component only."""

from dataclasses import replace
from datetime import date

import pytest

from tests.pricing.figures import IN_2026, formula_of, made_up, price, price_made_up


@pytest.mark.parametrize(
    ("modifiers", "amount"),
    [(("FX", "TC"), "18.44"), (("FX",), "28.46"), (("FY", "TC"), "20.75"), (("FY",), "30.77")],
)
def test_older_xray_loses_a_share_of_its_technical_component(modifiers: tuple[str, ...], amount: str) -> None:
    assert str(price("71046", *modifiers).allowed) == amount


@pytest.mark.parametrize("modifier", ["FX", "FY"])
def test_interpretation_of_an_older_xray_loses_nothing(modifier: str) -> None:
    priced = price("71046", "26", modifier)
    assert str(priced.allowed) == "10.02"
    assert any("this line has none" in note for note in priced.notes)


def test_computed_radiography_lost_7_percent_before_2023() -> None:
    at = replace(IN_2026, date_of_service=date(2022, 12, 31), release_effective=date(2022, 10, 1))
    assert (
        formula_of(price("71046", "TC", "FY", circumstances=at), "equipment") == "23.05 × (1 − 0.07) = 21.44"
    )


@pytest.mark.parametrize(("modifiers", "amount"), [(("CT", "TC"), "57.07"), (("CT",), "96.48")])
def test_older_ct_scanner_loses_15_percent_of_the_technical_component(
    modifiers: tuple[str, ...], amount: str
) -> None:
    priced = price("70450", *modifiers)
    assert (str(priced.allowed), priced.confidence.level) == (amount, "Medium")


def test_film_on_a_visit_is_refused() -> None:
    refusal = price("99213", "FX").refusal
    assert refusal is not None
    assert "PC/TC indicator 0" in refusal.text


def test_technical_amount_that_is_not_held_takes_nothing_off_and_is_doubted() -> None:
    priced = price_made_up(made_up(pctc="1"), "FX")
    assert (str(priced.allowed), priced.confidence.level) == ("100.00", "Low")
