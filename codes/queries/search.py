"""Search over all codes: the index of the data as they are now, and what its hits show.

The index is built from the database when the first search after a change of data comes, and then held in memory.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from codes import pricing
from codes.caching.versions import versioned_cache
from codes.knowledge.indicators import meaning
from codes.models import FeeScheduleRow, Release
from codes.models.release import Source
from codes.pricing.bulk import allowed
from codes.pricing.schedules.listed import ListedAmount
from codes.pricing.status import LEFT_TO_OTHERS, refuse_status
from codes.queries.code import PRICING_FIELDS
from codes.queries.lexicon import lexicon
from codes.queries.listed_amounts import listed_amounts
from codes.queries.names import best_name
from codes.queries.priced_rows import no_release
from codes.queries.releases import Calendar
from codes.search import Document, Hit

MOST = 20


class Fees(NamedTuple):
    """What a result list says of the payment of a code: the amounts for an office and a facility, None where not
    priced; and the list that says so, or why there is no amount, '' for the physician fee schedule's own."""

    office: Decimal | None
    facility: Decimal | None
    words: str

    @property
    def is_priced(self) -> bool:
        return self.office is not None or self.facility is not None


NO_FEES = Fees(None, None, "")


@dataclass(frozen=True, slots=True)
class SearchResult:
    """One line of a result list."""

    hit: Hit
    document: Document
    fees: Fees

    @property
    def office(self) -> Decimal | None:
        return self.fees.office

    @property
    def facility(self) -> Decimal | None:
        return self.fees.facility

    @property
    def code(self) -> str:
        return self.hit.code

    @property
    def is_deleted(self) -> bool:
        """Whether the code is valid no more."""
        return self.document.is_deleted

    @property
    def shown(self) -> str:
        """The best name that we may show."""
        document = self.document
        name = best_name(document.name, document.hcpcs_text, document.description)
        return name or f"Code {document.code}"

    @property
    def pieces(self) -> list[tuple[str, bool]]:
        """The shown name in pieces, each with whether it answers the query."""
        field = next(
            name for name in ("name", "hcpcs_text", "description", "code") if getattr(self.document, name)
        )
        spans = sorted((mark.start, mark.end) for mark in self.hit.highlights if mark.field == field)
        pieces, at = [], 0
        for start, end in spans:
            if start >= at:
                pieces += [(self.shown[at:start], False), (self.shown[start:end], True)]
                at = end
        return [piece for piece in [*pieces, (self.shown[at:], False)] if piece[0]]


def find(
    calendar: Calendar,
    query: str,
    at: date,
    *,
    kind: str = "",
    category: str = "",
    most: int = MOST,
    locality: pricing.Locality = pricing.NATIONAL,
) -> list[SearchResult]:
    """What answers a query, best first, with the amounts on `at` in a locality."""
    known = lexicon(calendar)
    hits = known.index.search(query, kind=kind or None, category=category or None, limit=most)
    codes = [hit.code for hit in hits]
    fees = _fees(calendar, codes, at, locality)
    listed = listed_amounts(calendar, [code for code in codes if not fees.get(code, NO_FEES).is_priced], at)
    return [
        SearchResult(
            hit, known.documents[hit.code], _with_list(fees.get(hit.code, NO_FEES), listed.get(hit.code))
        )
        for hit in hits
    ]


def _with_list(fees: Fees, listed: Sequence[ListedAmount] | None) -> Fees:
    """The fees of a code, and where the physician fee schedule has none the amount of the list that prices it."""
    if not listed:
        return fees
    return Fees(listed[0].amount, None, listed[0].schedule.name)


def _fees(calendar: Calendar, codes: list[str], at: date, locality: pricing.Locality) -> dict[str, Fees]:
    """Amounts by code; at most one query, none where all these codes were found before."""
    release = calendar.in_force(Source.PPRRVU, at)
    if release is None or release.conversion_factor is None or no_release(calendar, at):
        return {}
    known = _fees_so_far(release, locality)
    if missing := [code for code in codes if code not in known]:
        known.update(_fees_of(release, release.conversion_factor, missing, locality))
    return known


@versioned_cache(64)
def _fees_so_far(_: Release, __: pricing.Locality) -> dict[str, Fees]:
    """Amounts of a release that were asked for: letter after letter, whoever types a word finds the same codes."""
    return {}


def _fees_of(
    release: Release, conversion_factor: Decimal, codes: list[str], locality: pricing.Locality
) -> dict[str, Fees]:
    stored = FeeScheduleRow.objects.filter(release=release, code__in=codes, modifier="")
    rows = [pricing.FeeScheduleRow(**row) for row in stored.values(*PRICING_FIELDS)]
    why = {row.code: _unpriced(row) for row in rows}
    priced = allowed(rows, [locality], conversion_factor, None)
    found = {each.row.code: Fees(each.nonfacility, each.facility, "") for each in priced}
    return {code: found.get(code) or Fees(None, None, why.get(code, "")) for code in codes}


def _unpriced(row: pricing.FeeScheduleRow) -> str:
    """Who sets the amount of a code that the fee schedule leaves to other lists, else what its status means."""
    refusal = (
        refuse_status(row, pricing.CodeRows(row.code, {"": row})) if row.status in LEFT_TO_OTHERS else None
    )
    return (refusal and refusal.pays_elsewhere) or meaning("status", row.status).words
