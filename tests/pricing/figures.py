"""Rows of CMS's relative value files of July 2026 and October 2025, figures only, and ways to price them.

Columns: code, modifier, status, work, non-facility PE, NA, facility PE, NA, malpractice, PC/TC, global days,
pre-, intra- and postoperative share, multiple, bilateral, assistant, co-surgeon, team, endoscopic base, and the
OPPS values of PE (both settings) and malpractice. A dash stands for nothing.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from codes.pricing import (
    Circumstances,
    ClaimPrice,
    CodeRows,
    FeeScheduleRow,
    Line,
    LinePrice,
    price_claim,
    price_line,
)
from codes.pricing.worked.rows import IN_DOLLARS, made_up, rows_of

__all__ = ("IN_DOLLARS", "made_up", "rows_of")

_JULY_2026 = """
76376 - A 0.20 0.54 - 0.54 NA 0.02 1 XXX 0.00 0.00 0.00 0 0 0 0 0 - 0.00 0.00 0.00
76376 26 A 0.20 0.07 - 0.07 - 0.01 1 XXX 0.00 0.00 0.00 0 0 0 0 0 - 0.00 0.00 0.00
76376 TC A 0.00 0.47 - 0.47 NA 0.01 1 XXX 0.00 0.00 0.00 0 0 0 0 0 - 0.00 0.00 0.00
99213 - A 1.30 1.46 - 0.33 - 0.09 0 XXX 0.00 0.00 0.00 0 0 0 0 0 - 0.00 0.00 0.00
99203 - A 1.60 1.76 - 0.38 - 0.16 0 XXX 0.00 0.00 0.00 0 0 0 0 0 - 0.00 0.00 0.00
99214 - A 1.92 2.00 - 0.47 - 0.14 0 XXX 0.00 0.00 0.00 0 0 0 0 0 - 0.00 0.00 0.00
71260 - A 1.13 3.77 - 3.77 NA 0.09 1 XXX 0.00 0.00 0.00 4 0 0 0 0 - 5.74 5.74 0.10
71260 26 A 1.13 0.41 - 0.41 - 0.07 1 XXX 0.00 0.00 0.00 4 0 0 0 0 - 0.00 0.00 0.00
71260 TC A 0.00 3.36 - 3.36 NA 0.02 1 XXX 0.00 0.00 0.00 4 0 0 0 0 - 5.33 5.33 0.03
74177 - A 1.77 7.09 - 7.09 NA 0.13 1 XXX 0.00 0.00 0.00 4 0 9 0 0 - 11.27 11.27 0.14
74177 26 A 1.77 0.63 - 0.63 - 0.11 1 XXX 0.00 0.00 0.00 4 0 9 0 0 - 0.00 0.00 0.00
74177 TC A 0.00 6.46 - 6.46 NA 0.02 1 XXX 0.00 0.00 0.00 4 0 9 0 0 - 10.64 10.64 0.03
71046 - A 0.21 0.76 - 0.76 NA 0.02 1 XXX 0.00 0.00 0.00 0 0 0 0 0 - 2.70 2.70 0.05
71046 26 A 0.21 0.08 - 0.08 - 0.01 1 XXX 0.00 0.00 0.00 0 0 0 0 0 - 0.00 0.00 0.00
71046 TC A 0.00 0.68 - 0.68 NA 0.01 1 XXX 0.00 0.00 0.00 0 0 0 0 0 - 2.62 2.62 0.04
70450 - A 0.83 2.30 - 2.30 NA 0.06 1 XXX 0.00 0.00 0.00 4 0 0 0 0 - 3.48 3.48 0.07
70450 26 A 0.83 0.30 - 0.30 - 0.05 1 XXX 0.00 0.00 0.00 4 0 0 0 0 - 0.00 0.00 0.00
70450 TC A 0.00 2.00 - 2.00 NA 0.01 1 XXX 0.00 0.00 0.00 4 0 0 0 0 - 3.18 3.18 0.02
73706 - A 1.85 7.62 - 7.62 NA 0.16 1 XXX 0.00 0.00 0.00 4 3 0 0 0 - 5.96 5.96 0.15
73706 26 A 1.85 0.63 - 0.63 - 0.12 1 XXX 0.00 0.00 0.00 4 3 0 0 0 - 0.00 0.00 0.00
73706 TC A 0.00 6.99 - 6.99 NA 0.04 1 XXX 0.00 0.00 0.00 4 3 0 0 0 - 5.33 5.33 0.03
74175 - A 1.77 7.20 - 7.20 NA 0.14 1 XXX 0.00 0.00 0.00 4 0 0 0 0 - 5.95 5.95 0.13
74175 26 A 1.77 0.61 - 0.61 - 0.11 1 XXX 0.00 0.00 0.00 4 0 0 0 0 - 0.00 0.00 0.00
74175 TC A 0.00 6.59 - 6.59 NA 0.03 1 XXX 0.00 0.00 0.00 4 0 0 0 0 - 5.34 5.34 0.02
64721 - A 4.85 8.61 - 6.83 - 0.99 0 090 0.11 0.76 0.13 2 1 1 0 0 - 0.00 0.00 0.00
66984 - A 7.17 6.14 NA 6.14 - 0.54 0 090 0.10 0.70 0.20 2 1 1 0 0 - 0.00 0.00 0.00
27447 - A 19.11 11.58 NA 11.58 - 4.02 0 090 0.10 0.69 0.21 2 1 2 1 0 - 0.00 0.00 0.00
29881 - A 6.85 7.19 NA 7.19 - 1.40 0 090 0.10 0.69 0.21 3 1 0 0 0 29870 0.00 0.00 0.00
49505 - A 7.76 5.40 NA 5.40 - 2.05 0 090 0.09 0.81 0.10 2 1 2 1 0 - 0.00 0.00 0.00
44970 - A 9.21 5.72 NA 5.72 - 2.38 0 090 0.09 0.81 0.10 2 0 2 2 0 - 0.00 0.00 0.00
22551 - A 24.38 15.43 NA 15.43 - 8.24 0 090 0.10 0.69 0.21 2 0 2 2 0 - 0.00 0.00 0.00
20610 - A 0.77 1.16 - 0.29 - 0.13 0 000 0.00 0.00 0.00 2 1 1 0 0 - 0.00 0.00 0.00
93880 - A 0.78 4.78 - 4.78 NA 0.10 1 XXX 0.00 0.00 0.00 6 2 0 0 0 - 7.52 7.52 0.12
93880 26 A 0.78 0.27 - 0.27 - 0.07 1 XXX 0.00 0.00 0.00 6 2 0 0 0 - 0.00 0.00 0.00
93880 TC A 0.00 4.51 - 4.51 NA 0.03 1 XXX 0.00 0.00 0.00 6 2 0 0 0 - 7.25 7.25 0.05
93306 - A 1.42 4.39 - 4.39 NA 0.08 1 XXX 0.00 0.00 0.00 6 0 0 0 0 - 17.13 17.13 0.18
93306 26 A 1.42 0.55 - 0.55 - 0.05 1 XXX 0.00 0.00 0.00 6 0 0 0 0 - 0.00 0.00 0.00
93306 TC A 0.00 3.84 - 3.84 NA 0.03 1 XXX 0.00 0.00 0.00 6 0 0 0 0 - 16.58 16.58 0.13
92083 - A 0.49 1.40 - 1.40 NA 0.02 1 XXX 0.00 0.00 0.00 7 2 0 0 0 - 0.00 0.00 0.00
92083 26 A 0.49 0.29 - 0.29 - 0.01 1 XXX 0.00 0.00 0.00 7 2 0 0 0 - 0.00 0.00 0.00
92083 TC A 0.00 1.11 - 1.11 NA 0.01 1 XXX 0.00 0.00 0.00 7 2 0 0 0 - 0.00 0.00 0.00
92134 - A 0.31 0.65 - 0.65 NA 0.02 1 XXX 0.00 0.00 0.00 7 2 0 0 0 - 1.97 1.97 0.05
92134 26 A 0.31 0.21 - 0.21 - 0.01 1 XXX 0.00 0.00 0.00 7 2 0 0 0 - 0.00 0.00 0.00
92134 TC A 0.00 0.44 - 0.44 NA 0.01 1 XXX 0.00 0.00 0.00 7 2 0 0 0 - 1.76 1.76 0.04
73721 - A 1.32 4.71 - 4.71 NA 0.09 1 XXX 0.00 0.00 0.00 4 3 0 0 0 - 7.75 7.75 0.10
73721 26 A 1.32 0.49 - 0.49 - 0.07 1 XXX 0.00 0.00 0.00 4 3 0 0 0 - 0.00 0.00 0.00
73721 TC A 0.00 4.22 - 4.22 NA 0.02 1 XXX 0.00 0.00 0.00 4 3 0 0 0 - 7.26 7.26 0.03
11042 - A 0.98 2.86 - 0.56 - 0.13 0 000 0.00 0.00 0.00 2 0 1 0 0 - 0.00 0.00 0.00
45378 - A 3.18 7.73 - 1.34 - 0.41 0 000 0.00 0.00 0.00 2 0 1 0 0 - 0.00 0.00 0.00
45378 53 A 1.59 3.87 - 0.67 - 0.21 0 000 0.00 0.00 0.00 2 0 1 0 0 - 0.00 0.00 0.00
45380 - A 3.47 10.48 - 1.43 - 0.42 0 000 0.00 0.00 0.00 3 0 1 0 0 45378 0.00 0.00 0.00
45385 - A 4.46 10.00 - 1.72 - 0.51 0 000 0.00 0.00 0.00 3 0 1 0 0 45378 0.00 0.00 0.00
43235 - A 2.04 7.38 - 1.03 - 0.24 0 000 0.00 0.00 0.00 2 0 1 0 0 - 0.00 0.00 0.00
43239 - A 2.33 9.94 - 1.10 - 0.27 0 000 0.00 0.00 0.00 3 0 1 0 0 43235 0.00 0.00 0.00
43248 - A 2.84 10.53 - 1.25 - 0.34 0 000 0.00 0.00 0.00 3 0 1 0 0 43235 0.00 0.00 0.00
97110 - A 0.45 0.41 - 0.41 NA 0.01 7 XXX 0.00 0.00 0.00 5 0 0 0 0 - 0.00 0.00 0.00
97530 - A 0.44 0.60 - 0.60 NA 0.01 7 XXX 0.00 0.00 0.00 5 0 0 0 0 - 0.00 0.00 0.00
97140 - A 0.43 0.39 - 0.39 NA 0.01 7 XXX 0.00 0.00 0.00 5 0 0 0 0 - 0.00 0.00 0.00
90834 - A 2.56 0.83 - 0.17 - 0.02 0 XXX 0.00 0.00 0.00 0 0 9 0 0 - 0.00 0.00 0.00
36415 - X 0.00 0.00 - 0.00 - 0.00 9 XXX 0.00 0.00 0.00 9 9 9 9 9 - 0.00 0.00 0.00
00100 - J 0.00 0.00 - 0.00 - 0.00 9 XXX 0.00 0.00 0.00 9 9 9 9 9 - 0.00 0.00 0.00
36591 - T 0.00 0.90 - 0.90 NA 0.01 3 XXX 0.00 0.00 0.00 0 0 0 0 0 - 0.00 0.00 0.00
93000 - A 0.17 0.27 - 0.27 NA 0.02 4 XXX 0.00 0.00 0.00 6 0 0 0 0 - 0.00 0.00 0.00
93005 - A 0.00 0.20 - 0.20 NA 0.01 3 XXX 0.00 0.00 0.00 6 0 0 0 0 - 0.00 0.00 0.00
50688 - A 1.17 0.83 NA 0.83 - 0.13 0 010 0.10 0.80 0.10 2 1 1 0 0 - 0.00 0.00 0.00
21610 - A 15.51 14.38 NA 14.38 - 6.54 0 090 0.10 0.69 0.21 2 0 2 0 0 - 0.00 0.00 0.00
83020 - X 0.00 0.00 - 0.00 - 0.00 9 XXX 0.00 0.00 0.00 9 9 9 9 9 - 0.00 0.00 0.00
83020 26 A 0.36 0.16 - 0.16 - 0.01 6 XXX 0.00 0.00 0.00 0 0 0 0 0 - 0.00 0.00 0.00
"""
_OCTOBER_2025 = """
76376 - A 0.20 0.55 - 0.55 NA 0.02 1 XXX 0.00 0.00 0.00 0 0 0 0 0 - 0.00 0.00 0.00
76376 26 A 0.20 0.07 - 0.07 - 0.01 1 XXX 0.00 0.00 0.00 0 0 0 0 0 - 0.00 0.00 0.00
76376 TC A 0.00 0.48 - 0.48 NA 0.01 1 XXX 0.00 0.00 0.00 0 0 0 0 0 - 0.00 0.00 0.00
70496 - A 1.75 6.56 - 6.56 NA 0.11 1 XXX 0.00 0.00 0.00 4 0 0 0 0 - 6.11 6.11 0.11
70496 26 A 1.75 0.63 - 0.63 - 0.08 1 XXX 0.00 0.00 0.00 4 0 0 0 0 - 0.00 0.00 0.00
70496 TC A 0.00 5.93 - 5.93 NA 0.03 1 XXX 0.00 0.00 0.00 4 0 0 0 0 - 5.48 5.48 0.03
50688 - A 1.20 1.02 NA 1.02 - 0.13 0 010 0.10 0.80 0.10 2 1 1 0 0 - 0.00 0.00 0.00
"""


def _row(line: str) -> FeeScheduleRow:
    cells = ["" if cell == "-" else cell for cell in line.split()]
    value = {at: Decimal(cell) for at, cell in enumerate(cells) if cell[:1].isdigit() and "." in cell}
    return FeeScheduleRow(
        code=cells[0], modifier=cells[1], status=cells[2],
        work_rvu=value[3], nonfacility_pe_rvu=value[4], nonfacility_na=cells[5] == "NA",
        facility_pe_rvu=value[6], facility_na=cells[7] == "NA", malpractice_rvu=value[8],
        pctc=cells[9], global_days=cells[10],
        preoperative_share=value[11], intraoperative_share=value[12], postoperative_share=value[13],
        multiple_procedure=cells[14], bilateral_surgery=cells[15], assistant_surgery=cells[16],
        co_surgeons=cells[17], team_surgery=cells[18], endoscopic_base=cells[19],
        opps_nonfacility_pe=value[20], opps_facility_pe=value[21], opps_malpractice=value[22],
    )  # fmt: skip


def _by_code(text: str) -> dict[str, CodeRows]:
    found: dict[str, dict[str, FeeScheduleRow]] = {}
    for line in text.strip().splitlines():
        row = _row(line)
        found.setdefault(row.code, {})[row.modifier] = row
    return {code: CodeRows(code, rows) for code, rows in found.items()}


RVU26C = _by_code(_JULY_2026)
RVU25D = _by_code(_OCTOBER_2025)
IN_2026 = Circumstances(
    date_of_service=date(2026, 7, 15),
    conversion_factor=Decimal("33.4009"),
    release="RVU26C",
    release_effective=date(2026, 7, 1),
)
IN_2025 = Circumstances(
    date_of_service=date(2025, 10, 15),
    conversion_factor=Decimal("32.3465"),
    release="RVU25D",
    release_effective=date(2025, 10, 1),
)


def line(code: str, *modifiers: str, **fields: Any) -> Line:
    return Line(code, tuple(modifiers), **fields)


def price(code: str, *modifiers: str, circumstances: Circumstances = IN_2026, **fields: Any) -> LinePrice:
    """One line of a code of July 2026 (October 2025 with IN_2025)."""
    rows = RVU25D if circumstances.release == "RVU25D" else RVU26C
    return price_line(rows[code], line(code, *modifiers, **fields), circumstances)


def claim(*lines: Line, circumstances: Circumstances = IN_2026) -> ClaimPrice:
    """A claim of codes of July 2026."""
    return price_claim(RVU26C, lines, circumstances)


def allowed(priced: ClaimPrice) -> list[str]:
    return [str(each.allowed) for each in priced.lines]


def price_made_up(
    row: FeeScheduleRow, *modifiers: str, circumstances: Circumstances = IN_DOLLARS, **fields: Any
) -> LinePrice:
    return price_line(
        CodeRows(row.code, {row.modifier: row}), line(row.code, *modifiers, **fields), circumstances
    )


def formula_of(priced: LinePrice, rule: str) -> str:
    """The arithmetic of the first step of a rule."""
    return next(step.formula for step in priced.steps if step.rule == rule)
