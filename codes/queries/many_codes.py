"""Whether code pages have an amount on a day, and why not, for many codes at once."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from codes import pricing
from codes.pricing.schedules.listed import ListedAmount
from codes.pricing.usual_place import usual_place
from codes.queries.circumstances import circumstances_for
from codes.queries.claim_reference import reference_of_codes
from codes.queries.code import load_codes
from codes.queries.line_price import LinePrices
from codes.queries.listed_amounts import stand_in_rows
from codes.queries.price_query import PriceQuery
from codes.queries.price_result import line_of, refuse_code
from codes.queries.priced_rows import no_release
from codes.queries.releases import Calendar

# Of anesthesia, which has an amount for its time only, and given by somebody.
MINUTES, GIVEN_BY = 60, ("AA",)


class CodePrice(NamedTuple):
    """Why a code has no amount, None where it has one; `listed` where another list than the fee schedule has it."""

    refusal: pricing.Refusal | None
    listed: ListedAmount | None = None


def prices_of_codes(calendar: Calendar, codes: Collection[str], at: date) -> dict[str, CodePrice]:
    """What `price_code` says of each code by itself in its usual place, nationally: about twenty queries, however many
    codes there are."""
    records = load_codes(calendar, codes, at)
    release = None if no_release(calendar, at) else next((each.release for each in records.values()), None)
    rows = {code: record.rows for code, record in records.items() if release and record.rows}
    rows |= stand_in_rows(calendar, set(codes) - rows.keys(), at, former=True)
    query = PriceQuery(date_of_service=at)
    circumstances = circumstances_for(calendar, release, rows, query)
    reference = reference_of_codes(calendar, rows, rows.keys(), at, release)
    found = {code: CodePrice(refuse_code(calendar, records[code], rows.get(code), at)) for code in codes}
    for code in [code for code in rows if not found[code].refusal]:
        line = line_of(calendar, rows[code], _usual(query, code, records[code].main_row))
        of_line = replace(reference, rows={code: rows[code]})
        price = LinePrices(rows[code], circumstances, of_line).allowed(line)
        found[code] = CodePrice(price.refusal, price.listed)
    return found


def _usual(query: PriceQuery, code: str, row: pricing.FeeScheduleRow | None) -> PriceQuery:
    """What the page of a code asks first; `row` is its global row."""
    query = replace(query, place_of_service=usual_place(code, row))
    return replace(query, modifiers=GIVEN_BY, minutes=MINUTES) if row and row.status == "J" else query
