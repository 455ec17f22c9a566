"""Add-on codes and their primaries: a part of the code page, and a page of its own."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from codes import ncci
from codes.forms.lookup import DayForm
from codes.links import canonical_redirect
from codes.parsing.code_shapes import is_code
from codes.queries import ncci_tables, releases
from codes.queries.known_codes import is_known
from codes.queries.names import names_of
from codes.views.code_request import sanitized
from codes.views.not_found import code_not_found


@require_safe
def add_ons(request: HttpRequest, system: str, typed: str) -> HttpResponse:
    """The primaries of an add-on code, and the add-on codes of a primary; htmx asks for the list alone."""
    if moved := canonical_redirect(system, typed, request.GET, "_add_ons"):
        return moved
    calendar = releases.calendar()
    if not is_code(typed) or not is_known(calendar, typed):
        return code_not_found(request, typed)
    form = DayForm(sanitized(request.GET))
    at = form.at
    context = {"calendar": calendar, "code": typed, "form": form, "at": at, **_listed(calendar, typed, at)}
    template = "codes/_add_ons.html" if request.htmx else "codes/add_ons.html"  # type: ignore[attr-defined]
    response = render(request, template, context, status=200 if form.is_valid() else 400)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _listed(calendar: releases.Calendar, code: str, at: Any) -> dict[str, Any]:
    table = ncci_tables.add_on_table(calendar, [code], at)
    if table is None:
        return {"table": None}
    is_add_on = code in table.primaries
    too_old = table.provenance.too_old("add-on edits", table.younger, [code])
    primaries, further = ncci.primaries_of(code, table), ncci.add_ons_of(code, table)
    names = names_of(calendar, {*primaries, *further}, at)
    return {
        "table": table,
        "kind": ncci.TYPES[ncci.kind_of(code, table)] if is_add_on else "",
        "is_add_on": is_add_on,
        "unchecked": too_old,
        "primaries": [(other, names.get(other, "")) for other in primaries],
        "add_ons": [(other, names.get(other, "")) for other in further],
        "provenance": table.provenance.words(at),
    }
