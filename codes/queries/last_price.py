"""What a deleted code was paid at last."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from codes import pricing
from codes.models import Release
from codes.queries.code import load_code
from codes.queries.code_life import CodeLife
from codes.queries.price_query import PriceQuery
from codes.queries.price_result import price_code
from codes.queries.releases import Calendar


@dataclass(frozen=True, slots=True)
class LastPrice:
    """National allowed amounts on a code's last day, None where a setting had none."""

    day: date
    release: Release
    office: Decimal | None
    facility: Decimal | None


def last_price(calendar: Calendar, code: str, life: CodeLife) -> LastPrice | None:
    """The amounts of a deleted code's last day, from the last release that has it; None where that had no amount."""
    day = life.last_day
    if not life.is_deleted or day is None:
        return None
    record = load_code(calendar, code, day)
    query = PriceQuery(date_of_service=day, locality=pricing.NATIONAL)
    amounts = price_code(calendar, record, query).amounts
    office, facility = amounts.get(("", "nonfacility")), amounts.get(("", "facility"))
    if record.release is None or (office is None and facility is None):
        return None
    return LastPrice(day, record.release, office, facility)
