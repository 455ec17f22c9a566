"""Which codes that Medicare is billed often a release of the fee schedule pays differently: what changed, in money."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from codes import pricing
from codes.caching.versions import versioned_cache
from codes.models import CodeText, FeeScheduleRow, Release
from codes.pricing.bulk import allowed
from codes.queries.code import PRICING_FIELDS

MOST = 8
LEAST_PERCENT = 3


class ChangedAmount(NamedTuple):
    """A code with its national amounts under two releases, in dollars: in an office, or in a facility where Medicare
    has no office price."""

    code: str
    name: str
    before: Decimal
    after: Decimal

    @property
    def difference(self) -> Decimal:
        return self.after - self.before

    @property
    def size(self) -> int:
        """The change in percent, without its sign."""
        return abs(self.percent)

    @property
    def percent(self) -> int:
        """The change in percent of the former amount."""
        return round(self.difference * 100 / self.before)


@versioned_cache(4)
def changed_amounts(former: Release, release: Release) -> list[ChangedAmount]:
    """At most MOST codes billed often whose amount changed by LEAST_PERCENT or more, the largest change first: three
    queries."""
    names = dict(CodeText.objects.filter(band=1).values_list("code", "plain_name"))
    before, after = _amounts(former, names), _amounts(release, names)
    both = (
        ChangedAmount(code, names[code], before[code], after[code]) for code in before.keys() & after.keys()
    )
    found = [each for each in both if abs(each.percent) >= LEAST_PERCENT]
    return sorted(found, key=lambda each: (-abs(each.percent), each.code))[:MOST]


def _amounts(release: Release, codes: Iterable[str]) -> dict[str, Decimal]:
    """The national amount of each of these codes that a release prices."""
    if release.conversion_factor is None:
        return {}
    stored = FeeScheduleRow.objects.filter(release=release, code__in=list(codes), modifier="")
    rows = (pricing.FeeScheduleRow(**row) for row in stored.values(*PRICING_FIELDS))
    priced = allowed(rows, [pricing.NATIONAL], release.conversion_factor, None)
    amounts = (
        (each.row.code, each.facility if each.nonfacility is None else each.nonfacility) for each in priced
    )
    return {code: amount for code, amount in amounts if amount}
