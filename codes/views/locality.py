"""One locality: its indices, counties, contractor and some of its amounts; and its whole fee schedule to take along."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from codes import pricing
from codes.code_request import sanitized
from codes.exports.downloads import answer
from codes.exports.errors import errors_of, not_found, refused, unknown
from codes.exports.fee_files import FeeFiles, fee_download, retained_since
from codes.exports.structured_data import breadcrumbs, dataset, structured
from codes.forms.address import FeesForm
from codes.knowledge.contractors import contractor_of
from codes.knowledge.locality_names import spelled
from codes.knowledge.states import STATES
from codes.models.locality import Gpci
from codes.models.release import Release, Source
from codes.queries import geography, releases
from codes.queries import localities as queries
from codes.queries.circumstances import refuse_fees
from codes.queries.fee_tables import fee_table
from codes.queries.releases import Calendar


@require_safe
def locality(request: HttpRequest, key: str) -> HttpResponse:
    """The locality on a day; a 404 where no file holds it, a page without amounts where that year is not loaded."""
    calendar = releases.calendar()
    parameters = sanitized(request.GET)
    form = FeesForm(parameters)
    at, qualifying_apm = form.at, form.is_valid() and form.cleaned_data["qp"]
    history = queries.history(calendar, key)
    if not history:
        raise Http404
    locality = _locality(calendar, key, at)
    schedule = calendar.in_force(Source.PPRRVU, at)
    context = {
        "calendar": calendar,
        "key": key,
        "form": form,
        "at": at,
        "locality": locality,
        "latest": history[0][1],
        "state": STATES.get(history[0][1].state, history[0][1].state),
        "contractor": contractor_of(key[:5]),
        "history": history,
        "counties": queries.county_list(calendar, key, at),
        "common": queries.common_amounts(calendar, locality, at, qualifying_apm)
        if locality and form.is_valid()
        else [],
        "refusal": refuse_fees(calendar, at, qualifying_apm) if locality else None,
        "schedule": schedule,
        "qualifying_apm": qualifying_apm,
        "parameters": parameters.urlencode(),
        "structured": _structured(request, key, history[0][1], schedule),
    }
    return render(request, "codes/locality.html", context, status=200 if form.is_valid() else 400)


@require_safe
def fees_csv(request: HttpRequest, key: str) -> HttpResponseBase:
    """Every code of the fee schedule in this locality, on the date and track asked for."""
    return _fees(request, key, "csv")


@require_safe
def fees_xlsx(request: HttpRequest, key: str) -> HttpResponseBase:
    """The same as an Excel workbook."""
    return _fees(request, key, "xlsx")


def _fees(request: HttpRequest, key: str, file_type: str) -> HttpResponseBase:
    """The file; a 404 where no such locality, or no fee schedule of that day and track, is loaded."""
    form = FeesForm(sanitized(request.GET))
    if wrong := unknown(request, FeesForm) | errors_of([form]):
        return refused(request, wrong)
    calendar = releases.calendar()
    table, locality = fee_table(calendar, form.at, form.cleaned_data["qp"]), _locality(calendar, key, form.at)
    if table is None or locality is None:
        return _no_fees(request, form, key)
    is_old = form.at < retained_since(timezone.localdate())
    files = FeeFiles(table)
    return answer(request, fee_download(table, files, locality, file_type, form.at, is_old=is_old))


def _no_fees(request: HttpRequest, form: FeesForm, key: str) -> HttpResponse:
    refusal = refuse_fees(releases.calendar(), form.at, form.cleaned_data["qp"])
    why = refusal.text if refusal else f"{key} is not a locality of {form.at.year} that is loaded."
    return not_found(request, f"No fee schedule. {why}")


def _structured(request: HttpRequest, key: str, row: Gpci, schedule: Release | None) -> SafeString:
    name = f"Medicare physician fee schedule of {spelled(row.name)}, {row.state} ({key})"
    description = f"What Medicare allows for each code in locality {key}, in an office and in a facility."
    csv = reverse("codes:locality_fees", args=[key])
    way = [("Localities", reverse("codes:localities")), (key, reverse("codes:locality", args=[key]))]
    return structured(request, dataset(request, name, description, csv, schedule), breadcrumbs(request, way))


def _locality(calendar: Calendar, key: str, at: date) -> pricing.Locality | None:
    listed = geography.localities(calendar, at)
    return next((locality for locality in listed if geography.key_of(locality) == key), None)
