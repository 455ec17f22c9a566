"""The lists of `/api/v1/`: modifiers, localities, changes, releases and downloads."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from codes.api.codes import serialize_change
from codes.api.endpoint import Reply, valid
from codes.api.forms import FoundChangesForm, FoundLocalitiesForm, FoundModifiersForm, NumberedListForm
from codes.api.problems import Problem
from codes.exports.modifier_serializers import serialize_text
from codes.exports.serializers import Json, as_text
from codes.forms.address import DayForm
from codes.knowledge.modifier_texts import find, text_of
from codes.links import absolute, locality_address
from codes.models.release import Release, Source
from codes.ncci.ptp import PTP_MODIFIERS
from codes.queries import changes, geography, localities, releases
from codes.queries.changes import ReleaseComparison
from codes.queries.localities import ListedLocality
from codes.queries.releases import Calendar


def modifiers(parameters: QueryDict) -> Reply:
    """Modifiers in our words, by word and kind."""
    cleaned = valid(FoundModifiersForm(parameters))
    found = [serialize_text(text) for text in find(cleaned["q"], cleaned["kind"])]
    return _part(found, cleaned)


def one_modifier(parameters: QueryDict, modifier: str) -> Reply:
    """One modifier: what it asserts, when it is right, what it does to the amount."""
    text = text_of(modifier)
    if text is None:
        raise Problem(404, "not-found", f"{modifier.upper()} is not a modifier of CMS's list or of CPT.")
    return Reply({**serialize_text(text), "bypasses_ncci_edits": text.modifier in PTP_MODIFIERS})


def localities_found(parameters: QueryDict) -> Reply:
    """Payment localities on a day with their indices; those of a ZIP code or of words where some are given."""
    form, calendar = FoundLocalitiesForm(parameters), releases.calendar()
    cleaned = valid(form)
    found = localities.find(calendar, cleaned["q"], form.at).found
    used = (calendar.of_same_year(Source.GPCI, form.at), calendar.nearest(Source.ZIP_LOCALITY, form.at))
    return _part([_locality(each) for each in found], cleaned, filter(None, used))


def one_locality(parameters: QueryDict, key: str) -> Reply:
    """One locality on a day."""
    form, calendar = DayForm(parameters), releases.calendar()
    valid(form)
    found = next((each for each in localities.every(calendar, form.at) if each.key == key), None)
    if found is None:
        raise Problem(404, "not-found", f"{key} is not a payment locality on {form.at}.")
    return Reply(_locality(found), filter(None, [calendar.of_same_year(Source.GPCI, form.at)]))


def changes_of_release(parameters: QueryDict) -> Reply:
    """What one release changed against the one before it, by code."""
    form, calendar = FoundChangesForm(parameters), releases.calendar()
    cleaned = valid(form)
    comparison = _comparison(calendar, cleaned)
    wanted = changes.ChangeFilter(kind=cleaned["kind"], code=cleaned["code"], after=cleaned["cursor"])
    rows, is_more = changes.page(comparison.release, wanted, cleaned["limit"])
    data = [serialize_change(each, comparison) for each in rows]
    used = filter(None, (comparison.release, comparison.former))
    return Reply(data, used, rows[-1].keyset if is_more else "")


def releases_loaded(parameters: QueryDict) -> Reply:
    """Every release that is loaded, latest first."""
    cleaned = valid(NumberedListForm(parameters))
    calendar, today = releases.calendar(), timezone.localdate()
    in_force = {source: calendar.in_force(source, today) for source in Source}
    rows = [_release(each, each == in_force[Source(each.source)]) for each in calendar.releases]
    return _part(rows, cleaned)


def downloads(parameters: QueryDict) -> Reply:
    """Whole tables to take along, with their addresses."""
    cleaned = valid(NumberedListForm(parameters))
    calendar = releases.calendar()
    return _part([*_fee_schedules(calendar), *_changes(calendar)], cleaned)


def _part(rows: Sequence[Any], cleaned: Any, sources: Iterable[Release] = ()) -> Reply:
    """The part of a list that is parameters for."""
    first, end = cleaned["cursor"], cleaned["cursor"] + cleaned["limit"]
    return Reply(rows[first:end], sources, str(end) if end < len(rows) else "")


def _locality(each: ListedLocality) -> Json:
    found, gpci = each.locality, each.locality.gpci
    return {
        "key": each.key,
        "mac": found.mac,
        "locality": found.number,
        "name": found.name,
        "state": found.state,
        "counties": each.counties or None,
        "contractor": str(each.contractor) if each.contractor else None,
        "gpci": {
            "work": as_text(gpci.work),
            "practice_expense": as_text(gpci.practice_expense),
            "malpractice": as_text(gpci.malpractice),
        },
        "page": absolute(locality_address(each.key)),
    }


def _comparison(calendar: Calendar, cleaned: Any) -> ReleaseComparison:
    source, since = Source(cleaned["source"]), cleaned["since"]
    for each in changes.comparisons(calendar, source):
        if since in (None, each.release.effective_from):
            return each
    raise Problem(404, "not-loaded", f"No release of {source.value} that begins on that day is loaded.")


def _release(each: Release, is_in_force: bool) -> Json:
    return {
        "source": each.source,
        "title": each.get_source_display(),
        "release": each.name,
        "in_force_from": each.effective_from.isoformat(),
        "is_in_force_today": is_in_force,
        "file_name": each.file_name,
        "sha256": each.sha256,
        "rows": each.row_count,
        "conversion_factor": as_text(each.conversion_factor),
        "is_sample": each.is_sample,
        "loaded_at": each.loaded_at.isoformat(),
    }


def _fee_schedules(calendar: Calendar) -> Iterator[Json]:
    release = calendar.of_same_year(Source.PPRRVU, timezone.localdate())
    for found in geography.localities(calendar, timezone.localdate()) if release else ():
        key = geography.key_of(found)
        for name, form in (("locality_fees", "csv"), ("locality_workbook", "xlsx")):
            title = f"Fee schedule of {found.name}, {found.state}"
            yield _download("fee_schedule", title, form, reverse(f"codes:{name}", args=[key]), release)


def _changes(calendar: Calendar) -> Iterator[Json]:
    for source in changes.SOURCES:
        for each in changes.comparisons(calendar, source):
            if each.former:
                query = f"?source={source.value}&since={each.release.effective_from}"
                title = f"What {each.release.name} changed against {each.former.name}"
                yield _download("changes", title, "csv", reverse("codes:changes_csv") + query, each.release)


def _download(kind: str, title: str, form: str, address: str, release: Release | None) -> Json:
    return {
        "kind": kind,
        "title": title,
        "format": form,
        "address": absolute(address),
        "release": release.name if release else None,
    }
