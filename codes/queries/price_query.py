"""What a visitor asks to be priced, whatever the page: the day, the locality, the line and who bills it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from codes import pricing

OFFICE, HOSPITAL = "11", "22"


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceQuery:
    """What the visitor asked for, already validated."""

    date_of_service: date
    locality: pricing.Locality = pricing.NATIONAL
    place_of_service: str = OFFICE
    modifiers: tuple[str, ...] = ()
    units: int = 1
    charge: Decimal | None = None
    minutes: int | None = None
    present_at_induction: bool = False
    care_days: int | None = None
    deductible_remaining: Decimal = Decimal(0)
    practitioner: str = "physician"
    participating: bool = True
    assigned: bool = True
    qualifying_apm: bool = False
