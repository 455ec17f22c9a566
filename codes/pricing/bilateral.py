"""Both sides of the body: Claims Processing Manual, ch. 12, §40.7, by the bilateral indicator.

0: 100 percent of one side. 1: 150 percent. 2: 100 percent, the values are already for both. 3: each side
in full. 9: sides are not a concept. Said by modifier 50, by LT and RT (on one line or two), or, for
indicators 1 to 3, by two units.
"""

from collections.abc import Sequence
from decimal import Decimal

from codes.pricing.applicability import applicability
from codes.pricing.arithmetic import times
from codes.pricing.rounding import to_cents
from codes.pricing.working import ANATOMIC_SIDES, Working

CITATION = "Claims Processing Manual, ch. 12"
SECTION = "§40.7"
RULE = "bilateral"
BOTH = Decimal("1.50")
_REPEATED = frozenset({"59", "76", "77", "XE", "XP", "XS", "XU"})


def find_both_sides(working: Working) -> None:
    """Marks a single line that says both sides by itself."""
    if "50" in working.modifiers or working.modifiers >= ANATOMIC_SIDES:
        working.both_sides = True
        _one_unit(working)
    elif working.units == 2 and working.row.bilateral_surgery in ("1", "2", "3"):
        _two_units(working)


def _one_unit(working: Working) -> None:
    if working.units > 1:
        working.note("Modifier 50 already says both sides: one unit is paid. Report one line with 1 unit.")
        working.lower_confidence("Low", "modifier 50 with more than one unit")
        working.units = 1


def _two_units(working: Working) -> None:
    """Two units of a paired organ say both sides, unless a modifier says that they were separate services."""
    if working.modifiers & (_REPEATED | ANATOMIC_SIDES):
        return
    working.both_sides = True
    working.units = 1
    working.note(
        "Two units of this code are taken as both sides; Medicare asks for one unit with modifier 50."
    )
    working.lower_confidence("Medium", "two units are taken as both sides")


def pair_sides(workings: Sequence[Working]) -> None:
    """LT on one line and RT on another, same code: both sides of one procedure, paid on the line with LT.

    The charges of both lines are compared with that one amount, as the manual says ("total actual charge
    for both sides"). Indicator 3 pays each side for itself and needs no pairing.
    """
    in_order = sorted(workings, key=Working.order_among_equals)
    for position, lead in enumerate(in_order):
        if _may_pair(lead):
            partner = next((other for other in in_order[position + 1 :] if _is_other_side(lead, other)), None)
            if partner is not None:
                _pay_together(*sorted((lead, partner), key=lambda each: "LT" not in each.modifiers))


def _may_pair(working: Working) -> bool:
    one_side = len(working.modifiers & ANATOMIC_SIDES) == 1 and "50" not in working.modifiers
    indicator = working.row.bilateral_surgery in ("0", "1", "2")
    return working.is_open and one_side and indicator and working.units == 1 and not working.both_sides


def _is_other_side(lead: Working, other: Working) -> bool:
    if not (_may_pair(other) and other.row == lead.row and other.setting == lead.setting):
        return False
    sides = (lead.modifiers | other.modifiers) >= ANATOMIC_SIDES
    return sides and lead.modifiers - ANATOMIC_SIDES == other.modifiers - ANATOMIC_SIDES


def _pay_together(lead: Working, partner: Working) -> None:
    lead.both_sides = True
    partner.paid_with = lead.number
    known = lead.charge is not None and partner.charge is not None
    lead.charge = (lead.charge or Decimal(0)) + (partner.charge or Decimal(0)) if known else None
    lead.note(f"Left and right on lines {lead.number} and {partner.number} are both sides of one procedure.")
    partner.note(
        f"The amount of this line is on line {lead.number}: left and right are both sides of one procedure."
    )


def apply_bilateral(working: Working) -> None:
    """S5: one amount for both sides, before anything is ranked."""
    if not working.both_sides:
        return
    indicator = working.row.bilateral_surgery
    if indicator == "1":
        _one_and_a_half(working)
    elif indicator == "3":
        working.units = 2
        working.step(RULE, "Both sides: each side is paid in full (indicator 3)", CITATION, SECTION)
        working.lower_confidence("Day", "both sides (bilateral indicator 3)")
    else:
        _not_raised(working)


def _one_and_a_half(working: Working) -> None:
    result = to_cents(working.amount * BOTH)
    formula = times(working.amount, BOTH, result)
    working.step(RULE, "Both sides: 150 percent of one (indicator 1)", CITATION, SECTION, formula, result)
    working.lower_confidence("Day", "both sides (bilateral indicator 1)")
    working.amount = result
    working.scaled_by *= BOTH
    working.scale(BOTH)


def _not_raised(working: Working) -> None:
    why = applicability("50", working.row).why
    working.step(RULE, f"Both sides, not raised: {why}", CITATION, SECTION)
    working.note(f"Not raised for both sides: {why}.")
    if working.row.bilateral_surgery == "2":
        working.lower_confidence("Day", "both sides (bilateral indicator 2)")
    elif "50" in working.modifiers:
        working.lower_confidence("Medium", f"modifier 50 does not apply: {why}")
