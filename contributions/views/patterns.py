"""What billers saw denied: a page, the same block as a part of the code page, and its JSON and CSV.

All four are the same bytes, with the same headers, for a code without reports and for one with four.
"""

import csv
import hashlib
import io
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from codes.queries import releases
from contributions.reports import queries
from contributions.reports.anonymity import DENIAL_MINIMUM
from contributions.reports.queries import Patterns
from contributions.views.address import canonical_redirect, known_or_404

# Asked again each time, so that a block which is gone in the morning is shown to nobody; the ETag makes that cheap.
CACHE_CONTROL = "public, no-cache"
COLUMNS = ("code", "as_of", "reporters_at_least", "table", "answer", "label", "how_many", "percent")


@require_safe
def patterns(request: HttpRequest, typed: str) -> HttpResponseBase:
    """The block of a code: alone for htmx, else as a page."""
    if moved := canonical_redirect("patterns", typed):
        return moved
    dossier = known_or_404(typed)
    fragment = bool(request.htmx)  # type: ignore[attr-defined]
    context = {"dossier": dossier, "code": dossier.code, "patterns": queries.patterns(dossier.code)}
    if not fragment:
        context["calendar"] = releases.calendar()
    template = "contributions/_patterns.html" if fragment else "contributions/patterns.html"
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return _conditional(request, response)


@require_safe
def patterns_json(request: HttpRequest, typed: str) -> HttpResponseBase:
    """The snapshot for programs; `patterns` is null below five."""
    if moved := canonical_redirect("patterns_json", typed):
        return moved
    code = known_or_404(typed).code
    found = queries.patterns(code)
    body = {"code": code, "minimum": DENIAL_MINIMUM, "patterns": _as_json(found) if found else None}
    return _conditional(request, JsonResponse(body))


@require_safe
def patterns_csv(request: HttpRequest, typed: str) -> HttpResponseBase:
    """The snapshot as a table; only the head of it below five."""
    if moved := canonical_redirect("patterns_csv", typed):
        return moved
    code = known_or_404(typed).code
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(_csv_rows(queries.patterns(code)))
    response = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{code}-denials.csv"'
    return _conditional(request, response)


def _as_json(found: Patterns) -> dict[str, Any]:
    tables = {
        table.name: [
            {"answer": row.answer, "label": row.label, "how_many": row.how_many, "percent": row.percent}
            for row in table.rows
        ]
        for table in found.tables
    }
    return {
        "as_of": found.as_of.isoformat(),
        "reporters_at_least": found.at_least,
        "kind": found.kind,
        "tables": tables,
    }


def _csv_rows(found: Patterns | None) -> list[tuple[Any, ...]]:
    if found is None:
        return []
    head = (found.code, found.as_of.isoformat(), found.at_least)
    return [
        (*head, table.name, row.answer, row.label, row.how_many, row.percent)
        for table in found.tables
        for row in table.rows
    ]


def _conditional(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """The response with an ETag of its own bytes; 304 where the visitor has it."""
    response["ETag"] = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    response["Cache-Control"] = CACHE_CONTROL
    answer = get_conditional_response(request, etag=response["ETag"], response=response)
    return answer or response
