"""PPRRVU: the National Physician Fee Schedule Relative Value File, four times a year.

As csv (`PPRRVU2025_Oct.csv`; since 2026 one file for each track, `PPRRVU2026_Jul_nonQPP.csv`):

- Lines 1-5, text in the third cell only: the title (`2025 National Physician Fee Schedule Relative Value
  File October Release`), the notices of the AMA and the ADA, a blank one, `RELEASED 09/11/2025`.
- Lines 6-10: the titles, spread DOWN the lines and repeated (`OP`, `SURG`, `IND`). Joined they read as
  in `LAYOUT_2025` and `LAYOUT_2026` (`pprrvu_columns`): 31 columns until 2025, 32 from 2026
  on, where PRIC IND came in before ENDO BASE and moved the conversion factor.
- From line 11: one row for each code and modifier (none, 26, TC, or 53), no footer. Relative value units
  have two decimals. NA stands where a service is rarely or never done in that setting; the number beside
  it is that of the other setting. `+` marks rows that carry units though Medicare does not pay by them.
  All rows hold the same conversion factor.

As txt (`PPRRVU2025_Oct.txt`): lines that begin with `HDR`, then rows of 171 characters cut as in
`LAYOUT_TEXT`. Shares are printed without the zero (`.10`). It has no title and no date.

Known oddities:
- The public 2024 copies print numbers without trailing zeros (`0`, `1.5`).
- July 2026 holds GXXX1, a placeholder of the rule-making that was left in (status X, no units).
- A lone Ctrl-Z (0x1A) may end the file.

Refused besides: a total that is not the sum of its parts (no release has one), a second conversion
factor, a second row for a code and modifier, a file without rows, and copies that a spreadsheet has
saved (code 100 for 00100, global 10 for 010, supervision 9 for 09).
"""

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, BinaryIO, NamedTuple

from codes.cms import coercers
from codes.cms.layout import (
    Layout,
    LayoutError,
    Line,
    Row,
    csv_records,
    is_blank,
    numbered_lines,
    peek,
    stacked_titles,
)
from codes.cms.pprrvu_columns import LAYOUT_2025, LAYOUT_2026, LAYOUT_TEXT

TITLE_LINES = 5
QUARTERS = {"JAN": "A", "APR": "B", "JUL": "C", "OCT": "D"}

_modifier = coercers.one_of("", "26", "TC", "53")
_global_days = coercers.one_of("000", "010", "090", "MMM", "XXX", "YYY", "ZZZ")
_bilateral = coercers.one_of(*"01239")
_surgeons = coercers.one_of(*"0129")
_pricing_indicator = coercers.one_of(*"0123456789")
_supervision = coercers.one_of(
    "01", "02", "03", "04", "05", "06", "09", "21", "22", "66", "6A", "77", "7A"
)  # fmt: skip
_calculation_flag = coercers.one_of("0", "1")
_imaging_family = coercers.one_of(*(f"{family:02}" for family in range(1, 12)), "88", "99")
_share = coercers.between("0", "1")
_not_applicable = coercers.mark("NA")
_plus = coercers.mark("+")
# How each column is read; the order is that of the columns, and of the fields of RvuRow.
_COERCERS: dict[str, Callable[[str], Any]] = {
    "HCPCS": coercers.code,
    "MOD": _modifier,
    "DESCRIPTION": coercers.text,
    "STATUS CODE": coercers.status,
    "NOT USED FOR MEDICARE PAYMENT": _plus,
    "WORK RVU": coercers.amount,
    "NON-FAC PE RVU": coercers.amount,
    "NON-FAC NA INDICATOR": _not_applicable,
    "FACILITY PE RVU": coercers.amount,
    "FACILITY NA INDICATOR": _not_applicable,
    "MP RVU": coercers.amount,
    "NON-FACILITY TOTAL": coercers.amount,
    "FACILITY TOTAL": coercers.amount,
    "PCTC IND": coercers.pctc,
    "GLOB DAYS": _global_days,
    "PRE OP": _share,
    "INTRA OP": _share,
    "POST OP": _share,
    "MULT PROC": coercers.multiple_procedure,
    "BILAT SURG": _bilateral,
    "ASST SURG": _surgeons,
    "CO- SURG": _surgeons,
    "TEAM SURG": _surgeons,
    "PRIC IND": _pricing_indicator,
    "ENDO BASE": coercers.code_or_blank,
    "CONV FACTOR": coercers.amount,
    "PHYSICIAN SUPERVISION OF DIAGNOSTIC PROCEDURES": _supervision,
    "CALCULATION FLAG": _calculation_flag,
    "DIAGNOSTIC IMAGING FAMILY INDICATOR": _imaging_family,
    "NON-FACILITY PE USED FOR OPPS PAYMENT AMOUNT": coercers.amount,
    "FACILITY PE USED FOR OPPS PAYMENT AMOUNT": coercers.amount,
    "MP USED FOR OPPS PAYMENT AMOUNT": coercers.amount,
}
_PRICING_INDICATOR = list(_COERCERS).index("PRIC IND")


class RvuRow(NamedTuple):
    """One code and modifier of the fee schedule. Units are relative values before geography and dollars.

    A `..._na` says that the service is rarely or never done in that setting, whatever units stand beside
    it. The three shares are the parts of a surgery's work before, during and after it, 0 to 1. The
    `opps_...` units replace practice expense and malpractice where the hospital payment caps an imaging
    service. `pricing_indicator` is empty before 2026.
    """

    code: str
    modifier: str
    description: str
    status: str
    not_used_for_medicare: bool
    work_rvu: Decimal
    nonfacility_pe_rvu: Decimal
    nonfacility_na: bool
    facility_pe_rvu: Decimal
    facility_na: bool
    malpractice_rvu: Decimal
    nonfacility_total: Decimal
    facility_total: Decimal
    pctc: str
    global_days: str
    preoperative_share: Decimal
    intraoperative_share: Decimal
    postoperative_share: Decimal
    multiple_procedure: str
    bilateral_surgery: str
    assistant_surgery: str
    co_surgeons: str
    team_surgery: str
    pricing_indicator: str
    endoscopic_base: str
    conversion_factor: Decimal
    physician_supervision: str
    calculation_flag: str
    imaging_family: str
    opps_nonfacility_pe: Decimal
    opps_facility_pe: Decimal
    opps_malpractice: Decimal


@dataclass(frozen=True, slots=True)
class Heading:
    """Which release a file is. `quarter` is A to D; `released_text` is MM/DD/YYYY (MM/YYYY in one copy
    of 2024), empty in a txt.

    `track` is QPP (qualifying APM participants) or nonQPP since 2026, from the file's name, else empty.
    """

    year: int
    quarter: str
    released_text: str
    track: str


def read_heading(stream: BinaryIO, file_name: str) -> Heading:
    """Year, quarter and day of release: from a csv's title, from a txt's name."""
    first, lines = peek(numbered_lines(stream, file_name))
    track = re.search(r"nonQPP|QPP", file_name, re.IGNORECASE)
    named = {"nonqpp": "nonQPP", "qpp": "QPP"}.get(track[0].casefold() if track else "", "")
    if first.startswith("HDR"):
        return _heading_from_name(file_name, named)
    title = re.search(r"(20\d\d) National Physician Fee Schedule Relative Value File (\w{3})", first)
    if title is None or title[2].upper() not in QUARTERS:
        raise LayoutError(file_name, 1, "", None, "is not the title of a relative value file")
    preamble = "".join(text for _, text in itertools.islice(lines, 12))
    released = re.search(r"RELEASED ([\d/]+)", preamble)
    return Heading(int(title[1]), QUARTERS[title[2].upper()], released[1] if released else "", named)


def parse(stream: BinaryIO, file_name: str) -> Iterator[RvuRow]:
    """The rows of a csv or a txt, checked one by one and against each other."""
    first, lines = peek(numbered_lines(stream, file_name))
    rows = _text_rows(lines, file_name) if first.startswith("HDR") else _csv_rows(lines, file_name)
    seen: set[str] = set()
    conversion_factor: Decimal | None = None
    for row, record in _records(rows):
        _check_totals(row, record)
        key = record.code + record.modifier  # a code has five characters, so no two keys run together alike
        if key in seen:
            raise row.refuse("HCPCS", f"stands twice with modifier {record.modifier or 'blank'}")
        seen.add(key)
        if conversion_factor not in (None, record.conversion_factor):
            raise row.refuse("CONV FACTOR", f"follows {conversion_factor}: a release has one factor")
        conversion_factor = record.conversion_factor
        yield record
    if not seen:
        raise LayoutError(file_name, 0, "", None, "holds no rows")


def _csv_rows(lines: Iterator[Line], file_name: str) -> Iterator[Row]:
    records = csv_records(lines, file_name)
    preamble: list[list[str]] = []
    for line, cells in records:
        preamble.append(cells)
        if line >= TITLE_LINES * 2 or (cells and cells[0].strip().upper() == "HCPCS"):
            break
    layout = _layout_of(file_name, len(preamble), stacked_titles(preamble[-TITLE_LINES:]))
    return (layout.row(file_name, line, cells) for line, cells in records if not is_blank(cells))


def _layout_of(file_name: str, line: int, titles: list[str]) -> Layout:
    layouts = {len(layout.columns): layout for layout in (LAYOUT_2025, LAYOUT_2026)}
    layout = layouts.get(len(titles), LAYOUT_2026)
    layout.check_titles(file_name, line, titles)
    return layout


def _text_rows(lines: Iterator[Line], file_name: str) -> Iterator[Row]:
    for line, text in lines:
        if not text.startswith("HDR") and text.strip():
            yield LAYOUT_TEXT.cut(file_name, line, text.rstrip("\r\n"))


def _records(rows: Iterator[Row]) -> Iterator[tuple[Row, RvuRow]]:
    """Each row with its record; before 2026 a row has no pricing indicator."""
    read: Callable[[Row], list[Any]] | None = None
    for row in rows:
        read = read or row.layout.reader(_COERCERS)
        values = read(row)
        if len(values) < len(_COERCERS):
            values.insert(_PRICING_INDICATOR, "")
        yield row, RvuRow._make(values)


def _check_totals(row: Row, record: RvuRow) -> None:
    for column, practice_expense, total in (
        ("NON-FACILITY TOTAL", record.nonfacility_pe_rvu, record.nonfacility_total),
        ("FACILITY TOTAL", record.facility_pe_rvu, record.facility_total),
    ):
        parts = record.work_rvu + practice_expense + record.malpractice_rvu
        if parts != total:
            raise row.refuse(column, f"is not the sum of work, practice expense and malpractice, {parts}")


def _heading_from_name(file_name: str, track: str) -> Heading:
    found = re.search(r"PPRRVU(?:20)?(\d\d)_?(JAN|APR|JUL|OCT)", file_name, re.IGNORECASE)
    if found is None:
        why = "a txt says its release in its name only, like PPRRVU2025_Oct.txt"
        raise LayoutError(file_name, 0, "", None, why)
    return Heading(2000 + int(found[1]), QUARTERS[found[2].upper()], "", track)
