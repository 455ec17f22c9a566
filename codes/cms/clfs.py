"""CLFS: the clinical laboratory fee schedule, four times a year, in a zip that holds it in three forms
(`CLFS 2025 Q1V1.xlsx`, `.csv` and `.txt`; also `CLFS_2026_Q1V1.xlsx`, `PUF_CLFS_CY2026_Q3V1.csv`). They agree.

A workbook of one sheet: four rows of notices, the titles in row 5 (`YEAR HCPCS MOD EFF_DATE INDICATOR RATE
SHORTDESC LONGDESC EXTENDEDLONGDESC`), then one row for each code and modifier (none or QW, a test waived
under CLIA) to the end; 2,162 in the first quarter of 2026. Dates are numbers, YYYYMMDD. Codes of five
digits are numbers too, others text. Rates are dollars for the whole country. The indicator is N (national)
or L (local): the contractor sets the rate, and the file prints 0.

The csv is the same, with rates padded by zeros (`00720.00`). The txt has lines that begin with `HDR~`, then
the first seven columns parted by `~`, without titles; a modifier of two blanks is none.

LONGDESC and EXTENDEDLONGDESC are the AMA's text and are never read into a record.

Refused: a code and modifier twice, a sheet without rows.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
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

LAYOUT = Layout(
    (
        Column("YEAR"),
        Column("HCPCS"),
        Column("MOD"),
        Column("EFF_DATE"),
        Column("INDICATOR"),
        Column("RATE"),
        Column("SHORTDESC"),
    )
)
WIDTH = len(LAYOUT.columns)
_indicator = coercers.one_of("N", "L")


@dataclass(frozen=True, slots=True)
class ClfsRow:
    """What Medicare pays for one laboratory test, in dollars.

    Where `indicator` is L the contractor sets the rate, and `rate` is 0, which does not mean an amount of $0.
    """

    year: int
    code: str
    modifier: str
    effective: dt.date
    indicator: str
    rate: Decimal
    short_description: str


@dataclass(frozen=True, slots=True)
class Heading:
    """The year of the file, and the latest day from which one of its rates is in force."""

    year: int
    latest: dt.date


def read_heading(stream: BinaryIO, file_name: str) -> Heading:
    """What the columns YEAR and EFF_DATE say; the title tells no more than the year. Reads the whole file."""
    records = list(parse(stream, file_name))
    return Heading(max(row.year for row in records), max(row.effective for row in records))


def parse(stream: BinaryIO, file_name: str) -> Iterator[ClfsRow]:
    """One record a row of the sheet, the csv or the txt."""
    seen: set[tuple[str, str]] = set()
    for line, cells in _rows(stream, file_name):
        if is_blank(cells):
            continue
        row = LAYOUT.row(file_name, line, cells[:WIDTH])
        record = _record(row)
        if (record.code, record.modifier) in seen:
            raise row.refuse("HCPCS", f"stands twice with modifier {record.modifier or 'blank'}")
        seen.add((record.code, record.modifier))
        yield record
    if not seen:
        raise LayoutError(
            file_name, 0, "", None, "holds no rows below a line of titles that begins with YEAR"
        )


def _rows(stream: BinaryIO, file_name: str) -> Iterator[Record]:
    if is_workbook(file_name):
        return _below_titles(first_sheet(stream, file_name), file_name)
    first, lines = peek(numbered_lines(stream, file_name))
    if "~" in first:
        return _text_rows(lines)
    return _below_titles(csv_records(lines, file_name), file_name)


def _below_titles(rows: Iterator[Record], file_name: str) -> Iterator[Record]:
    for line, cells in rows:
        if cells[:1] == ["YEAR"]:
            LAYOUT.check_titles(file_name, line, cells[:WIDTH])
            break
    return rows


def _text_rows(lines: Iterator[Line]) -> Iterator[Record]:
    for line, text in lines:
        if not text.startswith("HDR~"):
            yield line, text.rstrip("\r\n").split("~")


def _record(row: Row) -> ClfsRow:
    return ClfsRow(
        year=row.read("YEAR", coercers.year),
        code=row.read("HCPCS", coercers.code),
        modifier=row.read("MOD", coercers.modifier),
        effective=row.read("EFF_DATE", coercers.date_from_digits),
        indicator=row.read("INDICATOR", _indicator),
        rate=row.read("RATE", coercers.amount),
        short_description=row.read("SHORTDESC", coercers.text),
    )
