"""The bundling edits of one code: a part of the code page, a page of its own, and a CSV."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from codes import pricing
from codes.code_request import CodeRequest, accepted_parameters, sanitized
from codes.exports.csv_response import csv_export, csv_response
from codes.exports.errors import errors_of, not_found, refused, unknown
from codes.exports.files import exported, in_force_at
from codes.forms.bundling import BundlingForm
from codes.forms.price import PriceForm
from codes.models.release import Release, Source
from codes.ncci.types import Setting
from codes.queries import bundling as edits
from codes.queries.ncci_tables import edits_too_old, ptp_release
from codes.views.code_view import code_view, render_part

HEADINGS = (
    "setting",
    "state",
    "pays",
    "denied",
    "indicator",
    "at_stake",
    "effective",
    "deletion",
    "rationale",
    "release",
    "release_in_force_from",
)
IN_FORCE = ("0", "1")  # the groups of edits in force
STATES = {"0": "active", "1": "active", "ended": "ended"}


@code_view("_edits")
def bundling(request: HttpRequest, found: CodeRequest) -> HttpResponse:
    """A page of the list; htmx asks for the panel alone."""
    form = BundlingForm(sanitized(request.GET))
    valid = form.is_valid() and found.result is not None
    context = _context(found, form) if valid else {"record": found.record, "refused": [form, found.form]}
    context |= {"calendar": found.calendar, "form": form, "parameters": _kept(request)}
    return render_part(request, "bundling", context, valid=valid)


@code_view("_edits_csv")
def bundling_csv(request: HttpRequest, found: CodeRequest) -> HttpResponseBase:
    """Every edit in force of either column, or the list of one group."""
    form = BundlingForm(sanitized(request.GET))
    wrong = unknown(request, PriceForm, BundlingForm) | errors_of([found.form, form])
    if wrong := wrong | found.form.undecided:
        return refused(request, wrong)
    setting = _setting(form)
    release = ptp_release(found.calendar, setting, found.at)
    if release is None:
        return not_found(request, f"Not checked: no file of {setting} edits is loaded for {found.at}.")
    if unchecked := edits_too_old(found.calendar, found.record.code, release, setting):
        return csv_response(
            f"{found.record.code}-edits.csv", HEADINGS, [_unchecked_row(setting, unchecked, release)]
        )
    chosen, fee_context = form.cleaned_data["group"], _fee_context(found)
    edit_filter = {group: _edit_filter(found, form, group) for group in ([chosen] if chosen else IN_FORCE)}

    def rows() -> Iterator[tuple[Any, ...]]:
        for group, each in edit_filter.items():
            for row in edits.everything(release, fee_context, each):
                yield (setting, STATES[group], *_csv_row(row, release))

    where = (found.locality.mac, found.locality.number, found.form.cleaned_data["qp"])
    decided_by = ("edits", release.pk, edit_filter, where, in_force_at(found.calendar, found.at))
    return exported(request, csv_export(f"{found.record.code}-edits.csv", HEADINGS, rows, decided_by))


def _unchecked_row(setting: Setting, why: str, release: Release) -> tuple[Any, ...]:
    """In place of edits: an empty table would be read as "no edit", and a 404 as "no such code"."""
    nothing = (None,) * 6
    why = f"Not checked: {why}."
    return (setting, "not checked", *nothing, why, release.name, release.effective_from)


def _csv_row(row: edits.BundlingRow, release: Release) -> tuple[Any, ...]:
    edit = row.edit
    return (
        row.pays,
        row.denied,
        edit.indicator,
        row.at_stake,
        edit.effective,
        edit.deletion,
        edit.rationale.text,
        release.name,
        release.effective_from,
    )


def _context(found: CodeRequest, form: BundlingForm) -> dict[str, Any]:
    release = ptp_release(found.calendar, _setting(form), found.at)
    context: dict[str, Any] = {
        "record": found.record,
        "release": release,
        "at": found.at,
        "locality": found.locality,
        "setting": _setting(form),
    }
    if release is None:
        return context
    if unchecked := edits_too_old(found.calendar, found.record.code, release, _setting(form)):
        return context | {"unchecked": unchecked}
    tally = edits.counts(release, _edit_filter(found, form))
    first = next((group for group, count in tally.items() if count), "0")
    edit_filter = _edit_filter(found, form, first)
    moved_from = (
        edit_filter.group
        if _is_narrowed(edit_filter) and not tally[edit_filter.group] and tally[first]
        else ""
    )
    if moved_from:
        edit_filter = replace(edit_filter, group=first, after=None)
    rows, more = edits.page(release, _fee_context(found), edit_filter)
    return context | {
        "groups": [(group, title, tally[group]) for group, title in edits.GROUPS.items()],
        "edit_filter": edit_filter,
        "group_title": edits.GROUPS[edit_filter.group],
        "moved_from": edits.GROUPS.get(moved_from, ""),
        "rows": rows,
        "next": rows[-1].keyset if more else "",
        "total": tally[edit_filter.group],
        "sorts": edits.SORTS,
        "categories": edits.categories(found.calendar.nearest(Source.RBCS, found.at)),
        "fee_context": _fee_context(found),
        "carried": release.effective_from.year != found.at.year
        or (found.at - release.effective_from).days > 92,
    }


def _is_narrowed(edit_filter: edits.EditFilter) -> bool:
    return bool(edit_filter.text or edit_filter.category)


def _setting(form: BundlingForm) -> Setting:
    return "hospital" if form.cleaned_data.get("setting") == "hospital" else "practitioner"


def _edit_filter(found: CodeRequest, form: BundlingForm, first_group: str = "0") -> edits.EditFilter:
    cleaned = form.cleaned_data
    return edits.EditFilter(
        code=found.record.code,
        at=found.at,
        group=cleaned["group"] or first_group,
        text=cleaned["q"].strip(),
        category=cleaned["category"],
        sort=cleaned["sort"] or "dollars",
        after=cleaned["after"],
    )


def _fee_context(found: CodeRequest) -> edits.FeeContext | None:
    """The schedule for the dollars at stake; None where nothing is priced on that day."""
    result, release = found.result, found.record.release
    if result is None or result.circumstances is None or release is None or result.price is None:
        return None
    setting: pricing.Setting = result.price.setting
    return edits.FeeContext(release, found.locality.gpci, setting)


def _kept(request: HttpRequest) -> str:
    """The parameters to carry along to another group or page, without those that this link sets."""
    kept = accepted_parameters(request, PriceForm, BundlingForm)
    for name in ("group", "after"):
        kept.pop(name, None)
    return kept.urlencode()
