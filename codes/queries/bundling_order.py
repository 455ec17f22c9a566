"""The order of a code's bundling edits in the database: by dollars at stake or by code, a page at a time.

A UNION of two index range scans. Where the code is column 2 (up to 14,000 edits), the amount at stake is one constant,
and the index has the order. Where it is column 1 (up to 1,300 edits), the amount is that of the other code: the payment
engine gives them once for all pages of the list, so that the order is that of the dollars shown. A page is merged from
the beginnings of both.

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
from codes.queries import at_stake
from codes.queries.at_stake import FeeContext

KEYSET = re.compile(r"(-?\d{1,18})~([^~]*)~(\d{1,18})", re.ASCII)
EDITS, TEXTS, HCPCS, FILED, RELEASES = (
    model._meta.db_table for model in (PtpEdit, CodeText, HcpcsText, RbcsAssignment, Release)
)
DENIED = ("column_two", "column_one")  # where the code stands that a list is of, and where the other
PAID = ("column_one", "column_two")

_IN_FORCE = "(effective IS NULL OR effective <= %(at)s) AND (deletion IS NULL OR deletion >= %(at)s)"
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


@dataclass(frozen=True, slots=True, kw_only=True)
class EditFilter:
    """What part of the list is asked for. `after` is the keyset of the last row of the page before."""

    code: str
    at: date
    group: str = "0"
    text: str = ""
    category: str = ""
    sort: str = "dollars"
    after: tuple[int, str, int] | None = None


class SortedEdit(NamedTuple):
    """Where an edit stands in the sorted list: its key, the other code, the cents at stake (-1 for not priced)."""

    key: int
    other: str
    cents: int

    @classmethod
    def of(cls, keyset: tuple[int, str, int]) -> "SortedEdit":
        cents, other, key = keyset
        return cls(key, other, cents)

    @property
    def keyset(self) -> str:
        return f"{self.cents}~{self.other}~{self.key}"


def first_edits(
    release: Release, fee_context: FeeContext | None, edit_filter: EditFilter, size: int
) -> list[SortedEdit]:
    """The first edits after `edit_filter.after`: a query for each half, and two for the dollars at stake."""
    by_dollars = fee_context if edit_filter.sort == "dollars" else None
    own = at_stake.own_cents(by_dollars, edit_filter.code) if by_dollars else 0
    parameters = _parameters(release, edit_filter) | {"own": own, "size": size}
    denied = [
        SortedEdit(*row)
        for row in _rows(f"{_FITTING} {_denied(edit_filter, own)} LIMIT %(size)s", parameters)
    ]
    paid = _paid(release, by_dollars, replace(edit_filter, after=None))
    first = bisect_right(paid, _rank(SortedEdit.of(edit_filter.after)), key=_rank) if edit_filter.after else 0
    return sorted([*denied, *paid[first : first + size]], key=_rank)[:size]


def _rank(edit: SortedEdit) -> tuple[int, str, int]:
    """What a list is sorted by: the most dollars first, then the other code."""
    return -edit.cents, edit.other, edit.key


def counts(release: Release, edit_filter: EditFilter) -> dict[str, int]:
    """How many edits of a code stand in each group and fit the filter, whatever page of whichever group is asked
    for: one query, that reads two stretches of an index and, without a filter, nothing else."""
    return _counts(release, replace(edit_filter, group="0", sort="dollars", after=None))


@versioned_cache(512)
def _counts(release: Release, edit_filter: EditFilter) -> dict[str, int]:
    tally = ", ".join(f"COUNT(*) FILTER (WHERE {condition})" for condition in IN_GROUP.values())
    columns = "indicator, effective, deletion"
    halves = " UNION ALL ".join((_half(columns, *DENIED, edit_filter), _half(columns, *PAID, edit_filter)))
    sql = f"{_FITTING} SELECT {tally} FROM ({halves}) AS edit"
    return dict(zip(IN_GROUP, _rows(sql, _parameters(release, edit_filter))[0], strict=True))


def read_keyset(text: str) -> tuple[int, str, int] | None:
    """(cents, code, key) from "2538~76377~123"; None where it is not one."""
    parts = KEYSET.fullmatch(text)
    return (int(parts[1]), parts[2], int(parts[3])) if parts else None


def _half(columns: str, own: str, other: str, edit_filter: EditFilter) -> str:
    """The edits in which the code stands in the column `own`, of every group, as far as they fit the filter."""
    where = f"release_id = %(release)s AND {own} = %(code)s"
    if edit_filter.text:
        where += f" AND ({other} LIKE %(begins)s ESCAPE '\\' OR {other} IN (SELECT code FROM named))"
    if edit_filter.category:
        where += f" AND {other} IN (SELECT code FROM filed)"
    return f"SELECT {columns} FROM {EDITS} WHERE {where}"


def _denied(edit_filter: EditFilter, own: int) -> str:
    """The half in which the code is denied: its own cents are at stake, whatever the other code is."""
    half = _half("id, column_one AS other, %(own)s AS cents", *DENIED, edit_filter)
    then = ""
    if edit_filter.after and own == edit_filter.after[0]:
        then = " AND column_one >= %(other)s AND (column_one > %(other)s OR id > %(key)s)"
    elif edit_filter.after and own > edit_filter.after[0]:
        then = " AND FALSE"
    return f"{half} AND {IN_GROUP[edit_filter.group]}{then} ORDER BY column_one, id"


@versioned_cache(256)
def _paid(release: Release, fee_context: FeeContext | None, edit_filter: EditFilter) -> list[SortedEdit]:
    """The half in which the code is paid, in the order of the list: the cents of column two are at stake."""
    half = _half("id, column_two", *PAID, edit_filter)
    rows = _rows(f"{_FITTING} {half} AND {IN_GROUP[edit_filter.group]}", _parameters(release, edit_filter))
    cents = at_stake.cents_of({other for _, other in rows}, fee_context) if fee_context else {}
    return sorted((SortedEdit(key, other, cents.get(other, 0)) for key, other in rows), key=_rank)


def _parameters(release: Release, edit_filter: EditFilter) -> dict[str, Any]:
    """What the SQL asks for by name; a list that is not filtered, or begins anew, leaves some of it out."""
    text = connection.ops.prep_for_like_query(edit_filter.text)
    _, other, key = edit_filter.after or (0, "", 0)
    edits_of = {"release": release.pk, "code": edit_filter.code, "at": edit_filter.at.isoformat()}
    filters = {"begins": f"{text.upper()}%", "holds": f"%{text}%", "category": edit_filter.category}
    return {**edits_of, **filters, "other": other, "key": key}


def _rows(sql: str, parameters: dict[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        rows: list[Any] = cursor.fetchall()
    return rows
