"""AOC: the NCCI add-on code edits, which code goes only with which primary codes, four times a year.

CMS's own file, `AOC_V2025Q4_01-MCR.txt`: lines of fixed width without header, cut as in `LAYOUT_TEXT`, of
at least 39 characters; dates are YYYYDDD (year and day of the year), blank or all zeros or all nines where
there is none. From position 40 on stand notes for the contractors. The positions come from public readers
of the file and from the column names of its Excel twin; a line that does not fit them is refused.

The workbook beside it, `AOC_V2026Q2-MCR.xlsx` (9,000 rows), has the AMA's notice in its first row, the titles in the
second, and the same columns in the same order, dates too; its last column holds the notes. Both keep what has ended,
so that one file answers for every day since 2013.

A csv copy, with the header `primary_code,add_on_code,aoc_edit_type` (7,465 rows of 2024), has no dates.

The type: 1, the primary codes are listed; 2, the contractor defines them; 3, some are listed and the
contractor may define more. `CCCCC` in place of a primary code is "whatever the contractor defines".

Refused: a pair twice with the same dates, a file without rows.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from codes.cms import coercers
from codes.cms.layout import (
    Column,
    Layout,
    LayoutError,
    Line,
    Record,
    Row,
    csv_records,
    is_blank,
    numbered_lines,
    peek,
)
from codes.cms.workbook import first_sheet, is_workbook

CONTRACTOR_DEFINED = "CCCCC"
LAYOUT_CSV = Layout((Column("primary_code"), Column("add_on_code"), Column("aoc_edit_type")))
LAYOUT_XLSX = Layout(
    (
        Column("AOC_Edit_Type"),
        Column("Add-On_Code"),
        Column("AOC_DelDT"),
        Column("Primary_Code"),
        Column("Primary_Code_DelDT"),
        Column("AOC_Edit_EffDT"),
        Column("AOC_Edit_DelDT"),
        Column("Special_Instruction_Notes"),
    )
)
LAYOUT_TEXT = Layout(
    (
        Column("aoc_edit_type", 1, 1),
        Column("add_on_code", 2, 6),
        Column("aoc_del_dt", 7, 13),
        Column("primary_code", 14, 18),
        Column("primary_code_del_dt", 19, 25),
        Column("aoc_edit_eff_dt", 26, 32),
        Column("aoc_edit_del_dt", 33, 39),
    ),
    width=39,
)
_kind = coercers.one_of("1", "2", "3")


@dataclass(frozen=True, slots=True)
class AddOnRow:
    """One add-on code with one primary code; `primary` is None where the contractor defines it.

    `deletion` is the last day of the edit; both dates are None where the file has none.
    """

    primary: str | None
    add_on: str
    kind: str
    effective: dt.date | None
    deletion: dt.date | None


def parse(stream: BinaryIO, file_name: str) -> Iterator[AddOnRow]:
    """The pairs of a csv, a txt or a workbook."""
    seen: set[AddOnRow] = set()
    for row in _rows(stream, file_name):
        record = _record(row)
        if record in seen:
            raise row.refuse("add_on_code", f"stands twice with primary code {row.text('primary_code')}")
        seen.add(record)
        yield record
    if not seen:
        raise LayoutError(file_name, 0, "", None, "holds no rows")


def _rows(stream: BinaryIO, file_name: str) -> Iterator[Row]:
    if is_workbook(file_name):
        return _sheet_rows(first_sheet(stream, file_name), file_name)
    first, lines = peek(numbered_lines(stream, file_name))
    return _csv_rows(lines, file_name) if "," in first[:20] else _text_rows(lines, file_name)


def _sheet_rows(records: Iterator[Record], file_name: str) -> Iterator[Row]:
    """Rows below the titles, cut to the columns of the txt."""
    first = LAYOUT_XLSX.titles[0]
    for line, cells in records:
        if cells[:1] == [first]:
            LAYOUT_XLSX.check_titles(file_name, line, cells)
            break
    width = len(LAYOUT_TEXT.columns)
    return (LAYOUT_TEXT.row(file_name, line, cells[:width]) for line, cells in records if not is_blank(cells))


def _csv_rows(lines: Iterator[Line], file_name: str) -> Iterator[Row]:
    records = csv_records(lines, file_name)
    LAYOUT_CSV.check_titles(file_name, *next(records))
    return (LAYOUT_CSV.row(file_name, line, cells) for line, cells in records if not is_blank(cells))


def _text_rows(lines: Iterator[Line], file_name: str) -> Iterator[Row]:
    for line, text in lines:
        if text.strip():
            yield LAYOUT_TEXT.cut(file_name, line, text.rstrip("\r\n").ljust(39)[: LAYOUT_TEXT.width])


def _record(row: Row) -> AddOnRow:
    dated = row.layout is LAYOUT_TEXT
    return AddOnRow(
        primary=row.read("primary_code", _primary),
        add_on=row.read("add_on_code", coercers.code),
        kind=row.read("aoc_edit_type", _kind),
        effective=row.read("aoc_edit_eff_dt", _date) if dated else None,
        deletion=row.read("aoc_edit_del_dt", _date) if dated else None,
    )


def _primary(value: str) -> str | None:
    return None if value == CONTRACTOR_DEFINED else coercers.code(value)


def _date(value: str) -> dt.date | None:
    return coercers.date_from_day_of_year(value) if value.strip("0") and value.strip("9") else None
