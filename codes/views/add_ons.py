"""Add-on codes and their primaries: a part of the code page, and a page of its own."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from codes import ncci
from codes.code_request import sanitized
from codes.forms.address import DayForm
from codes.queries import ncci_tables, releases
from codes.queries.known_codes import is_known
from codes.queries.names import names_of
from codes.views.code_view import canonical_code, render_part
from codes.views.not_found import code_not_found


@canonical_code("_add_ons")
def add_ons(request: HttpRequest, code: str) -> HttpResponse:
    """The primaries of an add-on code, and the add-on codes of a primary; htmx asks for the list alone."""
    calendar = releases.calendar()
    if not is_known(calendar, code):
        return code_not_found(request, code)
    form = DayForm(sanitized(request.GET))
    at = form.at
    context = {"calendar": calendar, "code": code, "form": form, "at": at, **_listed(calendar, code, at)}
    return render_part(request, "add_ons", context, valid=form.is_valid())


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
        "is_carried": table.provenance.carried(at),
    }
