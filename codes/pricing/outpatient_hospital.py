"""What Medicare pays an outpatient hospital for a code: the outpatient prospective payment system (OPPS), Addendum B.

Social Security Act §1833(t); 42 CFR 419; Claims Processing Manual, ch. 4. Of the rate 60 % is adjusted by the wage
index of the hospital's area (42 CFR 419.43(c)); drugs, blood and brachytherapy sources are not. The patient owes the
copayment of the list: the national one where it has one, else the minimum of 20 %; for drugs what an inflation rebate
leaves of it. The copayment of a procedure never exceeds the inpatient deductible of the year (§1833(t)(8)(C)(i)),
whatever deductible the list was printed with.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from codes.formatting import dollars
from codes.pricing.facility import DISCOUNTED, FacilityPayment, FacilityStatus
from codes.pricing.rounding import to_cents
from codes.pricing.rules import INPATIENT_DEDUCTIBLE, in_force
from codes.pricing.schedules.listed import COINSURANCE

CITATION = "Social Security Act §1833(t); Claims Processing Manual, ch. 4"
WAGE_SHARE = Decimal("0.60")
_PAID, _PACKAGED, _ELSEWHERE, _NOT_PAID = (
    FacilityStatus.PAID,
    FacilityStatus.PACKAGED,
    FacilityStatus.ELSEWHERE,
    FacilityStatus.NOT_PAID,
)
STATUSES: dict[str, tuple[FacilityStatus, str]] = {
    "J1": (_PAID, "Comprehensive: one payment covers nearly everything on the claim."),
    "J2": (_PAID, "Visit, paid separately; with enough observation it becomes one comprehensive payment."),
    "S": (_PAID, "Paid separately, without a multiple-procedure reduction."),
    "T": (_PAID, f"Paid separately. {DISCOUNTED}"),
    "V": (_PAID, "Clinic or emergency visit, paid separately."),
    "Q1": (_PAID, "Packaged when the claim has a service with status S, T or V; paid separately otherwise."),
    "Q2": (_PAID, "Packaged when the claim has a service with status T; paid separately otherwise."),
    "Q3": (_PAID, "Part of one composite payment with certain other codes; paid separately otherwise."),
    "K": (_PAID, "Drug, paid separately."),
    "K1": (_PAID, "Non-opioid drug for pain after surgery, paid separately up to a limit."),
    "G": (_PAID, "Pass-through drug, paid separately."),
    "R": (_PAID, "Blood product, paid separately."),
    "U": (_PAID, "Brachytherapy source, paid separately."),
    "P": (_PAID, "Partial hospitalization or intensive outpatient program, paid by the day."),
    "N": (_PACKAGED, "Packaged: no separate payment to the hospital."),
    "Q4": (
        _ELSEWHERE,
        "Lab test: packaged with other outpatient services, and paid on the lab fee schedule when it is alone.",
    ),
    "A": (_ELSEWHERE, "Paid on another fee schedule, not under OPPS."),
    "F": (_ELSEWHERE, "Paid at reasonable cost, not under OPPS."),
    "L": (_ELSEWHERE, "Vaccine or antibody, paid at reasonable cost; the patient owes nothing."),
    "H": (_ELSEWHERE, "Pass-through device, paid at the hospital's cost; no copayment."),
    "H1": (_ELSEWHERE, "Non-opioid device for pain after surgery, paid at the hospital's cost."),
    "Y": (_ELSEWHERE, "Equipment: billed to the DME MAC, not paid under OPPS."),
    "B": (_NOT_PAID, "A hospital does not bill this code under OPPS; another code may apply."),
    "M": (_NOT_PAID, "A hospital does not bill this code to the MAC."),
    "D": (_NOT_PAID, "Deleted code."),
    "E1": (_NOT_PAID, "Not paid by Medicare on an outpatient claim."),
    "E2": (_NOT_PAID, "Not paid under OPPS until CMS has a price for it."),
    "C": (
        FacilityStatus.EXCLUDED,
        "Inpatient only: Medicare does not pay an outpatient hospital for it.",
    ),
}
_WITHOUT_WAGE_INDEX = frozenset({"G", "K", "K1", "R", "U"})
_DRUGS = frozenset({"G", "K", "K1"})
CLINIC_VISITS = frozenset(f"99{number}" for number in range(202, 216))
CLINIC_VISIT = "A hospital bills G0463 for a clinic visit."


@dataclass(frozen=True, slots=True, kw_only=True)
class OppsEntry:
    """What Addendum B says of a code."""

    status: str
    apc: str = ""
    rate: Decimal | None = None
    national_copayment: Decimal | None = None
    minimum_copayment: Decimal | None = None
    adjusted_copayment: Decimal | None = None


def outpatient_payment(
    code: str, entry: OppsEntry | None, at: date, coinsurance: Decimal = COINSURANCE
) -> FacilityPayment:
    """The payment for one unit on a day; None where the list lacks the code. `coinsurance` is the rate that the
    practitioner's line has, which modifiers PT and 33 lower for the hospital too."""
    if entry is None:
        return _unpaid(_NOT_PAID, "", f"{code} is not on the OPPS list.")
    unknown = (_ELSEWHERE, f"Status indicator {entry.status}: see CMS's Addendum D1.")
    status, sentence = STATUSES.get(entry.status, unknown)
    if status is not _PAID or entry.rate is None:
        further = (CLINIC_VISIT,) if entry.status == "B" and code in CLINIC_VISITS else ()
        return _unpaid(status, entry.status, sentence, *further)
    patient, notes = _copayment(entry, at, coinsurance)
    return FacilityPayment(
        status=status,
        indicator=entry.status,
        sentence=sentence,
        citation=CITATION,
        allowed=to_cents(entry.rate),
        patient=patient,
        group=entry.apc,
        wage_share=None if entry.status in _WITHOUT_WAGE_INDEX else WAGE_SHARE,
        notes=notes,
    )


def _unpaid(status: FacilityStatus, indicator: str, sentence: str, *notes: str) -> FacilityPayment:
    return FacilityPayment(
        status=status, indicator=indicator, sentence=sentence, citation=CITATION, notes=notes
    )


def _copayment(entry: OppsEntry, at: date, coinsurance: Decimal) -> tuple[Decimal | None, tuple[str, ...]]:
    """What the patient owes in dollars, and the sentence where the cap holds it down."""
    listed = entry.minimum_copayment if entry.national_copayment is None else entry.national_copayment
    if entry.status in _DRUGS and entry.adjusted_copayment is not None:
        listed = entry.adjusted_copayment
    if listed is None:
        return None, ()
    owed = to_cents(listed * min(coinsurance / COINSURANCE, Decimal(1)))
    cap = in_force(INPATIENT_DEDUCTIBLE, at)
    if cap is None or owed <= cap.value or entry.status in _DRUGS:
        return owed, ()
    capped = f"is capped at the inpatient deductible of {at.year}, {dollars(cap.value)}"
    words = f"The copayment of {dollars(owed)} {capped}."
    return to_cents(cap.value), (words,)
