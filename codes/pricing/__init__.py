"""The Medicare payment engine: plain Python and Decimal, exact to the cent, every step shown and cited.

Give it the rows of a code, a line and its circumstances; it returns the allowed amount with its working, or a
refusal in words. It never guesses, and nothing that a user can type makes it raise.

>>> from datetime import date
>>> from decimal import Decimal
>>> from codes.pricing import Circumstances, CodeRows, FeeScheduleRow, Line, price_line
>>> row = FeeScheduleRow(
...     code="99213", modifier="", status="A", work_rvu=Decimal("1.30"), malpractice_rvu=Decimal("0.09"),
...     nonfacility_pe_rvu=Decimal("1.46"), nonfacility_na=False,
...     facility_pe_rvu=Decimal("0.33"), facility_na=False, pctc="0", global_days="XXX",
...     preoperative_share=Decimal(0), intraoperative_share=Decimal(0), postoperative_share=Decimal(0),
...     multiple_procedure="0", bilateral_surgery="0", assistant_surgery="0", co_surgeons="0",
...     team_surgery="0",
... )
>>> circumstances = Circumstances(
...     date_of_service=date(2026, 7, 15), conversion_factor=Decimal("33.4009"),
...     release="RVU26C", release_effective=date(2026, 7, 1),
... )
>>> price = price_line(CodeRows("99213", {"": row}), Line("99213"), circumstances)
>>> price.allowed
Decimal('95.19')
>>> next(step.formula for step in price.steps if step.rule == "base")
'(1.30 × 1.000 + 1.46 × 1.000 + 0.09 × 1.000) × 33.4009 = 95.19'
>>> price.shares.medicare, price.shares.patient
(Decimal('76.15'), Decimal('19.04'))

What cannot be priced is refused in words, never priced at nothing:

>>> refused = price_line(CodeRows("99213", {"": row}), Line("99213", ("TC",)), circumstances)
>>> refused.allowed, refused.refusal.kind
(None, 'modifier')
"""

from codes.pricing.applicability import Applicability, applicable
from codes.pricing.checks import unknown_factor
from codes.pricing.claim import CAVEAT, price_claim, price_line, related_codes
from codes.pricing.modifiers import MODIFIERS
from codes.pricing.practitioner import PRACTITIONERS
from codes.pricing.setting import PLACES
from codes.pricing.status import STATUSES
from codes.pricing.types import (
    NATIONAL,
    Circumstances,
    ClaimPrice,
    CodeRows,
    Confidence,
    FeeScheduleRow,
    Gpci,
    Line,
    LinePrice,
    Locality,
    Refusal,
    Setting,
    Shares,
    Step,
)

__all__ = [
    "CAVEAT",
    "MODIFIERS",
    "NATIONAL",
    "PLACES",
    "PRACTITIONERS",
    "STATUSES",
    "Applicability",
    "Circumstances",
    "ClaimPrice",
    "CodeRows",
    "Confidence",
    "FeeScheduleRow",
    "Gpci",
    "Line",
    "LinePrice",
    "Locality",
    "Refusal",
    "Setting",
    "Shares",
    "Step",
    "applicable",
    "price_claim",
    "price_line",
    "related_codes",
    "unknown_factor",
]
