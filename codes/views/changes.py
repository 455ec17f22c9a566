"""What each release changed: an overview, a list by kind and code, a CSV, and the changes of one code."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from codes.code_request import sanitized
from codes.exports.change_files import HEADINGS, change_download, change_lines, saved_as
from codes.exports.csv_response import csv_response
from codes.exports.downloads import answer
from codes.exports.errors import errors_of, not_found, refused, unknown
from codes.forms.changes import ChangesForm
from codes.forms.pages import release_page
from codes.models.change import ReleaseChangeKind
from codes.models.release import Source
from codes.queries import changes, releases
from codes.queries.changes import ChangeFilter, ReleaseComparison
from codes.queries.names import names_of
from codes.views.code_view import canonical_code, render_part


@require_safe
def changes_page(request: HttpRequest) -> HttpResponse:
    """`/changes/`: every comparison with its counts; `?source=&since=&kind=&code=`: the list of one."""
    calendar = releases.calendar()
    context: dict[str, Any] = {"calendar": calendar, "is_variant": bool(request.GET)}
    parameters = sanitized(request.GET)
    if "source" not in parameters:
        page = release_page(parameters, max(len(calendar.of(source)) for source in changes.SOURCES))
        groups = [
            (source, page.of(every), len(every))
            for source in changes.SOURCES
            for every in [changes.comparisons(calendar, source)]
        ]
        context |= {"groups": groups, "page": page}
        return render(request, "codes/changes.html", context, status=page.status)
    form = ChangesForm(parameters)
    comparison = _comparison(calendar, form) if form.is_valid() else None
    listed = _listed(comparison, form.change_filter) if comparison else {}
    context |= {"form": form, "comparison": comparison, **listed}
    return render(request, "codes/changes_list.html", context, status=_status(form, comparison))


@require_safe
def changes_csv(request: HttpRequest) -> HttpResponseBase:
    """The whole list of one release, of all kinds where none is asked for."""
    form = ChangesForm(sanitized(request.GET))
    if wrong := unknown(request, ChangesForm) | errors_of([form]):
        return refused(request, wrong)
    comparison, change_filter = _comparison(releases.calendar(), form), form.change_filter
    if comparison is None or comparison.former is None:
        return not_found(request, "No such comparison is loaded.")

    if change_filter.code:
        return csv_response(saved_as(comparison), HEADINGS, change_lines(comparison, change_filter))
    return answer(request, change_download(comparison, change_filter.kind))


@canonical_code("_changes")
def code_changes(request: HttpRequest, code: str) -> HttpResponse:
    """What changed in one code, latest release first; htmx asks for the section alone."""
    calendar = releases.calendar()
    context = {
        "calendar": calendar,
        "code": code,
        "parts": changes.of_code(calendar, code),
        "compared": [each for each in changes.all_comparisons(calendar) if each.former],
        "is_variant": bool(request.GET),
    }

    def around() -> dict[str, Any]:
        return {"name": names_of(calendar, {code}, timezone.localdate()).get(code, "")}

    return render_part(request, "changes_of_code", context, valid=True, around=around)


def _comparison(calendar: releases.Calendar, form: ChangesForm) -> ReleaseComparison | None:
    """The comparison that is asked for: of the release since that day, or the latest of the source."""
    since: date | None = form.cleaned_data["since"]
    found = changes.comparisons(calendar, Source(form.cleaned_data["source"]))
    return next((each for each in found if since in (None, each.release.effective_from)), None)


def _status(form: ChangesForm, comparison: ReleaseComparison | None) -> int:
    if not form.is_valid():
        return 400
    return 404 if comparison is None and form.cleaned_data["since"] else 200


def _listed(comparison: ReleaseComparison, change_filter: ChangeFilter) -> dict[str, Any]:
    tally = changes.tally(comparison.release, change_filter) if change_filter.code else comparison.tally
    kind = change_filter.kind or next(iter(tally), "")
    change_filter = ChangeFilter(kind=kind, code=change_filter.code, after=change_filter.after)
    rows, more = changes.page(comparison.release, change_filter) if kind else ([], False)
    return {
        "change_filter": change_filter,
        "tally": tally,
        "rows": rows,
        "total": tally.get(ReleaseChangeKind(kind), 0) if kind else 0,
        "next": rows[-1].keyset if more else "",
    }
