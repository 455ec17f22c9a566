"""What the claim rules say of a denied line beside the other code of its day."""

from datetime import date

from codes.denials.denial import Denial
from codes.pricing.types import FeeScheduleRow, Line
from codes.rules import COMPANION_RULES, Claim, ClaimLine, RuleFinding
from codes.rules.engine import findings_of

DENIED, OTHER = 1, 2


def rules_between(
    denial: Denial, row: FeeScheduleRow | None, other_row: FeeScheduleRow | None, at: date
) -> tuple[RuleFinding, ...]:
    """What the rules find that hold for the denied line because of the other code, in the order of the book."""
    if not denial.other_code:
        return ()
    pos = denial.place_of_service or "11"
    billed = Line(denial.code, tuple(sorted(denial.modifiers)), place_of_service=pos)
    other = Line(denial.other_code, place_of_service=pos)
    claim = Claim(
        lines=(ClaimLine(DENIED, billed, row), ClaimLine(OTHER, other, other_row)), date_of_service=at
    )
    return tuple(
        found
        for rule in COMPANION_RULES
        if rule.holds_on(at)
        for found in findings_of(rule, claim)
        if found.line.number == DENIED and any(line.number == OTHER for line in found.match.others)
    )
