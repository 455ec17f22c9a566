"""The imaging caps of CMS's OPPSCAP file, for amounts in bulk: of a code everywhere, or of every code in a locality."""

from codes import pricing
from codes.models import OppsCap, Release
from codes.models.release import Source
from codes.pricing.limits import cap_carriers, locality_key
from codes.pricing.schedule import Caps
from codes.queries.releases import Calendar

_COLUMNS = ("code", "modifier", "mac", "locality", "facility_price", "nonfacility_price")


def caps_of_code(calendar: Calendar, release: Release, code: str) -> Caps | None:
    """The caps of a code in every locality, from the OPPSCAP file of the same quarter (one query)."""
    return _caps(calendar, release, code=code)


def caps_of_locality(calendar: Calendar, release: Release, locality: pricing.Locality) -> Caps | None:
    """The caps of every code in one locality, from the OPPSCAP file of the same quarter (one query)."""
    return _caps(calendar, release, mac__in=cap_carriers(locality.mac), locality=locality.number)


def caps_of_release(calendar: Calendar, release: Release) -> Caps | None:
    """The caps of every code in every locality, from the OPPSCAP file of the same quarter (one query)."""
    return _caps(calendar, release)


def _caps(calendar: Calendar, release: Release, **wanted: object) -> Caps | None:
    file = calendar.of_same_quarter(Source.OPPS_CAP, release)
    if file is None:
        return None
    stored = OppsCap.objects.filter(release=file, **wanted)
    return {
        (code, modifier, *locality_key(mac, number)): (facility, nonfacility)
        for code, modifier, mac, number, facility, nonfacility in stored.values_list(*_COLUMNS)
    }
