"""What the patient owes where a companion or a modifier decides it.

Claims Processing Manual, ch. 18, §140.8 (advance care planning), §60 (colorectal screening); 42 CFR 410.152(l); MLN
MM10075 (moderate sedation with a screening colonoscopy).
"""

from dataclasses import replace
from datetime import date

from codes.pricing.code_sets import CodeSet, code_set
from codes.pricing.preventive import FREE_SINCE
from codes.rules.tests_of_lines import always, take_off
from codes.rules.types import (
    Change,
    ChangeKind,
    Claim,
    ClaimLine,
    Effect,
    Fix,
    Match,
    Rule,
    Test,
    add_modifier,
)

ANNUAL_WELLNESS = code_set("G0438 G0439")
ADVANCE_CARE_PLANNING = code_set("99497 99498")
RISK_ASSESSMENT = code_set("G0136")
SEDATION = code_set("G0500 99153")
ENDOSCOPIES = code_set("43191-43278 44360-44408 45300-45398 G0104 G0105 G0121")
BECAME_COLORECTAL = code_set("44389-44408 45331-45350 45379-45398")
IN_A_COLONOSCOPY = code_set("44389-44408 45331-45350 45379-45398 G0500 99153")
SCREENING_COLONOSCOPY = code_set("G0105 G0121")
ADVANCE_CARE_CITATION = "Claims Processing Manual, ch. 18, §140.8; Benefit Policy Manual, ch. 15, §280.5.1"
ASSESSMENT_CITATION = "Benefit Policy Manual, ch. 15, §280.5.2; 88 FR 78818; 90 FR 49266"
SEDATION_CITATION = "Transmittal 3763 (CR 10075), MLN MM10075; Claims Processing Manual, ch. 18, §60"
COLORECTAL_CITATION = "Claims Processing Manual, ch. 18, §60; 42 CFR 410.152(l)"
# PT: procedures that began as a colorectal screening, and the sedation or anesthesia for them.
BECAME_THERAPEUTIC = code_set("10000-69999 G0500 00811 99152 99153")


def _free_with(codes: CodeSet) -> Test:
    def test(line: ClaimLine, claim: Claim) -> Match | None:
        others = claim.with_codes(codes)
        if not others or "33" not in line.modifiers:
            return None
        return Match(others=others, repriced=replace(line.line, preventive=True))

    return test


def _not_yet_free_with(codes: CodeSet) -> Test:
    def test(line: ClaimLine, claim: Claim) -> Match | None:
        others = claim.with_codes(codes)
        if not others or "33" in line.modifiers:
            return None
        return Match(others=others, changes=(add_modifier(line, "33"),))

    return test


def _pt_elsewhere(line: ClaimLine, claim: Claim) -> Match | None:
    if "PT" not in line.modifiers or line.code in BECAME_THERAPEUTIC:
        return None
    return Match(changes=(take_off(line, "PT"),))


def _with_endoscopy(line: ClaimLine, claim: Claim) -> Match | None:
    others = claim.with_codes(ENDOSCOPIES)
    return (
        Match(others=others, changes=(Change(ChangeKind.REPLACE_CODE, line.number, "G0500"),))
        if others
        else None
    )


def _with_pt(line: ClaimLine, claim: Claim) -> Match | None:
    return Match() if "PT" in line.modifiers else None


def _pt_share(first_year: int, last_year: int | None, share: str) -> Rule:
    """What the patient owes for a screening that turned therapeutic, in these years; the engine prices it by PT."""
    return Rule(
        name=f"screening-turned-procedure-{first_year}",
        effect=Effect.AMOUNT,
        codes=BECAME_THERAPEUTIC,
        since=date(first_year, 1, 1),
        until=date(last_year, 12, 31) if last_year else date.max,
        sentence=f"With PT the deductible is waived and the patient owes {share}.",
        fix="Keep PT on every line of the procedure that began as a screening.",
        citation="Social Security Act §1833(a)(1)(Y) and (dd); 42 CFR 410.152(l)(5)",
        modifiers=frozenset({"PT"}),
        matches=_with_pt,
    )


def _pt_on_another_line(line: ClaimLine, claim: Claim) -> Match | None:
    marked = tuple(each for each in claim.with_codes(BECAME_THERAPEUTIC, line) if "PT" in each.modifiers)
    if not marked or line.modifiers & {"PT", "33"}:
        return None
    return Match(others=marked, changes=(add_modifier(line, "PT"),))


def _polypectomy_with_33(line: ClaimLine, claim: Claim) -> Match | None:
    if "33" not in line.modifiers or "PT" in line.modifiers:
        return None
    fix = Fix(
        "Replace 33 with PT if it began as a screening.", (take_off(line, "33"), add_modifier(line, "PT"))
    )
    return Match(fix=fix)


RULES = (
    Rule(
        name="advance-care-planning-free",
        effect=Effect.AMOUNT,
        codes=ADVANCE_CARE_PLANNING,
        since=date(2016, 1, 1),
        sentence="With 33 and a wellness visit (G0438, G0439) the patient owes nothing for advance care planning.",
        fix="Keep 33 on the line.",
        citation=ADVANCE_CARE_CITATION,
        modifiers=frozenset({"33"}),
        matches=_free_with(ANNUAL_WELLNESS),
        looks_at_other_lines=True,
    ),
    Rule(
        name="advance-care-planning-needs-33",
        effect=Effect.CONSIDER,
        codes=ADVANCE_CARE_PLANNING,
        since=date(2016, 1, 1),
        sentence="On the claim of an annual wellness visit, 33 waives the patient's share of advance care planning.",
        fix="Add 33.",
        citation=ADVANCE_CARE_CITATION,
        modifiers=frozenset({"33"}),
        matches=_not_yet_free_with(ANNUAL_WELLNESS),
        looks_at_other_lines=True,
    ),
    Rule(
        name="risk-assessment-free",
        effect=Effect.AMOUNT,
        codes=RISK_ASSESSMENT,
        since=date(2024, 1, 1),
        sentence="With 33 and an annual wellness visit (G0438, G0439) the patient owes nothing for G0136.",
        fix="Keep 33 on the line.",
        citation=ASSESSMENT_CITATION,
        modifiers=frozenset({"33"}),
        matches=_free_with(ANNUAL_WELLNESS),
        looks_at_other_lines=True,
    ),
    Rule(
        name="sedation-for-screening-free",
        effect=Effect.AMOUNT,
        codes=SEDATION,
        since=date(2017, 1, 1),
        sentence="With 33 the patient owes nothing for moderate sedation in a screening colonoscopy.",
        fix="Keep 33 on the line.",
        citation=SEDATION_CITATION,
        modifiers=frozenset({"33"}),
        matches=_free_with(SCREENING_COLONOSCOPY),
        looks_at_other_lines=True,
    ),
    Rule(
        name="pt-outside-colorectal",
        effect=Effect.CONSIDER,
        sentence="PT changes nothing here: it marks procedures (10000-69999, G0500, 00811) begun as screening.",
        fix="Take PT off.",
        citation=COLORECTAL_CITATION,
        modifiers=frozenset({"PT"}),
        matches=_pt_elsewhere,
    ),
    Rule(
        name="polypectomy-needs-pt",
        effect=Effect.CONSIDER,
        codes=BECAME_COLORECTAL,
        sentence="Medicare wants PT, not 33, on a screening colonoscopy that became therapeutic.",
        fix="Replace 33 with PT if it began as a screening.",
        citation=COLORECTAL_CITATION,
        modifiers=frozenset({"33", "PT"}),
        matches=_polypectomy_with_33,
    ),
    Rule(
        name="pt-on-every-line",
        effect=Effect.CONSIDER,
        codes=IN_A_COLONOSCOPY,
        sentence="PT on another line says that this began as a screening: without PT here the patient owes 20 %.",
        fix="Add PT if it was the same procedure.",
        citation=COLORECTAL_CITATION,
        modifiers=frozenset({"PT"}),
        matches=_pt_on_another_line,
        looks_at_other_lines=True,
    ),
    Rule(
        name="sedation-for-screening-needs-33",
        effect=Effect.CONSIDER,
        codes=SEDATION,
        since=date(2017, 1, 1),
        sentence="33 waives the patient's share of moderate sedation in a screening colonoscopy.",
        fix="Add 33.",
        citation=SEDATION_CITATION,
        modifiers=frozenset({"33"}),
        matches=_not_yet_free_with(SCREENING_COLONOSCOPY),
        looks_at_other_lines=True,
    ),
    Rule(
        name="risk-assessment-needs-33",
        effect=Effect.CONSIDER,
        codes=RISK_ASSESSMENT,
        since=date(2024, 1, 1),
        sentence="On the claim of an annual wellness visit, 33 waives the patient's share of G0136.",
        fix="Add 33.",
        citation=ASSESSMENT_CITATION,
        modifiers=frozenset({"33"}),
        matches=_not_yet_free_with(ANNUAL_WELLNESS),
        looks_at_other_lines=True,
    ),
    Rule(
        name="endoscopy-sedation-is-g0500",
        effect=Effect.CONSIDER,
        codes=code_set("99152"),
        since=date(2017, 1, 1),
        sentence="Medicare accepts G0500, not 99152, for your own sedation in a gastrointestinal endoscopy.",
        fix="Bill G0500 instead.",
        citation="81 FR 80170 (CY 2017 final rule); MLN MM10075",
        matches=_with_endoscopy,
        looks_at_other_lines=True,
    ),
    Rule(
        name="ct-colonography-free",
        effect=Effect.AMOUNT,
        codes=code_set("74263"),
        since=FREE_SINCE["74263"],
        sentence="The patient owes nothing for a screening CT colonography.",
        fix="Bill 74263 as a screening, without PT.",
        citation="42 CFR 410.37 and 410.152(l); 89 FR 97710 (CY 2025 final rule)",
        matches=always,
    ),
    _pt_share(2011, 2022, "20 % coinsurance"),
    _pt_share(2023, 2026, "15 % coinsurance"),
    _pt_share(2027, 2029, "10 % coinsurance"),
    _pt_share(2030, None, "no coinsurance"),
)
