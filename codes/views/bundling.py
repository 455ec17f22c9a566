"""The bundling edits of one code: a part of the code page, a page of its own, and a CSV."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse

from codes import pricing
from codes.api.successors import name_successor
from codes.code_request import CodeRequest, accepted_parameters, sanitized
from codes.exports.csv_response import csv_response
from codes.exports.errors import errors_of, not_found, refused, unknown
from codes.forms.bundling import BundlingForm
from codes.forms.price import PriceForm
from codes.models.release import Release, Source
from codes.ncci.types import Setting
from codes.queries import bundling as edits
from codes.queries.bundling_file import every_edit
from codes.queries.edit_relevance import is_anesthesia
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
    context |= {
        "calendar": found.calendar,
        "form": form,
        "parameters": _carried(request, _sort(form) if valid else ""),
    }
    return render_part(request, "bundling", context, valid=valid)


@code_view("_edits_csv")
def bundling_csv(request: HttpRequest, found: CodeRequest) -> HttpResponse:
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
    fee_context, either = _fee_context(found), _edit_filter(found, form)
    chosen = "ended" if form.cleaned_data["tab"] == "ended" else either.group
    sort = form.cleaned_data["sort"] or "dollars"
    rows = (
        (setting, STATES[group], *edit, release.name, release.effective_from)
        for group in ([chosen] if chosen else IN_FORCE)
        for edit in every_edit(release, fee_context, replace(either, group=group, sort=sort))
    )
    table = csv_response(f"{found.record.code}-edits.csv", HEADINGS, rows)
    return name_successor(table, "edits_of_code", found.record.code)


def _unchecked_row(setting: Setting, why: str, release: Release) -> tuple[Any, ...]:
    """In place of edits: an empty table would be read as "no edit", and a 404 as "no such code"."""
    nothing = (None,) * 6
    why = f"Not checked: {why}."
    return (setting, "not checked", *nothing, why, release.name, release.effective_from)


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
    return context | _list(found, form, release)


def _list(found: CodeRequest, form: BundlingForm, release: Release) -> dict[str, Any]:
    """The list of the tab and filter, or where nothing fits there, the nearest that has an edit."""
    filtered, fee_context = _edit_filter(found, form), _fee_context(found)
    tallies = edits.tallies(release, filtered)
    tab, group, counted = _nearest(filtered, form.cleaned_data["tab"], tallies)
    wanted = "ended" if filtered.group == "ended" else form.cleaned_data["tab"]
    moved_from = edits.TABS[wanted].format(filtered.code) if wanted and tab != wanted else ""
    dropped = edits.GROUPS[filtered.group] if filtered.group in IN_FORCE and not group else ""
    is_ended = tab == "ended"
    edit_filter = replace(
        filtered,
        side="" if is_ended else tab,
        group="ended" if is_ended else group,
        is_folded=not (is_ended or _is_narrowed(filtered) or is_anesthesia(filtered.code)),
        after=None if moved_from or dropped else filtered.after,
    )
    rows, more = edits.page(release, fee_context, edit_filter)
    tabs = [(each, title.format(filtered.code), counted[each]) for each, title in edits.TABS.items()]
    return {
        "tabs": tabs,
        "has_any": _is_narrowed(filtered) or bool(group) or any(counted.values()),
        "tab": tab,
        "moved_from": moved_from,
        "dropped": dropped,
        "elsewhere": [each for each in tabs if each[0] != tab and each[2]] if _is_narrowed(filtered) else [],
        "group": group,
        "edit_filter": edit_filter,
        "rows": edits.mark_manual(
            rows if is_ended else edits.mark_other_setting(rows, filtered.code, release, found.at), found.at
        ),
        "folded": [] if is_ended else edits.folded(edit_filter, tallies[tab], fee_context),
        "next": rows[-1].keyset if more else "",
        "groups": {each: edits.GROUPS[each] for each in IN_FORCE},
        "sorts": edits.SORTS,
        "categories": edits.categories(found.calendar.nearest(Source.RBCS, found.at)),
        "fee_context": fee_context,
        "carried": release.effective_from.year != found.at.year
        or (found.at - release.effective_from).days > 92,
    }


def _nearest(
    filtered: edits.EditFilter, tab: str, tallies: Mapping[str, edits.Tally]
) -> tuple[str, str, dict[str, int]]:
    """The tab and group to show, and how many edits each tab then has: the group is dropped where no tab has any of it,
    and a tab without a hit gives way to the first that has one."""
    group = filtered.group if filtered.group in IN_FORCE else ""
    if not any(tally.in_force(group) for tally in tallies.values()):
        group = ""
    counted = {side: tally.in_force(group) for side, tally in tallies.items()}
    counted["ended"] = sum(tally.ended for tally in tallies.values())
    tab = "ended" if filtered.group == "ended" else tab
    if not tab or (_is_narrowed(filtered) and not counted[tab]):
        tab = next((each for each, count in counted.items() if count), tab or "denies")
    return tab, group, counted


def _is_narrowed(edit_filter: edits.EditFilter) -> bool:
    return bool(edit_filter.text or edit_filter.category)


def _setting(form: BundlingForm) -> Setting:
    return "hospital" if form.cleaned_data.get("setting") == "hospital" else "practitioner"


def _edit_filter(found: CodeRequest, form: BundlingForm) -> edits.EditFilter:
    cleaned, sort = form.cleaned_data, _sort(form)
    after = cleaned["after"]
    return edits.EditFilter(
        code=found.record.code,
        at=found.at,
        group=cleaned["group"],
        side=cleaned["tab"] if cleaned["tab"] in edits.SIDES else "",
        text=cleaned["q"].strip(),
        category=cleaned["category"],
        sort=sort,
        after=after if after is None or sort == "relevance" else after._replace(relevance=0),
    )


def _sort(form: BundlingForm) -> str:
    """The order of the list. Links to a next page that lack both it and the relevance are of the time when dollars came
    first unless said otherwise."""
    is_old = form.data.get("after", "").count("~") == 2
    return form.cleaned_data["sort"] or ("dollars" if is_old else "relevance")


def _fee_context(found: CodeRequest) -> edits.FeeContext | None:
    """The schedule for the dollars at stake; None where nothing is priced on that day."""
    result, release = found.result, found.record.release
    if result is None or release is None or result.price is None:
        return None
    if result.circumstances is None or not result.circumstances.release:
        return None
    setting: pricing.Setting = result.price.setting
    return edits.FeeContext(release, found.locality.gpci, setting)


def _carried(request: HttpRequest, sort: str) -> str:
    """The parameters to carry along to another group or page, without those that this link sets."""
    parameters = accepted_parameters(request, PriceForm, BundlingForm)
    for name in ("tab", "after"):
        parameters.pop(name, None)
    if parameters.get("group") == "ended":
        del parameters["group"]
    if sort == "dollars":
        parameters["sort"] = sort
    return parameters.urlencode()
