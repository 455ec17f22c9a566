"""What every section reads: the releases in force, the codes that are billed most, and what Medicare allows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from codes import pricing
from codes.knowledge.fact import Amounts
from codes.models import CodeText, FeeScheduleRow, Release
from codes.models.release import Source
from codes.pricing.bulk import allowed
from codes.queries.code import as_pricing_row
from codes.queries.priced_rows import no_release
from codes.queries.releases import Calendar

MOST_BILLED = 1  # the band of the hundred or so codes that are billed most
OFTEN_BILLED = 2

Rows = Mapping[tuple[str, str], pricing.FeeScheduleRow]


@dataclass(frozen=True, slots=True)
class ToolkitData:
    """The reference on one day. `names` holds the codes of the two foremost bands in the order of their numbers.

    `release` is the relative value file in force, None where none prices that day; `rows` are by code and component,
    `amounts` what Medicare allows nationally for one unit, in dollars.
    """

    at: date
    calendar: Calendar
    names: Mapping[str, str]
    foremost: frozenset[str]
    release: Release | None
    rows: Rows
    amounts: Mapping[str, Amounts]

    def amount(self, code: str) -> Decimal | None:
        """What is allowed for a code: outside a facility, or in one where only that is priced."""
        found = self.amounts.get(code, Amounts())
        return found.facility if found.nonfacility is None else found.nonfacility


def load(calendar: Calendar, at: date) -> ToolkitData:
    """Read what the sections share: three queries."""
    texts = list(CodeText.objects.filter(band__lte=OFTEN_BILLED).order_by("code"))
    release = None if no_release(calendar, at) else calendar.in_force(Source.PPRRVU, at)
    names = {text.code: text.plain_name for text in texts}
    rows = rows_of(release, names) if release else {}
    return ToolkitData(
        at=at,
        calendar=calendar,
        names=names,
        foremost=frozenset(text.code for text in texts if text.band <= MOST_BILLED),
        release=release,
        rows=rows,
        amounts=amounts_of(release, rows) if release else {},
    )


def rows_of(release: Release, codes: Mapping[str, str]) -> Rows:
    """The rows of these codes in a release, by code and component."""
    stored = FeeScheduleRow.objects.filter(release=release, code__in=codes)
    return {(row.code, row.modifier): as_pricing_row(row) for row in stored}


def amounts_of(release: Release, rows: Rows) -> dict[str, Amounts]:
    """What Medicare allows nationally by a release, by code; codes without a price are left out."""
    factor = release.conversion_factor or Decimal(0)
    found = {
        (amount.row.code, amount.row.modifier): amount
        for amount in allowed(rows.values(), [pricing.NATIONAL], factor, None)
    }
    return {
        code: Amounts(
            nonfacility=amount.nonfacility,
            facility=amount.facility,
            professional=found[code, "26"].facility if (code, "26") in found else None,
            technical=found[code, "TC"].nonfacility if (code, "TC") in found else None,
        )
        for (code, component), amount in found.items()
        if not component
    }
