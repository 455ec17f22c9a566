"""The list of bundling edits of one code: by direction, filtered and sorted, a page at a time.

Paging happens by a keyset (relevance, cents at stake, other code, key), so that the list of 96523, over ten thousand
edits, costs no more a page than a short one. The dollars that are shown, and sorted by, come from the payment engine.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from codes import ncci
from codes.caching.versions import versioned_cache
from codes.models import RbcsAssignment, Release
from codes.models.release import Source
from codes.ncci.types import Setting
from codes.pricing.types import FeeScheduleRow
from codes.queries.at_stake import FeeContext, fees
from codes.queries.bundling_order import (
    SIDES,
    EditFilter,
    SortedEdit,
    Tally,
    counts,
    first_edits,
    read_keyset,
    tallies,
)
from codes.queries.code import whole_codes
from codes.queries.edit_relevance import ANESTHESIA_RANGE
from codes.queries.known_codes import younger
from codes.queries.manual import ManualReference, references_to_pair
from codes.queries.names import names_of
from codes.queries.ncci_tables import edits_by_key, edits_with, ptp_release
from codes.queries.releases import calendar

__all__ = [
    "GROUPS",
    "PAGE",
    "SIDES",
    "SORTS",
    "TABS",
    "BundlingRow",
    "EditFilter",
    "FeeContext",
    "FoldedRow",
    "Tally",
    "categories",
    "counts",
    "folded",
    "mark_manual",
    "mark_other_setting",
    "page",
    "read_keyset",
    "tallies",
]

PAGE = 10
TABS = {"denies": "Denies {}", "denied-by": "Denied by {}", "ended": "Ended"}
GROUPS = {"0": "Can't be bypassed", "1": "Can be bypassed", "ended": "Ended"}
SORTS = {"relevance": "Most billed", "dollars": "Dollars first", "code": "By code"}


@dataclass(frozen=True, slots=True)
class BundlingRow:
    """One edit as a line of the list. `at_stake` is the allowed amount of the code that is denied, in dollars,
    `ways` the modifiers that fit the two codes of an edit in force."""

    edit: ncci.PtpEdit
    pays: str
    denied: str
    other: str
    other_name: str
    at_stake: Decimal | None
    keyset: str
    ways: tuple[ncci.Way, ...]
    other_setting: str = ""  # what the edits of the other setting say where it differs
    manual: tuple[ManualReference, ...] = ()  # where the NCCI Policy Manual speaks of the two codes


@dataclass(frozen=True, slots=True)
class FoldedRow:
    """The edits of one effect with a whole family of codes, in one line."""

    codes: str
    name: str
    indicator: str
    count: int
    at_stake: Decimal | None


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


def folded(edit_filter: EditFilter, tally: Tally, fee_context: FeeContext | None) -> list[FoldedRow]:
    """What a list that `is_folded` leaves out: anesthesia codes, by effect (one query). Where they are denied, each has
    an amount of its own, and none is given."""
    code, counted = edit_filter.code, {"0": tally.anesthesia_cannot, "1": tally.anesthesia_can}
    amounts = fees([code], fee_context) if fee_context and edit_filter.side == "denies" else {}
    return [
        FoldedRow(ANESTHESIA_RANGE, "Anesthesia", indicator, count, amounts.get(code))
        for indicator, count in counted.items()
        if edit_filter.is_folded and count and edit_filter.group in ("", indicator)
    ]


def mark_other_setting(rows: list[BundlingRow], code: str, release: Release, at: date) -> list[BundlingRow]:
    """The rows of a code with what the edits of the other setting say where it differs: one query if any are loaded,
    at most three more where some rows have no edit there."""
    setting: Setting = "practitioner" if release.source == Source.PTP_HOSPITAL else "hospital"
    other = ptp_release(calendar(), setting, at)
    if other is None or not rows:
        return rows
    there = edits_with(other, code, [row.other for row in rows], at)
    without = [row for row in rows if (row.pays, row.denied) not in there]
    lacking = {each for row in without for each in (row.pays, row.denied)}
    unknown = lacking if other.is_sample else younger(calendar(), lacking, other).keys()
    found = [(row, _difference(row, there.get((row.pays, row.denied)), setting, unknown)) for row in rows]
    return [replace(row, other_setting=words) if words else row for row, words in found]


def _difference(
    row: BundlingRow, there: ncci.PtpEdit | None, setting: Setting, unknown: Collection[str]
) -> str:
    """What the edits of the other setting say of a row, "" where it is the same or they cannot know its codes."""
    if there is None:
        return "" if row.pays in unknown or row.denied in unknown else f"No {setting} edit."
    if there.indicator == row.edit.indicator:
        return ""
    return f"{setting.capitalize()} edit: {GROUPS[there.indicator].lower()}."


def mark_manual(rows: list[BundlingRow], at: date) -> list[BundlingRow]:
    """The rows with what the NCCI Policy Manual says of the two codes together (one query a version of the data)."""
    known = calendar()
    return [
        replace(row, manual=tuple(found))
        if (found := references_to_pair(known, row.pays, row.denied, at))
        else row
        for row in rows
    ]


def _shown(
    release: Release, found: list[SortedEdit], fee_context: FeeContext | None, edit_filter: EditFilter
) -> Iterator[BundlingRow]:
    edits = edits_by_key([row.key for row in found])
    codes, at = {edit_filter.code, *(row.other for row in found)}, edit_filter.at
    names = names_of(calendar(), {row.other for row in found}, at)
    whole: dict[str, FeeScheduleRow] | None = None
    if edit_filter.group != "ended" and any(edit.indicator == "1" for edit in edits.values()):
        whole = whole_codes(calendar(), codes, at)
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
            () if whole is None else ncci.ways_through(edit, whole, setting),
        )
