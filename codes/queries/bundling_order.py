"""The order of a code's bundling edits in the database: by relevance, dollars at stake or code, a page at a time.

Two index range scans, of which a tab of the list needs one. Where the code is column 2 (up to 14,000 edits), the amount
at stake is one constant: the index has the order by dollars and by code, and the database keeps the first of a page by
relevance while it reads. Of a long list it looks first for the edits with the nearest codes alone. Where the code is
column 1 (up to 1,300 edits), the amount is that of the other code: the payment engine gives them once for all pages of
the list, so that the order is that of the dollars shown. A list of both is merged from the beginnings of each.

The SQL is written out, in the words that SQLite and PostgreSQL share: one sees which stretch is read and in what
order, and a database answers it in a fraction of the time that it takes to put it together from a QuerySet.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from django.db import connection

from codes.caching.versions import versioned_cache
from codes.models import CodeText, HcpcsText, PtpEdit, RbcsAssignment, Release
from codes.models.release import ReleaseState
from codes.parsing.code_shapes import CODE, is_code
from codes.queries import at_stake
from codes.queries.at_stake import FeeContext
from codes.queries.edit_relevance import ANESTHESIA, NEAREST_BANDS, nearest, relevance, within
from codes.queries.releases import calendar
from codes.queries.volume_bands import bands_of

KEYSET = re.compile(r"(?:(\d)~)?(-?\d{1,18})~([^~]*)~(\d{1,18})", re.ASCII)
RANGE = re.compile(rf"({CODE})\s*-\s*({CODE})", re.ASCII | re.IGNORECASE)
EDITS, TEXTS, HCPCS, FILED, RELEASES = (
    model._meta.db_table for model in (PtpEdit, CodeText, HcpcsText, RbcsAssignment, Release)
)
DENIED = ("column_two", "column_one")  # where the code stands that a list is of, and where the other
PAID = ("column_one", "column_two")
SIDES = {
    "denies": DENIED,
    "denied-by": PAID,
}  # edits that deny the code, and edits in which it denies another

PARTS = ("all", "anesthesia")  # of a side, counted apart
LONG = 2_000  # edits: to look for the nearest codes takes no longer than to read so many

WHOLE = "column_one, column_two, indicator, effective, deletion, rationale_id"
_IN_FORCE = "(deletion IS NULL OR deletion >= %(at)s) AND (effective IS NULL OR effective <= %(at)s)"  # the rarer first
_READY = f"release_id IN (SELECT id FROM {RELEASES} WHERE state = '{ReleaseState.READY}')"
_ANY_CASE = "ILIKE" if connection.vendor == "postgresql" else "LIKE"
_HOLDS = f"{_ANY_CASE} %(holds)s ESCAPE '\\'"

# The codes that the filter names: by a word of our text or of CMS's, and by category.
_FITTING = f"""
    WITH named AS (
        SELECT code FROM {TEXTS} WHERE plain_name {_HOLDS} OR words {_HOLDS}
        UNION ALL SELECT code FROM {HCPCS} WHERE long_description {_HOLDS} AND {_READY}
    ), filed AS (SELECT code FROM {FILED} WHERE category = %(category)s AND {_READY})"""

# The edits of each group on a day; "ended" has those that never applied and those that have not begun, too.
IN_GROUP = {
    "0": f"indicator = '0' AND {_IN_FORCE}",
    "1": f"indicator = '1' AND {_IN_FORCE}",
    "ended": f"NOT (indicator IN ('0', '1') AND {_IN_FORCE})",
}
_OF_GROUP = IN_GROUP | {"": f"indicator IN ('0', '1') AND {_IN_FORCE}"}


@dataclass(frozen=True, slots=True, kw_only=True)
class EditFilter:
    """What part of the list is asked for: of one side or, with '', of both; of one group or, with '', all in force;
    `is_folded` without the anesthesia codes, `is_nearest` with the nearest codes alone. `after` is the last row of
    the page before."""

    code: str
    at: date
    group: str = ""
    side: str = ""
    text: str = ""
    category: str = ""
    sort: str = "dollars"
    is_folded: bool = False
    is_nearest: bool = False
    after: "SortedEdit | None" = None


class SortedEdit(NamedTuple):
    """Where an edit stands in the sorted list: its key, the other code, the cents at stake (-1 for not priced), and
    its relevance (0 the nearest; 0 in other orders)."""

    key: int
    other: str
    cents: int
    relevance: int = 0

    @property
    def keyset(self) -> str:
        return f"{self.relevance}~{self.cents}~{self.other}~{self.key}"


class Tally(NamedTuple):
    """How many edits of a side stand in each group, and how many of those in force are with anesthesia codes."""

    cannot: int = 0
    can: int = 0
    ended: int = 0
    anesthesia_cannot: int = 0
    anesthesia_can: int = 0

    @property
    def in_force_total(self) -> int:
        """The edits in force, whatever passes them."""
        return self.cannot + self.can

    def in_force(self, group: str) -> int:
        return {"0": self.cannot, "1": self.can}.get(group, self.in_force_total)


def first_edits(
    release: Release, fee_context: FeeContext | None, edit_filter: EditFilter, size: int
) -> list[SortedEdit]:
    """The first edits after `edit_filter.after`: a query for each half, at most two more for a long list, and two for
    the dollars at stake."""
    by_dollars = None if edit_filter.sort == "code" else fee_context
    found: list[SortedEdit] = []
    if edit_filter.side != "denied-by":
        own = at_stake.own_cents(by_dollars, edit_filter.code) if by_dollars else 0
        found += _first_denied(release, own, edit_filter, size)
    if edit_filter.side != "denies":
        paid = _paid(release, by_dollars, replace(edit_filter, after=None, side=""))
        first = bisect_right(paid, _place(edit_filter.after), key=_place) if edit_filter.after else 0
        found += paid[first : first + size]
    return sorted(found, key=_place)[:size]


def _first_denied(release: Release, own: int, edit_filter: EditFilter, size: int) -> list[SortedEdit]:
    """The first edits in which the code is denied; `own` are its cents at stake. Of a long list all are looked at only
    where those with the nearest codes don't fill the page."""
    near = replace(edit_filter, is_nearest=True)
    for narrowed in [near, edit_filter] if _may_be_nearest(release, edit_filter) else [edit_filter]:
        sql = f"{_FITTING} {_denied(narrowed, own)} LIMIT %(size)s"
        rows = _rows(sql, _parameters(release, narrowed) | {"own": own, "size": size})
        if len(rows) == size:
            break
    return [SortedEdit(*row) for row in rows]


def _may_be_nearest(release: Release, edit_filter: EditFilter) -> bool:
    """Whether a page of a long list may hold nothing but the nearest codes: those are looked up in no time."""
    if edit_filter.sort != "relevance" or (edit_filter.after and edit_filter.after.relevance):
        return False
    return tallies(release, edit_filter)["denies"].in_force_total > LONG


def _place(edit: SortedEdit) -> tuple[int, int, str, int]:
    """What a list is sorted by: the nearest first, then the most dollars, then the other code."""
    return edit.relevance, -edit.cents, edit.other, edit.key


def whole_list(
    release: Release, fee_context: FeeContext | None, edit_filter: EditFilter
) -> list[tuple[Any, ...]]:
    """Every edit that fits the filter, in the order of the list, as `WHOLE` columns: a query for each half. The longest
    list, that of 96523, has 14,000."""
    placed = []
    for own, other in [SIDES[edit_filter.side]] if edit_filter.side else SIDES.values():
        half = _half(f"{_relevance(other, edit_filter)}, {other}, id, {WHOLE}", own, other, edit_filter)
        placed += _rows(
            f"{_FITTING} {half} AND {_OF_GROUP[edit_filter.group]}", _parameters(release, edit_filter)
        )
    by_dollars = None if edit_filter.sort == "code" else fee_context
    cents = at_stake.cents_of({row[4] for row in placed}, by_dollars) if by_dollars else {}
    placed.sort(key=lambda row: (row[0], -cents.get(row[4], 0), row[1], row[2]))
    return [row[3:] for row in placed]


def counts(release: Release, edit_filter: EditFilter) -> dict[str, int]:
    """How many edits of a code stand in each group and fit the filter, whatever page of whichever group is asked
    for: one query, that reads two stretches of an index and, without a filter, nothing else."""
    both = tallies(release, edit_filter).values()
    return {group: sum(tally[position] for tally in both) for position, group in enumerate(IN_GROUP)}


def tallies(release: Release, edit_filter: EditFilter) -> dict[str, Tally]:
    """The same by side, whichever is asked for."""
    plain = replace(
        edit_filter, group="", side="", sort="dollars", is_folded=False, is_nearest=False, after=None
    )
    return _tallies(release, plain)


@versioned_cache(512)
def _tallies(release: Release, edit_filter: EditFilter) -> dict[str, Tally]:
    parts = " UNION ALL ".join(_counts(side, part, edit_filter) for side in SIDES for part in PARTS)
    counted = {
        (side, part): numbers
        for side, part, *numbers in _rows(f"{_FITTING} {parts}", _parameters(release, edit_filter))
    }
    return {side: _tally(counted[side, "all"], counted[side, "anesthesia"]) for side in SIDES}


def _tally(of_all: list[int], of_anesthesia: list[int]) -> Tally:
    every, cannot, can = of_all
    return Tally(cannot, can, every - cannot - can, *of_anesthesia[1:])


def _counts(side: str, part: str, edit_filter: EditFilter) -> str:
    """The edits of a side and those in force by group; of all codes or of anesthesia alone, a short stretch of the
    index. Each row is looked at as little as can be, since the code may have 14,000."""
    own, other = SIDES[side]
    in_force = ", ".join(f"COUNT(*) FILTER (WHERE {IN_GROUP[group]})" for group in "01")
    half = _half(f"'{side}' AS side, '{part}' AS part, COUNT(*), {in_force}", own, other, edit_filter)
    return f"{half} AND {within(other, *ANESTHESIA)}" if part == "anesthesia" else half


def read_keyset(text: str) -> SortedEdit | None:
    """The row that "0~2538~76377~123" names (relevance, cents, code, key; addresses of old lack the first); None where
    it names none."""
    parts = KEYSET.fullmatch(text)
    return SortedEdit(int(parts[4]), parts[3], int(parts[2]), int(parts[1] or 0)) if parts else None


def _half(columns: str, own: str, other: str, edit_filter: EditFilter) -> str:
    """The edits in which the code stands in the column `own`, of every group, as far as they fit the filter."""
    where = f"release_id = %(release)s AND {own} = %(code)s"
    if span := RANGE.fullmatch(edit_filter.text):
        where += f" AND {within(other, span[1].upper(), span[2].upper())}"
    elif edit_filter.text:
        where += f" AND ({other} LIKE %(begins)s ESCAPE '\\' OR {other} IN (SELECT code FROM named))"
    if edit_filter.category:
        where += f" AND {other} IN (SELECT code FROM filed)"
    if edit_filter.is_folded:
        where += f" AND NOT {within(other, *ANESTHESIA)}"
    if edit_filter.is_nearest:
        # Of the column `code`: the database then sorts the codes out before it looks for their edits.
        where += f" AND code = {other} AND {nearest(edit_filter.code, 'code')}"
    return f"SELECT {columns} FROM {_tables(other, edit_filter)} WHERE {where}"


def _tables(other: str, edit_filter: EditFilter) -> str:
    """The edits, by relevance with the band in which the other code is: that of Medicare's volumes, or of our names.
    For the nearest each of those codes is looked up among the edits."""
    if edit_filter.sort != "relevance":
        return EDITS
    bands = bands_of(calendar())
    if edit_filter.is_nearest:
        bands = {code: band for code, band in bands.items() if band in NEAREST_BANDS}
    names = f"({_billed(bands)}) AS billed" if bands else TEXTS
    return (
        f"{names} CROSS JOIN {EDITS}"
        if edit_filter.is_nearest
        else f"{EDITS} LEFT JOIN {names} ON code = {other}"
    )


def _billed(bands: dict[str, int]) -> str:
    """The bands as a table, which both databases read."""
    rows = ", ".join(f"('{code}', {band})" for code, band in bands.items() if is_code(code))
    return f"WITH ranked(code, band) AS (VALUES {rows}) SELECT code, band FROM ranked"


def _relevance(other: str, edit_filter: EditFilter) -> str:
    return relevance(edit_filter.code, other) if edit_filter.sort == "relevance" else "0"


def _denied(edit_filter: EditFilter, own: int) -> str:
    """The half in which the code is denied: its own cents are at stake, whatever the other code is."""
    columns = (
        f"id, column_one AS other, %(own)s AS cents, {_relevance('column_one', edit_filter)} AS relevance"
    )
    half = f"{_half(columns, *DENIED, edit_filter)} AND {_OF_GROUP[edit_filter.group]}"
    if edit_filter.sort != "relevance":
        return f"{half} AND {_then(edit_filter.after, own, 'column_one', '0')} ORDER BY column_one, id"
    then = _then(edit_filter.after, own, "other", "relevance")
    if edit_filter.is_nearest:
        then += " AND relevance = 0"
    return f"SELECT * FROM ({half}) AS edit WHERE {then} ORDER BY relevance, other, id"


def _then(after: SortedEdit | None, own: int, other: str, nearness: str) -> str:
    """The condition that a row comes after `after` in a half with the same cents in every row."""
    if after is None:
        return "TRUE"
    if own < after.cents:
        return f"{nearness} >= %(relevance)s"
    if own > after.cents:
        return f"{nearness} > %(relevance)s"
    next_of_code = f"{other} >= %(other)s AND ({other} > %(other)s OR id > %(key)s)"
    if nearness == "0":
        return next_of_code
    return f"({nearness} > %(relevance)s OR {nearness} = %(relevance)s AND {next_of_code})"


@versioned_cache(256)
def _paid(release: Release, fee_context: FeeContext | None, edit_filter: EditFilter) -> list[SortedEdit]:
    """The half in which the code is paid, in the order of the list: the cents of column two are at stake."""
    half = _half(f"id, column_two, {_relevance('column_two', edit_filter)}", *PAID, edit_filter)
    rows = _rows(f"{_FITTING} {half} AND {_OF_GROUP[edit_filter.group]}", _parameters(release, edit_filter))
    cents = at_stake.cents_of({other for _, other, _ in rows}, fee_context) if fee_context else {}
    return sorted(
        (SortedEdit(key, other, cents.get(other, 0), near) for key, other, near in rows), key=_place
    )


def _parameters(release: Release, edit_filter: EditFilter) -> dict[str, Any]:
    """What the SQL asks for by name; a list that is not filtered, or begins anew, leaves some of it out."""
    text = connection.ops.prep_for_like_query(edit_filter.text)
    after = edit_filter.after or SortedEdit(0, "", 0)
    edits_of = {"release": release.pk, "code": edit_filter.code, "at": edit_filter.at.isoformat()}
    filters = {"begins": f"{text.upper()}%", "holds": f"%{text}%", "category": edit_filter.category}
    return {**edits_of, **filters, "other": after.other, "key": after.key, "relevance": after.relevance}


def _rows(sql: str, parameters: dict[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        rows: list[Any] = cursor.fetchall()
    return rows
