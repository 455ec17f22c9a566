"""Feeds and calendars are what their standards say: Atom is RFC 4287, a calendar RFC 5545."""

import re
from datetime import date, datetime, timedelta
from xml.etree import ElementTree

import icalendar
import pytest

from tests.pages.conftest import Get

SPACE = "{http://www.w3.org/2005/Atom}"
RFC_3339 = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})")
MANY = ",".join(f"992{number:02}" for number in range(2, 16)) + ",45385,45380,20610,71046,J1885,G2211"
FEEDS = (
    "/changes.atom",
    "/changes.atom?source=ptp_practitioner",
    "/cpt/99213/changes.atom",
    "/cpt/45385/changes.atom",
    "/list.atom?codes=99213,45385&dos=2026-08-01",
    f"/list.atom?codes={MANY}&dos=2026-08-01",
    "/list.atom?codes=99998&dos=2026-08-01",
)
CALENDARS = (
    "/list.ics?codes=99213,45385&dos=2026-08-01",
    f"/list.ics?codes={MANY}&dos=2026-08-01&locality=10112-00",
    "/list.ics?codes=99998&dos=2026-08-01",
)


def _children(element: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return element.findall(f"{SPACE}{name}")


def _the(element: ElementTree.Element, name: str) -> str:
    """The text of the only child of that name, which is not empty."""
    (child,) = _children(element, name)
    assert child.text
    return child.text


def _check_common(element: ElementTree.Element) -> None:
    """What feeds and entries both have: an id that is an address, a title, the moment of the last change."""
    assert re.fullmatch(r"https?://\S+", _the(element, "id"))
    assert _the(element, "title")
    updated = _the(element, "updated")
    assert RFC_3339.fullmatch(updated)
    assert datetime.fromisoformat(updated).tzinfo
    for link in _children(element, "link"):
        assert re.fullmatch(r"https?://\S+", link.attrib["href"])


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_has_what_rfc_4287_asks(get: Get, address: str) -> None:
    answer = get(address)
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(answer.content)
    assert feed.tag == f"{SPACE}feed"
    _check_common(feed)
    (author,) = _children(feed, "author")
    assert _the(author, "name") == "MedPayIQ"
    (own,) = (link for link in _children(feed, "link") if link.get("rel") == "self")
    assert own.attrib["href"].endswith(address)
    for entry in _children(feed, "entry"):
        _check_common(entry)
        assert RFC_3339.fullmatch(_the(entry, "published"))
        assert _the(entry, "summary")
        assert [link.get("rel", "alternate") for link in _children(entry, "link")] == ["alternate"]
    ids = [_the(entry, "id") for entry in _children(feed, "entry")]
    assert len(ids) == len(set(ids))


def test_no_two_feeds_have_the_same_id(get: Get) -> None:
    ids = [_the(ElementTree.fromstring(get(address).content), "id") for address in FEEDS]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_stays_the_same_until_the_data_change(get: Get, address: str) -> None:
    assert get(address).content == get(address).content


@pytest.mark.parametrize("address", CALENDARS)
def test_a_calendar_is_in_lines_as_rfc_5545_asks(get: Get, address: str) -> None:
    body = get(address).content
    assert body.endswith(b"\r\n")
    lines = body[:-2].split(b"\r\n")
    assert not any(b"\r" in line or b"\n" in line for line in lines)
    assert all(0 < len(line) <= 75 for line in lines)
    assert all(line.decode() for line in lines)  # no character is torn apart
    assert re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", body) is None


@pytest.mark.parametrize("address", CALENDARS)
def test_a_calendar_has_what_rfc_5545_asks(get: Get, address: str) -> None:
    (calendar,) = icalendar.Calendar.from_ical(get(address).content, multiple=True)
    assert not calendar.errors
    assert calendar.version == "2.0"
    assert calendar.prodid
    assert "METHOD" not in calendar  # PUBLISH would need an ORGANIZER (RFC 5546)
    assert calendar.subcomponents == calendar.events != []  # a calendar without a component is none
    for event in calendar.events:
        assert not event.errors
        assert event.DTSTAMP
        assert event.DTSTAMP.tzinfo
        assert type(event.start) is date
        assert event.duration == timedelta(days=1)
        assert event.summary
        assert event.description
        assert "\\," not in event.summary + event.description  # what is escaped comes back as it was
    assert len({event.uid for event in calendar.events}) == len(calendar.events)


def test_commas_of_a_description_are_escaped_and_come_back_as_they_were(get: Get) -> None:
    body = get(CALENDARS[0]).content
    (written,) = re.findall(r"DESCRIPTION:(Allowed: .*)\r\n", body.replace(b"\r\n ", b"").decode())
    (calendar,) = icalendar.Calendar.from_ical(body, multiple=True)
    (read,) = (event.description for event in calendar.events if "Allowed: " in (event.description or ""))
    assert "$95.19\\, " in written
    assert written.replace("\\,", ",").replace("\\;", ";").replace("\\n", "\n") == read
