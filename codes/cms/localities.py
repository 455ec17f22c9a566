"""LOCCO: which counties make up each payment locality (`25LOCCO`), one file a year.

Five columns: contractor, locality number, state, fee schedule area, counties. A title, a blank line, the
titles, then the rows, grouped by state with a blank line between groups; the state stands on the first row
of its group only. A note about the stars ends the file. The csv has rows of commas for blank lines; the
workbook (`25LOCCO.xlsx`) is the csv with its zeros. The txt is cut as in `LAYOUT_TEXT`, lines of up to 202
characters, and breaks off long lists of counties: prefer the csv.

Known oddities:
- CMS's csv lost the leading zeros: `2102` is 02102, locality `0` is 00. The txt keeps them.
- Names end in blanks and in stars that refer to the note: taken off.
- The txt of 2025 leaves out the name CALIFORNIA: rows of its contractors, 01112 and 01182, get it.
- Missouri's 05302-99 stands twice, since two carriers served it. A locality that stands twice becomes one
row; where the counties differ, they are joined with "; ".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
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

LAYOUT_CSV = Layout(
    (
        Column("Medicare Adminstrative Contractor"),
        Column("Locality Number"),
        Column("State"),
        Column("Fee Schedule Area"),
        Column("Counties"),
    )
)
LAYOUT_TEXT = Layout(
    (
        Column("Medicare Adminstrative Contractor", 5, 9),
        Column("Locality Number", 17, 18),
        Column("State", 23, 45),
        Column("Fee Schedule Area", 46, 143),
        Column("Counties", 144, 202),
    ),
    width=202,
)
_CALIFORNIA = {"01112": "CALIFORNIA", "01182": "CALIFORNIA"}


@dataclass(frozen=True, slots=True)
class CountyRow:
    """One locality. `state` is the name in full as CMS prints it, `counties` a list in CMS's own words."""

    mac: str
    locality: str
    state: str
    area: str
    counties: str


@dataclass(frozen=True, slots=True)
class Heading:
    year: int


def read_heading(stream: BinaryIO, file_name: str) -> Heading:
    """The year from the title, `COUNTIES INCLUDED IN 2025 LOCALITIES`."""
    if is_workbook(file_name):
        first = " ".join(next(first_sheet(stream, file_name), (1, []))[1])
    else:
        first, _ = peek(numbered_lines(stream, file_name))
    found = re.search(r"IN (20\d\d) LOCALITIES", first, re.IGNORECASE)
    if found is None:
        raise LayoutError(file_name, 1, "", None, "is not the title of a file of localities")
    return Heading(int(found[1]))


def parse(stream: BinaryIO, file_name: str) -> Iterator[CountyRow]:
    """One row a locality, in the file's order. The file is small and is read whole before the first row."""
    localities: dict[tuple[str, str], CountyRow] = {}
    for record in _records(_rows(stream, file_name)):
        key = (record.mac, record.locality)
        localities[key] = _join(localities[key], record) if key in localities else record
    if not localities:
        raise LayoutError(file_name, 0, "", None, "holds no rows")
    yield from localities.values()


def _rows(stream: BinaryIO, file_name: str) -> Iterator[Row | None]:
    """The rows, and None for each blank line between states."""
    if is_workbook(file_name):
        return _table_rows(first_sheet(stream, file_name), file_name)
    first, lines = peek(numbered_lines(stream, file_name))
    if first.count(",") > 3:
        return _table_rows(csv_records(lines, file_name), file_name)
    return _text_rows(lines, file_name)


def _table_rows(records: Iterator[Record], file_name: str) -> Iterator[Row | None]:
    for line, cells in records:
        if len(cells) > 1 and "Locality" in cells[1]:
            LAYOUT_CSV.check_titles(file_name, line, cells)
            break
    for line, cells in records:
        if is_blank(cells):
            yield None
        elif not cells[0].startswith("*"):
            yield LAYOUT_CSV.row(file_name, line, cells)


def _text_rows(lines: Iterator[Line], file_name: str) -> Iterator[Row | None]:
    for line, text in lines:
        if not text.strip():
            yield None
        elif text.lstrip()[0].isdigit():
            yield LAYOUT_TEXT.cut(file_name, line, text.rstrip().ljust(LAYOUT_TEXT.width))


def _records(rows: Iterator[Row | None]) -> Iterator[CountyRow]:
    state = ""
    for row in rows:
        if row is None:
            state = ""
            continue
        mac = row.read("Medicare Adminstrative Contractor", coercers.mac_without_zeros)
        state = row.read("State", coercers.name_without_stars) or state or _CALIFORNIA.get(mac, "")
        if not state:
            raise row.refuse("State", "is blank on the first row of a group, which names the state")
        yield CountyRow(
            mac=mac,
            locality=row.read("Locality Number", coercers.locality_without_zeros),
            state=state,
            area=row.read("Fee Schedule Area", coercers.name_without_stars),
            counties=row.read("Counties", coercers.name_without_stars),
        )


def _join(first: CountyRow, second: CountyRow) -> CountyRow:
    if second.counties == first.counties:
        return first
    return replace(first, counties=f"{first.counties}; {second.counties}")
