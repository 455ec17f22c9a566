"""The dollars at stake in a bundling edit: what Medicare allows for the code that is denied.

Those that are shown come from the payment engine, to the cent; those that a list is sorted by are its formula in SQL.
"""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from codes import pricing
from codes.caching.versions import versioned_cache
from codes.models import FeeScheduleRow, Release
from codes.pricing.components import PAID_TO_THE_HOSPITAL
from codes.queries.allowed import allowed
from codes.queries.code import PRICING_FIELDS

NOT_PRICED = -1
SCHEDULE = FeeScheduleRow._meta.db_table


@dataclass(frozen=True, slots=True)
class Money:
    """The fee schedule that the dollars at stake are worked out from."""

    release: Release
    gpci: pricing.Gpci
    setting: pricing.Setting


@versioned_cache(1024)
def own_cents(money: Money, code: str) -> int:
    """The cents at stake where this code is the denied one; -1 for not priced (one query)."""
    amount = fees({code}, money).get(code)
    return NOT_PRICED if amount is None else int(amount * 100)


def fees(codes: Collection[str], money: Money) -> dict[str, Decimal | None]:
    """The allowed amount of one unit of each code in dollars (one query); None, or no key, where the fee schedule
    has no price in that setting."""
    stored = FeeScheduleRow.objects.filter(release=money.release, code__in=codes, modifier="")
    rows = (pricing.FeeScheduleRow(**row) for row in stored.values(*PRICING_FIELDS))
    place = pricing.Locality("", "", "", "", money.gpci)
    priced = allowed(rows, [place], money.release.conversion_factor or Decimal(0), None)
    return {found.row.code: found.amount(money.setting) for found in priced}


def cents_of_column_two(money: Money) -> str:
    """The formula of `pricing.formula` in SQL for the code that an edit denies, with the names of `parameters`."""
    to_hospital = ", ".join(f"'{each}'" for each in sorted(PAID_TO_THE_HOSPITAL))
    kept_out = f"facility_na OR pctc IN ({to_hospital})" if money.setting == "facility" else "nonfacility_na"
    total = f"(work_rvu * %(work)s + {money.setting}_pe_rvu * %(pe)s + malpractice_rvu * %(mp)s)"
    priced = f"release_id = %(schedule)s AND modifier = '' AND status IN ('A', 'R', 'T') AND NOT ({kept_out})"
    return (
        f"COALESCE((SELECT CAST(ROUND({total} * %(factor)s * 100) AS integer) FROM {SCHEDULE}"
        f" WHERE code = column_two AND {priced}), {NOT_PRICED})"
    )


def parameters(money: Money) -> dict[str, object]:
    """The release, its conversion factor and the indices of the place, by the names in the SQL."""
    gpci = money.gpci
    indices = {"work": gpci.work, "pe": gpci.practice_expense, "mp": gpci.malpractice}
    return {"schedule": money.release.pk, "factor": money.release.conversion_factor, **indices}
