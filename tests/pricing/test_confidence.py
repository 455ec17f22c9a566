"""The confidence of a line is the lowest of its reasons."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from codes.pricing import Gpci, Locality
from tests.pricing.figures import IN_2025, IN_2026, claim, line, price

FLOORED = Locality("10112", "00", "ALABAMA", "AL", Gpci(Decimal("1.000"), Decimal("0.875"), Decimal("0.566")))
CHARGE = Decimal("9999")


@pytest.mark.parametrize(
    "modifiers",
    [(), ("25",), ("24",), ("57",), ("59",), ("XS",), ("76",), ("77",), ("GC",), ("95",), ("KX",), ("LT",)],
)
def test_plain_line_with_its_charge_is_high(modifiers: tuple[str, ...]) -> None:
    confidence = price("99213", *modifiers, charge=CHARGE).confidence
    assert (confidence.level, confidence.reasons) == ("High", ())


def test_a_charge_that_is_not_given_is_a_note_and_no_doubt() -> None:
    priced = price("99213")
    assert priced.confidence.level == "High"
    assert "If you charge less, Medicare allows your charge." in priced.notes
    assert "If you charge less, Medicare allows your charge." not in price("99213", charge=CHARGE).notes


@pytest.mark.parametrize(
    ("code", "modifier", "fields"),
    [("64721", "50", {}), ("22551", "62", {}), ("27447", "80", {}), ("66984", "54", {}),
     ("66984", "55", {"care_days": 30}), ("45378", "53", {}), ("49505", "78", {})],
)  # fmt: skip
def test_fixed_percentage_is_high_only_if_all_lines_of_the_day_are_known(
    code: str, modifier: str, fields: dict[str, Any]
) -> None:
    fields |= {"place_of_service": "22", "charge": CHARGE}
    known = replace(IN_2026, all_lines_known=True)
    assert price(code, modifier, **fields).confidence.level == "Medium"
    assert price(code, modifier, circumstances=known, **fields).confidence.level == "High"


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        ({"qualifying_apm": True}, "Medium"),
        ({"date_of_service": date(2026, 12, 31)}, "High"),
        ({"date_of_service": date(2027, 1, 1)}, "Low"),
        ({"locality": replace(FLOORED, spans_zip=True)}, "Medium"),
        ({"locality": FLOORED}, "High"),
    ],
)
def test_circumstances_lower_the_confidence(changes: dict[str, Any], level: str) -> None:
    priced = price("99213", charge=CHARGE, circumstances=replace(IN_2026, **changes))
    assert priced.confidence.level == level


@pytest.mark.parametrize(("day", "level"), [(date(2025, 11, 11), "Medium"), (date(2025, 11, 12), "High")])
def test_lapse_of_the_work_floor_lowers_the_confidence_where_the_floor_may_bind(
    day: date, level: str
) -> None:
    at = replace(IN_2025, date_of_service=day, locality=FLOORED)
    assert price("76376", charge=CHARGE, circumstances=at).confidence.level == level


@pytest.mark.parametrize("modifier", ["22", "52", "81"])
def test_what_the_mac_decides_is_low(modifier: str) -> None:
    assert price("27447", modifier, place_of_service="22", charge=CHARGE).confidence.level == "Low"


def test_refused_line_has_no_confidence() -> None:
    confidence = price("36415").confidence
    assert confidence.level == "None"
    assert "status X" in confidence.reasons[0]


def test_claim_has_the_lowest_confidence_of_its_lines() -> None:
    assert (
        claim(line("99213", "25", charge=CHARGE), line("27447", "22", charge=CHARGE)).confidence.level
        == "Low"
    )


def test_claim_with_an_amount_set_elsewhere_is_low_and_says_so() -> None:
    confidence = claim(line("99213", charge=CHARGE), line("36415")).confidence
    assert confidence.level == "Low"
    assert "the total leaves out lines without an amount: 36415" in confidence.reasons


def test_claim_with_a_denied_line_keeps_its_confidence() -> None:
    assert claim(line("99213", charge=CHARGE), line("36591", charge=CHARGE)).confidence.level == "High"


def test_claim_without_any_amount_has_none() -> None:
    assert claim(line("36415")).confidence.level == "None"


def test_visit_beside_a_procedure_without_25_is_medium() -> None:
    lines = [line("20610", charge=CHARGE), line("99213", charge=CHARGE)]
    assert claim(*lines).lines[1].confidence.level == "Medium"
    lines[1] = line("99213", "25", charge=CHARGE)
    assert claim(*lines).lines[1].confidence.level == "High"


def test_what_a_claim_check_leaves_to_the_mac_is_low() -> None:
    priced = price("99213", left_to_mac="no listed primary")
    assert (priced.confidence.level, priced.confidence.reasons[0]) == ("Low", "no listed primary")
    denied = price("99213", denied="Bundled.", left_to_mac="can be bypassed")
    assert (denied.allowed, denied.confidence.level) == (None, "Low")
