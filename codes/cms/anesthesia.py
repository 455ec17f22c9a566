"""ANES: the anesthesia conversion factor of each locality, dollars for one unit, one file a year.

As csv (`ANES2025.csv`): the titles `Contractor,Locality,Locality Name,National Anes CF of 20.3178` (the
fourth holds the national factor, over the column of local ones), 109 rows, and a last row of commas. Cells
end in blanks.

As txt (`ANES2025.txt`): no titles, lines of 77 characters cut as in `LAYOUT_TEXT`, the
factor in cents without a point (`1931` is 19.31), and a lone Ctrl-Z (0x1A) at the end. It lacks the
national factor and breaks names off after 40 characters: prefer the csv.

Known oddities:
- The csv of 2024 lost the contractors' leading zeros: `2102` is 02102.
- Names carry stars that refer to the GPCI file's footnotes: taken off.

Refused: a second row for a locality, a factor outside 5 to 100 dollars, a file without rows.
"""

import re
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

FACTOR = "National Anes CF"
_COLUMNS = ("Contractor", "Locality", "Locality Name", FACTOR)
LAYOUT_CSV = Layout(Column(name) for name in _COLUMNS)
LAYOUT_TEXT = Layout(
    (
        Column("Contractor", 1, 5),
        Column("Locality", 13, 14),
        Column("Locality Name", 19, 58),
        Column(FACTOR, 73, 77),
    ),
    width=77,
)
_dollars = coercers.between("5", "100")


@dataclass(frozen=True, slots=True)
class AnesthesiaRow:
    """What one anesthesia unit (fifteen minutes, or one base unit) is worth in a locality, in dollars."""

    mac: str
    locality: str
    name: str
    conversion_factor: Decimal


@dataclass(frozen=True, slots=True)
class Heading:
    """The factor before geography, in dollars a unit; None in a txt."""

    national_factor: Decimal | None


def read_heading(stream: BinaryIO, file_name: str) -> Heading:
    """The national factor from the fourth title."""
    first, _ = peek(numbered_lines(stream, file_name))
    found = re.search(r"National Anes CF of (\d+\.\d+)", first)
    return Heading(Decimal(found[1]) if found else None)


def parse(stream: BinaryIO, file_name: str) -> Iterator[AnesthesiaRow]:
    """The localities of a csv or a txt."""
    first, lines = peek(numbered_lines(stream, file_name))
    is_text = first[:5].isdigit() and "," not in first
    rows = _text_rows(lines, file_name) if is_text else _csv_rows(lines, file_name)
    seen: set[tuple[str, str]] = set()
    for row in rows:
        record = _record(row)
        if (record.mac, record.locality) in seen:
            raise row.refuse("Locality", f"stands twice for contractor {record.mac}")
        seen.add((record.mac, record.locality))
        yield record
    if not seen:
        raise LayoutError(file_name, 0, "", None, "holds no rows")


def _csv_rows(lines: Iterator[Line], file_name: str) -> Iterator[Row]:
    records = csv_records(lines, file_name)
    line, titles = next(records, (1, []))
    titles = [FACTOR if FACTOR in title else title for title in titles]
    LAYOUT_CSV.check_titles(file_name, line, titles)
    return (LAYOUT_CSV.row(file_name, line, cells) for line, cells in records if not is_blank(cells))


def _text_rows(lines: Iterator[Line], file_name: str) -> Iterator[Row]:
    for line, text in lines:
        if text.strip():
            yield LAYOUT_TEXT.cut(file_name, line, text.rstrip("\r\n"))


def _record(row: Row) -> AnesthesiaRow:
    dollars = _dollars_from_cents if row.layout is LAYOUT_TEXT else _dollars
    return AnesthesiaRow(
        mac=row.read("Contractor", coercers.mac_without_zeros),
        locality=row.read("Locality", coercers.locality),
        name=row.read("Locality Name", coercers.name_without_stars),
        conversion_factor=row.read(FACTOR, dollars),
    )


def _dollars_from_cents(value: str) -> Decimal:
    return _dollars(str(coercers.cents(value)))
