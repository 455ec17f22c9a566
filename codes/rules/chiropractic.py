"""Chiropractic adjustment: Benefit Policy Manual, ch. 15, §240.1.3; Claims Processing Manual, ch. 12, §220.

AT says that the adjustment is active treatment. Without it the claim is one for maintenance, which is not covered. GA
with AT contradicts itself: the notice says that maintenance is expected.
"""

from datetime import date

from codes.pricing.code_sets import code_set
from codes.rules.types import Claim, ClaimLine, Effect, Fix, Match, Rule, add_modifier

ADJUSTMENTS = code_set("98940-98942")
CITATION = "Benefit Policy Manual, ch. 15, §240.1.3; Claims Processing Manual, ch. 12, §220"


def _without_at(line: ClaimLine, claim: Claim) -> Match | None:
    if line.modifiers & {"AT", "GA", "GY", "GZ"}:
        return None
    return Match(fix=Fix("Add AT if the record shows active treatment.", (add_modifier(line, "AT"),)))


def _with_at_and_ga(line: ClaimLine, claim: Claim) -> Match | None:
    return Match() if {"AT", "GA"} <= line.modifiers else None


RULES = (
    Rule(
        name="chiropractic-needs-at",
        effect=Effect.NOT_PAID,
        codes=ADJUSTMENTS,
        since=date(2004, 10, 1),
        modifiers=frozenset({"AT", "GA", "GY", "GZ"}),
        sentence="Without AT the adjustment is maintenance care, which Medicare doesn't cover.",
        fix="Add AT if the record shows active treatment.",
        citation=CITATION,
        reasons=("CARC 50",),
        liability="provider",
        matches=_without_at,
    ),
    Rule(
        name="chiropractic-at-with-ga",
        effect=Effect.NEEDS,
        codes=ADJUSTMENTS,
        since=date(2015, 11, 1),
        modifiers=frozenset({"AT", "GA"}),
        sentence="AT and GA contradict each other: active treatment takes no ABN. The line is rejected; resubmit it.",
        fix="Keep AT for active treatment, or GA for maintenance with an ABN.",
        citation=f"{CITATION}; Palmetto GBA, claims with AT and GA",
        reasons=("CARC 4",),
        matches=_with_at_and_ga,
    ),
)
