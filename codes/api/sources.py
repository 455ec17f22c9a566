"""Which releases an answer was read from, by what it is about and the day."""

from collections.abc import Iterator
from datetime import date

from codes.models.release import Release, Source
from codes.queries.ncci_tables import PTP_SOURCES, ptp_release
from codes.queries.releases import Calendar

OF_THE_YEAR = (Source.PPRRVU, Source.GPCI, Source.ANESTHESIA, Source.CLFS, Source.DMEPOS, Source.PEN)
OF_THE_QUARTER = (Source.OPPS_CAP, Source.ASP)
AS_THEY_STAND = (Source.MUE_PRACTITIONER,)
NEAREST = (Source.ZIP_LOCALITY, Source.HCPCS, Source.ADD_ON, Source.ANESTHESIA_BASE)


def of_amounts(calendar: Calendar, at: date) -> Iterator[Release]:
    """What amounts are worked out from on a day; a list of another year prices nothing, and is not named."""
    for source in OF_THE_YEAR:
        yield from _one(calendar.of_same_year(source, at))
    for source in (*OF_THE_QUARTER, *AS_THEY_STAND):
        yield from _one(calendar.in_force(source, at))
    for source in NEAREST:
        yield from _one(calendar.nearest(source, at))


def of_edits(calendar: Calendar, at: date, *settings: str) -> Iterator[Release]:
    """The bundling edits that speak of a day, for these settings or for both."""
    for setting in settings or PTP_SOURCES:
        yield from _one(ptp_release(calendar, setting, at))


def of_claims(calendar: Calendar, at: date, *, has_coverage: bool) -> Iterator[Release]:
    """What a claim is checked against and priced from; the contractors' articles where they were asked."""
    yield from of_amounts(calendar, at)
    yield from of_edits(calendar, at, "practitioner")
    yield from _one(calendar.in_force(Source.ICD10, at))
    if has_coverage:
        yield from _one(calendar.nearest(Source.COVERAGE_ARTICLES, at))


def _one(release: Release | None) -> Iterator[Release]:
    if release is not None:
        yield release
