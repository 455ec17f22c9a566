"""Browsing: which codes there are, what stands before and after one, and how RBCS files them."""

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from django.utils.text import slugify

from codes.knowledge.sections import order
from codes.models import RbcsAssignment
from codes.models.release import Source
from codes.queries.known_codes import LISTS
from codes.queries.releases import Calendar

PAGE = 200
NO_FAMILY = "no-family"
# The place of a list among LISTS, its release, and when that was loaded: a ready release never changes.
ListKey = tuple[int, int, datetime]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every code that a list of the day names (see `known_codes.LISTS`), in the order of `sections.order`."""

    codes: tuple[str, ...]
    digest: str = ""  # of the codes: two lists of the same codes have the same

    def between(self, first: str, last: str) -> tuple[str, ...]:
        """The codes from `first` to `last`, both in it."""
        start = bisect_left(self.codes, order(first), key=order)
        return self.codes[start : bisect_right(self.codes, order(last), key=order)]

    def beginning(self, letter: str) -> tuple[str, ...]:
        """The HCPCS Level II codes of a letter."""
        return self.between(f"{letter}0000", f"{letter}9999")

    def neighbours(self, code: str) -> tuple[str, str]:
        """The codes before and after `code`; empty at either end."""
        before = bisect_left(self.codes, order(code), key=order)
        after = bisect_right(self.codes, order(code), key=order)
        return (
            self.codes[before - 1] if before else "",
            self.codes[after] if after < len(self.codes) else "",
        )

    def __contains__(self, code: str) -> bool:
        index = bisect_left(self.codes, order(code), key=order)
        return index < len(self.codes) and self.codes[index] == code


class Family(NamedTuple):
    """Where RBCS files a code. `family` is empty for the codes that CMS leaves outside its families."""

    category: str
    subcategory: str
    family: str


class Sheet(NamedTuple):
    """One page of a long list: its codes, and whether it is the one asked for."""

    codes: tuple[str, ...]
    is_current: bool


def catalogue(calendar: Calendar, at: date) -> Catalogue:
    """The codes on `at`: a query a list, once a process and set of releases."""
    return _catalogue(tuple(_keys(calendar, at)))


def _keys(calendar: Calendar, at: date) -> Iterator[ListKey]:
    for index, (_, _, sources) in enumerate(LISTS):
        for source in sources:
            if release := calendar.nearest(source, at):
                yield index, release.pk, release.loaded_at


@lru_cache(maxsize=4)
def _catalogue(keys: tuple[ListKey, ...]) -> Catalogue:
    codes: set[str] = set()
    for index, release, _ in keys:
        model, column, _ = LISTS[index]
        rows = model._default_manager.filter(release=release)
        codes.update(rows.order_by().values_list(column, flat=True).distinct())
    listed = tuple(sorted(filter(None, codes), key=order))
    return Catalogue(listed, hashlib.sha256(" ".join(listed).encode()).hexdigest())


def families(calendar: Calendar, at: date) -> Mapping[str, Family]:
    """The RBCS family of each code in the catalogue, by code: one query, once a process and release."""
    filed = _filed(calendar, at)
    return {code: filed[code] for code in catalogue(calendar, at).codes if code in filed}


def family_of(calendar: Calendar, code: str, at: date) -> Family | None:
    """The RBCS family of a code, whether a list of the day names it or not; None of a code that RBCS leaves out."""
    return _filed(calendar, at).get(code)


def _filed(calendar: Calendar, at: date) -> Mapping[str, Family]:
    release = calendar.nearest(Source.RBCS, at)
    return _families(release.pk, release.loaded_at) if release else {}


@lru_cache(maxsize=4)
def _families(release: int, loaded_at: datetime) -> Mapping[str, Family]:
    """The sixteen thousand codes of a release, which share a few hundred families."""
    rows = RbcsAssignment.objects.filter(release=release)
    known: dict[Family, Family] = {}
    found = rows.values_list("code", "category", "subcategory", "family")
    return {code: known.setdefault(family, family) for code, *names in found for family in [Family(*names)]}


def sheets(codes: Sequence[str], start: str) -> list[Sheet]:
    """A list cut into pages of two hundred; the one asked for holds `start`, or is the first."""
    cut = [tuple(codes[index : index + PAGE]) for index in range(0, len(codes), PAGE)]
    shown = next((number for number, sheet in enumerate(cut) if start in sheet), 0)
    return [Sheet(sheet, number == shown) for number, sheet in enumerate(cut)]


def rbcs_slugs(calendar: Calendar, at: date) -> list[tuple[str, ...]]:
    """The slugs of every category, subcategory and family that has codes."""
    filed = families(calendar, at).values()
    return sorted({slugs_of(family)[:depth] for family in filed for depth in (1, 2, 3)})


@lru_cache(maxsize=1024)
def slugs_of(family: Family) -> tuple[str, ...]:
    """A family as its address has it: category, subcategory, family."""
    return tuple(slugify(name.replace("/", " ").replace("&", " and ")) or NO_FAMILY for name in family)
