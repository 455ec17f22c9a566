"""HCPCS Level II: the public descriptions of codes and modifiers, four times a year.

CMS's own file, `HCPC2026_JUL_ANWEB_06172026.txt`: lines of 320 characters without header or footer, cut as in
`LAYOUT_ANWEB`. A code takes as many lines as its long description needs, numbered 00100, 00200 and on; each
carries the next 80 characters at most, and only the first the short description. The record identification
is 3 on the first line of a code and 4 on the following ones; 7 and 8 are the same for a modifier, whose
two characters stand at positions 4-5 after three blanks. Prices and coverage follow position 119 and are not
read; on the first line of a code the day it was added stands at 269-276 and the last day it may be used at
285-292, both YYYYMMDD, blank where there is none (`HCPC2024_recordlayout.txt`).

The files of 2018 and 2019 begin with a block of disclaimers (`***Disclaimers`), which is passed over.

Two csv copies in UTF-8 with a header line: `code,long_description` (8,463 codes in October 2025) and
`modifier,long_description` (383 modifiers). They have no short descriptions
and no dates.

The D codes (dental) are the American Dental Association's and are not in the public file.

Refused: a code or modifier twice, a continuation without its first line, a file without rows.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
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

LAYOUT_CODES = Layout((Column("code"), Column("long_description")))
LAYOUT_MODIFIERS = Layout((Column("modifier"), Column("long_description")))
LAYOUT_ANWEB = Layout(
    (
        Column("HCPC", 1, 5),
        Column("SEQUENCE NUMBER", 6, 10),
        Column("RECORD IDENTIFICATION", 11, 11),
        Column("LONG DESCRIPTION", 12, 91),
        Column("SHORT DESCRIPTION", 92, 119),
        Column("PRICES AND COVERAGE", 120, 268),
        Column("CODE ADDED DATE", 269, 276),
        Column("ACTION EFFECTIVE DATE", 277, 284),
        Column("TERMINATION DATE", 285, 292),
        Column("ACTION CODE", 293, 320),
    ),
    width=320,
)
_RECORD = re.compile(r"(?:[A-Z]\d{4}| {3}[0-9A-Z]{2})\d{5}[3478]")
_record_identification = coercers.one_of("3", "4", "7", "8")
_sequence = coercers.digits(5, "a sequence number")


@dataclass(frozen=True, slots=True)
class HcpcsRow:
    """A code with its descriptions, the day it was added and the last day it may be used.

    `short_description` (28 characters at most) is empty in the csv; a day is None where the file has none.
    """

    code: str
    long_description: str
    short_description: str
    added: date | None = None
    terminated: date | None = None


@dataclass(frozen=True, slots=True)
class ModifierRow:
    """A modifier with its descriptions. `short_description` is empty in the csv."""

    modifier: str
    long_description: str
    short_description: str


def parse(stream: BinaryIO, file_name: str) -> Iterator[HcpcsRow | ModifierRow]:
    """Codes and modifiers, in the file's order; a csv holds one of the two only."""
    first, lines = peek(numbered_lines(stream, file_name))
    rows = _csv_rows(lines, file_name) if "long_description" in first else _anweb_rows(lines, file_name)
    seen: set[str] = set()
    for line, record in rows:
        key = _key(record)
        if key in seen:
            raise LayoutError(file_name, line, "HCPC", key, "stands twice")
        seen.add(key)
        yield record
    if not seen:
        raise LayoutError(file_name, 0, "", None, "holds no rows")


def _csv_rows(lines: Iterator[Line], file_name: str) -> Iterator[tuple[int, HcpcsRow | ModifierRow]]:
    records = csv_records(lines, file_name)
    line, titles = next(records)
    layout = LAYOUT_MODIFIERS if titles[0] == "modifier" else LAYOUT_CODES
    layout.check_titles(file_name, line, titles)
    for line, cells in records:
        if not is_blank(cells):
            row = layout.row(file_name, line, cells)
            text = row.read("long_description", coercers.filled)
            yield line, _record(row, layout.columns[0].name, layout is LAYOUT_MODIFIERS, text, "")


def _anweb_rows(lines: Iterator[Line], file_name: str) -> Iterator[tuple[int, HcpcsRow | ModifierRow]]:
    """Each first line with the long text of its continuations."""
    begin, record = 0, None
    for line, text in _below_disclaimers(lines):
        if not text.strip():
            continue
        row = LAYOUT_ANWEB.cut(file_name, line, text.rstrip("\r\n").ljust(LAYOUT_ANWEB.width))
        kind = row.read("RECORD IDENTIFICATION", _record_identification)
        row.read("SEQUENCE NUMBER", _sequence)
        part = row.read("LONG DESCRIPTION", coercers.text)
        following = _record(row, "HCPC", kind in "78", part, row.read("SHORT DESCRIPTION", coercers.text))
        if kind in "48":
            record = _continued(row, record, following)
            continue
        if record:
            yield begin, record
        begin, record = line, following
    if record:
        yield begin, record


def _below_disclaimers(lines: Iterator[Line]) -> Iterator[Line]:
    first, lines = peek(lines)
    if not first.startswith("*"):
        return lines
    return itertools.dropwhile(lambda line: not _RECORD.match(line[1]), lines)


def _continued(
    row: Row, record: HcpcsRow | ModifierRow | None, following: HcpcsRow | ModifierRow
) -> HcpcsRow | ModifierRow:
    if record is None or _key(record) != _key(following):
        raise row.refuse("HCPC", "continues a description whose first line is missing")
    return replace(record, long_description=f"{record.long_description} {following.long_description}".strip())


def _key(record: HcpcsRow | ModifierRow) -> str:
    return record.code if isinstance(record, HcpcsRow) else record.modifier


def _record(row: Row, column: str, is_modifier: bool, long: str, short: str) -> HcpcsRow | ModifierRow:
    if is_modifier:
        return ModifierRow(row.read(column, coercers.filled_modifier), long, short)
    return HcpcsRow(row.read(column, coercers.code), long, short, *_days(row))


def _days(row: Row) -> tuple[date | None, date | None]:
    if row.layout is not LAYOUT_ANWEB:
        return None, None
    return row.read("CODE ADDED DATE", _day_or_none), row.read("TERMINATION DATE", _day_or_none)


def _day_or_none(value: str) -> date | None:
    return coercers.date_from_digits(value) if value.strip("0") else None
