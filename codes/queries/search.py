"""Search over all codes: the index of the data as they are now, and what its hits show.

The index is built from the database when the first search after a change of data comes, and then held in memory.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from codes import pricing
from codes.caching.versions import versioned_cache
from codes.models import FeeScheduleRow, Release
from codes.models.release import Source
from codes.pricing.bulk import allowed
from codes.queries.code import PRICING_FIELDS
from codes.queries.lexicon import lexicon
from codes.queries.names import best_name
from codes.queries.priced_rows import no_release
from codes.queries.releases import Calendar
from codes.search import Document, Hit

MOST = 20
Fees = tuple[Decimal | None, Decimal | None]  # for an office and a facility; None where not priced


@dataclass(frozen=True, slots=True)
class SearchResult:
    """One line of a result list. `amounts` are national, for an office and a facility; None where not priced."""

    hit: Hit
    document: Document
    office: Decimal | None
    facility: Decimal | None

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
    calendar: Calendar, query: str, at: date, *, kind: str = "", category: str = "", most: int = MOST
) -> list[SearchResult]:
    """What answers a query, best first, with national amounts on `at`."""
    known = lexicon(calendar)
    hits = known.index.search(query, kind=kind or None, category=category or None, limit=most)
    fees = _fees(calendar, [hit.code for hit in hits], at)
    return [SearchResult(hit, known.documents[hit.code], *fees.get(hit.code, (None, None))) for hit in hits]


def _fees(calendar: Calendar, codes: list[str], at: date) -> dict[str, Fees]:
    """National amounts by code; at most one query, none where all these codes were found before."""
    release = calendar.in_force(Source.PPRRVU, at)
    if release is None or release.conversion_factor is None or no_release(calendar, at):
        return {}
    known = _fees_so_far(release)
    if missing := [code for code in codes if code not in known]:
        known.update(_fees_of(release, release.conversion_factor, missing))
    return known


@versioned_cache(4)
def _fees_so_far(_: Release) -> dict[str, Fees]:
    """Amounts of a release that were asked for: letter after letter, whoever types a word finds the same codes."""
    return {}


def _fees_of(release: Release, conversion_factor: Decimal, codes: list[str]) -> dict[str, Fees]:
    stored = FeeScheduleRow.objects.filter(release=release, code__in=codes, modifier="")
    rows = (pricing.FeeScheduleRow(**row) for row in stored.values(*PRICING_FIELDS))
    priced = allowed(rows, [pricing.NATIONAL], conversion_factor, None)
    found = {each.row.code: (each.nonfacility, each.facility) for each in priced}
    return {code: found.get(code, (None, None)) for code in codes}
