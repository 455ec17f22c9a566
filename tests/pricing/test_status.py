"""Statuses in words, and status T beside other services."""

import pytest

from tests.pricing.figures import claim, line, made_up, price, price_made_up


def test_bundled_status_pays_nothing_and_the_patient_is_not_billed() -> None:
    refusal = price_made_up(made_up(status="B")).refusal
    assert refusal is not None
    assert (str(refusal.medicare_pays), refusal.liability) == ("0.00", "provider")


@pytest.mark.parametrize(
    ("code", "status", "payer"),
    [
        ("36415", "X", "Clinical laboratory fee schedule, or your MAC"),
        ("A0427", "X", "Ambulance fee schedule"),
        ("J7640", "E", "ASP drug payment limits, or the DME MAC"),
        ("S0812", "I", "Private payers"),
        ("99242", "I", ""),
        ("90678", "N", "Part D"),
    ],
)
def test_a_status_without_a_price_names_who_pays_for_this_code(code: str, status: str, payer: str) -> None:
    refusal = price_made_up(made_up(code=code, status=status)).refusal
    assert refusal is not None
    assert refusal.pays_elsewhere == payer
    assert refusal.text.count(". ") >= 1


def test_status_that_cms_has_not_explained_is_refused() -> None:
    refusal = price_made_up(made_up(status="Z")).refusal
    assert refusal is not None
    assert refusal.kind == "unknown_status"


def test_restricted_service_with_values_is_priced_at_medium_confidence() -> None:
    priced = price_made_up(made_up(status="R"), charge=made_up().work_rvu)
    assert (str(priced.allowed), priced.confidence.level) == ("100.00", "Medium")


def test_status_t_alone_is_paid() -> None:
    assert str(price("36591").allowed) == "30.39"


def test_status_t_beside_a_payable_service_is_bundled() -> None:
    priced = claim(line("36591"), line("99213"))
    refusal = priced.lines[0].refusal
    assert refusal is not None
    assert refusal.text == "Status T: bundled, because 99213 of the same day is payable."
    assert str(priced.total_allowed) == "95.19"


def test_status_t_beside_a_refused_service_is_paid() -> None:
    assert str(claim(line("36591"), line("36415")).lines[0].allowed) == "30.39"
