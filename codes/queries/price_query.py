"""What a visitor asks to be priced, whatever the page: the day, the locality, the line and who bills it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from codes import pricing
from codes.pricing.usual_place import usual_place

OFFICE, HOSPITAL, SURGERY_CENTER = "11", "22", "24"


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceQuery:
    """What the visitor asked for, already validated. `place_of_service` is '' where each code of a list is looked at
    in its usual place."""

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

    def place_for(self, code: str, row: pricing.FeeScheduleRow | None) -> str:
        """The place of service that was asked for, else the usual place of a code; `row` is its global row."""
        return self.place_of_service or usual_place(code, row)
