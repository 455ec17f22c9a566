"""Who pays when Medicare does not: notices and the modifiers that report them.

Claims Processing Manual, ch. 30, §50; ch. 1, §60; ch. 23, §20.9.1.
"""

from datetime import date

from codes.pricing.code_sets import code_set
from codes.rules.tests_of_lines import always, carries, lacks
from codes.rules.types import Claim, ClaimLine, Effect, Match, Rule, Test

NOTICES = "Claims Processing Manual, ch. 30, §50; ch. 1, §60"


def _carries_all(*modifiers: str) -> Test:
    wanted = frozenset(modifiers)

    def test(line: ClaimLine, claim: Claim) -> Match | None:
        return Match() if wanted <= line.modifiers else None

    return test


def _with_any(modifier: str, *others: str) -> Test:
    """A line with the modifier and any of the others."""

    def test(line: ClaimLine, claim: Claim) -> Match | None:
        return Match() if modifier in line.modifiers and line.modifiers & set(others) else None

    return test


RULES = (
    Rule(
        name="ga-with-gz",
        effect=Effect.NEEDS,
        sentence="GA and GZ contradict each other, so Medicare returns the line: an ABN is on file, or it isn't.",
        fix="Keep GA if the patient signed an ABN, otherwise GZ.",
        citation=NOTICES,
        reasons=("CARC 4", "RARC MA130"),
        modifiers=frozenset({"GA", "GZ"}),
        matches=_carries_all("GA", "GZ"),
    ),
    Rule(
        name="gx-with-ga-or-gz",
        effect=Effect.NEEDS,
        since=date(2010, 4, 1),
        sentence="GX (voluntary notice) can't be billed with GA or GZ: the line is returned.",
        fix="Keep GX for an excluded service, or GA or GZ for one that may not be necessary.",
        citation="MLN MM6563; Claims Processing Manual, ch. 1, §60.4.2",
        reasons=("CARC 16", "RARC MA130"),
        modifiers=frozenset({"GA", "GX", "GZ"}),
        matches=_with_any("GX", "GA", "GZ"),
    ),
    Rule(
        name="gz-denied",
        effect=Effect.NOT_PAID,
        since=date(2011, 7, 1),
        sentence="GZ says you expect a denial without an ABN: Medicare denies the line, provider liability (CO).",
        fix="Don't bill the patient. Get an ABN before the service next time.",
        citation=NOTICES,
        reasons=("CARC 50",),
        liability="provider",
        modifiers=frozenset({"GZ"}),
        matches=carries("GZ"),
    ),
    Rule(
        name="gy-excluded",
        effect=Effect.NOT_PAID,
        sentence="GY says Medicare never covers this: it is denied and the patient owes it.",
        fix="Bill the patient or another payer.",
        citation=NOTICES,
        reasons=("CARC 96",),
        liability="patient",
        modifiers=frozenset({"GY"}),
        matches=carries("GY"),
    ),
    Rule(
        name="gx-voluntary-notice",
        effect=Effect.NOT_PAID,
        since=date(2010, 4, 1),
        sentence="GX reports a voluntary notice for an excluded service: it is denied, and the patient owes it.",
        fix="Bill the patient.",
        citation=NOTICES,
        reasons=("CARC 96",),
        liability="patient",
        modifiers=frozenset({"GX"}),
        matches=carries("GX"),
    ),
    Rule(
        name="ga-notice-on-file",
        effect=Effect.AT_RISK,
        sentence="GA says an ABN is signed: if Medicare finds no necessity, the patient owes the line.",
        fix="Keep the signed ABN; take GA off if you expect payment.",
        citation=NOTICES,
        liability="patient",
        modifiers=frozenset({"GA"}),
        matches=carries("GA"),
    ),
    Rule(
        name="refraction-excluded",
        effect=Effect.NOT_PAID,
        codes=code_set("92015"),
        sentence="Medicare never covers a refraction; the patient owes it, and no ABN is needed.",
        fix="Collect it from the patient at the visit; bill with GY only for a denial to another payer.",
        citation="Social Security Act §1862(a)(7); Benefit Policy Manual, ch. 16, §90",
        reasons=("CARC 96",),
        liability="patient",
        matches=always,
    ),
    Rule(
        name="routine-physical-excluded",
        effect=Effect.NOT_PAID,
        codes=code_set("99381-99397"),
        sentence="Medicare never covers a routine physical; the patient owes it. It may cover G0402, G0438 or G0439.",
        fix="Bill the wellness visit if that is what was done, otherwise the patient.",
        citation="Social Security Act §1862(a)(7); Claims Processing Manual, ch. 18, §140",
        reasons=("CARC 49",),
        liability="patient",
        matches=always,
    ),
    Rule(
        name="extraspinal-adjustment-excluded",
        effect=Effect.NOT_PAID,
        codes=code_set("98943"),
        sentence="Medicare covers chiropractic adjustment of the spine only; the patient owes 98943.",
        fix="Bill the patient, or bill with GY for a denial to another payer.",
        citation="Benefit Policy Manual, ch. 15, §240.1.1; Social Security Act §1861(r)(5)",
        reasons=("CARC 96",),
        liability="patient",
        matches=always,
    ),
    Rule(
        name="hearing-aids-excluded",
        effect=Effect.NOT_PAID,
        codes=code_set("V5010 V5011 V5014 V5020 V5030-V5267"),
        sentence="Medicare never covers hearing aids or exams to fit them; the patient owes them.",
        fix="Bill the patient; bill with GY only for a denial to another payer.",
        citation="Social Security Act §1862(a)(7); Benefit Policy Manual, ch. 16, §100",
        reasons=("CARC 96",),
        liability="patient",
        matches=always,
    ),
    Rule(
        name="routine-foot-care",
        effect=Effect.PAID_ONLY_WITH,
        codes=code_set("11055-11057 11719-11721 G0127"),
        sentence="Routine foot care is covered only with a systemic disease; Q7, Q8 or Q9 reports the class findings.",
        fix="Add Q7, Q8 or Q9 as the record shows; mycotic nails need pain or limited walking instead.",
        citation="Benefit Policy Manual, ch. 15, §290",
        modifiers=frozenset({"Q7", "Q8", "Q9"}),
        matches=lacks(
            ("Q7", "Q8", "Q9"),
            "Add Q7, Q8 or Q9 as the record shows; mycotic nails need pain or limited walking instead.",
            unless=("GA", "GX", "GY", "GZ"),
        ),
    ),
    Rule(
        name="acupuncture-for-back-pain",
        effect=Effect.PAID_ONLY_WITH,
        codes=code_set("97810 97811 97813 97814 20560 20561"),
        since=date(2020, 1, 21),
        sentence="Acupuncture is covered only for chronic low back pain: 12 visits in 90 days, 20 a year if improving.",
        fix="Bill it with a chronic low back pain diagnosis; otherwise the patient owes it.",
        citation="National Coverage Determination 30.3.3",
        liability="patient",
        matches=always,
    ),
)
