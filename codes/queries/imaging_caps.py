"""The imaging caps of CMS's OPPSCAP file, for amounts in bulk: of a code everywhere, or of every code in a locality."""

from codes import pricing
from codes.models import OppsCap, Release
from codes.models.release import Source
from codes.pricing.limits import cap_carriers, locality_key
from codes.pricing.schedule import Caps
from codes.queries.releases import Calendar


def caps_of_code(calendar: Calendar, release: Release, code: str) -> Caps | None:
    """The caps of a code in every locality, from the OPPSCAP file of the same quarter (one query)."""
    return _caps(calendar, release, code=code)


def caps_of_locality(calendar: Calendar, release: Release, locality: pricing.Locality) -> Caps | None:
    """The caps of every code in one locality, from the OPPSCAP file of the same quarter (one query)."""
    return _caps(calendar, release, mac__in=cap_carriers(locality.mac), locality=locality.number)


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
