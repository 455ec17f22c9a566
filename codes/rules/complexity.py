"""G2211, the complexity that goes with an office visit.

88 FR 78818 (CY 2024 final rule, section II.F), 89 FR 97710 (CY 2025), 90 FR 49266 (CY 2026: home visits); MLN MM13473
and MM13705.
"""

from datetime import date

from codes.pricing.code_sets import code_set
from codes.rules.preventive import PREVENTIVE_SERVICES, VACCINE_ADMINISTRATION, WELLNESS_VISITS
from codes.rules.types import (
    Change,
    ChangeKind,
    Claim,
    ClaimLine,
    Effect,
    Fix,
    Match,
    Rule,
)
from codes.rules.visits import CRITICAL_CARE, HOME_VISITS, OFFICE_VISITS

COMPLEXITY = code_set("G2211")
PROCEDURES = frozenset({"000", "010", "090"})
HOME_VISITS_SINCE = date(2026, 1, 1)
PREVENTIVE_EXCEPTION_SINCE = date(2025, 1, 1)
CITATION = "88 FR 78818; 89 FR 97710; 90 FR 49266; MLN MM13473, MM13705"


def base_visits(claim: Claim) -> tuple[ClaimLine, ...]:
    """The visits on the claim that G2211 may go with."""
    homes = claim.with_codes(HOME_VISITS) if claim.date_of_service >= HOME_VISITS_SINCE else ()
    return claim.with_codes(OFFICE_VISITS) + homes


def _without_visit(line: ClaimLine, claim: Claim) -> Match | None:
    return None if base_visits(claim) else Match()


def _with_25(line: ClaimLine, claim: Claim) -> Match | None:
    visits = base_visits(claim)
    marked = tuple(visit for visit in visits if "25" in visit.modifiers)
    if not visits or len(marked) < len(visits) or _preventive_services(claim):
        return None
    fix = Fix("Drop G2211, or take 25 off if no other service of the day needs it.", (_drop(line),))
    return Match(others=marked, fix=fix)


def _preventive_services(claim: Claim) -> tuple[ClaimLine, ...]:
    """From 2025 on: the wellness visit, vaccine or other Part B preventive service that 25 may stand for."""
    if claim.date_of_service < PREVENTIVE_EXCEPTION_SINCE:
        return ()
    return claim.with_codes(WELLNESS_VISITS | VACCINE_ADMINISTRATION | PREVENTIVE_SERVICES)


def _with_25_for_another_service_too(line: ClaimLine, claim: Claim) -> Match | None:
    """A preventive service is there, but so is a procedure or critical care, which needs 25 on the visit as well."""
    preventive = _preventive_services(claim)
    needing_25 = tuple(
        other
        for other in claim.others(line)
        if other not in preventive and (other.global_days in PROCEDURES or other.code in CRITICAL_CARE)
    )
    marked = any("25" in visit.modifiers for visit in base_visits(claim))
    return Match(others=needing_25, changes=(_drop(line),)) if marked and preventive and needing_25 else None


def _drop(line: ClaimLine) -> Change:
    return Change(ChangeKind.DROP_LINE, line.number)


def _visit_without_complexity(line: ClaimLine, claim: Claim) -> Match | None:
    if "25" in line.modifiers or claim.with_codes(COMPLEXITY) or line not in base_visits(claim):
        return None
    return Match(
        fix=Fix("Add G2211 if you treat this patient over time.", (Change(ChangeKind.ADD_LINE, 0, "G2211"),))
    )


RULES = (
    Rule(
        name="g2211-needs-visit",
        effect=Effect.NOT_PAID,
        codes=COMPLEXITY,
        since=date(2024, 1, 1),
        sentence="G2211 is paid only with your own office visit that day, from 2026 also a home visit.",
        fix="Bill G2211 on the claim with the visit.",
        citation=CITATION,
        reasons=("CARC 107", "RARC N122"),
        liability="provider",
        matches=_without_visit,
        looks_at_other_lines=True,
    ),
    Rule(
        name="g2211-visit-with-25",
        effect=Effect.NOT_PAID,
        codes=COMPLEXITY,
        since=date(2024, 1, 1),
        sentence="G2211 isn't paid when the visit carries 25, unless (from 2025) for a vaccine or preventive service.",
        fix="Drop G2211, or take 25 off if no other service of the day needs it.",
        citation=CITATION,
        reasons=("CARC 97",),
        liability="provider",
        matches=_with_25,
        looks_at_other_lines=True,
    ),
    Rule(
        name="g2211-visit-with-25-for-another-service",
        effect=Effect.AT_RISK,
        codes=COMPLEXITY,
        since=PREVENTIVE_EXCEPTION_SINCE,
        sentence="The preventive service lets G2211 pass, but 25 is also for another service: it can be recouped.",
        fix="Drop G2211 if the visit carries 25 because of the other service.",
        citation=CITATION,
        liability="provider",
        matches=_with_25_for_another_service_too,
        looks_at_other_lines=True,
    ),
    Rule(
        name="g2211-consider",
        effect=Effect.CONSIDER,
        codes=OFFICE_VISITS | HOME_VISITS,
        since=date(2024, 1, 1),
        sentence="Consider G2211 if you are the patient's continuing source of care for a serious condition.",
        fix="Add G2211 if you treat this patient over time.",
        citation=CITATION,
        matches=_visit_without_complexity,
        looks_at_other_lines=True,
    ),
)
