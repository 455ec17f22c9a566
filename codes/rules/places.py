"""Where a service may be billed: split visits, the teaching setting, admissions, modifiers that do not fit.

42 CFR 415.140 (split or shared visits), 42 CFR 415.174 (primary care exception).
"""

from datetime import date

from codes.pricing.code_sets import code_set
from codes.pricing.modifier_list import is_listed
from codes.rules.tests_of_lines import carries, has, take_off
from codes.rules.types import Claim, ClaimLine, Effect, Fix, Match, Rule
from codes.rules.visits import INITIAL_HOSPITAL_CARE, VISITS

SPLIT_VISIT_PLACES = frozenset({"19", "21", "22", "23", "31", "51", "52", "61"})
PRIMARY_CARE_EXCEPTION = code_set(
    "99202 99203 99211-99213 99421-99423 99452 98016 G0402 G0438 G0439 G2010 G2012"
)
LABORATORY = code_set("80047-89398")
NEVER_A_DRUG = code_set("00100-01999 10004-69990 70010-79999 80047-89398 97010-97799 98940-98943")
ADMISSIONS = INITIAL_HOSPITAL_CARE | code_set("99234-99236 99304-99306")
# Paid by time: with a resident only the teaching physician's own minutes count.
TIMED = code_set("99291 99292 99238 99239 99315 99316 90832-90838 99358 99359 G2212 G0316-G0318")
HOSPITAL_PATIENT = frozenset({"19", "21", "22", "23", "31"})
OPERATIONS_MODIFIERS = ("54", "55", "56", "58", "62", "66", "78", "79", "80", "81", "82", "AS")
ASSISTANTS = ("80", "81", "82", "AS")


def _split_visit_elsewhere(line: ClaimLine, claim: Claim) -> Match | None:
    if "FS" not in line.modifiers or line.place_of_service in SPLIT_VISIT_PLACES:
        return None
    return Match(changes=(take_off(line, "FS"),))


def _beyond_primary_care_exception(line: ClaimLine, claim: Claim) -> Match | None:
    return Match() if "GE" in line.modifiers and line.code not in PRIMARY_CARE_EXCEPTION else None


def _principal_physician_elsewhere(line: ClaimLine, claim: Claim) -> Match | None:
    is_no_admission = "AI" in line.modifiers and line.code not in ADMISSIONS
    return Match(changes=(take_off(line, "AI"),)) if is_no_admission else None


def _invalid_modifier(line: ClaimLine, claim: Claim) -> Match | None:
    invalid = sorted(modifier for modifier in line.modifiers if not is_listed(modifier, line.code))
    if not invalid:
        return None
    fix = Fix(f"Take {invalid[0]} off, or type the modifier that was meant.", (take_off(line, invalid[0]),))
    return Match(sentence=f"{invalid[0]} is not a valid modifier: Medicare returns the line.", fix=fix)


def _nurse_visit_in_hospital(line: ClaimLine, claim: Claim) -> Match | None:
    return Match() if line.place_of_service in HOSPITAL_PATIENT else None


RULES = (
    Rule(
        name="invalid-modifier",
        effect=Effect.NEEDS,
        sentence="Medicare returns a line with a modifier that neither HCPCS nor CPT has.",
        fix="Take the modifier off, or type the one that was meant.",
        citation="Claims Processing Manual, ch. 23, §20; 45 CFR 162.1002",
        reasons=("CARC 4", "RARC N519"),
        matches=_invalid_modifier,
    ),
    Rule(
        name="split-visit-in-office",
        effect=Effect.NOT_PAID,
        since=date(2022, 1, 1),
        sentence="FS is only for hospital and skilled nursing facility visits; an office has no split visits.",
        fix="Take FS off and bill under the practitioner who saw the patient, or as incident-to.",
        citation="42 CFR 415.140; Claims Processing Manual, ch. 12, §30.6.18",
        reasons=("CARC 4",),
        liability="provider",
        modifiers=frozenset({"FS"}),
        matches=_split_visit_elsewhere,
    ),
    Rule(
        name="split-visit-substantive-portion",
        effect=Effect.PAID_ONLY_WITH,
        since=date(2022, 1, 1),
        sentence="FS asserts that you performed the substantive portion of a visit shared within your group.",
        fix="Document both practitioners and the substantive portion; whoever performed it signs.",
        citation="42 CFR 415.140; Claims Processing Manual, ch. 12, §30.6.18",
        modifiers=frozenset({"FS"}),
        matches=has("FS"),
    ),
    Rule(
        name="primary-care-exception",
        effect=Effect.NOT_PAID,
        sentence="GE covers only visits up to level 3 and wellness visits; higher levels need the teaching physician.",
        fix="Bill GC if the teaching physician was present for the key part.",
        citation="42 CFR 415.174; Claims Processing Manual, ch. 12, §100.1.1",
        reasons=("CARC 4",),
        liability="provider",
        modifiers=frozenset({"GE"}),
        matches=_beyond_primary_care_exception,
    ),
    Rule(
        name="principal-physician-of-record",
        effect=Effect.CONSIDER,
        sentence="AI marks only the admitting physician's initial visit: 99221-99223, 99234-99236, 99304-99306.",
        fix="Take AI off.",
        citation="Claims Processing Manual, ch. 12, §30.6.9.1",
        modifiers=frozenset({"AI"}),
        matches=_principal_physician_elsewhere,
    ),
    Rule(
        name="wrong-surgery",
        effect=Effect.NOT_PAID,
        sentence="PA, PB and PC mark a wrong body part, patient or surgery: Medicare never pays the line.",
        fix="Don't bill the patient; take the modifier off only if it was a mistake.",
        citation="National Coverage Determinations 140.6-140.8; Claims Processing Manual, ch. 32, §230",
        reasons=("CARC 233",),
        liability="provider",
        modifiers=frozenset({"PA", "PB", "PC"}),
        matches=carries("PA", "PB", "PC"),
    ),
    Rule(
        name="surgical-modifier-on-visit",
        effect=Effect.NEEDS,
        codes=VISITS,
        sentence="A surgical modifier doesn't fit a visit: Medicare returns the line.",
        fix="Take the surgical modifier off; on a visit in a global period use 24, 25 or 57.",
        citation="Claims Processing Manual, ch. 12, §40",
        reasons=("CARC 4", "RARC N519"),
        modifiers=frozenset({"22", "50", "51", *OPERATIONS_MODIFIERS}),
        matches=carries("22", "50", "51", *OPERATIONS_MODIFIERS),
    ),
    Rule(
        name="surgical-modifier-on-test",
        effect=Effect.NEEDS,
        codes=LABORATORY | code_set("70010-77295 77417 78012-78999 93000-93299 G0103 36415"),
        sentence="An assistant, team or split-care modifier doesn't fit a test: Medicare returns the line.",
        fix="Take the surgical modifier off; use 26 or TC for a component.",
        citation="Claims Processing Manual, ch. 12, §20.4.3 and §40; ch. 23, Addendum (MPFSDB)",
        reasons=("CARC 4", "RARC N519"),
        modifiers=frozenset({"54", "55", "56", "62", "66", *ASSISTANTS}),
        matches=carries("54", "55", "56", "62", "66", *ASSISTANTS),
    ),
    Rule(
        name="surgical-modifier-on-drug",
        effect=Effect.NEEDS,
        codes=code_set("J0120-J9999 Q5101-Q5199 90476-90759"),
        sentence="A surgical modifier doesn't fit a drug or vaccine: Medicare returns the line.",
        fix="Take the surgical modifier off; JW, JZ and RT or LT are what a drug line may carry.",
        citation="Claims Processing Manual, ch. 12, §40; ch. 17, §40",
        reasons=("CARC 4", "RARC N519"),
        modifiers=frozenset({"22", "50", "51", "52", "53", *OPERATIONS_MODIFIERS}),
        matches=carries("22", "50", "51", "52", "53", *OPERATIONS_MODIFIERS),
    ),
    Rule(
        name="drug-modifier-elsewhere",
        effect=Effect.NEEDS,
        codes=VISITS | NEVER_A_DRUG,
        sentence="JW and JZ belong on drugs from single-dose containers: on another service the line is returned.",
        fix="Take JW or JZ off; put it on the drug's line.",
        citation="Claims Processing Manual, ch. 17, §40",
        reasons=("CARC 4", "RARC N519"),
        modifiers=frozenset({"JW", "JZ"}),
        matches=carries("JW", "JZ"),
    ),
    Rule(
        name="nurse-visit-in-hospital",
        effect=Effect.AT_RISK,
        codes=code_set("99211"),
        sentence="Incident-to doesn't apply in a hospital or Part A nursing facility stay: staff visits aren't paid.",
        fix="Bill nothing for the facility's nurse; bill the visit level that you performed yourself.",
        citation="42 CFR 410.26(b)(1); Benefit Policy Manual, ch. 15, §60.1",
        reasons=("CARC 5", "RARC M97"),
        liability="provider",
        matches=_nurse_visit_in_hospital,
    ),
    Rule(
        name="teaching-physician-time",
        effect=Effect.PAID_ONLY_WITH,
        codes=TIMED,
        sentence="With GC only the minutes when the teaching physician was present count for a timed code.",
        fix="Document the teaching physician's own minutes.",
        citation="42 CFR 415.172; Claims Processing Manual, ch. 12, §100.1.4",
        modifiers=frozenset({"GC"}),
        matches=has("GC"),
    ),
    Rule(
        name="assistant-in-teaching-hospital",
        effect=Effect.PAID_ONLY_WITH,
        sentence="82 asserts that no qualified resident was available to assist.",
        fix="Keep the statement that no qualified resident was available.",
        citation="42 CFR 415.190; Claims Processing Manual, ch. 12, §20.4.3 and §100.1.7",
        modifiers=frozenset({"82"}),
        matches=has("82"),
    ),
)
