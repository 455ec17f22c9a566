"""The list of bundling edits of one code: grouped, filtered, sorted by dollars or code, a page at a time.

Sorting and paging happen in the database by a keyset (cents at stake, other code, key), so that the list of 96523,
over ten thousand edits, costs no more a page than a short one. The dollars that are *shown* come from the payment
engine, to the cent; those that are sorted by are the same formula in SQL.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import Count

from codes.models import FeeScheduleRow, PtpEdit, Release
from codes.queries.bundling_order import Money, Place, Wanted, fee, fitting, in_group, places, read_keyset
from codes.queries.code import names_of

__all__ = [
    "GROUPS",
    "PAGE",
    "SORTS",
    "BundlingRow",
    "Money",
    "Wanted",
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


def counts(release: Release, wanted: Wanted) -> dict[str, int]:
    """How many edits of a code stand in each group and fit the filter.

    Two queries, each one stretch of an index and, without a filter, nothing else.
    """
    groups = {
        f"n{number}": Count("indicator", filter=in_group(group, wanted.at))
        for number, group in enumerate(GROUPS)
    }
    halves = [half.aggregate(**groups) for half in fitting(release, wanted)]
    return {group: sum(half[f"n{number}"] for half in halves) for number, group in enumerate(GROUPS)}


def page(
    release: Release, money: Money | None, wanted: Wanted, size: int = PAGE
) -> tuple[list[BundlingRow], bool]:
    """One page of the list, and whether there is more: at most six queries."""
    found = places(release, money, wanted, size + 1)
    return list(_shown(found[:size], money)), len(found) > size


def everything(release: Release, money: Money | None, wanted: Wanted) -> Iterator[BundlingRow]:
    """The whole list of a group, page after page, for the CSV."""
    more = True
    while more:
        rows, more = page(release, money, wanted, size=1000)
        yield from rows
        if rows:
            wanted = replace(wanted, after=read_keyset(rows[-1].keyset))


def _shown(places: list[Place], money: Money | None) -> Iterator[BundlingRow]:
    edits = PtpEdit.objects.select_related("rationale").in_bulk([place.key for place in places])
    names = names_of({place.other for place in places})
    fees = _fees({edit.column_two for edit in edits.values()}, money)
    for place in places:
        edit = edits[place.key]
        yield BundlingRow(
            edit,
            edit.column_one,
            edit.column_two,
            place.other,
            names.get(place.other, ""),
            fees.get(edit.column_two),
            place.keyset,
        )


def _fees(codes: set[str], money: Money | None) -> dict[str, Decimal | None]:
    if money is None:
        return {}
    rows = FeeScheduleRow.objects.filter(release=money.release, code__in=codes, modifier="")
    return {row.code: fee(row, money) for row in rows}
