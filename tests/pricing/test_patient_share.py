"""Who pays the allowed amount."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from codes.pricing import Gpci, Line, Locality, Shares
from tests.pricing.figures import IN_2026, IN_DOLLARS, claim, formula_of, line, made_up, price, price_made_up

TEXAS_99 = Locality(
    "04412", "99", "REST OF TEXAS", "TX", Gpci(Decimal("1.000"), Decimal("0.949"), Decimal("0.903"))
)


def _shares(*modifiers: str, fee: str = "100.00", preventive: bool = False, **changes: Any) -> Shares:
    at = replace(IN_DOLLARS, **changes)
    shares = price_made_up(made_up(fee=fee), *modifiers, circumstances=at, preventive=preventive).shares
    assert shares is not None
    return shares


def test_visit_in_texas_is_shared_to_the_cent() -> None:
    priced = price("99213", circumstances=replace(IN_2026, locality=TEXAS_99))
    assert priced.shares is not None
    assert str(priced.allowed) == "92.41"
    assert (str(priced.shares.coinsurance), str(priced.shares.medicare)) == ("18.48", "73.93")
    assert (str(priced.shares.sequestration), str(priced.shares.medicare_after_sequestration)) == (
        "1.48",
        "72.45",
    )


def test_deductible_larger_than_the_line_takes_all_of_it() -> None:
    shares = _shares(deductible_remaining=Decimal("283"))
    assert (shares.deductible, shares.medicare, shares.patient) == (Decimal(100), Decimal(0), Decimal(100))


def test_deductible_is_used_up_line_after_line() -> None:
    at = replace(IN_2026, deductible_remaining=Decimal("100"))
    priced = claim(line("99213"), line("99213", "76"), line("99213", "76"), circumstances=at)
    assert [str(each.shares.deductible) for each in priced.lines if each.shares] == ["95.19", "4.81", "0.00"]


@pytest.mark.parametrize(
    ("day", "rate"),
    [(date(2020, 4, 30), "0.02"), (date(2020, 5, 1), "0"), (date(2022, 3, 31), "0"), (date(2022, 4, 1), "0.01"),
     (date(2022, 6, 30), "0.01"), (date(2022, 7, 1), "0.02")],
)  # fmt: skip
def test_sequestration_goes_by_date(day: date, rate: str) -> None:
    shares = _shares(date_of_service=day, release_effective=day)
    assert shares.sequestration == 80 * Decimal(rate)


def test_preventive_service_costs_the_patient_nothing() -> None:
    shares = _shares(preventive=True, deductible_remaining=Decimal("283"))
    assert (shares.patient, shares.medicare) == (Decimal(0), Decimal(100))


@pytest.mark.parametrize(
    ("year", "coinsurance"),
    [(2022, "20.00"), (2023, "15.00"), (2026, "15.00"), (2027, "10.00"), (2030, "0.00")],
)
def test_screening_that_became_therapeutic_has_its_own_coinsurance(year: int, coinsurance: str) -> None:
    day = date(year, 2, 1)
    shares = _shares("PT", date_of_service=day, release_effective=day, deductible_remaining=Decimal("283"))
    assert (str(shares.coinsurance), shares.deductible) == (coinsurance, Decimal(0))


def _deductibles(*lines: Line) -> list[str]:
    at = replace(IN_2026, deductible_remaining=Decimal("900"))
    return [str(each.shares.deductible) for each in claim(*lines, circumstances=at).lines if each.shares]


def test_pt_on_one_line_waives_the_deductible_of_all_surgery_of_the_date_and_of_nothing_else() -> None:
    polyps, biopsy, visit = line("45385", "PT"), line("45380", "59"), line("99213", "25")
    assert _deductibles(biopsy, visit, polyps) == ["0.00", "95.19", "0.00"]
    assert "0.00" not in _deductibles(biopsy, line("45385"))


def test_surgery_beside_pt_without_pt_keeps_its_coinsurance() -> None:
    marked, other = claim(line("45385", "PT"), line("45380", "59"), circumstances=IN_2026).lines
    assert marked.shares
    assert other.shares
    assert (str(marked.shares.coinsurance_rate), str(other.shares.coinsurance_rate)) == ("0.15", "0.20")


def test_pt_on_a_denied_line_waives_nothing() -> None:
    denied = replace(line("45385", "PT"), denied="a duplicate")
    assert "0.00" not in _deductibles(denied, line("45380"))


@pytest.mark.parametrize("modifier", ["CO", "CQ"])
def test_therapy_assistant_lowers_medicares_share_and_not_the_patients(modifier: str) -> None:
    shares = _shares(modifier, fee="29.06")
    assert (str(shares.coinsurance), str(shares.medicare)) == ("5.81", "19.76")
    assert str(shares.medicare_after_sequestration) == "19.36"
    assert str(shares.provider_collects) == "25.17"


def test_therapy_assistant_was_paid_in_full_before_2022() -> None:
    shares = _shares("CQ", date_of_service=date(2021, 12, 31), release_effective=date(2021, 10, 1))
    assert str(shares.medicare) == "80.00"


def test_patient_of_an_unassigned_claim_gets_medicares_cheque() -> None:
    shares = _shares(fee="95.19", participating=False, assigned=False)
    assert shares.medicare_pays_patient
    assert (str(shares.provider_collects), str(shares.patient)) == ("104.00", "33.11")


def test_limiting_charge_is_a_step_of_its_own() -> None:
    at = replace(IN_DOLLARS, participating=False, assigned=False)
    priced = price_made_up(made_up(fee="95.19"), circumstances=at)
    assert formula_of(priced, "limiting_charge") == "95.19 × 1.0925 = 104.00"
    assert formula_of(priced, "nonparticipating") == "95.19 × 0.95 = 90.43"


def test_low_charge_limits_what_an_unassigned_claim_collects() -> None:
    at = replace(IN_DOLLARS, participating=False, assigned=False)
    priced = price_made_up(made_up(fee="95.19"), circumstances=at, charge=Decimal("92.00"))
    assert priced.shares is not None
    assert (str(priced.allowed), str(priced.shares.provider_collects)) == ("90.43", "92.00")


def test_nonparticipating_physician_who_takes_assignment_has_no_limiting_charge() -> None:
    shares = _shares(participating=False)
    assert shares.nonparticipating
    assert shares.limiting_charge is None


def test_hpsa_bonus_is_for_physicians_only() -> None:
    assert str(_shares(health_professional_shortage_area=True).hpsa_bonus) == "8.00"
    assert _shares(health_professional_shortage_area=True, practitioner="np").hpsa_bonus == 0


@pytest.mark.parametrize(
    ("code", "modifiers", "bonus"),
    [
        ("99213", ("AQ",), "7.62"),
        ("71046", ("AQ",), "0.80"),
        ("71046", ("26", "AQ"), "0.80"),
        ("71046", ("TC", "AQ"), "0.00"),
        ("93005", ("AQ",), "0.00"),
        ("93000", ("AQ",), "0.00"),
    ],
)
def test_hpsa_bonus_is_on_what_medicare_pays_for_professional_services(
    code: str, modifiers: tuple[str, ...], bonus: str
) -> None:
    shares = price(code, *modifiers).shares
    assert shares is not None
    assert str(shares.hpsa_bonus) == bonus
