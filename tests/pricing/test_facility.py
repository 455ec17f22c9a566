"""What surgery centers and outpatient hospitals are paid, and what the patient owes them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from codes.pricing.facility import FacilityStatus
from codes.pricing.outpatient_hospital import STATUSES, OppsEntry, outpatient_payment
from codes.pricing.surgery_center import INDICATORS, AscEntry, session_fractions, surgery_center_payment

JULY_2026, NOVEMBER_2025 = date(2026, 7, 15), date(2025, 11, 3)
HALF, SIXTY_PERCENT = Decimal("0.50"), Decimal("0.60")


def money(text: str) -> Decimal:
    return Decimal(text)


def surgical(indicator: str = "A2", rate: str | None = "510.49", **marks: bool) -> AscEntry:
    given: dict[str, Any] = {"rate": money(rate) if rate else None, **marks}
    return AscEntry(addendum="AA", indicator=indicator, **given)


def hospital(
    status: str, rate: str | None = None, minimum: str | None = None, **copayments: Decimal
) -> OppsEntry:
    dollars, least = (money(text) if text else None for text in (rate, minimum))
    given: dict[str, Any] = {"rate": dollars, "minimum_copayment": least, **copayments}
    return OppsEntry(status=status, **given)


def test_the_patient_owes_a_fifth_of_a_surgery_centers_rate() -> None:
    """ch. 14, §40: 20 % of the ASC payment."""
    payment = surgery_center_payment("45378", surgical(is_discounted=True), JULY_2026)
    assert (payment.allowed, payment.patient, payment.wage_share) == (money("510.49"), money("102.10"), HALF)
    assert payment.notes == (
        "Multiple-procedure discount: the highest-paying procedure is paid in full, each other at 50 %.",
    )


def test_the_patient_owes_nothing_for_a_preventive_service_with_two_stars() -> None:
    assert surgery_center_payment("G0105", surgical(is_preventive=True), JULY_2026).patient == money("0.00")


def test_a_screening_that_became_therapeutic_owes_fifteen_percent_to_the_facility_too() -> None:
    """42 CFR 410.152(l): 15 % from 2023 to 2026, for the facility as for the physician."""
    rate = Decimal("0.15")
    assert surgery_center_payment("45385", surgical(rate="656.75"), JULY_2026, rate).patient == money("98.51")
    entry = hospital("T", "1179.08", "235.82")
    assert outpatient_payment("45385", entry, NOVEMBER_2025, rate).patient == money("176.87")


def test_a_drug_keeps_its_lowered_copayment_and_no_wage_index() -> None:
    entry = AscEntry(addendum="BB", indicator="K2", rate=money("30.101"), copayment=money("5.22"))
    payment = surgery_center_payment("J0897", entry, JULY_2026)
    assert (payment.allowed, payment.patient, payment.wage_share) == (money("30.10"), money("5.22"), None)


@pytest.mark.parametrize(
    ("entry", "status", "words"),
    [
        (None, FacilityStatus.UNLISTED, "Not paid in an ASC: 99214 is on none of the ASC lists"),
        (AscEntry(addendum="EE"), FacilityStatus.EXCLUDED, "Not paid in an ASC: Medicare excludes 99214"),
        (surgical("N1", None), FacilityStatus.PACKAGED, "Packaged: no separate payment to the ASC."),
        (surgical("N1", "1.30"), FacilityStatus.PACKAGED, "Packaged: no separate payment to the ASC."),
        (surgical("D5", "0.81"), FacilityStatus.NOT_PAID, "Deleted code"),
        (surgical("J7", None), FacilityStatus.ELSEWHERE, "the MAC sets the price"),
        (surgical("X9", "5.00"), FacilityStatus.ELSEWHERE, "Payment indicator X9: see CMS's Addendum DD1."),
    ],
)
def test_what_a_surgery_center_is_not_paid_has_no_amount_and_a_reason(
    entry: AscEntry | None, status: FacilityStatus, words: str
) -> None:
    payment = surgery_center_payment("99214", entry, JULY_2026)
    assert (payment.status, payment.allowed, payment.patient) == (status, None, None)
    assert words in payment.sentence


def test_the_hospitals_copayment_is_the_minimum_where_no_national_one_stands() -> None:
    payment = outpatient_payment("45378", hospital("T", "911.71", "182.35"), NOVEMBER_2025)
    assert (payment.allowed, payment.patient, payment.wage_share) == (
        money("911.71"),
        money("182.35"),
        SIXTY_PERCENT,
    )


def test_a_national_copayment_stands_above_the_minimum() -> None:
    entry = hospital("J1", "3216.41", "643.29", national_copayment=money("863.75"))
    assert outpatient_payment("93458", entry, NOVEMBER_2025).patient == money("863.75")


@pytest.mark.parametrize(("at", "deductible"), [(NOVEMBER_2025, "1676.00"), (date(2024, 11, 3), "1632.00")])
def test_a_copayment_is_capped_at_the_inpatient_deductible_of_its_year(at: date, deductible: str) -> None:
    """§1833(t)(8)(C)(i); the deductible of 2025 is $1,676, whatever the final rule's table was printed with."""
    entry = hospital("J1", "12866.82", "2573.37", adjusted_copayment=money("1632.00"))
    payment = outpatient_payment("27447", entry, at)
    assert payment.patient == money(deductible)
    assert "capped at the inpatient deductible" in payment.notes[0]


def test_a_rebate_lowers_the_copayment_of_a_hospitals_drug() -> None:
    entry = hospital("K", "26.960", "5.40", adjusted_copayment=money("5.03"))
    payment = outpatient_payment("J0897", entry, NOVEMBER_2025)
    assert (payment.patient, payment.wage_share) == (money("5.03"), None)


def test_a_dear_drug_is_not_capped() -> None:
    """The cap is of a procedure's copayment; a drug's coinsurance is 20 % of its payment."""
    entry = hospital("K", "20000.000", "4000.00")
    assert outpatient_payment("J9999", entry, NOVEMBER_2025).patient == money("4000.00")


@pytest.mark.parametrize(
    ("entry", "status", "words"),
    [
        (None, FacilityStatus.NOT_PAID, "99214 is not on the OPPS list."),
        (hospital("N"), FacilityStatus.PACKAGED, "Packaged: no separate payment to the hospital."),
        (hospital("C", "10411.22", "2082.24"), FacilityStatus.EXCLUDED, "Inpatient only"),
        (hospital("B"), FacilityStatus.NOT_PAID, "A hospital does not bill this code under OPPS"),
        (hospital("A"), FacilityStatus.ELSEWHERE, "Paid on another fee schedule"),
        (
            hospital("Z8", "5.00", "1.00"),
            FacilityStatus.ELSEWHERE,
            "Status indicator Z8: see CMS's Addendum D1.",
        ),
    ],
)
def test_what_a_hospital_is_not_paid_has_no_amount_and_a_reason(
    entry: OppsEntry | None, status: FacilityStatus, words: str
) -> None:
    payment = outpatient_payment("99214", entry, NOVEMBER_2025)
    assert (payment.status, payment.allowed, payment.patient) == (status, None, None)
    assert words in payment.sentence


def test_a_clinic_visit_names_the_code_that_the_hospital_bills() -> None:
    assert outpatient_payment("99214", hospital("B"), NOVEMBER_2025).notes == (
        "A hospital bills G0463 for a clinic visit.",
    )


def test_of_a_session_the_highest_discounted_procedure_is_whole_and_what_is_not_discounted_too() -> None:
    """42 CFR 416.172(e)."""
    entries = [surgical(rate=rate, is_discounted=True) for rate in ("100.00", "300.00", "300.00")]
    entries += [surgical("J8", "50.00"), surgical("N1", None)]
    payments = [surgery_center_payment("64721", entry, JULY_2026) for entry in entries]
    assert session_fractions(payments) == [HALF, 1, HALF, 1, 1]
    assert session_fractions([]) == []


def test_every_indicator_that_has_a_rate_is_paid_in_words_of_ours() -> None:
    paid = {name for name, (status, _) in INDICATORS.items() if status is FacilityStatus.PAID}
    assert paid == {"A2", "D2", "G2", "H2", "J8", "K2", "P2", "P3", "R2", "S2", "Z2", "Z3"}
    assert all(words.endswith(".") for _, words in (*INDICATORS.values(), *STATUSES.values()))
