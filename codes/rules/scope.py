"""Who may bill what: services that Medicare doesn't pay to a kind of practitioner, whatever state law allows.

Benefit Policy Manual, ch. 15, §160 (clinical psychologists), §170 (clinical social workers), §80.3 (audiologists),
§230 (therapists); 42 CFR 410.53 and 410.54 (marriage and family therapists, mental health counselors); 42 CFR 410.134
(dietitians and nutrition professionals).
"""

from codes.rules.code_sets import CodeSet, code_set
from codes.rules.types import Claim, ClaimLine, Effect, Match, Rule, Test

MEDICAL_VISITS = code_set(
    "90792 90833 90836 90838 99202-99205 99211-99215 99221-99223 99231-99236 99238 99239 99281-99285 99291 99292 "
    "99304-99310 99315 99316 99341-99345 99347-99350 G0316-G0318 G2211 G2212"
)
NUTRITION_THERAPY = code_set("97802-97804 G0270 G0271")
DIABETES_TRAINING = code_set("G0108 G0109")  # billed by an accredited program, which a dietitian may run
MENTAL_HEALTH = frozenset({"psychologist", "csw", "mft", "mhc"})
THERAPISTS = frozenset({"therapist", "audiologist"})
DIETITIANS = frozenset({"rd"})
REASONS = ("CARC 170", "RARC N95")


def _billed_by(practitioners: frozenset[str], besides: CodeSet | None = None) -> Test:
    def test(line: ClaimLine, claim: Claim) -> Match | None:
        is_theirs = besides is not None and line.code in besides
        return Match() if claim.practitioner in practitioners and not is_theirs else None

    return test


RULES = (
    Rule(
        name="medical-visit-by-mental-health-practitioner",
        effect=Effect.NOT_PAID,
        codes=MEDICAL_VISITS,
        sentence="Psychologists, social workers, counselors and family therapists can't bill medical visits (E/M).",
        fix="Bill what was done: 90791 for the evaluation, 90832-90853 for therapy, 96156-96171 for health behavior.",
        citation="Benefit Policy Manual, ch. 15, §160 and §170; 42 CFR 410.53, 410.54, 410.71 and 410.73",
        reasons=REASONS,
        liability="provider",
        matches=_billed_by(MENTAL_HEALTH),
    ),
    Rule(
        name="medical-visit-by-therapist",
        effect=Effect.NOT_PAID,
        codes=MEDICAL_VISITS,
        sentence="Therapists and audiologists can't bill medical visits (E/M).",
        fix="Bill the evaluation of the discipline, such as 97161-97168, or the hearing test.",
        citation="Benefit Policy Manual, ch. 15, §80.3 and §230; Social Security Act §1861(p) and (ll)",
        reasons=REASONS,
        liability="provider",
        matches=_billed_by(THERAPISTS),
    ),
    Rule(
        name="dietitian-beyond-nutrition-therapy",
        effect=Effect.NOT_PAID,
        sentence="Dietitians and nutrition professionals are paid for medical nutrition therapy alone.",
        fix="Bill 97802-97804, G0270 or G0271 for nutrition therapy; diabetes training goes by the accredited program.",
        citation="42 CFR 410.134; Claims Processing Manual, ch. 4, §300",
        reasons=REASONS,
        liability="provider",
        matches=_billed_by(DIETITIANS, NUTRITION_THERAPY | DIABETES_TRAINING),
    ),
)
