"""The circumstances of a price: which conversion factor, caps, factors and rates hold on the day and in the locality.

Every page that prices builds them here, so that the same question has the same answer wherever it is asked.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from codes import pricing
from codes.models import AnesthesiaFactor, OppsCap, Release
from codes.models.release import Source
from codes.pricing import Circumstances, Locality, conversion_factors
from codes.pricing.conversion_factors import TWO_TRACKS
from codes.pricing.limits import cap_carriers
from codes.pricing.schedules.kinds import LISTED_STATUSES
from codes.pricing.types import FeeScheduleRow
from codes.queries.listed_amounts import listed_amounts
from codes.queries.price_query import PriceQuery
from codes.queries.priced_rows import no_release
from codes.queries.releases import Calendar


def circumstances_for(
    calendar: Calendar,
    release: Release | None,
    rows: Mapping[str, pricing.CodeRows],
    query: PriceQuery,
    *,
    whole_day: bool = False,
) -> Circumstances:
    """What `release` and its companions say of these rows on the day, in the locality and of the biller asked for: one
    query for each kind of companion that any row needs, none without rows. Without a release nothing but what other
    lists price has an amount."""
    plain = Circumstances(
        date_of_service=query.date_of_service,
        conversion_factor=conversion_factor(calendar, release, query.qualifying_apm) if release else None,
        release=release.name if release else "",
        release_effective=release.effective_from if release else date.min,
        locality=query.locality,
        qualifying_apm=query.qualifying_apm,
        practitioner=query.practitioner,
        participating=query.participating,
        assigned=query.assigned,
        deductible_remaining=query.deductible_remaining,
        all_lines_known=whole_day,
    )
    every_row = (row for each in rows.values() for row in each.rows.values())
    return _with_companions(calendar, release, every_row, plain)


def conversion_factor(calendar: Calendar, release: Release, qualifying_apm: bool) -> Decimal | None:
    """The factor of a track in a release: from its file, else for qualifying APM participants from the law's table.
    None where neither has it; the common factor never stands in for it in a year with two tracks."""
    if not qualifying_apm or release.effective_from.year < TWO_TRACKS:
        return release.conversion_factor
    track = calendar.of_same_year(Source.PPRRVU_QPP, release.effective_from)
    if track and track.conversion_factor:
        return track.conversion_factor
    known = conversion_factors.in_force(release.effective_from, qualifying_apm=True)
    return known.value if known else None


def refuse_fees(calendar: Calendar, at: date, qualifying_apm: bool) -> pricing.Refusal | None:
    """Why the fee schedule allows nothing on a day for a track: no release of that year, or no factor of the track."""
    release = calendar.of_same_year(Source.PPRRVU, at)
    if release is None or conversion_factor(calendar, release, qualifying_apm):
        return no_release(calendar, at)
    return pricing.unknown_factor(at.year, qualifying_apm)


def _with_companions(
    calendar: Calendar,
    release: Release | None,
    rows: Iterable[FeeScheduleRow],
    circumstances: Circumstances,
) -> Circumstances:
    """Add what these rows need besides, one query for each kind of thing that any of them needs: the anesthesia
    factor (status J), other price lists (status E, X and the like), OPPS caps (rows with OPPS values, and status C)."""
    anesthesia, listed, imaging = set(), set(), set()
    for row in rows:
        if row.status == "J":
            anesthesia.add(row.code)
        elif row.status in LISTED_STATUSES:
            listed.add(row.code)
        elif row.opps_nonfacility_pe or row.opps_facility_pe or row.status == "C":
            imaging.add(row.code)
    if anesthesia:
        circumstances = with_anesthesia_factor(calendar, circumstances)
    if listed:
        found = listed_amounts(calendar, listed, circumstances.date_of_service, circumstances.locality)
        circumstances = replace(circumstances, listed=found)
    if imaging and release:
        circumstances = replace(
            circumstances, opps_caps=_opps_caps(calendar, release, imaging, circumstances.locality)
        )
    return circumstances


def with_anesthesia_factor(calendar: Calendar, circumstances: Circumstances) -> Circumstances:
    """Add the anesthesia conversion factor of the locality and day, and where it comes from: the national one where the
    locality's is not loaded (CMS's file of localities is for clinicians outside a qualifying APM)."""
    local = _local_factor(calendar, circumstances)
    if local is not None:
        return replace(circumstances, anesthesia_factor=local[0], anesthesia_release=local[1])
    known = conversion_factors.anesthesia_in_force(
        circumstances.date_of_service, circumstances.qualifying_apm
    )
    return replace(
        circumstances,
        anesthesia_factor=known.value if known else None,
        anesthesia_release=known.source if known else "",
        anesthesia_is_national=bool(circumstances.locality.mac),
    )


def _local_factor(calendar: Calendar, circumstances: Circumstances) -> tuple[Decimal, str] | None:
    release = calendar.of_same_year(Source.ANESTHESIA, circumstances.date_of_service)
    other_track = circumstances.qualifying_apm and circumstances.date_of_service.year >= TWO_TRACKS
    if release is None or other_track or not circumstances.locality.mac:
        return None
    found = AnesthesiaFactor.objects.filter(
        release=release, mac=circumstances.locality.mac, locality=circumstances.locality.number
    ).first()
    return (found.conversion_factor, f"{release.name} anesthesia conversion factors") if found else None


def _opps_caps(
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
