"""Services that Medicare pays to no practitioner of a kind, whatever state law allows: those who may not bill medical
visits, and dietitians, who are paid for nutrition therapy.

Benefit Policy Manual, ch. 15, §160 (clinical psychologists), §170 (clinical social workers), §80.3 (audiologists), §230
(therapists); 42 CFR 410.53 and 410.54 (family therapists, counselors); 42 CFR 410.134 (dietitians).
"""

from codes.pricing.rounding import ZERO_DOLLARS
from codes.pricing.types import Refusal

# Single codes and ranges, both ends included.
MEDICAL_VISITS = (
    "90792 90833 90836 90838 99202-99205 99211-99215 99221-99223 99231-99236 99238-99239 99281-99285 99291-99292 "
    "99304-99310 99315-99316 99341-99345 99347-99350 G0316-G0318 G2211-G2212"
)
# Diabetes training (G0108, G0109) is billed by an accredited program, which a dietitian may run.
NUTRITION = "97802-97804 G0108-G0109 G0270-G0271"
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


def _codes(text: str) -> frozenset[str]:
    """The codes that a text names; a range stays within one first letter or digit."""
    ends = [(first, last or first) for first, _, last in (word.partition("-") for word in text.split())]
    return frozenset(
        f"{first[0]}{number:04d}"
        for first, last in ends
        for number in range(int(first[1:]), int(last[1:]) + 1)
    )


_VISITS, _NUTRITION = _codes(MEDICAL_VISITS), _codes(NUTRITION)


def refuse_scope(code: str, practitioner: str) -> Refusal | None:
    """Why a kind of practitioner is not paid for a code; None where it may bill it.

    >>> refuse_scope("99213", "csw").kind, refuse_scope("90834", "csw"), refuse_scope("97802", "rd")
    ('scope', None, None)
    """
    if practitioner in DIETITIANS:
        return None if code in _NUTRITION else _refusal("dietitians")
    if code not in _VISITS:
        return None
    if practitioner in MENTAL_HEALTH:
        return _refusal("mental health")
    return _refusal("therapists") if practitioner in THERAPISTS else None


def _refusal(whose: str) -> Refusal:
    return Refusal("scope", WORDS[whose], CITATIONS[whose], medicare_pays=ZERO_DOLLARS, liability="provider")
