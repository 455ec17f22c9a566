"""The dollars at stake in a bundling edit: what Medicare allows for the code that is denied, to the cent.

A list shows them and is sorted by them.
"""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from codes import pricing
from codes.caching.versions import versioned_cache
from codes.models import FeeScheduleRow, Release
from codes.pricing.bulk import allowed
from codes.queries.code import PRICING_FIELDS

NOT_PRICED = -1


@dataclass(frozen=True, slots=True)
class FeeContext:
    """The fee schedule that the dollars at stake are worked out from."""

    release: Release
    gpci: pricing.Gpci
    setting: pricing.Setting


@versioned_cache(1024)
def own_cents(fee_context: FeeContext, code: str) -> int:
    """The cents at stake where this code is the denied one; -1 for not priced (one query)."""
    return cents_of({code}, fee_context)[code]


def cents_of(codes: Collection[str], fee_context: FeeContext) -> dict[str, int]:
    """The same of each code (one query)."""
    amounts = fees(codes, fee_context)
    return {
        code: NOT_PRICED if (amount := amounts.get(code)) is None else int(amount * 100) for code in codes
    }


def fees(codes: Collection[str], fee_context: FeeContext) -> dict[str, Decimal | None]:
    """The allowed amount of one unit of each code in dollars (one query); None, or no key, where the fee schedule
    has no price in that setting."""
    stored = FeeScheduleRow.objects.filter(release=fee_context.release, code__in=codes, modifier="")
    rows = (pricing.FeeScheduleRow(**row) for row in stored.values(*PRICING_FIELDS))
    locality = pricing.Locality("", "", "", "", fee_context.gpci)
    priced = allowed(rows, [locality], fee_context.release.conversion_factor or Decimal(0), None)
    return {found.row.code: found.amount(fee_context.setting) for found in priced}
