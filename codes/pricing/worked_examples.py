"""Examples that CMS and its contractors worked out themselves, and what this engine makes of them.

Their fees are the examples' own, so that they need no file. Each is a claim as short as its source has it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from codes.pricing.claim import price_claim
from codes.pricing.types import Circumstances, ClaimPrice, CodeRows, FeeScheduleRow, Line

ZERO = Decimal(0)
NEVER_CHANGES = date(2026, 8, 1)


@dataclass(frozen=True, slots=True)
class WorkedExample:
    """`expected` are amounts in dollars by what they are; `source` is where they were published."""

    title: str
    source: str
    expected: dict[str, str]
    found: dict[str, str]

    @property
    def agrees(self) -> bool:
        return self.found == self.expected


def worked_examples() -> Iterator[WorkedExample]:
    """Every example with the amounts that the engine gives now."""
    yield WorkedExample(
        "Two colonoscopies of one family: the higher in full, the other less the base",
        "Claims Processing Manual, ch. 12, §40.6",
        {"45385": "374.56", "45380": "30.58", "total": "405.14"},
        _family_of_endoscopies(),
    )
    yield WorkedExample(
        "Both sides where the fee covers both (bilateral indicator 0)",
        "CMS, documentation of the relative value file, bilateral surgery",
        {"both sides": "125.00"},
        _both_sides(),
    )
    yield WorkedExample(
        "Limiting charge of a physician who doesn't participate",
        "CMS, Physician Fee Schedule look-up tool: fee 90.08",
        {"limiting charge": "98.41"},
        _limiting_charge(),
    )
    yield WorkedExample(
        "Deductible, coinsurance and sequestration of 100.00 with 50.00 of the deductible left",
        "First Coast Service Options, sequestration",
        {"deductible": "50.00", "coinsurance": "10.00", "sequestration": "0.80", "Medicare pays": "39.20"},
        _deductible(),
    )


def _row(code: str, fee: str, **indicators: Any) -> FeeScheduleRow:
    """A row whose fee is the one given at a conversion factor of 1; its indicators reduce nothing."""
    plain: dict[str, Any] = {
        "code": code,
        "modifier": "",
        "status": "A",
        "work_rvu": Decimal(fee),
        "malpractice_rvu": ZERO,
        "nonfacility_pe_rvu": ZERO,
        "facility_pe_rvu": ZERO,
        "nonfacility_na": False,
        "facility_na": False,
        "pctc": "0",
        "global_days": "XXX",
        "preoperative_share": ZERO,
        "intraoperative_share": ZERO,
        "postoperative_share": ZERO,
        "multiple_procedure": "0",
        "bilateral_surgery": "0",
        "assistant_surgery": "2",
        "co_surgeons": "2",
        "team_surgery": "2",
    }
    return FeeScheduleRow(**(plain | indicators))


_IN_DOLLARS = Circumstances(
    date_of_service=NEVER_CHANGES,
    conversion_factor=Decimal(1),
    release="the example",
    release_effective=NEVER_CHANGES,
)


def _priced(rows: list[FeeScheduleRow], lines: list[Line], at: Circumstances = _IN_DOLLARS) -> ClaimPrice:
    return price_claim({row.code: CodeRows(row.code, {"": row}) for row in rows}, lines, at)


def _family_of_endoscopies() -> dict[str, str]:
    rows = [
        _row("45378", "255.40", multiple_procedure="2"),
        _row("45380", "285.98", multiple_procedure="3", endoscopic_base="45378"),
        _row("45385", "374.56", multiple_procedure="3", endoscopic_base="45378"),
    ]
    claim = _priced(rows, [Line("45385"), Line("45380")])
    return {each.line.code: str(each.allowed) for each in claim.lines} | {"total": str(claim.total_allowed)}


def _both_sides() -> dict[str, str]:
    sides = [Line("10000", (side,), charge=Decimal(100)) for side in ("LT", "RT")]
    return {"both sides": str(_priced([_row("10000", "125.00")], sides).total_allowed)}


def _limiting_charge() -> dict[str, str]:
    unassigned = replace(_IN_DOLLARS, participating=False, assigned=False)
    (line,) = _priced([_row("10000", "90.08")], [Line("10000")], unassigned).lines
    return {"limiting charge": str(line.shares.limiting_charge if line.shares else None)}


def _deductible() -> dict[str, str]:
    at = replace(_IN_DOLLARS, deductible_remaining=Decimal(50))
    (line,) = _priced([_row("10000", "100.00")], [Line("10000")], at).lines
    shares = line.shares
    if shares is None:
        return {}
    return {
        "deductible": str(shares.deductible),
        "coinsurance": str(shares.coinsurance),
        "sequestration": str(shares.sequestration),
        "Medicare pays": str(shares.medicare_after_sequestration),
    }
