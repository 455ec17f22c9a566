"""The three-day payment window (PD): a practice that a hospital owns, and a patient whom it then admits.

Medicare pays such a practice the facility amount, and of a test with both components the professional one. What is
technical or incident to a physician's service goes on the hospital's inpatient claim. Claims Processing Manual,
ch. 12, §90.7; 76 FR 73279 (CY 2012 final rule).
"""

from datetime import date

from codes.pricing.rounding import ZERO_DOLLARS
from codes.pricing.types import CodeRows, FeeScheduleRow, Refusal
from codes.pricing.working import Working

CITATION = "Claims Processing Manual, ch. 12, §90.7; 76 FR 73279 (CY 2012 final rule)"
SINCE = date(2012, 1, 1)
# PC/TC indicators of what is the hospital's: technical only, the whole test only, incident to; 9 is a test without
# components, which is the hospital's where the laboratory schedule prices it.
_OF_THE_HOSPITAL = frozenset({"3", "4", "5"})


def is_in_window(modifiers: frozenset[str], at: date) -> bool:
    """Whether a line says that its patient was admitted within the window."""
    return "PD" in modifiers and at >= SINCE


def with_component(modifiers: frozenset[str], rows: CodeRows | None) -> frozenset[str]:
    """The modifiers as Medicare prices a line in the window: a whole test by its professional component."""
    whole = rows.rows.get("") if rows else None
    if whole is None or whole.pctc != "1" or modifiers & {"26", "TC"}:
        return modifiers
    return modifiers | {"26"}


def is_of_the_hospital(row: FeeScheduleRow | None, modifiers: frozenset[str]) -> bool:
    """Whether a service in the window belongs on the hospital's claim and not on the physician's."""
    if row is None:
        return "TC" in modifiers
    return "TC" in modifiers or row.pctc in _OF_THE_HOSPITAL or row.status == "X"


def refuse_in_window(working: Working) -> Refusal | None:
    """A refusal for what the hospital bills; otherwise the step that says how the window is priced."""
    if not is_in_window(working.modifiers, working.circumstances.date_of_service):
        return None
    if is_of_the_hospital(working.row, working.modifiers):
        text = "Within the three-day window (PD) this service belongs on the hospital's inpatient claim."
        return Refusal("facility_paid", text, CITATION, "The hospital", ZERO_DOLLARS, "provider")
    title = "Three-day window (PD): the facility amount, and of a test the professional component"
    working.step("payment_window", title, "Claims Processing Manual, ch. 12", "§90.7")
    return None
