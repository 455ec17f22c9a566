"""What releases change in a practice's list of codes: an Atom feed, and a calendar to subscribe to."""

import hashlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from codes.code_request import accepted_parameters, bind_form, query_from_form
from codes.exports.errors import Errors, errors_of, refused, unknown
from codes.exports.feeds import ENTRIES, atom_response, list_address
from codes.exports.icalendar import Event, calendar_response
from codes.forms.code_list import NO_CODES, ListForm
from codes.links import absolute
from codes.models.release import Source
from codes.ncci.words import counted
from codes.queries.list_changes import ListChanges, every_change
from codes.queries.list_prices import changed_in_dollars
from codes.queries.releases import Calendar


class ListRequest(NamedTuple):
    """A list and its changes; what is wrong with the request, if anything."""

    codes: Sequence[str]
    calendar: Calendar
    parts: list[tuple[ListChanges, str]]
    page: str
    errors: Errors

    @property
    def digest(self) -> str:
        """What tells the entries of this list from those of others."""
        return hashlib.sha256(",".join(self.codes).encode()).hexdigest()[:12]

    @property
    def title(self) -> str:
        return f"What changed in {counted(len(self.codes), 'code')}: {', '.join(self.codes[:5])}" + (
            " ..." if len(self.codes) > 5 else ""
        )


@require_safe
def list_feed(request: HttpRequest) -> HttpResponse:
    """`/list.atom?codes=`: one entry for each release that changed one of the codes, the latest first."""
    wanted = _list_request(request)
    if wanted.errors:
        return refused(request, wanted.errors)
    entries = [
        (part.comparison, text, f"{list_address(part.comparison)}#list-{wanted.digest}")
        for part, text in wanted.parts[:ENTRIES]
    ]
    return atom_response(request, wanted.title, wanted.page, entries)


@require_safe
def list_calendar(request: HttpRequest) -> HttpResponse:
    """`/list.ics?codes=`: the first day of each such release, with the changes."""
    wanted = _list_request(request)
    if wanted.errors:
        return refused(request, wanted.errors)
    return calendar_response("list.ics", wanted.title, _events(wanted))


def _events(wanted: ListRequest) -> Iterator[Event]:
    """One event for each release that changed a code; for none one that says so, since a calendar can't be empty."""
    schedules = wanted.calendar.of(Source.PPRRVU)
    if not wanted.parts and schedules:
        yield Event(
            key=f"none-{wanted.digest}@medpayiq",
            day=schedules[0].effective_from,
            made=schedules[0].loaded_at,
            summary=f"No change of {', '.join(wanted.codes[:5])} so far",
            description="No release that is loaded changed a code of this list.",
            link=absolute(wanted.page),
        )
    for part, text in wanted.parts[:ENTRIES]:
        release = part.comparison.release
        yield Event(
            key=f"{release.source}-{release.effective_from:%Y%m%d}-{wanted.digest}@medpayiq",
            day=release.effective_from,
            made=release.loaded_at,
            summary=f"{release.get_source_display()}, {release.name}: {counted(len(part.changes), 'change')}",
            description=text,
            link=absolute(wanted.page),
        )


def _list_request(request: HttpRequest) -> ListRequest:
    calendar, _, form = bind_form(ListForm, request.GET)
    valid = form.is_valid()
    codes = form.cleaned_data.get("codes", ()) if valid else ()
    nothing = {"codes": [NO_CODES]} if valid and not codes else {}
    errors = {**unknown(request, ListForm), **nothing, **errors_of([form]), **form.undecided}
    if errors:
        return ListRequest(codes, calendar, [], "", errors)
    parts = every_change(calendar, codes)
    dollars = changed_in_dollars(calendar, codes, query_from_form(form, usual=""))
    newest = next((part for part in parts if part.comparison.release.source == "pprrvu"), None)
    page = f"{reverse('codes:list')}?{accepted_parameters(request, ListForm).urlencode(safe=',')}"
    texts = [f"{dollars} {part.sentences}".strip() if part is newest else part.sentences for part in parts]
    return ListRequest(codes, calendar, list(zip(parts, texts, strict=True)), page, {})
