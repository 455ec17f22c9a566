"""Search over all codes: the index of the data as they are now, and what its hits show.

The index is built from the database when the first search after a change of data comes, and then held in memory.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from django.conf import settings
from django.utils import timezone

from codes import pricing
from codes.caching.versions import versioned_cache
from codes.models import CodeText, FeeScheduleRow, HcpcsText, RbcsAssignment, Release
from codes.models.release import Source
from codes.parsing.code_shapes import is_code
from codes.pricing.bulk import allowed
from codes.queries import browse
from codes.queries.code import PRICING_FIELDS, system_of
from codes.queries.names import best_name
from codes.queries.priced_rows import no_release
from codes.queries.releases import Calendar, calendar, data_version
from codes.search import Document, Hit, Index

MOST = 20
Fees = tuple[Decimal | None, Decimal | None]  # for an office and a facility; None where not priced


@dataclass(frozen=True, slots=True)
class Found:
    """One line of a result list. `amounts` are national, for an office and a facility; None where not priced."""

    hit: Hit
    document: Document
    office: Decimal | None
    facility: Decimal | None

    @property
    def code(self) -> str:
        return self.hit.code

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


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The index and the documents behind it."""

    index: Index
    documents: dict[str, Document]
    categories: list[str]

    def is_known(self, code: str) -> bool:
        """Whether a page exists for this code."""
        return code in self.documents


def lexicon(calendar: Calendar) -> Lexicon:
    """The index of the data as they are now; one query where it is at hand."""
    return _lexicon(data_version(), _newest_releases(calendar), settings.CPT_DESCRIPTIONS)


def _newest_releases(calendar: Calendar) -> tuple[int | None, ...]:
    newest = (next(iter(calendar.of(source)), None) for source in (Source.PPRRVU, Source.HCPCS, Source.RBCS))
    return tuple(release.pk if release else None for release in newest)


@lru_cache(maxsize=1)
def _lexicon(
    version: tuple[int, datetime] | None, releases: tuple[int | None, ...], with_descriptions: bool
) -> Lexicon:
    schedule, hcpcs, rbcs = releases
    rows = FeeScheduleRow.objects.filter(release=schedule, modifier="")
    descriptions = dict(rows.values_list("code", "description"))
    texts = {text.code: text for text in CodeText.objects.all()}
    public = dict(HcpcsText.objects.filter(release=hcpcs).values_list("code", "long_description"))
    families = {each.code: each for each in RbcsAssignment.objects.filter(release=rbcs)}
    listed = browse.catalogue(calendar(), timezone.localdate()).codes
    codes = sorted(code for code in {*descriptions, *texts, *public, *listed} if is_code(code))
    documents = {
        code: _document(
            code,
            texts.get(code),
            descriptions.get(code, "") if with_descriptions else "",
            public.get(code, ""),
            families.get(code),
        )
        for code in codes
    }
    categories = {document.category for document in documents.values() if document.category}
    return Lexicon(Index(documents.values()), documents, sorted(categories))


def _document(
    code: str, text: CodeText | None, description: str, public: str, family: RbcsAssignment | None
) -> Document:
    return Document(
        code=code,
        name=text.plain_name if text else "",
        words=text.words if text else "",
        summary=text.summary if text else "",
        band=text.band if text else 5,
        description=description,
        hcpcs_text=public,
        category=family.category if family else "",
        subcategory=family.subcategory if family else "",
        family=family.family if family else "",
        kind=system_of(code),
    )


def find(
    calendar: Calendar, query: str, at: date, *, kind: str = "", category: str = "", most: int = MOST
) -> list[Found]:
    """What answers a query, best first, with national amounts on `at`."""
    known = lexicon(calendar)
    hits = known.index.search(query, kind=kind or None, category=category or None, limit=most)
    fees = _fees(calendar, [hit.code for hit in hits], at)
    return [Found(hit, known.documents[hit.code], *fees.get(hit.code, (None, None))) for hit in hits]


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
