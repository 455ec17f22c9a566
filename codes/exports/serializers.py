"""The JSON twin of a code page: the same answer, the same steps. Money and RVUs are strings, as printed."""

from dataclasses import asdict
from decimal import Decimal
from typing import Any

from codes import pricing
from codes.queries.lookup import Lookup
from codes.queries.places import key_of
from codes.views.code_request import CodeRequest

NOTICE = (
    "An estimate of the Medicare allowed amount, not a guarantee of coverage or payment. CPT codes are copyright "
    "of the American Medical Association; fee schedules, relative value units and conversion factors are not "
    "assigned by the AMA."
)


def as_json(found: CodeRequest, page: str) -> dict[str, Any]:
    """A dictionary of strings, numbers, lists and dictionaries."""
    lookup, dossier = found.lookup, found.dossier
    assert lookup is not None, "only a valid question has a twin"
    return {
        "code": dossier.code,
        "name": dossier.name,
        "page": page,
        "date_of_service": found.at.isoformat(),
        "release": _release(found),
        "conversion_factor": plain(_conversion_factor(lookup)),
        "locality": {"key": key_of(found.place), "name": found.place.name, "state": found.place.state},
        "place_of_service": lookup.asked.place_of_service,
        "modifiers": list(lookup.asked.modifiers),
        "units": lookup.asked.units,
        "not_priced": plain(asdict(lookup.refusal)) if lookup.refusal else None,
        "price": _price(lookup.price) if lookup.price else None,
        "components": [
            {
                "modifier": component.modifier,
                "relative_values": plain(asdict(component.row)),
                "nonfacility": plain(component.office.allowed),
                "facility": plain(component.facility.allowed),
            }
            for component in (() if lookup.is_laboratory else lookup.components)
        ],
        "notice": NOTICE,
    }


def _release(found: CodeRequest) -> str | None:
    """The list that the amount is from; without an amount the relative values in force, None where there are none."""
    lookup, release = found.lookup, found.dossier.release
    if lookup and lookup.price and lookup.price.source:
        return lookup.price.source
    return release.name if release and lookup and lookup.given else None


def _conversion_factor(lookup: Lookup) -> Decimal | None:
    """The factor that the amount was worked out with; without an amount that of the relative values."""
    if lookup.price and lookup.price.source:
        return lookup.price.conversion_factor
    return lookup.given.conversion_factor if lookup.given else None


def _price(price: pricing.LinePrice) -> dict[str, Any]:
    whole = asdict(price)
    del whole["line"], whole["refusal"]
    shown: dict[str, Any] = plain(whole)
    return shown


def plain(value: Any) -> Any:
    """Decimals as text, tuples as lists, all the way down."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return value
