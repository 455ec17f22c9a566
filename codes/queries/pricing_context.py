"""The circumstances of a price: which conversion factor, caps, factors and rates hold on the day and in the place."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from codes import pricing
from codes.models import AnesthesiaBase, AnesthesiaFactor, LabRate, OppsCap, Release
from codes.models.release import Source
from codes.pricing import NATIONAL, Circumstances, Locality, Refusal, conversion_factors
from codes.pricing.laboratory import laboratory_row
from codes.pricing.limits import cap_carriers
from codes.pricing.types import FeeScheduleRow
from codes.queries.code import code_rows
from codes.queries.releases import Calendar, quarters_carried

TWO_TRACKS = 2026  # from this year on a qualifying APM participant has a conversion factor of its own


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
        track = calendar.of_same_year(Source.PPRRVU_QPP, release.effective_from)
        if track and track.conversion_factor:
            return track.conversion_factor
        known = conversion_factors.in_force(release.effective_from, qualifying_apm=True)
        if known and release.effective_from.year >= TWO_TRACKS:
            return known.value
    assert release.conversion_factor is not None, "a release of relative values holds its factor"
    return release.conversion_factor


def with_companions(
    calendar: Calendar, release: Release, rows: Iterable[FeeScheduleRow], given: Circumstances
) -> Circumstances:
    """Add what these rows need besides, one query for each kind of thing that any of them needs: the anesthesia
    factor (status J), laboratory rates (status X), OPPS caps (rows with OPPS values, and status C)."""
    anesthesia, laboratory, imaging = set(), set(), set()
    for row in rows:
        if row.status == "J":
            anesthesia.add(row.code)
        elif row.status == "X":
            laboratory.add(row.code)
        elif row.opps_nonfacility_pe or row.opps_facility_pe or row.status == "C":
            imaging.add(row.code)
    if anesthesia:
        given = with_anesthesia_factor(calendar, given)
    if laboratory:
        rates, name = lab_rates(calendar, laboratory, given.date_of_service)
        given = replace(given, lab_rates=rates, lab_release=name)
    if imaging:
        given = replace(given, opps_caps=opps_caps(calendar, release, imaging, given.locality))
    return given


def with_anesthesia_factor(calendar: Calendar, given: Circumstances) -> Circumstances:
    """Add the anesthesia conversion factor of the place and day, and where it comes from: the national one where the
    locality's is not loaded (CMS's file of localities is for clinicians outside a qualifying APM)."""
    local = _local_factor(calendar, given)
    if local is not None:
        return replace(given, anesthesia_factor=local[0], anesthesia_release=local[1])
    known = conversion_factors.anesthesia_in_force(given.date_of_service, given.qualifying_apm)
    return replace(
        given,
        anesthesia_factor=known.value if known else None,
        anesthesia_release=known.source if known else "",
        anesthesia_is_national=bool(given.locality.mac),
    )


def _local_factor(calendar: Calendar, given: Circumstances) -> tuple[Decimal, str] | None:
    release = calendar.of_same_year(Source.ANESTHESIA, given.date_of_service)
    other_track = given.qualifying_apm and given.date_of_service.year >= TWO_TRACKS
    if release is None or other_track or not given.locality.mac:
        return None
    found = AnesthesiaFactor.objects.filter(
        release=release, mac=given.locality.mac, locality=given.locality.number
    ).first()
    return (found.conversion_factor, f"{release.name} anesthesia conversion factors") if found else None


def base_units(calendar: Calendar, codes: Collection[str], at: date) -> Mapping[str, int]:
    """The base units of anesthesia codes, by code; empty where no table is loaded."""
    release = calendar.nearest(Source.ANESTHESIA_BASE, at)
    held = _base_units(release.pk, release.loaded_at) if release else {}
    return {code: held[code] for code in codes if code in held}


@lru_cache(maxsize=4)
def _base_units(release: int, loaded_at: datetime) -> dict[str, int]:
    """The few hundred base units of a release, which never change once it is ready."""
    return dict(AnesthesiaBase.objects.filter(release=release).values_list("code", "base_units"))


def lab_rates(calendar: Calendar, codes: Collection[str], at: date) -> tuple[Mapping[str, Decimal], str]:
    """Laboratory rates by code from the schedule of that year, and the schedule's name. A rate of zero means that the
    contractor sets it."""
    release = calendar.of_same_year(Source.CLFS, at)
    if release is None:
        return {}, ""
    held = _lab_rates(release.pk, release.loaded_at)
    return {code: held[code] for code in codes if code in held}, release.name


@lru_cache(maxsize=4)
def _lab_rates(release: int, loaded_at: datetime) -> dict[str, Decimal]:
    """The two thousand rates of a release, which never change once it is ready."""
    rows = LabRate.objects.filter(release=release, modifier="")
    return dict(rows.values_list("code", "rate"))


def rows_to_price(
    calendar: Calendar, release: Release, codes: Collection[str], at: date
) -> dict[str, pricing.CodeRows]:
    """The rows of these codes in a release (one query), and for laboratory tests that only the laboratory schedule of
    the year lists the row that CMS prints for the others: status X, without relative values."""
    rows = code_rows(release, codes)
    return rows | laboratory_rows(calendar, {code for code in codes if code not in rows}, at)


def laboratory_rows(calendar: Calendar, codes: Collection[str], at: date) -> dict[str, pricing.CodeRows]:
    """A row of status X for each of these codes that the laboratory schedule of the year lists."""
    rates, _ = lab_rates(calendar, codes, at)
    return {code: pricing.CodeRows(code, {"": laboratory_row(code)}) for code in rates}


def opps_caps(
    calendar: Calendar, release: Release, codes: Collection[str], locality: Locality
) -> Mapping[tuple[str, str], tuple[Decimal, Decimal]] | None:
    """The caps of codes in a locality from the OPPSCAP file of the same quarter; None where it is not loaded."""
    file = calendar.of_same_quarter(Source.OPPS_CAP, release)
    if file is None or not locality.mac:
        return None
    rows = OppsCap.objects.filter(
        release=file, code__in=codes, mac__in=cap_carriers(locality.mac), locality=locality.number
    )
    return {(row.code, row.modifier): (row.facility_price, row.nonfacility_price) for row in rows}
