"""DMEPOS: what Medicare allows for equipment, prosthetics, orthotics and supplies, by state; four times a year.

`dme25.zip` holds three files (the zip of a later quarter, `dme25-b.zip`, the same):

- `DMEPOS_JAN.csv`: six rows of titles (row 5: `January 2025 Fee Schedule`), the columns in row 7: `HCPCS,Mod,Mod2,
  JURIS,CATG,Ceiling,Floor`, then two columns a state, `AL (NR),AL (R)` (not rural, rural), for the 48 contiguous
  states, DC, and after them AK, HI, PR and VI, last the description, which is not read. 3,487 rows in January 2025.
- `DMEPEN_JAN.csv`: parenteral and enteral nutrition. The same with the date in row 2 and `HCPCS,MOD,MOD2,AL(NR)...` in
  row 5, without jurisdiction, category, ceiling and floor. 50 rows.
- `DME Rural ZIP Code Quarter 1, 2025.csv`: `STATE,DMEPOS RURAL ZIP CODE,YEAR/QTR` (202501), 15,913 rows.

Amounts are dollars with two decimals. 0.00 is no amount. In the four areas outside the contiguous states the rural
column is 0.00: the first holds for all of the area. A code whose rural column is 0.00 everywhere has one amount a
state; one whose first column is 0.00 has an amount in rural areas only (modifiers KE and KU); one that is 0.00
throughout is priced by the contractor. Ceiling and floor bound the contiguous states, where they are given.

Refused: a column of a state without its twin, a code and its modifiers twice, a file without rows, a second quarter.
"""

import datetime as dt
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
    Record,
    Row,
    csv_records,
    is_blank,
    numbered_lines,
)

LAYOUT_RURAL = Layout((Column("STATE"), Column("DMEPOS RURAL ZIP CODE"), Column("YEAR/QTR")))
_FIRST = (["HCPCS", "MOD", "MOD2", "JURIS", "CATG", "CEILING", "FLOOR"], ["HCPCS", "MOD", "MOD2"])
_LAST = frozenset({"DESC", "DESCRIPTION"})
_STATE = re.compile(r"([A-Z]{2}) ?\((NR|R)\)")
_TITLE = re.compile(r"(January|April|July|October) (20\d\d) Fee Schedule", re.IGNORECASE)
_MONTHS = {"january": 1, "april": 4, "july": 7, "october": 10}
_HEADING_ROWS = 12
NUTRITION = "PEN"
_jurisdiction = coercers.one_of("D", "J", "L")
_category = coercers.one_of(*["CR", "FS", "IL", "IN", "LC", "OS", "OX", "PO", "SC", "SD", "SU", "TE", "TS"])


@dataclass(frozen=True, slots=True)
class EquipmentRow:
    """The amounts of one code with its modifiers (none to two), in dollars.

    `category` is CMS's payment category (CR is capped rental), "PEN" for nutrition; `jurisdiction` says who takes the
    claim: D the DME MAC, L the local MAC, J both. `amounts` holds by state what is allowed outside rural areas and in
    them, None where there is no amount. `ceiling` and `floor` are None where the file gives none.
    """

    code: str
    modifiers: tuple[str, ...]
    jurisdiction: str
    category: str
    ceiling: Decimal | None
    floor: Decimal | None
    amounts: dict[str, tuple[Decimal | None, Decimal | None]]


@dataclass(frozen=True, slots=True)
class RuralZip:
    """A ZIP code in which rural amounts hold. `quarter` is the first day of the file's quarter."""

    state: str
    zip_code: str
    quarter: dt.date


def read_heading(stream: BinaryIO, file_name: str) -> dt.date:
    """The first day of the quarter in the title of a fee file. LayoutError where no title says it."""
    rows = csv_records(numbered_lines(stream, file_name), file_name)
    for line, cells in rows:
        if found := _TITLE.search(" ".join(cells)):
            return dt.date(int(found[2]), _MONTHS[found[1].lower()], 1)
        if line > _HEADING_ROWS:
            break
    raise LayoutError(
        file_name, 0, "", None, "has no title like “January 2025 Fee Schedule” above its columns"
    )


def parse(stream: BinaryIO, file_name: str) -> Iterator[EquipmentRow]:
    """One record a row of a fee file, of equipment or of nutrition."""
    rows = csv_records(numbered_lines(stream, file_name), file_name)
    layout = _layout(rows, file_name)
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for line, cells in rows:
        if is_blank(cells):
            continue
        row = layout.row(file_name, line, cells)
        record = _record(row)
        if (record.code, record.modifiers) in seen:
            raise row.refuse("HCPCS", f"stands twice with {' '.join(record.modifiers) or 'no modifier'}")
        seen.add((record.code, record.modifiers))
        yield record
    if not seen:
        raise LayoutError(file_name, 0, "", None, "holds no rows below its columns")


def parse_rural(stream: BinaryIO, file_name: str) -> Iterator[RuralZip]:
    """One record a rural ZIP code."""
    rows = csv_records(numbered_lines(stream, file_name), file_name)
    LAYOUT_RURAL.check_titles(file_name, *next(rows, (1, [])))
    seen: set[str] = set()
    quarter: dt.date | None = None
    for line, cells in rows:
        if is_blank(cells):
            continue
        row = LAYOUT_RURAL.row(file_name, line, cells)
        record = RuralZip(
            row.read("STATE", coercers.state),
            row.read("DMEPOS RURAL ZIP CODE", coercers.zip_code),
            row.read("YEAR/QTR", _quarter),
        )
        if record.zip_code in seen:
            raise row.refuse("DMEPOS RURAL ZIP CODE", "stands twice")
        if quarter not in (None, record.quarter):
            raise row.refuse("YEAR/QTR", "follows rows of another quarter: a file has one")
        seen.add(record.zip_code)
        quarter = record.quarter
        yield record
    if not seen:
        raise LayoutError(file_name, 0, "", None, "holds no rows below its columns")


def _layout(rows: Iterator[Record], file_name: str) -> Layout:
    """The columns, of which those of the states are found by their titles."""
    for line, cells in rows:
        titles = [" ".join(cell.split()).upper() for cell in cells]
        if titles[:1] == ["HCPCS"]:
            _check(titles, line, file_name)
            return Layout(Column(title) for title in titles)
        if line > _HEADING_ROWS:
            break
    raise LayoutError(file_name, 0, "HCPCS", None, f"no row of columns begins with it. {CHANGED}")


def _check(titles: list[str], line: int, file_name: str) -> None:
    first = _FIRST[0] if titles[3:4] == ["JURIS"] else _FIRST[1]
    if titles[: len(first)] != first or titles[-1] not in _LAST:
        why = f"are not CMS's columns of this file. {CHANGED}"
        raise LayoutError(file_name, line, "", ", ".join(titles[:7]), why)
    states = titles[len(first) : -1]
    for left, right in zip(states[::2], [*states[1::2], ""], strict=False):
        one, other = _STATE.fullmatch(left), _STATE.fullmatch(right)
        if not (one and other and one[1] == other[1] and (one[2], other[2]) == ("NR", "R")):
            why = f"is not followed by the rural column of the same state. {CHANGED}"
            raise LayoutError(file_name, line, "", left, why)


def _record(row: Row) -> EquipmentRow:
    is_nutrition = "CATG" not in row.layout.positions
    modifiers = (row.read("MOD", coercers.modifier), row.read("MOD2", coercers.modifier))
    states = [title for title in row.layout.titles if _STATE.fullmatch(title)]
    pairs = zip(states[::2], states[1::2], strict=True)
    return EquipmentRow(
        code=row.read("HCPCS", coercers.code),
        modifiers=tuple(filter(None, modifiers)),
        jurisdiction="D" if is_nutrition else row.read("JURIS", _jurisdiction),
        category=NUTRITION if is_nutrition else row.read("CATG", _category),
        ceiling=None if is_nutrition else row.read("CEILING", _dollars),
        floor=None if is_nutrition else row.read("FLOOR", _dollars),
        amounts={left[:2]: (row.read(left, _dollars), row.read(right, _dollars)) for left, right in pairs},
    )


def _dollars(value: str) -> Decimal | None:
    """Dollars; None for 0.00, which stands where there is no amount."""
    return coercers.amount(value) or None


def _quarter(value: str) -> dt.date:
    found = re.fullmatch(r"(20\d\d)0([1-4])", value, re.ASCII)
    if not found:
        raise ValueError("is not a year and quarter like 202501")
    return dt.date(int(found[1]), int(found[2]) * 3 - 2, 1)
