"""The list of bundling edits of one code: grouped, filtered, sorted by dollars or code, a page at a time.

Paging happens by a keyset (cents at stake, other code, key), so that the list of 96523, over ten thousand edits,
costs no more a page than a short one. The dollars that are shown, and sorted by, come from the payment engine.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from codes.caching.versions import versioned_cache
from codes.models import PtpEdit, RbcsAssignment, Release
from codes.queries.at_stake import Money, fees
from codes.queries.bundling_order import Place, Wanted, counts, places, read_keyset
from codes.queries.names import names_of
from codes.queries.releases import calendar

__all__ = [
    "GROUPS",
    "PAGE",
    "SORTS",
    "BundlingRow",
    "Money",
    "Wanted",
    "categories",
    "counts",
    "everything",
    "page",
    "read_keyset",
]

PAGE = 25
GROUPS = {"0": "No modifier passes", "1": "A modifier may pass", "ended": "Ended"}
SORTS = {"dollars": "Dollars first", "code": "By code"}


@dataclass(frozen=True, slots=True)
class BundlingRow:
    """One edit as a line of the list. `at_stake` is the allowed amount of the code that is denied, in dollars."""

    edit: PtpEdit
    pays: str
    denied: str
    other: str
    other_name: str
    at_stake: Decimal | None
    keyset: str


@versioned_cache(8)
def categories(release: Release | None) -> list[str]:
    """The RBCS categories that the list can be narrowed to, by name."""
    filed = RbcsAssignment.objects.filter(release=release).values_list("category", flat=True)
    return sorted(filed.distinct()) if release else []


def page(
    release: Release, money: Money | None, wanted: Wanted, size: int = PAGE
) -> tuple[list[BundlingRow], bool]:
    """One page of the list, and whether there is more: at most seven queries."""
    found = places(release, money, wanted, size + 1)
    return list(_shown(found[:size], money, wanted.at)), len(found) > size


def everything(release: Release, money: Money | None, wanted: Wanted) -> Iterator[BundlingRow]:
    """The whole list of a group, page after page, for the CSV."""
    more = True
    while more:
        rows, more = page(release, money, wanted, size=1000)
        yield from rows
        if rows:
            wanted = replace(wanted, after=read_keyset(rows[-1].keyset))


def _shown(places: list[Place], money: Money | None, at: date) -> Iterator[BundlingRow]:
    edits = PtpEdit.objects.select_related("rationale").in_bulk([locality.key for locality in places])
    names = names_of(calendar(), {locality.other for locality in places}, at)
    at_stake = fees({edit.column_two for edit in edits.values()}, money) if money else {}
    for locality in places:
        edit = edits[locality.key]
        yield BundlingRow(
            edit,
            edit.column_one,
            edit.column_two,
            locality.other,
            names.get(locality.other, ""),
            at_stake.get(edit.column_two),
            locality.keyset,
        )
