"""Who may bill what, as claim rules: the engine refuses the same lines (`codes/pricing/scope.py`), with these words."""

from collections.abc import Collection

from codes.pricing import scope
from codes.pricing.code_sets import CodeSet
from codes.rules.types import Claim, ClaimLine, Effect, Match, Rule

REASONS = ("CARC 170", "RARC N95")


def _rule(name: str, whose: str, practitioners: Collection[str], codes: CodeSet | None, fix: str) -> Rule:
    def matches(line: ClaimLine, claim: Claim) -> Match | None:
        is_theirs = claim.practitioner in practitioners
        return Match() if is_theirs and scope.refuse_scope(line.code, claim.practitioner) else None

    return Rule(
        name=name,
        effect=Effect.NOT_PAID,
        codes=codes,
        sentence=scope.WORDS[whose],
        fix=fix,
        citation=scope.CITATIONS[whose],
        reasons=REASONS,
        liability="provider",
        matches=matches,
    )


RULES = (
    _rule(
        "medical-visit-by-mental-health-practitioner",
        "mental health",
        scope.MENTAL_HEALTH,
        scope.MEDICAL_VISITS,
        "Bill what was done: 90791 for the evaluation, 90832-90853 for therapy, 96156-96171 for health behavior.",
    ),
    _rule(
        "medical-visit-by-therapist",
        "therapists",
        scope.THERAPISTS,
        scope.MEDICAL_VISITS,
        "Bill the evaluation of the discipline, such as 97161-97168, or the hearing test.",
    ),
    _rule(
        "dietitian-beyond-nutrition-therapy",
        "dietitians",
        scope.DIETITIANS,
        None,
        "Bill 97802-97804, G0270 or G0271 for nutrition therapy; diabetes training goes by the accredited program.",
    ),
)
