"""One unit of many codes by themselves on a day, as their own pages price it; and the same question on another day."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from codes import pricing
from codes.formatting import dollars
from codes.models import Release
from codes.models.release import Source
from codes.pricing.contract import Contract
from codes.queries import geography
from codes.queries.circumstances import circumstances_for
from codes.queries.price_query import PriceQuery
from codes.queries.priced_rows import base_units, no_release, rows_to_price
from codes.queries.releases import Calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPrices:
    """The rows and the prices of some codes, by code; one that no list of the day prices is in neither. `refusal` says
    why no fee schedule prices the day."""

    at: date
    release: Release | None
    refusal: pricing.Refusal | None
    rows: Mapping[str, pricing.CodeRows] = field(default_factory=dict)
    prices: Mapping[str, pricing.LinePrice] = field(default_factory=dict)

    def allowed(self, code: str) -> Decimal | None:
        """What is allowed for a code in dollars; None where nothing is."""
        return self.prices[code].allowed if code in self.prices else None


def list_prices(
    calendar: Calendar, codes: Collection[str], query: PriceQuery, contract: Contract | None = None
) -> ListPrices:
    """One unit of each code in the place asked for, else in its usual place: at most ten queries. Under a contract it
    is what Medicare's rules give in the contract's circumstances, before its share."""
    at = query.date_of_service
    refusal = no_release(calendar, at)
    release = None if refusal else calendar.of_same_year(Source.PPRRVU, at)
    rows = rows_to_price(calendar, release, codes, at)
    circumstances = circumstances_for(calendar, release, rows, query)
    if contract:
        circumstances = contract.circumstances(circumstances)
    units = base_units(calendar, rows, at)
    prices = {
        code: pricing.price_line(each, _line(code, each, query, units.get(code)), circumstances)
        for code, each in rows.items()
    }
    return ListPrices(at=at, release=release, refusal=refusal, rows=rows, prices=prices)


def _line(code: str, rows: pricing.CodeRows, query: PriceQuery, base: int | None) -> pricing.Line:
    pos = query.place_for(code, rows.rows.get(""))
    return pricing.Line(code, query.modifiers, place_of_service=pos, base_units=base)


def query_on(calendar: Calendar, query: PriceQuery, at: date) -> PriceQuery:
    """The same question on another day, with the indices that the locality had then; national where it had none."""
    known = geography.localities(calendar, at).by_key
    key = geography.key_of(query.locality)
    return replace(query, date_of_service=at, locality=known.get(key, pricing.NATIONAL))


def contract_amounts(
    calendar: Calendar, codes: Collection[str], query: PriceQuery, contract: Contract
) -> tuple[ListPrices, dict[str, Decimal]]:
    """What Medicare's rules give in the contract's circumstances, and the contract's amount of each code that it has
    one for."""
    at = contract.day(query.date_of_service)
    then = query if at == query.date_of_service else query_on(calendar, query, at)
    found = list_prices(calendar, codes, then, contract)
    amounts = {code: contract.amount(found.allowed(code)) for code in codes}
    return found, {code: amount for code, amount in amounts.items() if amount is not None}


def changed_in_dollars(calendar: Calendar, codes: Collection[str], query: PriceQuery) -> str:
    """The amounts that the newest fee schedule changed, in a sentence: "Allowed: 99213 $88.95 to $95.19."; '' for
    none."""
    day = day_before(calendar, query.date_of_service)
    if day is None:
        return ""
    now = list_prices(calendar, codes, query)
    before = list_prices(calendar, codes, query_on(calendar, query, day))
    pairs = ((code, before.allowed(code), now.allowed(code)) for code in codes)
    said = [
        f"{code} {dollars(old)} to {dollars(new)}" for code, old, new in pairs if old and new and old != new
    ]
    return f"Allowed: {', '.join(said)}." if said else ""


def day_before(calendar: Calendar, at: date) -> date | None:
    """The last day that the fee schedule before the one of `at` priced; None where none before it is loaded."""
    release = calendar.of_same_year(Source.PPRRVU, at)
    if release is None:
        return None
    schedules = calendar.of(Source.PPRRVU)
    earlier = (each for each in schedules if each.effective_from < release.effective_from)
    former = next((each for each in earlier if each.is_sample == release.is_sample), None)
    if former is None:
        return None
    return min(release.effective_from - timedelta(days=1), date(former.effective_from.year, 12, 31))
