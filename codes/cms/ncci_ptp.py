"""PTP: the NCCI procedure-to-procedure edits, which code is denied beside which, four times a year.

Four files a setting and quarter, `ccipra-v302r0-f1.TXT` to `...-f4.txt` for practitioners and `ccioph-...`
for hospitals: about two and a half million lines. Latin-1, fields parted by tabs. Six header lines: the
AMA's notice, `Column1/Column2 Edits`, and four lines of titles. Then seven fields:

1. the column 1 code, which is paid;
2. the column 2 code, which is denied beside it;
3. `*` if the edit existed before 1996, else nothing;
4. the first day, YYYYMMDD;
5. the last day, YYYYMMDD, or `*` for none;
6. the modifier indicator: 0 no modifier helps, 1 a modifier may, 9 the edit does not apply (it was deleted
   on its first day);
7. the reason in words (twelve of them).

A pair repeats with other dates (305,096 pairs of 2024 have two to four records); no pair is in force in both
directions. Version 302 is the third quarter of 2024: the first two digits count years from 1994, the third
quarters from 0. r0 is the first revision.

Known oddities: the copies of 2024 have placeholders for first days (19960101, for indicator 9 the last
day) and no `*` in field 3.

Refused: after the header, any line that is not such a row, with its number; a file without rows. A repeated
record is left to the database, since the file is read line by line.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple

from codes.cms import coercers
from codes.cms.layout import Column, Layout, LayoutError, Row, numbered_lines

LAYOUT = Layout(
    (
        Column("Column 1"),
        Column("Column 2"),
        Column("*=in existence prior to 1996"),
        Column("Effective Date"),
        Column("Deletion Date"),
        Column("Modifier"),
        Column("PTP Edit Rationale"),
    )
)
_SETTINGS = {"ccipra": "practitioner", "ccioph": "hospital"}
_NAME = re.compile(r"(ccipra|ccioph)-v(\d\d)([0-3])r(\d)-f(\d)", re.IGNORECASE)
_HEADER_LINES = 6
INDICATORS = ("0", "1", "9")
BEFORE_1996 = ("", "*")
_indicator = coercers.one_of(*INDICATORS)
_before_1996 = coercers.mark("*")


class PtpRow(NamedTuple):
    """One edit: `column_two` is denied beside `column_one`, from `effective` to `deletion`, both included."""

    column_one: str
    column_two: str
    prior_to_1996: bool
    effective: dt.date
    deletion: dt.date | None
    indicator: str
    rationale: str


@dataclass(frozen=True, slots=True)
class Heading:
    """Which of the files it is.

    `setting` is practitioner or hospital, `part` 1 to 4, `effective` the first day of the quarter.
    """

    setting: str
    version: str
    revision: str
    part: int
    effective: dt.date


def read_heading(stream: BinaryIO, file_name: str) -> Heading:
    """Setting, version and part, which only the name tells; the header lines are the same in all files."""
    found = _NAME.search(file_name)
    if found is None:
        raise LayoutError(
            file_name, 0, "", None, "is not named like ccipra-v302r0-f1.txt, which tells its quarter"
        )
    years, quarter = int(found[2]), int(found[3])
    return Heading(
        setting=_SETTINGS[found[1].lower()],
        version=found[2] + found[3],
        revision=found[4],
        part=int(found[5]),
        effective=dt.date(1994 + years, quarter * 3 + 1, 1),
    )


def parse(stream: BinaryIO, file_name: str) -> Iterator[PtpRow]:
    """One record a line; whatever the loop does not know yet is looked at closely by `_checked`."""
    codes: set[str] = set()
    days: dict[str, dt.date | None] = {}
    rationales: dict[str, str] = {}
    make = PtpRow._make
    found = False
    for line, text in numbered_lines(stream, file_name):
        fields = text.split("\t")
        if len(fields) == 7:
            one, two, prior, effective, deletion, indicator, rationale = fields
            first_day, reason = days.get(effective), rationales.get(rationale)
            known = first_day and reason and deletion in days and one in codes and two in codes
            if known and indicator in INDICATORS and prior in BEFORE_1996:
                yield make((one, two, prior == "*", first_day, days[deletion], indicator, reason))
                continue
        if not text.strip() or (not found and _is_header(line, fields)):
            continue
        row = _checked(LAYOUT.row(file_name, line, fields))
        codes.update(row[:2])
        days[fields[3]], days[fields[4]] = row.effective, row.deletion
        rationales[fields[6]] = row.rationale
        found = True
        yield row
    if not found:
        raise LayoutError(file_name, 0, "", None, "holds no edits")


def _is_header(line: int, fields: list[str]) -> bool:
    return line <= _HEADER_LINES and not re.fullmatch(r"[0-9A-Z]{1,5}", fields[0])


def _checked(row: Row) -> PtpRow:
    return PtpRow(
        column_one=row.read("Column 1", coercers.code),
        column_two=row.read("Column 2", coercers.code),
        prior_to_1996=row.read("*=in existence prior to 1996", _before_1996),
        effective=row.read("Effective Date", coercers.date_from_digits),
        deletion=row.read("Deletion Date", _last_day),
        indicator=row.read("Modifier", _indicator),
        rationale=row.read("PTP Edit Rationale", coercers.filled),
    )


def _last_day(value: str) -> dt.date | None:
    return None if value == "*" else coercers.date_from_digits(value)
