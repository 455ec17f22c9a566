"""One code over time: a part of the code page, and a page of its own."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString

from codes import charts, pricing
from codes.code_request import CodeRequest, query_from_form, sanitized
from codes.models.release import Source
from codes.queries.over_time import Point, over_time
from codes.views.code_view import code_view, render_part

YEARS = 6  # shown unless all are asked for: a page is to cost the same however long the history grows
LINES: tuple[tuple[pricing.Setting, str], ...] = (("nonfacility", "office"), ("facility", "facility"))


@code_view("_over_time")
def over_time_page(request: HttpRequest, found: CodeRequest) -> HttpResponse:
    """The steps as a line and as a table; htmx asks for the section alone."""
    parameters = sanitized(request.GET)
    since = date.min if parameters.pop("all", None) else _first_day(found)
    context = _context(found, since) | {"parameters": parameters.urlencode()}
    parameters.pop("dos", None)
    context["without_date"] = parameters.urlencode()
    return render_part(request, "over_time", context, valid=found.result is not None)


def _first_day(found: CodeRequest) -> date:
    """Of the last years, and of the one asked for where it is earlier."""
    schedules = found.calendar.of(Source.PPRRVU)
    latest = schedules[0].effective_from.year if schedules else found.at.year
    return date(max(date.min.year, min(latest - YEARS + 1, found.at.year)), 1, 1)


def _context(found: CodeRequest, since: date) -> dict[str, Any]:
    query = query_from_form(found.form) if found.result else None
    points = over_time(found.calendar, found.record, query, since) if query else []
    in_force = next((p for p in reversed(points) if p.release.effective_from <= found.at <= p.last), None)
    return {
        "calendar": found.calendar,
        "record": found.record,
        "result": found.result,
        "form": found.form,
        "at": found.at,
        "locality": found.locality,
        "in_force": in_force,
        "points": list(reversed(points)),
        "earlier": sum(each.effective_from < since for each in found.calendar.of(Source.PPRRVU)),
        "chart": _chart(found, points),
    }


def _chart(found: CodeRequest, points: Sequence[Point]) -> SafeString | str:
    """The line of steps; nothing where no release has an amount. Equal settings are one line."""
    drawn = {setting: _stretches(points, setting) for setting, _ in LINES}
    lines = [charts.ChartLine(setting, name, drawn[setting]) for setting, name in LINES if drawn[setting]]
    if len(lines) == 2 and lines[0].stretches == lines[1].stretches:
        lines = [lines[0]._replace(name="both")]
    if not lines:
        return ""
    title = f"Allowed amount of {found.record.code} over time"
    said = "Each step is a release; a gap is a time for which none is loaded. The table has the same figures."
    return charts.step_line("over-time-chart", title, said, lines)


def _stretches(points: Sequence[Point], setting: pricing.Setting) -> list[charts.Stretch]:
    return [
        charts.Stretch(point.release.effective_from, point.last, amount)
        for point in points
        if (amount := point.amount(setting)) is not None
    ]
