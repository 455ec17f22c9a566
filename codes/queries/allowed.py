"""Allowed amounts in bulk: one row in many places, or many rows in one place, without the working.

The same figures as `price_line` gives for one unit without further modifiers in an office (place of service 11)
and in an outpatient hospital (22): the formula, then the imaging cap. A cell that CMS does not value for a
setting, and a technical or incident-to service for a hospital's patients, has no amount.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from codes import pricing
from codes.models import OppsCap, Release
from codes.models.release import Source
from codes.pricing import formula
from codes.pricing.components import PAID_TO_THE_HOSPITAL
from codes.pricing.limits import cap_carriers, locality_key
from codes.queries.releases import Calendar

Cap = tuple[Decimal, Decimal]  # facility, nonfacility
Caps = Mapping[tuple[str, str, str, str], Cap]  # by code, modifier, MAC and locality number


class Allowed(NamedTuple):
    """What Medicare allows for one unit of a row in a place, in dollars; None where that setting has no amount.

    `is_capped` says that the imaging cap stands below the fee-schedule amount in either setting.
    """

    row: pricing.FeeScheduleRow
    place: pricing.Locality
    nonfacility: Decimal | None
    facility: Decimal | None
    is_capped: bool

    def amount(self, setting: pricing.Setting) -> Decimal | None:
        """The amount of one setting."""
        return self.facility if setting == "facility" else self.nonfacility


def allowed(
    rows: Iterable[pricing.FeeScheduleRow],
    places: Collection[pricing.Locality],
    conversion_factor: Decimal,
    caps: Caps | None,
) -> Iterator[Allowed]:
    """Each priced row in each place. `caps` is CMS's file; None says that it is not loaded, and the cap is then
    worked out from the relative value file."""
    for row in rows:
        found = pricing.amounts([row], places, conversion_factor)
        for place, amount in zip(places, found, strict=False):  # a row without a price gives nothing
            yield _limited(row, place, amount, _cap(row, place, conversion_factor, caps))


def caps_of_code(calendar: Calendar, release: Release, code: str) -> Caps | None:
    """The caps of a code in every locality, from the OPPSCAP file of the same quarter (one query)."""
    return _caps(calendar, release, code=code)


def caps_of_place(calendar: Calendar, release: Release, place: pricing.Locality) -> Caps | None:
    """The caps of every code in one locality, from the OPPSCAP file of the same quarter (one query)."""
    return _caps(calendar, release, mac__in=cap_carriers(place.mac), locality=place.number)


def _caps(calendar: Calendar, release: Release, **wanted: object) -> Caps | None:
    file = calendar.of_same_quarter(Source.OPPS_CAP, release)
    if file is None:
        return None
    return {
        (row.code, row.modifier, *locality_key(row.mac, row.locality)): (
            row.facility_price,
            row.nonfacility_price,
        )
        for row in OppsCap.objects.filter(release=file, **wanted)
    }


def _cap(
    row: pricing.FeeScheduleRow, place: pricing.Locality, factor: Decimal, caps: Caps | None
) -> Cap | None:
    if row.modifier == "26":
        return None
    if caps is not None and place.mac:
        return caps.get((row.code, row.modifier, place.mac, place.number))
    if not formula.has_opps_amount(row):
        return None
    facility = formula.opps_amount(row, "facility", place.gpci, factor)
    return facility, formula.opps_amount(row, "nonfacility", place.gpci, factor)


def _limited(
    row: pricing.FeeScheduleRow, place: pricing.Locality, found: pricing.Amount, cap: Cap | None
) -> Allowed:
    to_hospital = row.modifier == "TC" or row.pctc in PAID_TO_THE_HOSPITAL
    facility = None if to_hospital else found.facility
    if cap is None:
        return Allowed(row, place, found.nonfacility, facility, False)
    capped = _lower(found.nonfacility, cap[1]), _lower(facility, cap[0])
    return Allowed(row, place, *capped, capped != (found.nonfacility, facility))


def _lower(amount: Decimal | None, cap: Decimal) -> Decimal | None:
    return None if amount is None else min(amount, cap)
