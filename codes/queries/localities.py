"""Finding a payment locality, and one locality in full: its indices, counties and amounts."""

import re
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from codes import pricing
from codes.knowledge.contractors import Contractor, contractor_of
from codes.knowledge.locality_names import query_words, spelled
from codes.knowledge.states import STATES
from codes.models import County, Gpci, Release
from codes.models.release import Source
from codes.pricing.bulk import Allowed, allowed
from codes.queries import geography
from codes.queries.circumstances import conversion_factor
from codes.queries.code import code_rows
from codes.queries.imaging_caps import caps_of_locality
from codes.queries.names import names_of
from codes.queries.priced_rows import no_release
from codes.queries.releases import Calendar

# Visits, tests and procedures that most practices bill, for the table of a locality.
COMMON = (
    *("99202", "99203", "99204", "99213", "99214", "99215", "99223", "99232", "99284", "99291"),
    *("93000", "71046", "20610", "11042", "45385", "66984", "27447", "97110", "90837", "G0439"),
)


FEWEST_LETTERS = 4  # of a place that is looked for among codes
COUNTY = re.compile(r"\b(?:county|cnty|borough|parish)\b", re.IGNORECASE)
VAGUE = frozenset(
    "REST METROPOLITAN SUBURBS SUBURBAN NORTHERN SOUTHERN EAST FORT SAN SANTA LONG CITY".split()  # noqa: SIM905
)
PARTS = re.compile(r"[A-Z]+")


class ListedLocality(NamedTuple):
    """A locality of a list."""

    key: str
    locality: pricing.Locality
    state: str
    counties: str

    @property
    def contractor(self) -> Contractor | None:
        return contractor_of(self.locality.mac)


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalitySearch:
    """What was found for what was typed. `by_zip` is what the ZIP file says where five digits were typed."""

    found: tuple[ListedLocality, ...]
    by_zip: geography.ZipMatch | None = None
    is_zip: bool = False


def every(calendar: Calendar, at: date) -> list[ListedLocality]:
    """All localities of the year by state and name, with their counties: one query, and the indices once."""
    counties = geography.counties(calendar, at)
    keyed = ((geography.key_of(locality), locality) for locality in geography.localities(calendar, at))
    return [
        ListedLocality(key, locality, STATES.get(locality.state, locality.state), counties.get(key, ""))
        for key, locality in keyed
    ]


def find(calendar: Calendar, typed: str, at: date) -> LocalitySearch:
    """Localities by ZIP code (five digits), or by words in their name, state, counties, MAC and key.

    A ZIP code that spans localities gives every locality of its state, the one that CMS lists first: which of
    them it is depends on the last four digits of the ZIP code.
    """
    listed = every(calendar, at)
    digits = typed.replace("-", "")[:5]
    if typed[:5].isdecimal() and typed.isascii() and len(digits) == 5 and len(typed) in (5, 9, 10):
        return _by_zip(calendar, listed, digits, at)
    words = query_words(typed)
    return LocalitySearch(found=tuple(each for each in listed if _holds(_words(each), words)))


def _by_zip(calendar: Calendar, listed: list[ListedLocality], zip_code: str, at: date) -> LocalitySearch:
    match = geography.zip_match(calendar, zip_code, at)
    if match is None:
        return LocalitySearch(
            found=tuple(each for each in listed if each.locality.mac == zip_code), is_zip=True
        )
    first = [each for each in listed if each.key == match.key]
    others = [each for each in listed if each.locality.state == match.state and each.key != match.key]
    return LocalitySearch(found=tuple([*first, *others] if match.spans else first), by_zip=match, is_zip=True)


def meant(calendar: Calendar, typed: str, at: date) -> tuple[ListedLocality, ...]:
    """The localities whose names or counties a search in words means; none where a word fits no place, or where only
    the state or the contractor does."""
    words = query_words(typed)
    if len("".join(words)) < FEWEST_LETTERS or not all(word.replace("-", "").isalpha() for word in words):
        return ()
    said_county = bool(COUNTY.search(typed))
    return tuple(each for each in every(calendar, at) if _is_meant(each, words, said_county))


def _is_meant(each: ListedLocality, words: list[str], said_county: bool) -> bool:
    named_words = set(PARTS.findall(f"{each.locality.name} {each.counties if said_county else ''}".upper()))
    state = {each.locality.state, *each.state.upper().split()}
    contractor = each.contractor
    names = set(PARTS.findall(f"{contractor.name} {contractor.short}".upper())) if contractor else set()
    parts = [part for word in words for part in PARTS.findall(word)]
    named = named_words - state if len(parts) > 1 else named_words - state - VAGUE
    if not named.isdisjoint(parts):
        return all(part in named_words | state for part in parts)
    return len(parts) > 1 and all(part in names for part in parts) and contractor is not None


def _holds(text: str, words: list[str]) -> bool:
    return all(word in text for word in words)


def _words(each: ListedLocality) -> str:
    of_locality = f"{each.key} {each.locality.mac} {each.locality.name} {each.locality.state}"
    contractor = each.contractor
    of_contractor = f"{contractor} {contractor.short} J{contractor.jurisdiction}" if contractor else ""
    return f"{of_locality} {spelled(each.locality.name)} {each.state} {each.counties} {of_contractor}".upper()


def history(calendar: Calendar, key: str) -> list[tuple[Release, Gpci]]:
    """The indices of a locality in every release, latest first (one query)."""
    mac, _, number = key.partition("-")
    releases = {release.pk: release for release in calendar.of(Source.GPCI)}
    rows = Gpci.objects.filter(release__in=releases, mac=mac, locality=number)
    found = [(releases[row.release_id], row) for row in rows]
    return sorted(found, key=lambda pair: pair[0].effective_from, reverse=True)


def county_list(calendar: Calendar, key: str, at: date) -> tuple[str, str] | None:
    """The counties of a locality as CMS lists them, and the name of the list (one query)."""
    mac, _, number = key.partition("-")
    release = calendar.nearest(Source.LOCALITIES, at)
    row = County.objects.filter(release=release, mac=mac, locality=number).first() if release else None
    return (row.counties, release.name) if row and release else None


class Common(NamedTuple):
    """A code that is billed often, with its amounts in the locality."""

    name: str
    amounts: Allowed


def common_amounts(
    calendar: Calendar, locality: pricing.Locality, at: date, qualifying_apm: bool
) -> list[Common]:
    """What Medicare allows in a locality for codes that are billed often: three queries, none where nothing is
    priced on that day."""
    release = calendar.in_force(Source.PPRRVU, at)
    factor = conversion_factor(calendar, release, qualifying_apm) if release else None
    if release is None or factor is None or no_release(calendar, at):
        return []
    rows = [rows.rows[""] for _, rows in sorted(code_rows(release, COMMON).items()) if "" in rows.rows]
    names = names_of(calendar, COMMON, at)
    found = allowed(rows, [locality], factor, caps_of_locality(calendar, release, locality))
    return [Common(names.get(each.row.code, ""), each) for each in found]
