"""ZIP5: the contractor and locality of each ZIP code (`ZIP5_OCT2025.txt`), four times a year.

Lines of 80 characters, cut as in `LAYOUT`, no header and no footer, one line for each ZIP code of five
digits (42,956 in October 2025), sorted by state. The layout comes beside it as `ZIP5lyout.txt`. The pairs of
contractor and locality are exactly those of the GPCI file.

- Rural is blank (urban), R (rural) or B (super rural).
- The plus-four flag is 1 where a ZIP code crosses localities, so that nine digits are needed (580 of
them); the line then holds the locality of most of its addresses. - Year and quarter, `20254`, stand on
every line.

The ZIP+4 file, `ZIP9_OCT2025.txt`, has the same length and other columns; it is not read here.

Refused: a second line for a ZIP code, a second quarter in one file, a file without lines.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from codes.cms import coercers
from codes.cms.layout import Column, Layout, LayoutError, Row, numbered_lines, peek

LAYOUT = Layout(
    (
        Column("STATE", 1, 2),
        Column("ZIP CODE", 3, 7),
        Column("CARRIER", 8, 12),
        Column("LOCALITY", 13, 14),
        Column("RURAL IND", 15, 15),
        Column("LAB CB LOCALITY", 16, 17),
        Column("RURAL IND2", 18, 18),
        Column("PLUS 4 FLAG", 21, 21),
        Column("PART B DRUG INDICATOR", 23, 23),
        Column("YEAR/QTR", 76, 80),
    ),
    width=80,
)
_rural = coercers.one_of("", "R", "B")
_zero_or_one = coercers.one_of("0", "1")


@dataclass(frozen=True, slots=True)
class ZipRow:
    """Where a ZIP code is priced. `plus_four` says that other addresses in it are priced elsewhere."""

    state: str
    zip_code: str
    mac: str
    locality: str
    rural: str
    plus_four: bool
    part_b_drug: str
    quarter: str


@dataclass(frozen=True, slots=True)
class Heading:
    """`quarter` is year and quarter of the calendar, YYYYQ."""

    quarter: str


def read_heading(stream: BinaryIO, file_name: str) -> Heading:
    """The quarter, as the first line has it."""
    first, _ = peek(numbered_lines(stream, file_name))
    return Heading(LAYOUT.cut(file_name, 1, first.rstrip("\r\n")).read("YEAR/QTR", _quarter))


def parse(stream: BinaryIO, file_name: str) -> Iterator[ZipRow]:
    """One record a line."""
    seen: set[str] = set()
    quarter = ""
    for line, text in numbered_lines(stream, file_name):
        if not text.strip():
            continue
        row = LAYOUT.cut(file_name, line, text.rstrip("\r\n"))
        record = _record(row)
        if record.zip_code in seen:
            raise row.refuse("ZIP CODE", "stands twice")
        if quarter not in ("", record.quarter):
            raise row.refuse("YEAR/QTR", f"follows lines of {quarter}: a file has one quarter")
        seen.add(record.zip_code)
        quarter = record.quarter
        yield record
    if not seen:
        raise LayoutError(file_name, 0, "", None, "holds no lines")


def _record(row: Row) -> ZipRow:
    return ZipRow(
        state=row.read("STATE", coercers.state),
        zip_code=row.read("ZIP CODE", coercers.zip_code),
        mac=row.read("CARRIER", coercers.mac),
        locality=row.read("LOCALITY", coercers.locality),
        rural=row.read("RURAL IND", _rural),
        plus_four=row.read("PLUS 4 FLAG", _zero_or_one) == "1",
        part_b_drug=row.text("PART B DRUG INDICATOR"),
        quarter=row.read("YEAR/QTR", _quarter),
    )


def _quarter(value: str) -> str:
    if not re.fullmatch(r"20\d\d[1-4]", value):
        raise ValueError("is not a year and quarter of the form YYYYQ")
    return value
