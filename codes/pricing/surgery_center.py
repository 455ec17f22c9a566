"""What Medicare pays an ambulatory surgical center (ASC) for a code: CMS's Addenda AA, BB and EE.

The center is paid the lower of its charge and the rate for a surgical procedure on the list (AA), and for drugs,
imaging and devices that go with one (BB). 42 CFR 416.164 to 416.172; Claims Processing Manual, ch. 14, §10 to §40. Half
of the rate is adjusted by the wage index of the center's area (42 CFR 416.172(c)); drugs, devices and brachytherapy are
not. Of several procedures that are discounted the highest is paid in full and each other at 50 % (416.172(e)). The
patient owes 20 %, and nothing for most preventive services (two stars in the addenda; 42 CFR 410.152(i), ch. 14, §40).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from codes.pricing.facility import DISCOUNTED, FacilityPayment, FacilityStatus
from codes.pricing.preventive import is_free_of_cost_sharing
from codes.pricing.rounding import ZERO_DOLLARS, to_cents
from codes.pricing.schedules.listed import COINSURANCE

CITATION = "42 CFR 416.164–416.172; Claims Processing Manual, ch. 14"
WAGE_SHARE = Decimal("0.50")
DISCOUNT, WHOLE = Decimal("0.50"), Decimal(1)
NOT_PAID_IN_ASC = "Not paid in an ASC"
_PAID, _PACKAGED, _ELSEWHERE, _NOT_PAID = (
    FacilityStatus.PAID,
    FacilityStatus.PACKAGED,
    FacilityStatus.ELSEWHERE,
    FacilityStatus.NOT_PAID,
)
_WITH_SURGERY = "paid separately with a covered surgical procedure"
INDICATORS: dict[str, tuple[FacilityStatus, str]] = {
    "A2": (_PAID, "Surgical procedure on the ASC list since 2007, paid at the ASC rate."),
    "G2": (_PAID, "Surgical procedure added to the ASC list in 2008 or later, paid at the ASC rate."),
    "D2": (_PAID, "Dental procedure added to the ASC list in 2024 or later, paid at the ASC rate."),
    "J8": (
        _PAID,
        "Device-intensive procedure: the rate includes the device, which the wage index leaves as it is.",
    ),
    "P2": (_PAID, "Office-based procedure, paid at the ASC rate."),
    "P3": (
        _PAID,
        "Office-based procedure, paid the office practice expense of the physician fee schedule.",
    ),
    "R2": (_PAID, "Office-based procedure without an office price, paid at the ASC rate."),
    "Z2": (_PAID, f"Imaging or test, {_WITH_SURGERY} at the ASC rate."),
    "Z3": (
        _PAID,
        f"Imaging or test, {_WITH_SURGERY} at the office practice expense of the physician fee schedule.",
    ),
    "K2": (_PAID, f"Drug, {_WITH_SURGERY}."),
    "H2": (_PAID, f"Brachytherapy source, {_WITH_SURGERY}."),
    "S2": (_PAID, f"Skin substitute, {_WITH_SURGERY}."),
    "N1": (_PACKAGED, "Packaged: no separate payment to the ASC."),
    "L1": (_PACKAGED, "Flu or pneumococcal vaccine: no separate payment to the ASC."),
    "D1": (_PACKAGED, "Ancillary dental service: no separate payment to the ASC."),
    "J7": (_ELSEWHERE, f"Pass-through device, {_WITH_SURGERY}: the MAC sets the price."),
    "K7": (_ELSEWHERE, f"Unclassified drug, {_WITH_SURGERY}: the MAC sets the price."),
    "L6": (_ELSEWHERE, "New-technology lens or non-opioid device: a special payment, without a listed rate."),
    "F4": (_ELSEWHERE, "Corneal tissue or hepatitis B vaccine: paid at reasonable cost."),
    "K5": (_NOT_PAID, "Not paid to an ASC until CMS has a price for it."),
    "B5": (_NOT_PAID, "Not paid to an ASC under this code; another code may apply."),
    "D5": (_NOT_PAID, "Deleted code: not paid to an ASC."),
}
_WITHOUT_WAGE_INDEX = frozenset({"K2", "H2", "S2"})


@dataclass(frozen=True, slots=True, kw_only=True)
class AscEntry:
    """What the addenda say of a code."""

    addendum: str
    indicator: str = ""
    is_discounted: bool = False
    is_preventive: bool = False
    rate: Decimal | None = None
    copayment: Decimal | None = None


def surgery_center_payment(
    code: str, entry: AscEntry | None, at: date, coinsurance: Decimal = COINSURANCE
) -> FacilityPayment:
    """The payment for one unit on a day; None where no addendum lists the code. `coinsurance` is the rate that the
    practitioner's line has, which modifiers PT and 33 lower for the facility too."""
    if entry is None:
        sentence = f"{NOT_PAID_IN_ASC}: {code} is on none of the ASC lists, so there is no facility fee."
        return _unpaid(FacilityStatus.UNLISTED, "", sentence)
    if entry.addendum == "EE":
        sentence = f"{NOT_PAID_IN_ASC}: Medicare excludes {code} from surgery centers."
        return _unpaid(FacilityStatus.EXCLUDED, "", sentence)
    unknown = (FacilityStatus.ELSEWHERE, f"Payment indicator {entry.indicator}: see CMS's Addendum DD1.")
    status, sentence = INDICATORS.get(entry.indicator, unknown)
    if status is not FacilityStatus.PAID or entry.rate is None:
        return _unpaid(status, entry.indicator, sentence)
    allowed = to_cents(entry.rate)
    return FacilityPayment(
        status=status,
        indicator=entry.indicator,
        sentence=sentence,
        citation=CITATION,
        allowed=allowed,
        patient=_patient(code, entry, allowed, at, coinsurance),
        wage_share=None if entry.indicator in _WITHOUT_WAGE_INDEX else WAGE_SHARE,
        is_discounted=entry.is_discounted,
        notes=(DISCOUNTED,) if entry.is_discounted else (),
    )


def session_fractions(payments: Sequence[FacilityPayment]) -> list[Decimal]:
    """What part of its rate each procedure of one session is paid (42 CFR 416.172(e)): of those that are discounted the
    first of the highest whole and each other half, and whatever is not discounted whole."""
    discounted = [n for n, each in enumerate(payments) if each.is_discounted and each.allowed is not None]
    leader = max(discounted, key=lambda n: (payments[n].allowed or ZERO_DOLLARS, -n), default=None)
    return [DISCOUNT if n in discounted and n != leader else WHOLE for n in range(len(payments))]


def _unpaid(status: FacilityStatus, indicator: str, sentence: str) -> FacilityPayment:
    return FacilityPayment(status=status, indicator=indicator, sentence=sentence, citation=CITATION)


def _patient(code: str, entry: AscEntry, allowed: Decimal, at: date, coinsurance: Decimal) -> Decimal:
    if entry.is_preventive or is_free_of_cost_sharing(code, at):
        return ZERO_DOLLARS
    if entry.copayment is not None:
        return to_cents(entry.copayment)
    return to_cents(allowed * coinsurance)
