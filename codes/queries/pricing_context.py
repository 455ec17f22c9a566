"""The circumstances of a price: which conversion factor, caps, factors and rates hold on the day and in the place."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from codes.models import AnesthesiaBase, AnesthesiaFactor, LabRate, OppsCap, Release
from codes.models.release import Source
from codes.pricing import NATIONAL, Circumstances, Locality, Refusal, conversion_factors
from codes.pricing.types import FeeScheduleRow
from codes.queries.releases import Calendar, quarters_carried

CALIFORNIA_CAP_MAC = {"01182": "01112"}  # OPPSCAP files these localities under the other California carrier


def circumstances(
    calendar: Calendar,
    release: Release,
    at: date,
    locality: Locality = NATIONAL,
    *,
    qualifying_apm: bool = False,
) -> Circumstances:
    """What `release` and its companions say of services on `at` in `locality`; no query."""
    return Circumstances(
        date_of_service=at,
        conversion_factor=_conversion_factor(calendar, release, qualifying_apm),
        release=release.name,
        release_effective=release.effective_from,
        locality=locality,
        qualifying_apm=qualifying_apm,
        quarters_carried=quarters_carried(release, at),
    )


def no_release(calendar: Calendar, at: date) -> Refusal | None:
    """Why nothing can be priced on `at`, or None when a release of that year is in force.

    CMS sets new values each January: a release is carried from quarter to quarter, never into another year.
    """
    citation = "42 CFR 414.24: relative values are set for each year"
    release = calendar.in_force(Source.PPRRVU, at)
    if release and release.effective_from.year == at.year:
        return None
    loaded = calendar.of(Source.PPRRVU)
    if not loaded:
        text = "No relative value file is loaded. An operator loads one with load_cms."
    elif release is None:
        first = loaded[-1]
        text = f"The earliest relative value file that is loaded, {first.name}, begins on {first.effective_from}."
    else:
        text = (
            f"No relative value file of {at.year} in force on that day is loaded; "
            f"the last before it is {release.name}."
        )
    return Refusal("no_release", text, citation)


def _conversion_factor(calendar: Calendar, release: Release, qualifying_apm: bool) -> Decimal:
    if qualifying_apm:
        track = calendar.of_same_quarter(Source.PPRRVU_QPP, release)
        if track and track.conversion_factor:
            return track.conversion_factor
        known = conversion_factors.in_force(release.effective_from, qualifying_apm=True)
        if known and release.effective_from.year >= 2026:
            return known.value
    assert release.conversion_factor is not None, "a release of relative values holds its factor"
    return release.conversion_factor


def with_companions(
    calendar: Calendar, release: Release, row: FeeScheduleRow | None, given: Circumstances
) -> Circumstances:
    """Add what this row needs besides: OPPS caps, the anesthesia factor, or the laboratory rate (one query at most
    each, and never two of them for one status but anesthesia)."""
    if row is None:
        return given
    if row.status == "J":
        factor, name = anesthesia_factor(calendar, given)
        return replace(given, anesthesia_factor=factor, anesthesia_release=name)
    if row.status == "X":
        rates, name = lab_rates(calendar, row.code, given.date_of_service)
        return replace(given, lab_rates=rates, lab_release=name)
    if row.opps_nonfacility_pe or row.opps_facility_pe or row.status == "C":
        return replace(given, opps_caps=opps_caps(calendar, release, row.code, given.locality))
    return given


def anesthesia_factor(calendar: Calendar, given: Circumstances) -> tuple[Decimal | None, str]:
    """The anesthesia conversion factor of the place and day, and where it comes from; None where it is not known."""
    if not given.locality.mac:
        known = conversion_factors.anesthesia_in_force(given.date_of_service, given.qualifying_apm)
        return (known.value, known.source) if known else (None, "")
    release = calendar.of_same_year(Source.ANESTHESIA, given.date_of_service)
    found = AnesthesiaFactor.objects.filter(
        release=release, mac=given.locality.mac, locality=given.locality.number
    ).first()
    return (found.conversion_factor, release.name) if found and release else (None, "")


def base_units(calendar: Calendar, code: str, at: date) -> int | None:
    """The base units of an anesthesia code, or None."""
    release = calendar.nearest(Source.ANESTHESIA_BASE, at)
    found = AnesthesiaBase.objects.filter(release=release, code=code).first() if release else None
    return found.base_units if found else None


def lab_rates(calendar: Calendar, code: str, at: date) -> tuple[Mapping[str, Decimal], str]:
    """The laboratory rate of a code by code, from the schedule of that year, and the schedule's name."""
    release = calendar.of_same_year(Source.CLFS, at)
    found = LabRate.objects.filter(release=release, code=code, modifier="").first() if release else None
    return ({code: found.rate}, release.name) if found and release else ({}, release.name if release else "")


def opps_caps(
    calendar: Calendar, release: Release, code: str, locality: Locality
) -> Mapping[tuple[str, str], tuple[Decimal, Decimal]] | None:
    """The caps of a code in a locality from the OPPSCAP file of the same quarter; None where it is not loaded."""
    file = calendar.of_same_quarter(Source.OPPS_CAP, release)
    if file is None or not locality.mac:
        return None
    macs = {locality.mac, CALIFORNIA_CAP_MAC.get(locality.mac, locality.mac)}
    rows = OppsCap.objects.filter(release=file, code=code, mac__in=macs, locality=locality.number)
    return {(row.code, row.modifier): (row.facility_price, row.nonfacility_price) for row in rows}
