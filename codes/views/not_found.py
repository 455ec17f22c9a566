"""A code that is not there: say so, and offer what may have been meant."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from codes.exports.errors import is_for_programs, not_found
from codes.links import absolute, code_address, split_typed
from codes.queries import releases
from codes.queries.known_codes import is_known
from codes.queries.nearest import nearest_codes

SHOWN = 40
FOR_PROGRAMS = (
    "_json",
    "_edits_csv",
    "_country_csv",
    "_coverage_json",
    "_sites_json",
    "_sites_csv",
    "_changes_feed",
)


def code_not_found(request: HttpRequest, typed: str) -> HttpResponse:
    """404 with the nearest codes; a sentence for programs."""
    if is_for_programs(request):
        return not_found(request, f'"{typed[:SHOWN]}" is not in any file that is loaded.')
    calendar = releases.calendar()
    wanted = typed.strip().upper()[:SHOWN]
    context = {"wanted": wanted, "nearest": nearest_codes(calendar, wanted), "calendar": calendar}
    return render(request, "codes/not_found.html", context, status=404)


@require_safe
def code_formats(request: HttpRequest, system: str, typed: str) -> HttpResponse:
    """`/cpt/99213.csv`: 404 with the addresses of the code that programs can read; a code has no one table."""
    parts = split_typed(typed)
    if parts is None or not is_known(releases.calendar(), parts[0]):
        return code_not_found(request, typed)
    addresses = [absolute(code_address(parts[0], suffix)) for suffix in FOR_PROGRAMS]
    return not_found(
        request, "\n".join([f"{parts[0]} is not published in this format. There are:", *addresses])
    )


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 for an address that no page has; a sentence for programs."""
    if is_for_programs(request):
        return not_found(request, "Nothing is known under this address.")
    return render(request, "404.html", status=404)
