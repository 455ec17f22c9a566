"""Always-therapy services (indicator 5): Claims Processing Manual, ch. 5, §10.7 (reduction) and §10.3
(threshold).

Per patient and day, across disciplines, lines and units: the unit with the highest practice expense is
paid in full, every other unit has half of its practice expense; work and malpractice stay whole.
"""

from collections.abc import Sequence
from decimal import Decimal

from codes.formatting import dollars
from codes.pricing import formula
from codes.pricing.arithmetic import figure
from codes.pricing.formula import practice_expense
from codes.pricing.rules import THERAPY_THRESHOLD, in_force
from codes.pricing.types import FeeScheduleRow, Refusal
from codes.pricing.working import UnitGroup, Working

CITATION = "Claims Processing Manual, ch. 5"
SHARE = Decimal("0.50")
_PLANS = frozenset({"GN", "GO", "GP"})
_ASSISTANTS = {"CQ": "GP", "CO": "GO"}


def reduce_therapy(workings: Sequence[Working]) -> None:
    """S8 for therapy: one unit of the day in full, half of the practice expense of all others."""
    lines = [line for line in workings if line.is_open and line.row.multiple_procedure == "5"]
    if sum(line.units for line in lines) < 2:
        return
    first = min(lines, key=_rank)
    for line in lines:
        _pay(line, line is first)


def _rank(line: Working) -> tuple[object, ...]:
    """Highest practice expense first. The locality's index and factor are the same for all lines."""
    return -practice_expense(line.row, line.setting), *line.order_among_equals()


def _pay(line: Working, is_first: bool) -> None:
    parts = []
    if is_first:
        title = "First therapy unit of the day: in full"
        line.step("therapy", title, CITATION, "§10.7")
        parts.append(UnitGroup(1, line.amount))
    if line.units > len(parts):
        parts.append(UnitGroup(line.units - len(parts), _reduced(line)))
    line.parts = parts
    line.lower_confidence("Day", "several therapy units of one day")


def _reduced(line: Working) -> Decimal:
    circumstances, row = line.circumstances, line.row
    gpci, factor = circumstances.locality.gpci, circumstances.known_factor
    result = formula.therapy_amount(row, line.setting, gpci, factor, SHARE)
    halved = f"{figure(SHARE, 2)} × {figure(practice_expense(row, line.setting), 2)}"
    text = formula.as_text(row.work_rvu, halved, row.malpractice_rvu, gpci, factor, result)
    title = "Every other therapy unit of the day: half of the practice expense"
    line.step("therapy", title, CITATION, "§10.7", text, result)
    return result


def missing_plan(row: FeeScheduleRow, modifiers: frozenset[str]) -> str:
    """What a therapy line lacks, in words, '' for nothing: the plan of care on an always-therapy service, and with
    an assistant the plan of the same discipline (ch. 5, §20.1)."""
    for assistant, plan in _ASSISTANTS.items():
        if assistant in modifiers and plan not in modifiers:
            return f"{assistant} goes with {plan}: without it Medicare returns the line."
    if row.multiple_procedure == "5" and not modifiers & _PLANS:
        return "Always a therapy service: without GP, GO or GN Medicare returns the line."
    return ""


def note_plan(working: Working) -> None:
    """Says what is missing; the amount is that of the line once it is complete."""
    missing = missing_plan(working.row, working.modifiers)
    if missing:
        working.note(missing)


def refuse_above_threshold(working: Working) -> Refusal | None:
    """Above the year's threshold a therapy line without KX is denied."""
    circumstances = working.circumstances
    threshold = in_force(THERAPY_THRESHOLD, circumstances.date_of_service)
    used = circumstances.therapy_to_date
    is_therapy = working.row.multiple_procedure == "5" or working.modifiers & _PLANS
    if not is_therapy or threshold is None or used is None or "KX" in working.modifiers:
        return None
    if used < threshold.value:
        return None
    text = f"Therapy above the threshold of {dollars(threshold.value)} a year is denied without modifier KX."
    return Refusal("therapy_threshold", text, f"{CITATION}, §10.3", medicare_pays=Decimal("0.00"))
