"""A calendar file (RFC 5545) of what releases change: an all-day event on the first day of each release."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.http import HttpResponse

MOST_CHARACTERS = 2000  # of a description
_LONGEST = 75  # octets of a line, without its end
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One day of a calendar. `key` stays the same when the event is asked for again; `made` is when its data came."""

    key: str
    day: date
    made: datetime
    summary: str
    description: str
    link: str


def calendar_response(file_name: str, title: str, events: Iterable[Event]) -> HttpResponse:
    """A calendar that programs subscribe to."""
    response = HttpResponse(calendar_text(title, events), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="{file_name}"'
    return response


def calendar_text(title: str, events: Iterable[Event]) -> str:
    """The calendar: lines folded at 75 octets, each with CRLF at its end. At least one event makes it one."""
    lines = [
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//MedPayIQ//Changes of codes//EN", "CALSCALE:GREGORIAN"),
        *(f"NAME:{_escaped(title)}", f"X-WR-CALNAME:{_escaped(title)}"),
        *(line for event in events for line in _event(event)),
        "END:VCALENDAR",
    ]
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(event: Event) -> Iterator[str]:
    yield from ("BEGIN:VEVENT", f"UID:{event.key}", f"DTSTAMP:{event.made.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(event.summary)}"
    yield f"DESCRIPTION:{_escaped(event.description[:MOST_CHARACTERS])}"
    yield from (f"URL:{event.link}", "TRANSP:TRANSPARENT", "END:VEVENT")


def _escaped(text: str) -> str:
    """
    >>> _escaped("99213, 99214; both")
    '99213\\\\, 99214\\\\; both'
    """
    return text.translate(_ESCAPES)


def _folded(line: str) -> Iterator[str]:
    """A long line in parts, each but the first behind a blank; no character is torn apart."""
    part, size = "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > _LONGEST:
            yield part
            part, size = " ", 1
        part, size = part + character, size + octets
    yield part
