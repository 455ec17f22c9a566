"""The JSON and the CSV of where a procedure is done: the same places and amounts as the panel of the code page."""

from collections.abc import Iterator
from typing import Any

from codes.code_request import CodeRequest
from codes.exports.serializers import NOTICE, Json, as_text, serialize_locality, serialize_refusal
from codes.pricing.facility import FacilityPayment
from codes.queries.site_of_service import Site, SiteOfService

HEADINGS = (
    *("code", "date_of_service", "place_of_service", "place", "practitioner_allowed", "facility_allowed"),
    *("total_allowed", "patient_owes", "facility_status", "indicator", "apc", "wage_index_share", "list"),
    *("list_in_force_from", "note"),
)


def serialize_sites(found: CodeRequest, sites: SiteOfService, page: str) -> Json:
    """Amounts for one unit; the facility's are national, before the wage index."""
    return {
        "code": sites.code,
        "name": found.record.name,
        "page": page,
        "date_of_service": sites.at.isoformat(),
        "locality": serialize_locality(found.locality),
        "places": [_place(site) for site in sites.sites],
        "notice": NOTICE,
    }


def _place(site: Site) -> Json:
    refusal = site.professional.refusal if site.professional else None
    return {
        "place_of_service": site.place_of_service,
        "name": site.name,
        "practitioner_allowed": as_text(site.professional_allowed),
        "practitioner_not_priced": serialize_refusal(refusal) if refusal else None,
        "facility": _facility(site.facility) if site.facility else None,
        "list": site.release.name if site.release else None,
        "list_in_force_from": site.release.effective_from.isoformat() if site.release else None,
        "missing": site.missing or None,
        "total_allowed": as_text(site.total),
        "patient_owes": as_text(site.patient),
    }


def _facility(payment: FacilityPayment) -> Json:
    return {
        "status": payment.status.value,
        "indicator": payment.indicator,
        "meaning": payment.sentence,
        "apc": payment.group or None,
        "apc_title": payment.group_title or None,
        "allowed": as_text(payment.allowed),
        "patient_owes": as_text(payment.patient),
        "wage_index_share": as_text(payment.wage_share),
        "notes": list(payment.notes),
        "citation": payment.citation,
    }


def site_rows(sites: SiteOfService) -> Iterator[tuple[Any, ...]]:
    """One row a place, in the order of HEADINGS."""
    for site in sites.sites:
        facility = site.facility
        yield (
            *(sites.code, sites.at.isoformat(), site.place_of_service, site.name, site.professional_allowed),
            *(facility.allowed if facility else None, site.total, site.patient),
            *(_words(facility) if facility else (None, None, None, None)),
            *((site.release.name, site.release.effective_from.isoformat()) if site.release else (None, None)),
            site.missing or (facility.sentence if facility else None),
        )


def _words(facility: FacilityPayment) -> tuple[Any, ...]:
    return facility.status.value, facility.indicator or None, facility.group or None, facility.wage_share
