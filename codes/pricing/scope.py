"""Services that Medicare pays to no practitioner of a kind, whatever state law allows: those who may not bill medical
visits, and dietitians, who are paid for nutrition therapy.

Benefit Policy Manual, ch. 15, §160 (clinical psychologists), §170 (clinical social workers), §80.3 (audiologists), §230
(therapists); 42 CFR 410.53 and 410.54 (family therapists, counselors); 42 CFR 410.134 (dietitians).
"""

from codes.pricing.code_sets import code_set
from codes.pricing.rounding import ZERO_DOLLARS
from codes.pricing.types import Refusal

MEDICAL_VISITS = code_set(
    "90792 90833 90836 90838 99202-99205 99211-99215 99221-99223 99231-99236 99238 99239 99281-99285 99291 99292 "
    "99304-99310 99315 99316 99341-99345 99347-99350 G0316-G0318 G2211 G2212"
)
# Diabetes training (G0108, G0109) is billed by an accredited program, which a dietitian may run.
NUTRITION = code_set("97802-97804 G0108 G0109 G0270 G0271")
MENTAL_HEALTH = frozenset({"psychologist", "csw", "mft", "mhc"})
THERAPISTS = frozenset({"therapist", "audiologist"})
DIETITIANS = frozenset({"rd"})
WORDS = {
    "mental health": "Psychologists, social workers, counselors and family therapists can't bill medical visits (E/M).",
    "therapists": "Therapists and audiologists can't bill medical visits (E/M).",
    "dietitians": "Dietitians and nutrition professionals are paid for medical nutrition therapy alone.",
}
CITATIONS = {
    "mental health": "Benefit Policy Manual, ch. 15, §160 and §170; 42 CFR 410.53, 410.54, 410.71 and 410.73",
    "therapists": "Benefit Policy Manual, ch. 15, §80.3 and §230; Social Security Act §1861(p) and (ll)",
    "dietitians": "42 CFR 410.134; Claims Processing Manual, ch. 4, §300",
}


def refuse_scope(code: str, practitioner: str) -> Refusal | None:
    """Why a kind of practitioner is not paid for a code; None where it may bill it.

    >>> refuse_scope("99213", "csw").kind, refuse_scope("90834", "csw"), refuse_scope("97802", "rd")
    ('scope', None, None)
    """
    if practitioner in DIETITIANS:
        return None if code in NUTRITION else _refusal("dietitians")
    if code not in MEDICAL_VISITS:
        return None
    if practitioner in MENTAL_HEALTH:
        return _refusal("mental health")
    return _refusal("therapists") if practitioner in THERAPISTS else None


def _refusal(whose: str) -> Refusal:
    return Refusal("scope", WORDS[whose], CITATIONS[whose], medicare_pays=ZERO_DOLLARS, liability="provider")
