"""The billing units of a drug: a dose, a vial or an NDC to the lines of a claim; and its limits by quarter."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from codes.code_request import sanitized
from codes.exports.csv_response import csv_response
from codes.exports.drug_serializers import serialize_units
from codes.exports.errors import errors_of, not_found, refused, unknown
from codes.forms.drug_units import DrugUnitsForm
from codes.links import absolute, claim_desk_address, code_address
from codes.queries import releases
from codes.queries.drug_panel import DrugPanel, drug_panel
from codes.queries.drug_units import UnitsFound, UnitsQuery, find_units
from codes.queries.names import names_of
from codes.queries.price_query import PriceQuery
from codes.views.code_view import canonical_code
from codes.views.not_found import code_not_found

HEADINGS = ("list", "from", "to", "code", "billing unit", "payment limit", "coinsurance percent", "kind")


@canonical_code("_units")
def drug_units(request: HttpRequest, code: str) -> HttpResponse:
    """The form with its answer; without JavaScript, by GET."""
    form, calendar = DrugUnitsForm(sanitized(request.GET)), releases.calendar()
    panel = drug_panel(calendar, code, form.at)
    if panel is None or not panel.quarters:
        return code_not_found(request, code)
    found = _found(calendar, panel, form)
    context = {
        "calendar": calendar,
        "code": code,
        "name": names_of(calendar, {code}, timezone.localdate()).get(code, ""),
        "form": form,
        "at": form.at,
        "drug": panel,
        "found": found,
        "claim": _claim(found, form) if found and found.units else "",
        "is_variant": bool(request.GET),
    }
    status = 400 if form.errors or (found and found.problem) else 200
    return render(request, "codes/drug_units.html", context, status=status)


@canonical_code("_units_json")
def drug_units_json(request: HttpRequest, code: str) -> HttpResponse:
    """The same for programs."""
    form, calendar = DrugUnitsForm(sanitized(request.GET)), releases.calendar()
    panel = drug_panel(calendar, code, form.at)
    if panel is None or not panel.quarters:
        return not_found(request, f"No list of drug payment limits that is loaded has {code}.")
    if wrong := unknown(request, DrugUnitsForm) | errors_of([form]):
        return refused(request, wrong)
    found = _found(calendar, panel, form)
    if found and found.problem:
        return refused(request, {"": [found.problem]})
    return JsonResponse(serialize_units(panel, found, absolute(code_address(code, "_units"))))


@canonical_code("_limits_csv")
def drug_limits_csv(request: HttpRequest, code: str) -> HttpResponse:
    """The limit of a drug in each list that is loaded, latest first."""
    panel = drug_panel(releases.calendar(), code, timezone.localdate())
    if panel is None or not panel.quarters:
        return not_found(request, f"No list of drug payment limits that is loaded has {code}.")
    if wrong := unknown(request):
        return refused(request, wrong)
    return csv_response(f"{code}-limits.csv", HEADINGS, _rows(panel))


def _rows(panel: DrugPanel) -> Iterator[tuple[Any, ...]]:
    for each in panel.quarters:
        limit = each.limit
        days = (each.release.effective_from.isoformat(), each.last.isoformat())
        share = f"{limit.coinsurance * 100:.3f}"
        yield each.release.name, *days, panel.code, limit.unit, limit.amount, share, limit.kind


def _found(calendar: releases.Calendar, panel: DrugPanel, form: DrugUnitsForm) -> UnitsFound | None:
    if not form.is_valid() or not form.is_filled:
        return None
    cleaned = form.cleaned_data
    query = UnitsQuery(dose=cleaned["dose"], vial=cleaned["vial"], ndc=cleaned["ndc"] or "")
    return find_units(calendar, panel, query, form.at)


def _claim(found: UnitsFound, form: DrugUnitsForm) -> str:
    return claim_desk_address(found.lines, PriceQuery(date_of_service=form.at))
