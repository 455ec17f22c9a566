"""From the parameters of an address to a code's dossier and a validated question."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from codes import pricing
from codes.forms import LookupForm
from codes.queries import code as codes
from codes.queries import places, releases
from codes.queries.code import Dossier
from codes.queries.lookup import Asked, Lookup, look_up
from codes.queries.releases import Calendar


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything that a code page, its fragment and its twin are rendered from.

    `lookup` is None where the parameters are wrong; `form` then says how.
    """

    calendar: Calendar
    dossier: Dossier
    form: LookupForm
    at: date
    place: pricing.Locality
    zip_match: places.ZipMatch | None
    lookup: Lookup | None


def answer(request: HttpRequest, code: str) -> Answer | None:
    """Read, validate, price; None for a code that no loaded file holds."""
    calendar = releases.calendar()
    parameters = printable(request.GET)
    at = date_in(parameters)
    match = zip_in(parameters, calendar, at)
    form = LookupForm(parameters, localities=places.localities(calendar, at), zip_match=match)
    dossier = codes.dossier(calendar, code, at)
    if not dossier.history and dossier.text is None and dossier.hcpcs is None:
        return None
    valid = form.is_valid()
    lookup = look_up(calendar, dossier, asked_in(form)) if valid else None
    place = form.place if valid else pricing.NATIONAL
    return Answer(calendar, dossier, form, at, place, match, lookup)


def printable(parameters: QueryDict) -> QueryDict:
    """The parameters without control characters, which no field takes and no page may echo."""
    kept = QueryDict(mutable=True)
    for key, values in parameters.lists():
        kept.setlist(key, ["".join(c if c.isprintable() else "?" for c in value) for value in values])
    return kept


def date_in(parameters: QueryDict) -> date:
    """The date asked for where it can be read; the form says so where it cannot."""
    try:
        return date.fromisoformat(parameters.get("dos", "").strip())
    except ValueError:
        return timezone.localdate()


def zip_in(parameters: QueryDict, calendar: Calendar, at: date) -> places.ZipMatch | None:
    """What the ZIP file says of the ZIP code asked for, or None."""
    zip_code = parameters.get("zip", "").strip()[:5]
    return places.zip_match(calendar, zip_code, at) if zip_code.isascii() and zip_code.isdigit() else None


def asked_in(form: LookupForm) -> Asked:
    """The question of a valid form."""
    given = form.cleaned_data
    return Asked(
        date_of_service=given["dos"],
        locality=form.place,
        place_of_service=given["pos"] or "11",
        modifiers=given["mod"],
        units=given["units"] or 1,
        charge=given["charge"],
        minutes=given["minutes"],
        present_at_induction=given["induction"],
        care_days=given["days"],
        deductible_remaining=given["deductible"] or Decimal(0),
        practitioner=given["practitioner"] or "physician",
        participating=given["par"] in ("", "yes"),
        assigned=given["par"] != "no",
        qualifying_apm=given["qp"],
    )
