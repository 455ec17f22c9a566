"""A code that is not there: say so, and offer what may have been meant."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from codes.queries import releases
from codes.queries.nearest import nearest_codes

SHOWN = 40


def code_not_found(request: HttpRequest, typed: str) -> HttpResponse:
    """404 with the nearest codes."""
    calendar = releases.calendar()
    wanted = typed.strip().upper()[:SHOWN]
    context = {"wanted": wanted, "nearest": nearest_codes(calendar, wanted), "calendar": calendar}
    return render(request, "codes/not_found.html", context, status=404)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 for an address that no page has."""
    return render(request, "404.html", status=404)
