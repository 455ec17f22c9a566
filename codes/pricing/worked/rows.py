"""Made-up rows: at a conversion factor of one, a work RVU of 423.19 is a fee of $423.19."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from codes.pricing.claim import price_claim, price_line
from codes.pricing.types import Circumstances, CodeRows, FeeScheduleRow, Line, LinePrice

ZERO = Decimal(0)
DAY = date(2026, 8, 1)
IN_DOLLARS = Circumstances(
    date_of_service=DAY, conversion_factor=Decimal(1), release="the example", release_effective=DAY
)
UNASSIGNED = replace(IN_DOLLARS, participating=False, assigned=False)


def made_up(code: str = "10000", fee: str = "100.00", **fields: Any) -> FeeScheduleRow:
    """A row whose fee, with IN_DOLLARS, is the one given; indicators forbid nothing and reduce nothing."""
    plain: dict[str, Any] = {
        "code": code, "modifier": "", "status": "A", "work_rvu": Decimal(fee),
        "nonfacility_pe_rvu": ZERO, "nonfacility_na": False, "facility_pe_rvu": ZERO,
        "facility_na": False, "malpractice_rvu": ZERO, "pctc": "0", "global_days": "XXX",
        "preoperative_share": ZERO, "intraoperative_share": ZERO, "postoperative_share": ZERO,
        "multiple_procedure": "0", "bilateral_surgery": "0",
        "assistant_surgery": "2", "co_surgeons": "2", "team_surgery": "2",
    }  # fmt: skip
    return FeeScheduleRow(**(plain | fields))


def rows_of(*rows: FeeScheduleRow) -> Mapping[str, CodeRows]:
    """Made-up rows by code."""
    found: dict[str, dict[str, FeeScheduleRow]] = {}
    for row in rows:
        found.setdefault(row.code, {})[row.modifier] = row
    return {code: CodeRows(code, by_modifier) for code, by_modifier in found.items()}


def priced(row: FeeScheduleRow, *modifiers: str, at: Circumstances = IN_DOLLARS, **fields: Any) -> LinePrice:
    """One line of a made-up row."""
    rows = CodeRows(row.code, {row.modifier: row})
    return price_line(rows, Line(row.code, tuple(modifiers), **fields), at)


def claimed(
    rows: Sequence[FeeScheduleRow], lines: Sequence[Line], at: Circumstances = IN_DOLLARS
) -> list[LinePrice]:
    """The lines of a claim of made-up rows, in their order."""
    return list(price_claim(rows_of(*rows), lines, at).lines)


def allowed_by_code(lines: Sequence[LinePrice]) -> dict[str, str]:
    """What each code is allowed, and all together."""
    total = sum((each.allowed or ZERO for each in lines), ZERO)
    return {each.line.code: str(each.allowed) for each in lines} | {"total": str(total)}
