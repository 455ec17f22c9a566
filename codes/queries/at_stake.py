"""The dollars at stake in a bundling edit: what Medicare allows for the code that is denied, to the cent.

A list shows them and is sorted by them. They come from the whole schedule in memory, so that they ask for nothing.
"""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from codes import pricing
from codes.caching.versions import versioned_cache
from codes.models import Release
from codes.pricing.bulk import dollars
from codes.pricing.schedule import NOT_PRICED, Integers
from codes.queries.schedules import schedule_of_release


@dataclass(frozen=True, slots=True)
class FeeContext:
    """The fee schedule that the dollars at stake are worked out from."""

    release: Release
    gpci: pricing.Gpci
    setting: pricing.Setting


def own_cents(fee_context: FeeContext, code: str) -> int:
    """The cents at stake where this code is the denied one; -1 for not priced."""
    return cents_of({code}, fee_context)[code]


def cents_of(codes: Collection[str], fee_context: FeeContext) -> dict[str, int]:
    """The same of each code."""
    row_of, everything = schedule_of_release(fee_context.release).row_of, _every_row(fee_context)
    rows = {code: row_of.get((code, "")) for code in codes}
    return {code: NOT_PRICED if row is None else int(everything[row]) for code, row in rows.items()}


def fees(codes: Collection[str], fee_context: FeeContext) -> dict[str, Decimal | None]:
    """The allowed amount of one unit of each code in dollars; None where the fee schedule has no price in that
    setting."""
    return {code: dollars(cents) for code, cents in cents_of(codes, fee_context).items()}


@versioned_cache(16)
def _every_row(fee_context: FeeContext) -> Integers:
    """The cents of every row, in the order of its schedule."""
    factor = fee_context.release.conversion_factor or Decimal(0)
    locality = pricing.Locality("", "", "", "", fee_context.gpci)
    found = schedule_of_release(fee_context.release).schedule.cents([locality], factor, None)
    cents: Integers = (found.facility if fee_context.setting == "facility" else found.nonfacility)[:, 0]
    return cents
