"""MUE: the medically unlikely edits, the most units of a code that pass, four times a year.

A csv for each of three settings: `MCR_MUE_PractitionerServices_Eff_04-01-2026.csv`,
`MCR_MUE_OutpatientHospitalServices_...`, `MCR_MUE_DMESupplierServices_...`. Windows-1252 (a
registered-trademark sign, byte 0xAE, stands in the notice). Record 1 is a quoted notice of the AMA that
spans several lines; record 2 the titles, the first of which holds a line end (`"HCPCS/` + `CPT Code"`);
then one row a code, no footer. Four columns: code, `Practitioner Services MUE Values` (or `Outpatient
Hospital Services ...`, `DME Supplier Services ...`), `MUE Adjudication Indicator`, `MUE Rationale`.

- A value of 0 is a value: no unit passes. A code that is absent has no published limit, which is not
  "unlimited".
- The indicator begins with its digit: `1 Line Edit`, `2 Date of Service Edit: Policy`,
  `3 Date of Service Edit: Clinical`.

Line numbers in refusals are lines of the file, so the first row is on line 10 or so.

Refused: a code twice, an unknown indicator, a file without rows.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from codes.cms import coercers
from codes.cms.layout import (
    Column,
    Layout,
    LayoutError,
    Record,
    Row,
    csv_records,
    is_blank,
    numbered_lines,
)

VALUES = "MUE Values"
LAYOUT = Layout(
    (
        Column("HCPCS/ CPT Code"),
        Column(VALUES),
        Column("MUE Adjudication Indicator"),
        Column("MUE Rationale"),
    )
)
KINDS = {"practitioner": "practitioner", "outpatient hospital": "outpatient", "dme supplier": "dme"}
_indicator = coercers.one_of("1", "2", "3")


@dataclass(frozen=True, slots=True)
class MueRow:
    """The most units of a code. `mai` tells what they count: 1 a claim line, 2 and 3 a date of service.

    Indicator 2 is absolute (policy), 3 may be exceeded with documentation (clinical): NCCI Policy Manual,
    ch. I, V.
    """

    code: str
    value: int
    mai: str
    rationale: str


@dataclass(frozen=True, slots=True)
class Heading:
    """`kind` is practitioner, outpatient or dme (the titles say it), `effective` the first day (the name)."""

    kind: str
    effective: dt.date


def read_heading(stream: BinaryIO, file_name: str) -> Heading:
    """Kind of table and first day."""
    titles = _titles(csv_records(numbered_lines(stream, file_name), file_name), file_name)[1]
    words = " ".join(titles[1].split()).casefold()
    kind = next((kind for word, kind in KINDS.items() if words.startswith(word)), None)
    if kind is None:
        raise LayoutError(file_name, 0, VALUES, titles[1], "is not the title of a known table")
    dated = re.search(r"Eff_(\d\d-\d\d-\d{4})", file_name, re.IGNORECASE)
    if dated is None:
        why = "says its first day in its name only, like ..._Eff_04-01-2026.csv"
        raise LayoutError(file_name, 0, "", None, why)
    return Heading(kind, coercers.date_from_american(dated[1]))


def parse(stream: BinaryIO, file_name: str) -> Iterator[MueRow]:
    """One record a code."""
    records = csv_records(numbered_lines(stream, file_name), file_name)
    line, titles = _titles(records, file_name)
    LAYOUT.check_titles(file_name, line, [VALUES if VALUES in title else title for title in titles])
    seen: set[str] = set()
    for line, cells in records:
        if is_blank(cells):
            continue
        row = LAYOUT.row(file_name, line, cells)
        record = _record(row)
        if record.code in seen:
            raise row.refuse("HCPCS/ CPT Code", "stands twice")
        seen.add(record.code)
        yield record
    if not seen:
        raise LayoutError(file_name, 0, "", None, "holds no rows")


def _titles(records: Iterator[Record], file_name: str) -> Record:
    for line, cells in records:
        if any("MUE Adjudication Indicator" in cell for cell in cells[1:]):
            return line, cells
        if line > 30:
            break
    raise LayoutError(file_name, 0, "", None, "has no line of titles with MUE Adjudication Indicator")


def _record(row: Row) -> MueRow:
    return MueRow(
        code=row.read("HCPCS/ CPT Code", coercers.code),
        value=row.read(VALUES, coercers.whole_number),
        mai=row.read("MUE Adjudication Indicator", lambda value: _indicator(value[:1])),
        rationale=row.read("MUE Rationale", coercers.text),
    )
