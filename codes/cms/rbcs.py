"""RBCS: the Restructured BETOS Classification System, what kind of service each code is, once a year.

A csv in UTF-8 with one header line, `hcpcs_code,rbcs_procedure,rbcs_category,rbcs_subcategory,rbcs_family,
hcpcs_date_added,hcpcs_date_ended,rbcs_date_effective`. Dates are YYYY-MM-DD; a code still in use ended on
9999-12-31. Families are `No RBCS Family` for most. The taxonomy is in the public domain and covers CPT
codes too.

A code may stand several times with different effective dates (1,471 of 15,522 codes in 2024): the latest
assignment counts. All are handed on; the reader picks.

Refused: the same code and effective date twice, a file without rows.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from codes.cms import coercers
from codes.cms.layout import Column, Layout, LayoutError, Row, csv_records, is_blank, numbered_lines

LAYOUT = Layout(
    (
        Column("hcpcs_code"),
        Column("rbcs_procedure"),
        Column("rbcs_category"),
        Column("rbcs_subcategory"),
        Column("rbcs_family"),
        Column("hcpcs_date_added"),
        Column("hcpcs_date_ended"),
        Column("rbcs_date_effective"),
    )
)
NO_FAMILY = "No RBCS Family"
_NEVER = dt.date(9999, 12, 31)
_procedure = coercers.one_of("Major", "Other", "Non-Procedure")


@dataclass(frozen=True, slots=True)
class RbcsRow:
    """One assignment of a code.

    `family` is empty where there is none. `effective` is the assignment's first day; `ended` is the last
    day of the code itself, None while it is in use.
    """

    code: str
    procedure: str
    category: str
    subcategory: str
    family: str
    effective: dt.date
    ended: dt.date | None


def parse(stream: BinaryIO, file_name: str) -> Iterator[RbcsRow]:
    """Every assignment, in the file's order."""
    records = csv_records(numbered_lines(stream, file_name), file_name)
    LAYOUT.check_titles(file_name, *next(records, (1, [])))
    seen: set[tuple[str, dt.date]] = set()
    for line, cells in records:
        if is_blank(cells):
            continue
        row = LAYOUT.row(file_name, line, cells)
        record = _record(row)
        if (record.code, record.effective) in seen:
            raise row.refuse("hcpcs_code", f"stands twice with effective date {record.effective}")
        seen.add((record.code, record.effective))
        yield record
    if not seen:
        raise LayoutError(file_name, 0, "", None, "holds no rows")


def _record(row: Row) -> RbcsRow:
    ended = row.read("hcpcs_date_ended", coercers.date_from_iso)
    family = row.read("rbcs_family", coercers.text)
    return RbcsRow(
        code=row.read("hcpcs_code", coercers.code),
        procedure=row.read("rbcs_procedure", _procedure),
        category=row.read("rbcs_category", coercers.filled),
        subcategory=row.read("rbcs_subcategory", coercers.filled),
        family="" if family == NO_FAMILY else family,
        effective=row.read("rbcs_date_effective", coercers.date_from_iso),
        ended=None if ended == _NEVER else ended,
    )
