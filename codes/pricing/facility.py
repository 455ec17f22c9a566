"""What a facility is paid for a code, apart from the practitioner: the words and numbers that both kinds share."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

DISCOUNTED = "Multiple-procedure discount: the highest-paying procedure is paid in full, each other at 50 %."


class FacilityStatus(Enum):
    """How a facility is paid for a code on its own claim."""

    PAID = "paid"
    PACKAGED = "packaged"
    ELSEWHERE = "elsewhere"  # the MAC's price, reasonable cost, or another fee schedule
    NOT_PAID = "not_paid"
    EXCLUDED = "excluded"  # the procedure itself is not paid in such a facility
    UNLISTED = "unlisted"


# What stands in place of an amount.
STATUS_WORDS = {
    FacilityStatus.PAID: "not known",
    FacilityStatus.PACKAGED: "packaged",
    FacilityStatus.ELSEWHERE: "not listed",
    FacilityStatus.NOT_PAID: "not paid",
    FacilityStatus.EXCLUDED: "not paid in an ASC",
    FacilityStatus.UNLISTED: "no facility fee",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FacilityPayment:
    """What Medicare pays a facility for one unit of a code, and what the patient owes of it once the Part B deductible
    is met; dollars for the whole country, before the wage index.

    `indicator` is CMS's (payment indicator of a surgery center, status indicator of a hospital), `sentence` what it
    means; `group` the APC, `group_title` what CMS calls it ("" where that list is not loaded). `wage_share` is the part
    of the rate, as a fraction, that the wage index of the facility's area adjusts; None where nothing is adjusted.
    `is_discounted` says that it is halved beside a procedure of the session that pays more. `notes` are further
    sentences.
    """

    status: FacilityStatus
    indicator: str
    sentence: str
    citation: str
    allowed: Decimal | None = None
    patient: Decimal | None = None
    group: str = ""
    group_title: str = ""
    wage_share: Decimal | None = None
    is_discounted: bool = False
    notes: tuple[str, ...] = ()

    @property
    def adds_nothing(self) -> bool:
        """Whether the practitioner's amount is the whole: nothing separate is paid for the code."""
        return self.status in (FacilityStatus.PACKAGED, FacilityStatus.UNLISTED)
