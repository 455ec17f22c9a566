"""The list of bundling edits of one code: grouped, filtered, sorted by dollars or code, a page at a time.

Paging happens by a keyset (cents at stake, other code, key), so that the list of 96523, over ten thousand edits,
costs no more a page than a short one. The dollars that are shown, and sorted by, come from the payment engine.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from codes import ncci
from codes.caching.versions import versioned_cache
from codes.models import PtpEdit, RbcsAssignment, Release
from codes.models.release import Source
from codes.ncci.types import Setting
from codes.queries.at_stake import FeeContext, fees
from codes.queries.bundling_order import EditFilter, SortedEdit, counts, first_edits, read_keyset
from codes.queries.code import whole_codes
from codes.queries.names import names_of
from codes.queries.ncci_tables import as_edit
from codes.queries.releases import calendar

__all__ = [
    "GROUPS",
    "PAGE",
    "SORTS",
    "BundlingRow",
    "EditFilter",
    "FeeContext",
    "categories",
    "counts",
    "everything",
    "page",
    "read_keyset",
]

PAGE = 25
GROUPS = {"0": "Can't be bypassed", "1": "Can be bypassed", "ended": "Ended"}
SORTS = {"dollars": "Dollars first", "code": "By code"}


@dataclass(frozen=True, slots=True)
class BundlingRow:
    """One edit as a line of the list. `at_stake` is the allowed amount of the code that is denied, in dollars,
    `ways` the modifiers that fit the two codes of an edit in force."""

    edit: PtpEdit
    pays: str
    denied: str
    other: str
    other_name: str
    at_stake: Decimal | None
    keyset: str
    ways: tuple[ncci.Way, ...]


@versioned_cache(8)
def categories(release: Release | None) -> list[str]:
    """The RBCS categories that the list can be narrowed to, by name."""
    filed = RbcsAssignment.objects.filter(release=release).values_list("category", flat=True)
    return sorted(filed.distinct()) if release else []


def page(
    release: Release, fee_context: FeeContext | None, edit_filter: EditFilter, size: int = PAGE
) -> tuple[list[BundlingRow], bool]:
    """One page of the list, and whether there is more: at most eight queries."""
    found = first_edits(release, fee_context, edit_filter, size + 1)
    return list(_shown(release, found[:size], fee_context, edit_filter)), len(found) > size


def everything(
    release: Release, fee_context: FeeContext | None, edit_filter: EditFilter
) -> Iterator[BundlingRow]:
    """The whole list of a group, page after page, for the CSV."""
    more = True
    while more:
        rows, more = page(release, fee_context, edit_filter, size=1000)
        yield from rows
        if rows:
            edit_filter = replace(edit_filter, after=read_keyset(rows[-1].keyset))


def _shown(
    release: Release, found: list[SortedEdit], fee_context: FeeContext | None, edit_filter: EditFilter
) -> Iterator[BundlingRow]:
    edits = PtpEdit.objects.select_related("rationale").in_bulk([row.key for row in found])
    codes, at = {edit_filter.code, *(row.other for row in found)}, edit_filter.at
    names = names_of(calendar(), {row.other for row in found}, at)
    whole = whole_codes(calendar(), codes, at) if edit_filter.group == "1" else None
    setting: Setting = "hospital" if release.source == Source.PTP_HOSPITAL else "practitioner"
    at_stake = fees({edit.column_two for edit in edits.values()}, fee_context) if fee_context else {}
    for row in found:
        edit = edits[row.key]
        yield BundlingRow(
            edit,
            edit.column_one,
            edit.column_two,
            row.other,
            names.get(row.other, ""),
            at_stake.get(edit.column_two),
            row.keyset,
            () if whole is None else ncci.ways_through(as_edit(edit), whole, setting),
        )
