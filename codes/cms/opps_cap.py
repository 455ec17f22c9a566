"""OPPSCAP: what caps the technical part of imaging services, in dollars for each locality, four times a year.

Under section 5102(b) of the Deficit Reduction Act the technical component pays no more than the hospital
outpatient payment. The file prints that amount for each code, modifier (TC or none) and locality.

As csv (`OPPSCAP_Oct.csv`): the titles `HCPCS,MOD,PROCSTAT,CARRIER,LOCALITY,FACILITY PRICE,NON-FACILTY
PRICE` (so spelled), the rows (16,100 in October 2025), a last row of commas. As txt: no titles, lines of
38 characters cut as in `LAYOUT_TEXT`.

Known oddity: localities 17, 18 and 71 to 74 of California stand under both of its contractors, 01112 and
01182; the GPCI file knows them under 01182 only.

Refused: a second row for a code, modifier, contractor and locality; a file without rows.
"""

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
    Row,
    csv_records,
    is_blank,
    numbered_lines,
    peek,
)

LAYOUT_TEXT = Layout(
    (
        Column("HCPCS", 1, 5),
        Column("MOD", 6, 7),
        Column("PROCSTAT", 9, 9),
        Column("CARRIER", 11, 15),
        Column("LOCALITY", 18, 19),
        Column("FACILITY PRICE", 20, 28),
        Column("NON-FACILTY PRICE", 29, 38),
    ),
    width=38,
)
LAYOUT_CSV = Layout(Column(column.name) for column in LAYOUT_TEXT.columns)


@dataclass(frozen=True, slots=True)
class OppsCapRow:
    """The cap of one code and modifier in one locality, in dollars."""

    code: str
    modifier: str
    status: str
    mac: str
    locality: str
    facility_price: Decimal
    nonfacility_price: Decimal


def parse(stream: BinaryIO, file_name: str) -> Iterator[OppsCapRow]:
    """The rows of a csv or a txt."""
    first, lines = peek(numbered_lines(stream, file_name))
    rows = _csv_rows(lines, file_name) if "," in first else _text_rows(lines, file_name)
    seen: set[tuple[str, ...]] = set()
    for row in rows:
        record = _record(row)
        key = (record.code, record.modifier, record.mac, record.locality)
        if key in seen:
            raise row.refuse("HCPCS", f"stands twice for {record.mac}-{record.locality}")
        seen.add(key)
        yield record
    if not seen:
        raise LayoutError(file_name, 0, "", None, "holds no rows")


def _csv_rows(lines: Iterator[Line], file_name: str) -> Iterator[Row]:
    records = csv_records(lines, file_name)
    LAYOUT_CSV.check_titles(file_name, *next(records))
    return (LAYOUT_CSV.row(file_name, line, cells) for line, cells in records if not is_blank(cells))


def _text_rows(lines: Iterator[Line], file_name: str) -> Iterator[Row]:
    for line, text in lines:
        if text.strip():
            yield LAYOUT_TEXT.cut(file_name, line, text.rstrip("\r\n"))


def _record(row: Row) -> OppsCapRow:
    return OppsCapRow(
        code=row.read("HCPCS", coercers.code),
        modifier=row.read("MOD", coercers.modifier),
        status=row.read("PROCSTAT", coercers.status),
        mac=row.read("CARRIER", coercers.mac),
        locality=row.read("LOCALITY", coercers.locality),
        facility_price=row.read("FACILITY PRICE", coercers.amount),
        nonfacility_price=row.read("NON-FACILTY PRICE", coercers.amount),
    )
