"""The locality finder: by ZIP code, name, county, state or contractor."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from codes.code_request import sanitized
from codes.forms.address import DayForm
from codes.queries import localities as queries
from codes.queries import releases

LONGEST = 60


@require_safe
def localities(request: HttpRequest) -> HttpResponse:
    """All localities, or those that fit what was typed."""
    calendar = releases.calendar()
    parameters = sanitized(request.GET)
    form = DayForm(parameters)
    at, typed = form.at, parameters.get("q", "").strip()[:LONGEST]
    finding = queries.find(calendar, typed, at)
    context = {
        "calendar": calendar,
        "form": form,
        "at": at,
        "typed": typed,
        "is_dated": bool(parameters.get("dos")),
        "finding": finding,
    }
    return render(request, "codes/localities.html", context, status=200 if form.is_valid() else 400)
