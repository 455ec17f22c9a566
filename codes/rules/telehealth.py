"""Telehealth: 42 CFR 410.78; Social Security Act §1834(m); Claims Processing Manual, ch. 12, §190.

The list of telehealth services changes every year. Where it is not loaded, procedures, imaging, laboratory tests and
anesthesia are known not to be on it, and the rest is paid only if it is.
"""

from datetime import date

from codes.pricing.code_sets import code_set
from codes.rules.tests_of_lines import carries
from codes.rules.types import Claim, ClaimLine, Effect, Match, Rule
from codes.rules.visits import OFFICE_VISITS

TELEHEALTH_PLACES = frozenset({"02", "10"})
AT_HOME = "10"
TELEHEALTH_MODIFIERS = frozenset({"93", "95", "GT", "GQ", "G0", "FQ"})
TELEHEALTH = "42 CFR 410.78; Claims Processing Manual, ch. 12, §190.3"
WAIVERS = "Social Security Act §1834(m); Consolidated Appropriations Act, 2026"
AFTER_WAIVERS = date(2028, 1, 1)
BEHAVIORAL = code_set(
    "90785 90791 90792 90832-90834 90836-90840 90845-90847 90853 96127 99406-99409 G0396 G0397"
)
# Office visits and office psychiatry are on the list by statute (Social Security Act §1834(m)(4)(F)(i)).
LISTED_BY_STATUTE = OFFICE_VISITS | code_set("90832-90834 90836-90838")
NEEDS_HANDS = frozenset({"000", "010", "090"})
# Anesthesia, imaging, laboratory tests, vaccines, infusions and injections; supplies and drugs by their first letter.
BY_SECTION = code_set(
    "00100-01999 70010-79999 80047-89398 36415 90281-90399 90460-90480 90481-90759 91300-91323 96360-96549 G0008-G0010"
)
SUPPLIES_AND_DRUGS = frozenset("ABEJKLV")
# On the list although their section or global days say otherwise: weekly radiation management, cardiac rehabilitation.
LISTED_NEVERTHELESS = frozenset({"77427", "93797", "93798"})


def is_telehealth(line: ClaimLine) -> bool:
    """Whether a line says that the patient was elsewhere."""
    return line.place_of_service in TELEHEALTH_PLACES or bool(line.modifiers & TELEHEALTH_MODIFIERS)


def needs_the_patient_there(line: ClaimLine) -> bool:
    """Whether a service cannot be on the telehealth list: procedures, imaging, laboratory tests, anesthesia."""
    by_section = line.code in BY_SECTION or line.code[:1] in SUPPLIES_AND_DRUGS
    return (by_section or line.global_days in NEEDS_HANDS) and line.code not in LISTED_NEVERTHELESS


def _is_listed(line: ClaimLine, claim: Claim) -> bool | None:
    """Whether the code is on the list of the year; None where only the list could say."""
    if claim.telehealth_codes is not None:
        return line.code in claim.telehealth_codes
    if line.code in LISTED_BY_STATUTE:
        return True
    return False if needs_the_patient_there(line) else None


def _never_telehealth(line: ClaimLine, claim: Claim) -> Match | None:
    return Match() if is_telehealth(line) and _is_listed(line, claim) is False else None


def _perhaps_telehealth(line: ClaimLine, claim: Claim) -> Match | None:
    return Match() if is_telehealth(line) and _is_listed(line, claim) is None else None


def _at_home(line: ClaimLine, claim: Claim) -> Match | None:
    return Match() if line.place_of_service == AT_HOME and line.code not in BEHAVIORAL else None


RULES = (
    Rule(
        name="telehealth-needs-patient-there",
        effect=Effect.NOT_PAID,
        sentence="This service isn't on Medicare's telehealth list: the patient must be there in person.",
        fix="Bill the place where the patient was treated, without telehealth modifiers.",
        citation=TELEHEALTH,
        reasons=("CARC 96",),
        liability="provider",
        modifiers=TELEHEALTH_MODIFIERS,
        matches=_never_telehealth,
    ),
    Rule(
        name="telehealth-if-listed",
        effect=Effect.PAID_ONLY_WITH,
        sentence="Paid by telehealth only if the code is on Medicare's telehealth list of the year.",
        fix="Look the code up in CMS's list of telehealth services for the date of service.",
        citation=TELEHEALTH,
        modifiers=TELEHEALTH_MODIFIERS,
        matches=_perhaps_telehealth,
    ),
    Rule(
        name="telehealth-at-home-after-2027",
        effect=Effect.PAID_ONLY_WITH,
        since=AFTER_WAIVERS,
        sentence="From 2028 telehealth at home is covered only for behavioral health, stroke and home dialysis.",
        fix="Check whether Congress has extended the waivers that end Dec 31, 2027.",
        citation=WAIVERS,
        matches=_at_home,
    ),
    Rule(
        name="modifier-95-not-needed",
        effect=Effect.CONSIDER,
        since=date(2024, 1, 1),
        sentence="Since 2024 Medicare doesn't ask for 95 on your visits: place of service 02 or 10 says telehealth.",
        fix="Take 95 off; use 93 for audio only.",
        citation=f"{TELEHEALTH}; 88 FR 78818 (CY 2024 final rule)",
        modifiers=frozenset({"95"}),
        codes=OFFICE_VISITS,
        matches=carries("95"),
    ),
)
