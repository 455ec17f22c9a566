"""GPCI: the geographic practice cost indices, Addendum E, one file a year.

As csv (`GPCI2025.csv`): a title, a row of commas, the titles (`Medicare Administrative Contractor (MAC),
State, Locality Number, Locality Name, 2025 PW GPCI (with 1.0 Floor), 2025 PE GPCI, 2025 MP GPCI`), one
row for each of the 109 localities, then footnotes: the date of the contractors' assignment and what the
stars mean.

As txt (`GPCI2025.txt`): the same down the page at fixed positions, `LAYOUT_TEXT`; lines of 150
characters; the contractor's title is clipped to `Medicare Admi`.

PW is the physician's work, PE practice expense, MP malpractice; each multiplies its relative value
units. A locality is a contractor and a number: the numbers repeat among contractors.

Known oddities:
- Names carry stars that refer to the footnotes (`ALASKA*`, `MONTANA**`): taken off.
- `"HAWAII, GUAM"` is one name, quoted for its comma.
- RVU26A printed the work index `(without 1.0 Floor)` in a column before that `(with 1.0 Floor)`: so
  columns are found by their words, not by position. Titles may end in stars.

Refused besides: an index outside 0.2 to 3, a second row for a locality, a file without rows, text among
the rows.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import BinaryIO

from codes.cms import coercers
from codes.cms.layout import (
    CHANGED,
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

MAC = "Medicare Administrative Contractor (MAC)"
WORK = "PW GPCI (with 1.0 Floor)"
WORK_WITHOUT_FLOOR = "PW GPCI (without 1.0 Floor)"
LAYOUT_TEXT = Layout(
    (
        Column(MAC, 1, 5),
        Column("State", 17, 18),
        Column("Locality Number", 25, 26),
        Column("Locality Name", 30, 116),
        Column(WORK, 117, 126),
        Column("PE GPCI", 127, 138),
        Column("MP GPCI", 139, 150),
    ),
    width=150,
)

_index = coercers.between("0.2", "3")
_COLUMN_BY_WORDS = (
    (r"contractor|\bmac\b", MAC),
    (r"^state$", "State"),
    (r"^locality number$", "Locality Number"),
    (r"^locality name$", "Locality Name"),
    (r"\bpw gpci.*without", WORK_WITHOUT_FLOOR),
    (r"\bpw gpci", WORK),
    (r"\bpe gpci", "PE GPCI"),
    (r"\bmp gpci", "MP GPCI"),
)


@dataclass(frozen=True, slots=True)
class GpciRow:
    """The three indices of a locality. `work_gpci_without_floor` is None where the file prints one work
    index only.
    """

    mac: str
    state: str
    locality: str
    name: str
    work_gpci: Decimal
    work_gpci_without_floor: Decimal | None
    pe_gpci: Decimal
    mp_gpci: Decimal


@dataclass(frozen=True, slots=True)
class Heading:
    year: int


def read_heading(stream: BinaryIO, file_name: str) -> Heading:
    """The year, as the title of the work column or of the page gives it."""
    for line, text in numbered_lines(stream, file_name):
        found = re.search(r"(20\d\d) PW GPCI|\bCY (20\d\d)\b", text)
        if found:
            return Heading(int(found[1] or found[2]))
        if line > 10:
            break
    raise LayoutError(file_name, 0, "", None, "does not say its year: is this a GPCI file?")


def parse(stream: BinaryIO, file_name: str) -> Iterator[GpciRow]:
    """The localities of a csv or a txt."""
    first, lines = peek(numbered_lines(stream, file_name))
    rows = _csv_rows(lines, file_name) if first.count(",") > 3 else _text_rows(lines, file_name)
    seen: set[tuple[str, str]] = set()
    for row in rows:
        record = _record(row)
        if (record.mac, record.locality) in seen:
            raise row.refuse("Locality Number", f"stands twice for contractor {record.mac}")
        seen.add((record.mac, record.locality))
        yield record
    if not seen:
        raise LayoutError(file_name, 0, "", None, "holds no rows")


def _csv_rows(lines: Iterator[Line], file_name: str) -> Iterator[Row]:
    records = csv_records(lines, file_name)
    layout = _layout_by_words(records, file_name)
    for line, cells in records:
        if not _is_footnote(cells):
            yield layout.row(file_name, line, cells)


def _layout_by_words(records: Iterator[Record], file_name: str) -> Layout:
    for line, cells in records:
        names = [_column_by_words(cell) for cell in cells]
        if "Locality Name" not in names and WORK not in names:
            continue
        for title, name in zip(cells, names, strict=True):
            if name is None or names.count(name) > 1:
                why = f"is not a title of this file, or stands twice. {CHANGED}"
                raise LayoutError(file_name, line, "", title, why)
        for name in (column.name for column in LAYOUT_TEXT.columns):
            if name not in names:
                raise LayoutError(file_name, line, "", None, f"has no column {name}. {CHANGED}")
        return Layout(Column(name) for name in names if name)
    raise LayoutError(file_name, 0, "", None, "has no line of titles with Locality Name and PW GPCI")


def _column_by_words(title: str) -> str | None:
    words = " ".join(title.split()).strip("* ")
    found = (name for pattern, name in _COLUMN_BY_WORDS if re.search(pattern, words, re.IGNORECASE))
    return next(found, None)


def _is_footnote(cells: list[str]) -> bool:
    """Footnotes and blank rows have text in their first cell only."""
    return is_blank(cells[1:]) and not "".join(cells[:1]).strip().isdigit()


def _text_rows(lines: Iterator[Line], file_name: str) -> Iterator[Row]:
    for line, text in lines:
        if text[:1].isdigit():
            yield LAYOUT_TEXT.cut(file_name, line, text.rstrip("\r\n"))


def _record(row: Row) -> GpciRow:
    without_floor = WORK_WITHOUT_FLOOR in row.layout.positions
    return GpciRow(
        mac=row.read(MAC, coercers.mac),
        state=row.read("State", coercers.state),
        locality=row.read("Locality Number", coercers.locality),
        name=row.read("Locality Name", coercers.name_without_stars),
        work_gpci=row.read(WORK, _index),
        work_gpci_without_floor=row.read(WORK_WITHOUT_FLOOR, _index) if without_floor else None,
        pe_gpci=row.read("PE GPCI", _index),
        mp_gpci=row.read("MP GPCI", _index),
    )
