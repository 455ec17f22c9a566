"""From the parameters of an address to a code, its rows and a validated query."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from codes import pricing
from codes.caching.versions import versioned_cache
from codes.forms.address import DayForm
from codes.forms.price import PriceForm
from codes.parsing.localities import read_zip
from codes.parsing.units import read_whole
from codes.pricing.usual_place import usual_place
from codes.queries import code as codes
from codes.queries import geography, releases
from codes.queries.code import CodeRecord
from codes.queries.known_codes import is_known
from codes.queries.price_query import OFFICE, PriceQuery
from codes.queries.price_result import PriceResult, price_code
from codes.queries.releases import Calendar

AnyPriceForm = TypeVar("AnyPriceForm", bound=PriceForm)
_UNUSUAL = re.compile(r"[^ -~]")  # all of ASCII that can be printed is as it should be


@dataclass(frozen=True, slots=True)
class CodeRequest:
    """Everything that a code page, its fragments, its JSON and its tables are rendered from.

    `result` is None where the parameters are wrong; `form` then says how.
    """

    calendar: Calendar
    record: CodeRecord
    form: PriceForm
    at: date
    locality: pricing.Locality
    zip_match: geography.ZipMatch | None
    result: PriceResult | None


def load_code_request(request: HttpRequest, code: str) -> CodeRequest | None:
    """Read and validate the request and price the code; None for a code that no loaded file holds."""
    return code_request_of(request.GET, code)


def code_request_of(parameters: QueryDict, code: str) -> CodeRequest | None:
    """The same from parameters, wherever they stood."""
    calendar, at, form = _price_form(parameters.urlencode(), timezone.localdate())
    record = codes.load_code(calendar, code, at)
    if not record.is_listed and not is_known(calendar, code):
        return None
    valid = form.is_valid()
    result = (
        price_code(calendar, record, query_from_form(form, usual_place(code, record.main_row)))
        if valid
        else None
    )
    locality = form.chosen_locality if valid else pricing.NATIONAL
    return CodeRequest(calendar, record, form, at, locality, form.match, result)


@versioned_cache(64)
def _price_form(parameters: str, _: date) -> tuple[Calendar, date, PriceForm]:
    """The form of these parameters on a day, read once for all codes asked for with them; it is never changed."""
    calendar, at, form = bind_form(PriceForm, QueryDict(parameters))
    form.full_clean()
    return calendar, at, form


def accepted_parameters(request: HttpRequest, *takes: type[forms.Form]) -> QueryDict:
    """The parameters of the request that these forms take, to carry on to another address."""
    kept = sanitized(request.GET)
    for name in set(kept) - {name for form in takes for name in form.base_fields}:
        del kept[name]
    return kept


def sanitized(parameters: QueryDict) -> QueryDict:
    """The parameters without control characters, which no field takes and no page may echo: a line break is a blank."""
    kept = QueryDict(mutable=True)
    for key, values in parameters.lists():
        kept.setlist(key, [_UNUSUAL.sub(_printable, value) for value in values])
    return kept


def _printable(found: re.Match[str]) -> str:
    character = found[0]
    if character.isprintable():
        return character
    return " " if character.isspace() else "?"


def bind_form(form: type[AnyPriceForm], parameters: QueryDict) -> tuple[Calendar, date, AnyPriceForm]:
    """The releases, the day asked for (today where it cannot be read), and the form with the localities of that day."""
    sound = sanitized(parameters)
    calendar = _calendar_of(sound.get("load", ""))
    at = DayForm(sound).at
    match = _zip_match(sound.get("zip", ""), calendar, at)
    return calendar, at, form(sound, localities=geography.localities(calendar, at), zip_match=match)


def _calendar_of(load: str) -> Calendar:
    """The releases after the load that a receipt names; those of now where it names none, or none that can be read."""
    try:
        return releases.calendar_after(read_whole(load, most=10**9, thing="The load of a receipt"))
    except ValueError:
        return releases.calendar()


def _zip_match(typed: str, calendar: Calendar, at: date) -> geography.ZipMatch | None:
    """What the ZIP file says of the ZIP code asked for, or None."""
    try:
        return geography.zip_match(calendar, read_zip(typed), at)
    except ValueError:
        return None


def query_from_form(form: PriceForm, usual: str = OFFICE) -> PriceQuery:
    """The query that a valid form stands for, with its defaults; `usual` is the place where none was chosen. A form of
    several lines has no modifiers, units and charge: each line has its own."""
    cleaned = form.cleaned_data
    return PriceQuery(
        date_of_service=cleaned["dos"],
        locality=form.chosen_locality,
        place_of_service=cleaned["pos"] or usual,
        modifiers=cleaned.get("mod", ()),
        units=cleaned.get("units") or 1,
        charge=cleaned.get("charge"),
        minutes=cleaned["minutes"],
        present_at_induction=cleaned["induction"],
        care_days=cleaned["days"],
        deductible_remaining=cleaned["deductible"] or Decimal(0),
        practitioner=cleaned["practitioner"] or "physician",
        participating=cleaned["par"] in ("", "yes"),
        assigned=cleaned["par"] != "no",
        qualifying_apm=cleaned["qp"],
    )
