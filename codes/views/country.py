"""One code across the country: a part of the code page, a page of its own, and a CSV."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString

from codes import charts
from codes.code_request import CodeRequest, accepted_parameters
from codes.exports.csv_response import csv_response
from codes.exports.errors import errors_of, not_found, refused, unknown
from codes.exports.structured_data import breadcrumbs, dataset, structured
from codes.formatting import day, dollars
from codes.forms.price import PriceForm
from codes.links import claim_desk_address, code_address
from codes.queries.claim_text import claim_text
from codes.queries.country import Country, StateMean, across
from codes.shown_outlook import outlook_of
from codes.views.code_view import code_view, render_part

SETTINGS = {"nonfacility": "in an office", "facility": "in a facility"}
HEADINGS = (
    "code",
    "modifier",
    "mac",
    "locality",
    "state",
    "locality_name",
    "office",
    "facility",
    "imaging_cap_binds",
    "work_gpci",
    "practice_expense_gpci",
    "malpractice_gpci",
    "conversion_factor",
    "release",
)


@code_view("_country")
def country(request: HttpRequest, found: CodeRequest) -> HttpResponse:
    """The ranked table and the map; htmx asks for the short form without the table."""
    context = _context(found) | {"parameters": accepted_parameters(request, PriceForm).urlencode()}
    around = partial(_around, request, found)
    return render_part(request, "country", context, valid=found.result is not None, around=around)


def _around(request: HttpRequest, found: CodeRequest) -> dict[str, Any]:
    """What the page shows around the ranking."""
    price = found.result.price if found.result else None
    return {
        "outlook": outlook_of(found),
        "claim": claim_desk_address(claim_text([price.line]), found.result.query)
        if found.result and price
        else "",
        "structured": _structured(request, found),
    }


@code_view("_country_csv")
def country_csv(request: HttpRequest, found: CodeRequest) -> HttpResponse:
    """Every locality, both settings."""
    if wrong := unknown(request, PriceForm) | errors_of([found.form]):
        return refused(request, wrong)
    made = across(found.calendar, found.record, found.result) if found.result else None
    if made is None:
        refusal = found.result.refusal if found.result else None
        why = refusal.text if refusal else f"No fee schedule for {day(found.at)} is loaded."
        return not_found(request, f"Not priced. {why}")
    return csv_response(f"{found.record.code}-country.csv", HEADINGS, _csv_rows(found, made))


def _csv_rows(found: CodeRequest, made: Country) -> Iterator[tuple[Any, ...]]:
    circumstances = found.result.circumstances if found.result else None
    for each in made.everywhere:
        locality, gpci = each.locality, each.locality.gpci
        yield (
            *(each.row.code, each.row.modifier, locality.mac, locality.number, locality.state, locality.name),
            *(each.nonfacility, each.facility, "yes" if each.is_capped else "no"),
            *(gpci.work, gpci.practice_expense, gpci.malpractice),
            *((circumstances.conversion_factor, circumstances.release) if circumstances else (None, None)),
        )


def _context(found: CodeRequest) -> dict[str, Any]:
    made = across(found.calendar, found.record, found.result) if found.result else None
    context: dict[str, Any] = {
        "calendar": found.calendar,
        "record": found.record,
        "result": found.result,
        "form": found.form,
        "at": found.at,
        "country": made,
    }
    if made is None or not made.rows:
        return context
    states = made.states
    where = SETTINGS[made.setting]
    tiles = {state.abbreviation: charts.Tile(state.mean, _said(state)) for state in states}
    return context | {
        "where": where,
        "states": states,
        "spread": made.spread,
        "bands": charts.bands(state.mean for state in states),
        "map": charts.tile_map(
            "country-map",
            f"{found.record.code} by state, {where}",
            "Each tile is a state with the mean of its localities in dollars, in five bands of color. "
            "The table of states has the same figures.",
            tiles,
        ),
    }


def _said(state: StateMean) -> str:
    if state.localities == 1:
        return f"{state.name}: {dollars(state.mean)}"
    return (
        f"{state.name}: {dollars(state.lowest)} to {dollars(state.highest)} in {state.localities} localities"
    )


def _structured(request: HttpRequest, found: CodeRequest) -> SafeString:
    code, page = found.record.code, code_address(found.record.code)
    name = f"{code} in every Medicare payment locality"
    description = (
        f"What Medicare allows for {code} ({found.record.name}) in each locality, office and facility."
    )
    csv = code_address(code, "_country_csv")
    return structured(
        request,
        dataset(request, name, description, csv, found.record.release),
        breadcrumbs(request, [(code, page), ("Across the country", code_address(code, "_country"))]),
    )
