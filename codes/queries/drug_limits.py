"""What CMS's ASP list says of drugs on a day.

CMS sets the limits for one quarter (Social Security Act §1847A): a list prices nothing on a later day. A drug that the
list of the day leaves out is priced by the MAC (Claims Processing Manual, ch. 17, §20.1.3).
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from codes import pricing
from codes.formatting import day, exact_dollars, percent
from codes.models import DrugLimit, Release
from codes.models.release import Source
from codes.pricing.schedules.kinds import DRUG
from codes.pricing.schedules.listed import ListedAmount
from codes.queries.releases import Calendar, last_day_of_quarter, quarter_index

LEFT_OUT = (
    "has no limit for this drug: the MAC prices it, from its cost to you or the manufacturer's list price."
)
OWN_PAGE = "CMS's vaccine pricing page may have another amount for this date"


@dataclass(frozen=True, slots=True)
class Limit:
    """One drug of a list: dollars for a billing unit, None where CMS lists none; coinsurance as a fraction."""

    code: str
    amount: Decimal | None
    unit: str
    coinsurance: Decimal
    kind: str
    notes: str

    @property
    def words(self) -> str:
        """ "$29.457 for 1 MG, 17.585% coinsurance"."""
        amount = exact_dollars(self.amount) if self.amount is not None else "no limit"
        share = f"{percent(self.coinsurance)} coinsurance" if self.coinsurance else "no coinsurance"
        return f"{amount} for {self.unit}, {share}"


def drug_limits(
    calendar: Calendar, codes: Collection[str], at: date, locality: pricing.Locality
) -> Mapping[str, tuple[ListedAmount, ...]]:
    """The rows of these codes in the list of the day, the same everywhere; of J codes also that they are left out. From
    an earlier quarter's list why it doesn't hold."""
    release = calendar.in_force(Source.ASP, at)
    if release is None:
        return {}
    return {row[0]: (row[1],) for row in _rows(release, codes, at)}


def _rows(release: Release, codes: Collection[str], at: date) -> Iterator[tuple[str, ListedAmount]]:
    limits = limits_of(release.pk, release.loaded_at)
    is_former = quarter_index(release.effective_from) != quarter_index(at)
    for code in codes:
        limit = limits.get(code)
        if limit is not None:
            yield code, _former(release, limit, at) if is_former else _current(release, limit)
        elif code.startswith("J") and not is_former and not release.is_sample:
            yield (
                code,
                ListedAmount(
                    schedule=DRUG, release=release.name, amount=None, why=f"{release.name} {LEFT_OUT}"
                ),
            )


def _current(release: Release, limit: Limit) -> ListedAmount:
    return ListedAmount(
        schedule=DRUG,
        release=release.name,
        amount=limit.amount,
        why="" if limit.amount else f"{release.name} {LEFT_OUT}",
        unit=limit.unit,
        coinsurance=limit.coinsurance,
        deductible=bool(limit.coinsurance),
        caution=OWN_PAGE if "webpage" in limit.notes.lower() else "",
    )


def _former(release: Release, limit: Limit, at: date) -> ListedAmount:
    ended = day(last_day_of_quarter(release.effective_from))
    why = (
        f"The drug payment limits of {at.year} Q{(at.month + 2) // 3} aren't loaded. The last list we have, "
        f"{release.name}, ended on {ended}: {limit.words}."
    )
    return ListedAmount(
        schedule=DRUG, release=release.name, amount=None, why=why, is_former=True, unit=limit.unit
    )


@lru_cache(maxsize=32)
def limits_of(release: int, loaded_at: datetime) -> dict[str, Limit]:
    """The thousand limits of a release by code, which never change once it is ready."""
    return {row.code: limit_of(row) for row in DrugLimit.objects.filter(release=release)}


def limit_of(row: DrugLimit) -> Limit:
    """A stored row as the pages and the engine take it."""
    share = (row.coinsurance / 100).normalize()
    return Limit(row.code, row.limit, row.dosage, share, row.kind, row.notes)
