"""One code over time: a part of the code page, and a page of its own."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from codes import charts, pricing
from codes.links import canonical_redirect
from codes.parsing.code_shapes import is_code
from codes.queries.over_time import Point, over_time
from codes.views.code_request import CodeRequest, load_code_request, query_from_form, sanitized
from codes.views.not_found import code_not_found

LINES: tuple[tuple[pricing.Setting, str], ...] = (("nonfacility", "office"), ("facility", "facility"))


@require_safe
def over_time_page(request: HttpRequest, system: str, typed: str) -> HttpResponse:
    """The steps as a line and as a table; htmx asks for the section alone."""
    if moved := canonical_redirect(system, typed, request.GET, "_over_time"):
        return moved
    found = load_code_request(request, typed) if is_code(typed) else None
    if found is None:
        return code_not_found(request, typed)
    parameters = sanitized(request.GET)
    fragment = bool(request.htmx)  # type: ignore[attr-defined]
    template = "codes/_over_time.html" if fragment else "codes/over_time.html"
    context = _context(found) | {"parameters": parameters.urlencode(), "is_whole": not fragment}
    parameters.pop("dos", None)
    context["without_date"] = parameters.urlencode()
    response = render(request, template, context, status=400 if found.lookup is None else 200)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _context(found: CodeRequest) -> dict[str, Any]:
    points = over_time(found.calendar, found.dossier, query_from_form(found.form)) if found.lookup else []
    in_force = next((p for p in reversed(points) if p.release.effective_from <= found.at <= p.last), None)
    return {
        "calendar": found.calendar,
        "dossier": found.dossier,
        "lookup": found.lookup,
        "form": found.form,
        "at": found.at,
        "place": found.place,
        "in_force": in_force,
        "points": list(reversed(points)),
        "chart": _chart(found, points),
    }


def _chart(found: CodeRequest, points: Sequence[Point]) -> SafeString | str:
    """The line of steps; nothing where no release has an amount. Equal settings are one line."""
    drawn = {setting: _stretches(points, setting) for setting, _ in LINES}
    lines = [charts.Line(setting, name, drawn[setting]) for setting, name in LINES if drawn[setting]]
    if len(lines) == 2 and lines[0].stretches == lines[1].stretches:
        lines = [lines[0]._replace(name="both")]
    if not lines:
        return ""
    title = f"Allowed amount of {found.dossier.code} over time"
    said = "Each step is a release; a gap is a time for which none is loaded. The table has the same figures."
    return charts.step_line("over-time-chart", title, said, lines)


def _stretches(points: Sequence[Point], setting: pricing.Setting) -> list[charts.Stretch]:
    return [
        charts.Stretch(point.release.effective_from, point.last, amount)
        for point in points
        if (amount := point.amount(setting)) is not None
    ]
