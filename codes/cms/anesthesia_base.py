"""Base units of the anesthesia codes (`anesthesia_base_units_2022.xlsx`), when CMS revises them.

A workbook of one sheet and two columns: three rows of titles (`CODE | 2022`, `| BASE`, `| UNIT`), then one
row a code, code as text, units as a whole number: 276 codes. 01999, the unlisted procedure, has 0.

Refused: a code twice, a sheet without rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from codes.cms import coercers
from codes.cms.layout import Column, Layout, LayoutError, is_blank
from codes.cms.workbook import first_sheet

LAYOUT = Layout((Column("CODE"), Column("BASE UNIT")))
_TITLES = ("CODE", "")


@dataclass(frozen=True, slots=True)
class BaseUnitRow:
    """How many units a service counts before its time."""

    code: str
    base_units: int


@dataclass(frozen=True, slots=True)
class Heading:
    year: int


def read_heading(stream: BinaryIO, file_name: str) -> Heading:
    """The year that stands beside CODE."""
    for line, cells in first_sheet(stream, file_name):
        if cells[:1] == ["CODE"]:
            return Heading(LAYOUT.row(file_name, line, cells).read("BASE UNIT", coercers.year))
    raise LayoutError(file_name, 0, "", None, "has no title CODE")


def parse(stream: BinaryIO, file_name: str) -> Iterator[BaseUnitRow]:
    """One record a code."""
    seen: set[str] = set()
    for line, cells in first_sheet(stream, file_name):
        if is_blank(cells) or (not seen and cells[0] in _TITLES):
            continue
        row = LAYOUT.row(file_name, line, cells)
        record = BaseUnitRow(row.read("CODE", coercers.code), row.read("BASE UNIT", coercers.whole_number))
        if record.code in seen:
            raise row.refuse("CODE", "stands twice")
        seen.add(record.code)
        yield record
    if not seen:
        raise LayoutError(file_name, 0, "", None, "holds no rows")
