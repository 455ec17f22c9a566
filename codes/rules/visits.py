"""Visits of one day: Claims Processing Manual, ch. 12, §30.6.

One practitioner (or a group of one specialty) and one date of service.
"""

from datetime import date

from codes.pricing.code_sets import CodeSet, code_set
from codes.rules.tests_of_lines import beside, drops_beside, drops_second_of, leave_out, rivals
from codes.rules.types import (
    Change,
    ChangeKind,
    Claim,
    ClaimLine,
    Effect,
    Fix,
    Match,
    Rule,
    add_modifier,
)

CHAPTER = "Claims Processing Manual, ch. 12"
NCCI_VISITS = "NCCI Policy Manual 2026, ch. XI, §U"
NEW_OFFICE_VISITS = code_set("99202-99205")
ESTABLISHED_OFFICE_VISITS = code_set("99211-99215")
OFFICE_VISITS = NEW_OFFICE_VISITS | ESTABLISHED_OFFICE_VISITS
EMERGENCY_VISITS = code_set("99281-99285")
INITIAL_HOSPITAL_CARE = code_set("99221-99223")
SUBSEQUENT_HOSPITAL_CARE = code_set("99231-99233")
SAME_DAY_STAYS = code_set("99234-99236")
HOSPITAL_DISCHARGES = code_set("99238 99239")
NURSING_FACILITY_VISITS = code_set("99304-99310")
NURSING_FACILITY_DISCHARGES = code_set("99315 99316")
NEW_HOME_VISITS = code_set("99341 99342 99344 99345")
HOME_VISITS = NEW_HOME_VISITS | code_set("99347-99350")
CRITICAL_CARE = code_set("99291 99292")
EYE_VISITS = code_set("92002 92004 92012 92014")
VISITS = (
    OFFICE_VISITS
    | EMERGENCY_VISITS
    | INITIAL_HOSPITAL_CARE
    | SUBSEQUENT_HOSPITAL_CARE
    | SAME_DAY_STAYS
    | HOSPITAL_DISCHARGES
    | NURSING_FACILITY_VISITS
    | NURSING_FACILITY_DISCHARGES
    | HOME_VISITS
    | CRITICAL_CARE
    | EYE_VISITS
)
BEFORE_ADMISSION = OFFICE_VISITS | EMERGENCY_VISITS | NURSING_FACILITY_VISITS | HOME_VISITS
# Pairs of a new and the established code of about the same level.
ESTABLISHED_FOR_NEW = {
    "99202": "99212",
    "99203": "99213",
    "99204": "99214",
    "99205": "99215",
    "99341": "99347",
    "99342": "99348",
    "99344": "99349",
    "99345": "99350",
    "92002": "92012",
    "92004": "92014",
}
# Which of two visits of one day is kept: the higher level.
OFFICE_ORDER = ("99205", "99215", "99204", "99214", "99203", "99213", "99202", "99212", "99211")
EMERGENCY_ORDER = ("99285", "99284", "99283", "99282", "99281")
SUBSEQUENT_ORDER = ("99233", "99232", "99231")


def _new_though_established(line: ClaimLine, claim: Claim) -> Match | None:
    if not claim.facts.established:
        return None
    better = ESTABLISHED_FOR_NEW[line.code]
    return Match(changes=(Change(ChangeKind.REPLACE_CODE, line.number, better),))


def _two_for_one_problem(line: ClaimLine, claim: Claim) -> Match | None:
    others = rivals(line, claim, OFFICE_ORDER)
    return Match(others=others, changes=(leave_out(line),)) if others and claim.facts.same_problem else None


def _two_for_two_problems(line: ClaimLine, claim: Claim) -> Match | None:
    others = rivals(line, claim, OFFICE_ORDER)
    return Match(others=others) if others and not claim.facts.same_problem else None


def _critical_care_and_visit(line: ClaimLine, claim: Claim) -> Match | None:
    others = claim.with_codes(CRITICAL_CARE)
    if not others or "25" in line.modifiers:
        return None
    fix = Fix("Add 25 if the visit came first and the patient got worse later.", (add_modifier(line, "25"),))
    return Match(others=others, fix=fix)


def _critical_care_and_marked_visit(line: ClaimLine, claim: Claim) -> Match | None:
    others = claim.with_codes(CRITICAL_CARE)
    return Match(others=others) if others and "25" in line.modifiers else None


RULES = (
    Rule(
        name="new-patient-seen-before",
        effect=Effect.NOT_PAID,
        codes=CodeSet(frozenset(ESTABLISHED_FOR_NEW)),
        sentence="A new patient code isn't paid if your group's specialty saw the patient within three years.",
        fix="Bill the established patient code that the record supports.",
        citation=f"{CHAPTER}, §30.6.7.A",
        reasons=("CARC B16",),
        liability="provider",
        matches=_new_though_established,
    ),
    Rule(
        name="two-office-visits-one-problem",
        effect=Effect.NOT_PAID,
        codes=OFFICE_VISITS,
        sentence="A second office visit the same day is paid only for an unrelated problem.",
        fix="Bill one visit at the level of both together.",
        citation=f"{CHAPTER}, §30.6.7.B",
        reasons=("CARC 18", "CARC 97"),
        liability="provider",
        matches=_two_for_one_problem,
        looks_at_other_lines=True,
    ),
    Rule(
        name="two-office-visits",
        effect=Effect.PAID_ONLY_WITH,
        codes=OFFICE_VISITS,
        sentence="Two office visits the same day are paid only for unrelated problems that one visit couldn't cover.",
        fix="Document both problems; bill one visit if they are related.",
        citation=f"{CHAPTER}, §30.6.7.B",
        matches=_two_for_two_problems,
        looks_at_other_lines=True,
    ),
    Rule(
        name="visit-before-admission",
        effect=Effect.AT_RISK,
        codes=BEFORE_ADMISSION,
        sentence="The initial hospital visit includes your other visits that day, even when 25 bypasses the edit.",
        fix="Bill only the hospital visit, at the level of all the day's work.",
        citation=f"{CHAPTER}, §30.6.9.1",
        reasons=("CARC 97",),
        liability="provider",
        matches=drops_beside(INITIAL_HOSPITAL_CARE | SAME_DAY_STAYS),
        looks_at_other_lines=True,
    ),
    Rule(
        name="visit-before-nursing-facility-admission",
        effect=Effect.AT_RISK,
        codes=OFFICE_VISITS | EMERGENCY_VISITS | HOME_VISITS,
        sentence="The initial nursing facility visit (99304-99306) includes your other visits that day.",
        fix="Bill only the nursing facility visit, at the level of all the day's work.",
        citation=f"{CHAPTER}, §30.6.7.C",
        reasons=("CARC 97",),
        liability="provider",
        matches=drops_beside(code_set("99304-99306")),
        looks_at_other_lines=True,
    ),
    Rule(
        name="admission-and-discharge-same-day",
        effect=Effect.NOT_PAID,
        codes=HOSPITAL_DISCHARGES,
        sentence="A discharge on the day of admission isn't paid separately; a stay of 8 hours or more is 99234-99236.",
        fix="Bill 99234-99236 for 8 hours or more, otherwise only the initial visit.",
        citation=f"{CHAPTER}, §30.6.9.1; {NCCI_VISITS}",
        reasons=("CARC 97",),
        liability="provider",
        matches=drops_beside(INITIAL_HOSPITAL_CARE),
        looks_at_other_lines=True,
    ),
    Rule(
        name="discharge-with-hospital-stay-of-one-day",
        effect=Effect.NOT_PAID,
        codes=HOSPITAL_DISCHARGES,
        sentence="99234-99236 already includes the discharge of that day.",
        fix="Drop the discharge.",
        citation=f"{CHAPTER}, §30.6.9.1",
        reasons=("CARC 97",),
        liability="provider",
        matches=drops_beside(SAME_DAY_STAYS),
        looks_at_other_lines=True,
    ),
    Rule(
        name="initial-and-subsequent-hospital-visit",
        effect=Effect.NOT_PAID,
        codes=SUBSEQUENT_HOSPITAL_CARE,
        sentence="On the admission day only the initial hospital visit (99221-99223) is paid, not a subsequent one.",
        fix="Drop the subsequent visit; choose the initial level from the whole day.",
        citation=f"{CHAPTER}, §30.6.9.1; {NCCI_VISITS}",
        reasons=("CARC 97",),
        liability="provider",
        matches=drops_beside(INITIAL_HOSPITAL_CARE),
        looks_at_other_lines=True,
    ),
    Rule(
        name="stay-of-one-day-includes-hospital-visits",
        effect=Effect.NOT_PAID,
        codes=INITIAL_HOSPITAL_CARE | SUBSEQUENT_HOSPITAL_CARE,
        sentence="99234-99236 already includes the day's initial and subsequent hospital visits.",
        fix="Drop the other hospital visit.",
        citation=f"{NCCI_VISITS}; {CHAPTER}, §30.6.9.1",
        reasons=("CARC 97",),
        liability="provider",
        matches=drops_beside(SAME_DAY_STAYS),
        looks_at_other_lines=True,
    ),
    Rule(
        name="visit-on-discharge-day",
        effect=Effect.AT_RISK,
        codes=OFFICE_VISITS | EMERGENCY_VISITS,
        sentence="The hospital discharge (99238, 99239) includes your office and emergency visits of that day.",
        fix="Drop the office or emergency visit.",
        citation=NCCI_VISITS,
        reasons=("CARC 97",),
        liability="provider",
        matches=drops_beside(HOSPITAL_DISCHARGES),
        looks_at_other_lines=True,
    ),
    Rule(
        name="discharge-and-subsequent-visit",
        effect=Effect.NOT_PAID,
        codes=SUBSEQUENT_HOSPITAL_CARE,
        sentence="On the discharge day only the discharge (99238 or 99239) is paid, not a subsequent hospital visit.",
        fix="Drop the subsequent visit.",
        citation=f"{CHAPTER}, §30.6.9.2",
        reasons=("CARC 97",),
        liability="provider",
        matches=drops_beside(HOSPITAL_DISCHARGES),
        looks_at_other_lines=True,
    ),
    Rule(
        name="critical-care-and-visit",
        effect=Effect.NOT_PAID,
        codes=OFFICE_VISITS | EMERGENCY_VISITS | INITIAL_HOSPITAL_CARE | SUBSEQUENT_HOSPITAL_CARE,
        since=date(2022, 1, 1),
        sentence="A visit on the day of critical care needs modifier 25 and must come before critical care was needed.",
        fix="Add 25 if the visit came first and the patient got worse later.",
        citation=f"{CHAPTER}, §30.6.12; 86 FR 65159",
        reasons=("CARC 97",),
        liability="provider",
        modifiers=frozenset({"25"}),
        matches=_critical_care_and_visit,
        looks_at_other_lines=True,
    ),
    Rule(
        name="critical-care-and-marked-visit",
        effect=Effect.PAID_ONLY_WITH,
        codes=OFFICE_VISITS | EMERGENCY_VISITS | INITIAL_HOSPITAL_CARE | SUBSEQUENT_HOSPITAL_CARE,
        since=date(2022, 1, 1),
        sentence="Paid with critical care only if the visit came first and the patient got worse later.",
        fix="Document the times: no critical care need at the visit, no duplicated work.",
        citation=f"{CHAPTER}, §30.6.12; 86 FR 65159",
        modifiers=frozenset({"25"}),
        matches=_critical_care_and_marked_visit,
        looks_at_other_lines=True,
    ),
    Rule(
        name="two-emergency-visits",
        effect=Effect.AT_RISK,
        codes=EMERGENCY_VISITS,
        sentence="Two emergency visits the same day by one practitioner or specialty group are paid as one.",
        fix="Bill one emergency visit at the level of both together.",
        citation=f"{CHAPTER}, §30.6.5",
        reasons=("CARC 18", "CARC 97"),
        liability="provider",
        matches=drops_second_of(EMERGENCY_ORDER),
        looks_at_other_lines=True,
    ),
    Rule(
        name="two-subsequent-hospital-visits",
        effect=Effect.NOT_PAID,
        codes=SUBSEQUENT_HOSPITAL_CARE,
        sentence="Subsequent hospital care is paid once a day; choose the level from all of the day's visits.",
        fix="Bill one subsequent visit at the level of both together.",
        citation=f"{CHAPTER}, §30.6.9.2",
        reasons=("CARC 18", "CARC 97"),
        liability="provider",
        matches=drops_second_of(SUBSEQUENT_ORDER),
        looks_at_other_lines=True,
    ),
    Rule(
        name="office-and-emergency-visit",
        effect=Effect.PAID_ONLY_WITH,
        codes=OFFICE_VISITS,
        sentence="An office and an emergency visit the same day are both paid only for unrelated problems.",
        fix="Document both problems; bill one visit if they are related.",
        citation=f"{CHAPTER}, §30.6.5 and §30.6.7.B",
        matches=beside(EMERGENCY_VISITS),
        looks_at_other_lines=True,
    ),
    Rule(
        name="nursing-facility-discharge-and-visit",
        effect=Effect.NOT_PAID,
        codes=code_set("99307-99310"),
        sentence="On the discharge day the nursing facility discharge (99315 or 99316) includes your other visit.",
        fix="Drop the subsequent visit.",
        citation=f"{CHAPTER}, §30.6.13; {NCCI_VISITS}",
        reasons=("CARC 97",),
        liability="provider",
        matches=drops_beside(NURSING_FACILITY_DISCHARGES),
        looks_at_other_lines=True,
    ),
    Rule(
        name="transitional-care-includes-first-visit",
        effect=Effect.AT_RISK,
        codes=OFFICE_VISITS | HOME_VISITS,
        since=date(2013, 1, 1),
        sentence="Transitional care (99495, 99496) includes the first visit after discharge: don't bill it again.",
        fix="Drop this visit if it was the first after discharge.",
        citation="MLN908628, Transitional Care Management",
        reasons=("CARC 97",),
        liability="provider",
        matches=drops_beside(code_set("99495 99496")),
        looks_at_other_lines=True,
    ),
)
