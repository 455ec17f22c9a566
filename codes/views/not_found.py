"""A code that is not there: say so, and offer what may have been meant."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from codes.queries import releases
from codes.queries.nearest import nearest_codes
from codes.views.errors import is_for_programs, not_found

SHOWN = 40


def code_not_found(request: HttpRequest, typed: str) -> HttpResponse:
    """404 with the nearest codes; a sentence for programs."""
    if is_for_programs(request):
        return not_found(request, f'"{typed[:SHOWN]}" is not in any file that is loaded.')
    calendar = releases.calendar()
    wanted = typed.strip().upper()[:SHOWN]
    context = {"wanted": wanted, "nearest": nearest_codes(calendar, wanted), "calendar": calendar}
    return render(request, "codes/not_found.html", context, status=404)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 for an address that no page has; a sentence for programs."""
    if is_for_programs(request):
        return not_found(request, "Nothing is known under this address.")
    return render(request, "404.html", status=404)
