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
from codes.models.release import State
from codes.queries import at_stake
from codes.queries.at_stake import Money

KEYSET = re.compile(r"(-?\d{1,18})~([^~]*)~(\d{1,18})", re.ASCII)
EDITS, TEXTS, HCPCS, FILED, RELEASES = (
    model._meta.db_table for model in (PtpEdit, CodeText, HcpcsText, RbcsAssignment, Release)
)
DENIED = ("column_two", "column_one")  # where the code stands that a list is of, and where the other
PAID = ("column_one", "column_two")

_IN_FORCE = "(effective IS NULL OR effective <= %(at)s) AND (deletion IS NULL OR deletion >= %(at)s)"
_READY = f"release_id IN (SELECT id FROM {RELEASES} WHERE state = '{State.READY}')"
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
class Wanted:
    """What part of the list is asked for. `after` is the keyset of the last row of the page before."""

    code: str
    at: date
    group: str = "0"
    text: str = ""
    category: str = ""
    sort: str = "dollars"
    after: tuple[int, str, int] | None = None


class Place(NamedTuple):
    """Where an edit stands in the sorted list: its key, the other code, the cents at stake (-1 for not priced)."""

    key: int
    other: str
    cents: int

    @classmethod
    def of(cls, keyset: tuple[int, str, int]) -> "Place":
        cents, other, key = keyset
        return cls(key, other, cents)

    @property
    def keyset(self) -> str:
        return f"{self.cents}~{self.other}~{self.key}"


def places(release: Release, money: Money | None, wanted: Wanted, size: int) -> list[Place]:
    """The first places of the list after `wanted.after`: a query for each half, and two for the dollars at stake."""
    by_dollars = money if wanted.sort == "dollars" else None
    own = at_stake.own_cents(by_dollars, wanted.code) if by_dollars else 0
    given = _parameters(release, wanted) | {"own": own, "size": size}
    denied = [Place(*row) for row in _rows(f"{_FITTING} {_denied(wanted, own)} LIMIT %(size)s", given)]
    paid = _paid(release, by_dollars, replace(wanted, after=None))
    first = bisect_right(paid, _rank(Place.of(wanted.after)), key=_rank) if wanted.after else 0
    return sorted([*denied, *paid[first : first + size]], key=_rank)[:size]


def _rank(place: Place) -> tuple[int, str, int]:
    """What a list is sorted by: the most dollars first, then the other code."""
    return -place.cents, place.other, place.key


def counts(release: Release, wanted: Wanted) -> dict[str, int]:
    """How many edits of a code stand in each group and fit the filter, whatever page of whichever group is asked
    for: one query, that reads two stretches of an index and, without a filter, nothing else."""
    return _counts(release, replace(wanted, group="0", sort="dollars", after=None))


@versioned_cache(512)
def _counts(release: Release, wanted: Wanted) -> dict[str, int]:
    tally = ", ".join(f"COUNT(*) FILTER (WHERE {condition})" for condition in IN_GROUP.values())
    columns = "indicator, effective, deletion"
    halves = " UNION ALL ".join((_half(columns, *DENIED, wanted), _half(columns, *PAID, wanted)))
    sql = f"{_FITTING} SELECT {tally} FROM ({halves}) AS edit"
    return dict(zip(IN_GROUP, _rows(sql, _parameters(release, wanted))[0], strict=True))


def read_keyset(text: str) -> tuple[int, str, int] | None:
    """(cents, code, key) from "2538~76377~123"; None where it is not one."""
    parts = KEYSET.fullmatch(text)
    return (int(parts[1]), parts[2], int(parts[3])) if parts else None


def _half(columns: str, own: str, other: str, wanted: Wanted) -> str:
    """The edits in which the code stands in the column `own`, of every group, as far as they fit the filter."""
    where = f"release_id = %(release)s AND {own} = %(code)s"
    if wanted.text:
        where += f" AND ({other} LIKE %(begins)s ESCAPE '\\' OR {other} IN (SELECT code FROM named))"
    if wanted.category:
        where += f" AND {other} IN (SELECT code FROM filed)"
    return f"SELECT {columns} FROM {EDITS} WHERE {where}"


def _denied(wanted: Wanted, own: int) -> str:
    """The half in which the code is denied: its own cents are at stake, whatever the other code is."""
    half = _half("id, column_one AS other, %(own)s AS cents", *DENIED, wanted)
    then = ""
    if wanted.after and own == wanted.after[0]:
        then = " AND column_one >= %(other)s AND (column_one > %(other)s OR id > %(key)s)"
    elif wanted.after and own > wanted.after[0]:
        then = " AND FALSE"
    return f"{half} AND {IN_GROUP[wanted.group]}{then} ORDER BY column_one, id"


@versioned_cache(256)
def _paid(release: Release, money: Money | None, wanted: Wanted) -> list[Place]:
    """The half in which the code is paid, in the order of the list: the cents of column two are at stake."""
    half = _half("id, column_two", *PAID, wanted)
    rows = _rows(f"{_FITTING} {half} AND {IN_GROUP[wanted.group]}", _parameters(release, wanted))
    cents = at_stake.cents_of({other for _, other in rows}, money) if money else {}
    return sorted((Place(key, other, cents.get(other, 0)) for key, other in rows), key=_rank)


def _parameters(release: Release, wanted: Wanted) -> dict[str, Any]:
    """What the SQL asks for by name; a list that is not filtered, or begins anew, leaves some of it out."""
    text = connection.ops.prep_for_like_query(wanted.text)
    _, other, key = wanted.after or (0, "", 0)
    asked = {"release": release.pk, "code": wanted.code, "at": wanted.at.isoformat()}
    filters = {"begins": f"{text.upper()}%", "holds": f"%{text}%", "category": wanted.category}
    return {**asked, **filters, "other": other, "key": key}


def _rows(sql: str, given: dict[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        rows: list[Any] = cursor.fetchall()
    return rows
