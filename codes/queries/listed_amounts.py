"""What the price lists beside the physician fee schedule say of codes on a day: one reader for each list.

A list that has ended before the day still names its codes: its rows then say which list is missing, and have no amount.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from codes import pricing
from codes.formatting import dollars
from codes.models import LabRate, Release
from codes.models.release import Source
from codes.pricing.schedules.kinds import LABORATORY
from codes.pricing.schedules.listed import ListedAmount
from codes.pricing.schedules.price import stand_in_row
from codes.queries.drug_limits import drug_limits
from codes.queries.equipment_fees import equipment_amounts
from codes.queries.releases import Calendar

Listed = Mapping[str, tuple[ListedAmount, ...]]
Reader = Callable[[Calendar, Collection[str], date, pricing.Locality], Listed]
ZERO = Decimal(0)


def listed_amounts(
    calendar: Calendar, codes: Collection[str], at: date, locality: pricing.Locality = pricing.NATIONAL
) -> dict[str, tuple[ListedAmount, ...]]:
    """The rows of each code in the first list that prices it on the day, else in the first that holds, or has ended."""
    found: dict[str, tuple[ListedAmount, ...]] = {}
    for read in READERS if codes else ():
        for code, rows in read(calendar, codes, at, locality).items():
            if code not in found or _worth(rows) > _worth(found[code]):
                found[code] = rows
    return found


def stand_in_rows(
    calendar: Calendar, codes: Collection[str], at: date, *, former: bool = False
) -> dict[str, pricing.CodeRows]:
    """For codes that the relative value file leaves out the row that CMS prints for the like of them, where a list
    holds them on the day; with `former` also where a list did before."""
    return {
        code: pricing.CodeRows(code, {"": stand_in_row(code, rows[0].schedule)})
        for code, rows in listed_amounts(calendar, codes, at).items()
        if former or not _is_former(rows)
    }


def listing_names(calendar: Calendar, codes: Collection[str], at: date) -> dict[str, str]:
    """The list that prices each code on the day; codes that none prices are absent."""
    return {
        code: rows[0].release
        for code, rows in listed_amounts(calendar, codes, at).items()
        if not _is_former(rows)
    }


def _worth(rows: Collection[ListedAmount]) -> int:
    """How much a list says of a code: an amount, only that it has none, or only that the list has ended."""
    return 0 if _is_former(rows) else 1 + any(row.amount is not None for row in rows)


def _is_former(rows: Collection[ListedAmount]) -> bool:
    return all(row.is_former for row in rows)


def _laboratory(calendar: Calendar, codes: Collection[str], at: date, locality: pricing.Locality) -> Listed:
    """The laboratory schedule of the year, the same everywhere. A rate of zero means that the MAC sets it."""
    release = calendar.in_force(Source.CLFS, at)
    if release is None:
        return {}
    rates, is_former = _rates(release.pk, release.loaded_at), release.effective_from.year != at.year
    return {code: (_rate(release, rates[code], at, is_former),) for code in codes if code in rates}


def _rate(release: Release, rate: Decimal, at: date, is_former: bool) -> ListedAmount:
    why = ""
    if not rate:
        why = "The laboratory fee schedule lists this test without a national rate: the MAC sets one."
    if is_former:
        had = f"had {dollars(rate)}" if rate else "left it to the MAC"
        why = f"The {at.year} laboratory fee schedule isn't loaded. The last one we have, {release.name}, {had}."
    return ListedAmount(
        schedule=LABORATORY,
        release=release.name,
        amount=rate if rate and not is_former else None,
        why=why,
        is_former=is_former,
        coinsurance=ZERO,
        deductible=False,
    )


@lru_cache(maxsize=8)
def _rates(release: int, loaded_at: datetime) -> dict[str, Decimal]:
    """The two thousand rates of a release, which never change once it is ready."""
    rows = LabRate.objects.filter(release=release, modifier="")
    return dict(rows.values_list("code", "rate"))


READERS: tuple[Reader, ...] = (_laboratory, drug_limits, equipment_amounts)
