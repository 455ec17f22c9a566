"""A few of CMS's figures, as the July 2024 edits, the April 2026 unit limits and the July 2026 fee schedule
have them, and short ways to bill a line. Edits named ONE and TWO are made up."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from codes.ncci import (
    AddOn,
    AddOnTable,
    ClaimCheck,
    Finding,
    Mue,
    MueTable,
    NumberedLine,
    Provenance,
    PtpEdit,
    PtpTable,
    Reference,
    check_claim,
    check_pair,
)
from codes.pricing import CodeRows, FeeScheduleRow, Line

AT = date(2024, 9, 15)
JULY_2024 = Provenance("2024 Q3", "practitioner", date(2024, 7, 1))
HOSPITAL_2024 = replace(JULY_2024, setting="hospital")
YEAR_2024 = Provenance("2024", "practitioner", date(2024, 1, 1), months=12)

EDITS = (
    PtpEdit("45385", "45380", "1", None),
    PtpEdit("93000", "93005", "1", None),
    PtpEdit("29881", "29877", "0", None),
    PtpEdit("29881", "29877", "9", date(2002, 1, 1), date(2002, 1, 1)),
    PtpEdit("20610", "76942", "1", None),
    PtpEdit("20610", "20605", "9", None, date(1996, 1, 1)),
    PtpEdit("80053", "80048", "0", None),
    PtpEdit("76377", "76376", "0", None),
    PtpEdit("97140", "97530", "1", None, date(2019, 12, 31)),
    PtpEdit("20610", "99213", "1", None),
)
PTP = PtpTable.of(JULY_2024, EDITS)
UNITS = MueTable(
    JULY_2024,
    {
        "64721": Mue("64721", 1, "2"),
        "76376": Mue("76376", 2, "3"),
        "97110": Mue("97110", 6, "3"),
        "A0021": Mue("A0021", 0, "3"),
        "A0425": Mue("A0425", 250, "1"),
    },
)
ADD_ONS = AddOnTable.of(
    YEAR_2024,
    (
        AddOn("22552", "22551", "1"),
        AddOn("11045", "11042", "1"),
        AddOn("99292", "99291", "1"),
        AddOn("0054T", None, "2"),
        AddOn("11008", "10180", "3"),
        AddOn("11008", "11004", "3"),
    ),
)

_ROWS = """
20610 - A 0 000 1 -
22551 - A 0 090 0 -
22552 - A 0 ZZZ 0 -
27447 - A 0 090 1 -
29877 - A 0 090 1 -
29881 - A 0 090 1 -
36415 - X 9 XXX 0 -
36591 - T 3 XXX 0 NA
36592 - T 3 XXX 0 NA
45380 - A 0 000 0 -
45385 - A 0 000 0 -
64721 - A 0 090 1 -
71046 - A 1 XXX 0 NA
71046 26 A 1 XXX 0 -
71046 TC A 1 XXX 0 NA
76376 - A 1 XXX 0 NA
76376 26 A 1 XXX 0 -
76376 TC A 1 XXX 0 NA
76377 - A 1 XXX 0 NA
80048 - X 9 XXX 0 -
80053 - X 9 XXX 0 -
93000 - A 4 XXX 0 NA
93005 - A 3 XXX 0 NA
93010 - A 2 XXX 0 -
96372 - A 5 XXX 0 NA
97110 - A 7 XXX 0 NA
99024 - B 0 XXX 0 -
99213 - A 0 XXX 0 -
"""


def _row(cells: list[str]) -> FeeScheduleRow:
    code, modifier, status, pctc, days, bilateral, na = ("" if cell == "-" else cell for cell in cells)
    none = Decimal(0)
    return FeeScheduleRow(
        code=code, modifier=modifier, status=status, work_rvu=Decimal("1.00"), nonfacility_pe_rvu=none,
        nonfacility_na=False, facility_pe_rvu=none, facility_na=na == "NA", malpractice_rvu=none, pctc=pctc,
        global_days=days, preoperative_share=none, intraoperative_share=none, postoperative_share=none,
        multiple_procedure="0", bilateral_surgery=bilateral, assistant_surgery="0", co_surgeons="0",
        team_surgery="0",
    )  # fmt: skip


def _by_code() -> Mapping[str, CodeRows]:
    found: dict[str, dict[str, FeeScheduleRow]] = {}
    for text in _ROWS.strip().splitlines():
        row = _row(text.split())
        found.setdefault(row.code, {})[row.modifier] = row
    return {code: CodeRows(code, rows) for code, rows in found.items()}


REFERENCE = Reference(rows=_by_code(), fee_schedule="RVU26C", ptp=PTP, units=UNITS, add_ons=ADD_ONS)


def bill(text: str, **fields: Any) -> Line:
    """A line from `45385-59`."""
    code, *modifiers = text.split("-")
    return Line(code, tuple(modifiers), **fields)


def numbered(*texts: str) -> list[NumberedLine]:
    return [NumberedLine(number, bill(text)) for number, text in enumerate(texts, 1)]


def pair(first: str, second: str, *edits: PtpEdit, at: date = AT, origin: Provenance = JULY_2024) -> Finding:
    """The verdict on two lines by these edits, or by CMS's."""
    one, two = numbered(first, second)
    return check_pair(one, two, PtpTable.of(origin, edits or EDITS), at)


def check(*lines: str | Line, at: date = AT, **changed: Any) -> ClaimCheck:
    """A claim check, with parts of the reference changed."""
    billed = [bill(line) if isinstance(line, str) else line for line in lines]
    return check_claim(billed, replace(REFERENCE, **changed), at)


def denied(checked: ClaimCheck) -> list[int]:
    return [line.number for line in checked.lines if line.denied]


def kinds(checked: ClaimCheck, number: int) -> list[str]:
    """The kinds of findings that deny a line, of which there is one or none."""
    return [finding.kind for finding in checked.findings if number in finding.denies]
