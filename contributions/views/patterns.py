"""What billers saw denied: a page, the same block as a part of the code page, and its JSON and CSV.

All four are the same bytes, with the same headers, for a code without reports and for one with four.
"""

import hashlib

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from codes.caching.versions import content_version
from codes.exports.csv_response import csv_response
from codes.queries import releases
from contributions.reports import queries
from contributions.reports.foretold import foretold
from contributions.reports.serializers import COLUMNS, report_rows, serialize_report
from contributions.views.address import canonical_redirect, known_or_404

# Asked again each time, so that a block which is gone in the morning is shown to nobody. That is cheap: the page cache
# has the answers until any snapshot changes (`queries.state`), which each process sees within a second.
CACHE_SECONDS = 24 * 3600
CACHE_CONTROL = "public, no-cache"


@require_safe
def patterns(request: HttpRequest, typed: str) -> HttpResponseBase:
    """The block of a code: alone for htmx, else as a page."""
    if moved := canonical_redirect("patterns", typed):
        return moved
    record = known_or_404(typed)
    fragment = bool(request.htmx)  # type: ignore[attr-defined]
    found, today, version = queries.patterns(record.code), timezone.localdate(), content_version()
    context = {"record": record, "code": record.code, "patterns": found}
    context["foretold"] = foretold(found, today)
    context["cache_seconds"] = CACHE_SECONDS if version else 0
    context["cache_key"] = f"{version} {record.code} {today} {found.snapshot if found else ''}"
    if not fragment:
        context["calendar"] = releases.calendar()
    template = "contributions/_patterns.html" if fragment else "contributions/patterns.html"
    return _revalidated(render(request, template, context))


@require_safe
def patterns_json(request: HttpRequest, typed: str) -> HttpResponseBase:
    """The snapshot for programs; `patterns` is null below five."""
    if moved := canonical_redirect("patterns_json", typed):
        return moved
    code = known_or_404(typed).code
    found = queries.patterns(code)
    return _revalidated(JsonResponse(serialize_report(code, found, foretold(found, timezone.localdate()))))


@require_safe
def patterns_csv(request: HttpRequest, typed: str) -> HttpResponseBase:
    """The snapshot as a table; only the head of it below five."""
    if moved := canonical_redirect("patterns_csv", typed):
        return moved
    code = known_or_404(typed).code
    rows = report_rows(queries.patterns(code))
    return _revalidated(csv_response(f"{code}-denials.csv", COLUMNS, rows, has_notice=False))


def _revalidated(response: HttpResponse) -> HttpResponse:
    """The response with an ETag of its own bytes; the page cache may have it, and tells who has it so."""
    response["ETag"] = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    response["Cache-Control"] = CACHE_CONTROL
    patch_vary_headers(response, ["HX-Request", "Accept-Encoding"])
    response.cached_by_state = True  # type: ignore[attr-defined]
    return response
