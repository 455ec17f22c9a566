"""Part B preventive services: who may have them and how often.

Claims Processing Manual, ch. 18; 42 CFR 410.15 to 410.64; national coverage determinations where named. The list
without cost sharing itself is `codes.pricing.preventive`.
"""

from datetime import date

from codes.pricing.code_sets import CodeSet, code_set
from codes.pricing.preventive import FREE_OF_COST_SHARING
from codes.rules.tests_of_lines import always, without
from codes.rules.types import Change, ChangeKind, Claim, ClaimLine, Effect, Match, Rule, Test

WELLNESS_VISITS = code_set("G0402 G0438 G0439")
VACCINE_ADMINISTRATION = code_set("G0008 G0009 G0010 90460 90471-90474 90480 M0201")
# Preventive services by law, with or without cost sharing (the second line is not free).
PREVENTIVE_SERVICES = CodeSet(FREE_OF_COST_SHARING) | code_set("74263 G0102 G0108 G0109 G0117 G0118")
CHAPTER = "Claims Processing Manual, ch. 18"
CY2025 = "89 FR 97710 (CY 2025 final rule)"
# The age from which colorectal screening is covered became 45.
AGE_45 = date(2023, 1, 1)
AGE_45_CITATION = "Benefit Policy Manual, ch. 15, §280.2.2; 42 CFR 410.37; 87 FR 69404 (CY 2023 final rule)"


def _covered(
    name: str,
    codes: str,
    condition: str,
    citation: str,
    since: date = date.min,
    *,
    until: date = date.max,
    matches: Test = always,
) -> Rule:
    """A service that Medicare pays only under this condition."""
    return Rule(
        name=f"preventive-{name}",
        effect=Effect.PAID_ONLY_WITH,
        codes=code_set(codes),
        since=since,
        until=until,
        sentence=f"Covered {condition}.",
        fix="Check eligibility before the visit; if it's too soon, the patient owes it only with a signed ABN (GA).",
        citation=citation,
        reasons=("CARC 119",),
        matches=matches,
    )


def _as_screening(line: ClaimLine, claim: Claim) -> Match | None:
    """A test that is more often diagnostic: only where the line itself says that it is a screening."""
    return Match() if line.modifiers & {"33", "TS"} else None


def _injects_prevention(line: ClaimLine, claim: Claim) -> Match | None:
    drugs = claim.with_codes(code_set("J0738 J0739"))
    if not drugs or claim.with_codes(code_set("J0120-J3592 J9000-J9999"), line) != drugs:
        return None
    return Match(others=drugs, changes=(Change(ChangeKind.REPLACE_CODE, line.number, "G0012"),))


RULES = (
    _covered(
        "welcome-visit",
        "G0402",
        "once, within 12 months of the start of Part B",
        f"{CHAPTER}, §80; 42 CFR 410.16",
    ),
    _covered(
        "welcome-visit-ecg",
        "G0403-G0405",
        "once, on referral from the welcome visit (G0402); deductible and coinsurance apply",
        f"{CHAPTER}, §80; 42 CFR 410.16",
        date(2009, 1, 1),
    ),
    _covered(
        "first-wellness-visit",
        "G0438",
        "once in a lifetime, after the first 12 months of Part B",
        f"{CHAPTER}, §140; 42 CFR 410.15",
        date(2011, 1, 1),
    ),
    _covered(
        "later-wellness-visit",
        "G0439",
        "once every 12 months: 11 full months after the last wellness visit",
        f"{CHAPTER}, §140; 42 CFR 410.15",
        date(2011, 1, 1),
    ),
    Rule(
        name="preventive-prolonged",
        effect=Effect.NOT_PAID,
        codes=code_set("G0513 G0514"),
        since=date(2018, 1, 1),
        sentence="G0513 and G0514 are paid only with a covered preventive service that day.",
        fix="Bill the preventive service that was prolonged on the same claim.",
        citation="82 FR 52976 (CY 2018 final rule); Claims Processing Manual, ch. 18, §1.2",
        reasons=("CARC 107", "RARC N122"),
        liability="provider",
        matches=without(CodeSet(FREE_OF_COST_SHARING - {"G0513", "G0514"})),
        looks_at_other_lines=True,
    ),
    _covered(
        "screening-mammogram",
        "77067",
        "once every 12 months from age 40; once at 35-39",
        f"{CHAPTER}, §20; 42 CFR 410.34",
    ),
    _covered(
        "screening-colonoscopy",
        "G0121",
        "once every 120 months, or 48 months after a screening sigmoidoscopy",
        f"{CHAPTER}, §60; Benefit Policy Manual, ch. 15, §280.2.2; 42 CFR 410.37",
    ),
    _covered(
        "screening-colonoscopy-high-risk",
        "G0105",
        "once every 24 months at high risk",
        f"{CHAPTER}, §60; Benefit Policy Manual, ch. 15, §280.2.2; 42 CFR 410.37",
    ),
    _covered(
        "screening-sigmoidoscopy",
        "G0104",
        "once every 48 months from age 45, or 120 months after a screening colonoscopy",
        AGE_45_CITATION,
        AGE_45,
    ),
    _covered(
        "ct-colonography",
        "74263",
        "from age 45 once every 60 months, at high risk every 24",
        f"42 CFR 410.37; {CY2025}",
        date(2025, 1, 1),
    ),
    _covered("blood-stool-test", "82270 G0328", "once every 12 months from age 45", AGE_45_CITATION, AGE_45),
    _covered(
        "stool-dna-test",
        "81528",
        "once every 3 years at ages 45-85, without symptoms and at average risk",
        "NCD 210.3; 87 FR 69404 (CY 2023 final rule)",
        AGE_45,
    ),
    _covered(
        "blood-biomarker-test",
        "G0327",
        "once every 3 years at ages 45-85, without symptoms and at average risk",
        "NCD 210.3; 87 FR 69404 (CY 2023 final rule)",
        AGE_45,
    ),
    _covered(
        "lung-cancer-scan",
        "71271",
        "once every 12 months at ages 50-77 with 20 pack-years, without symptoms",
        "NCD 210.14",
        date(2022, 2, 10),
    ),
    _covered(
        "lung-cancer-counseling",
        "G0296",
        "before the first lung cancer screening CT",
        "NCD 210.14",
        date(2015, 2, 5),
    ),
    _covered(
        "aneurysm-ultrasound",
        "76706",
        "once in a lifetime for patients at risk, on referral",
        "42 CFR 410.19",
        date(2017, 1, 1),
    ),
    _covered(
        "bone-mass",
        "76977 77078 77080 77081 77085 G0130",
        "once every 24 months, sooner if medically necessary",
        "42 CFR 410.31; Benefit Policy Manual, ch. 15, §80.5",
    ),
    _covered(
        "pelvic-exam-and-pap",
        "G0101 Q0091",
        "once every 24 months; every 12 at high risk",
        f"{CHAPTER}, §30 and §40; 42 CFR 410.56",
    ),
    _covered(
        "cervical-hpv",
        "G0476",
        "once every 5 years at ages 30-65 with a Pap test",
        "NCD 210.2.1",
        date(2015, 7, 9),
    ),
    _covered(
        "prostate-exam", "G0102 G0103", "once every 12 months from age 50", f"{CHAPTER}, §50; 42 CFR 410.39"
    ),
    _covered(
        "glaucoma",
        "G0117 G0118",
        "once every 12 months for patients at high risk",
        f"{CHAPTER}, §70; 42 CFR 410.23",
    ),
    _covered(
        "depression",
        "G0444",
        "once every 12 months, not with the welcome or the first wellness visit",
        "NCD 210.9",
        date(2011, 10, 14),
    ),
    _covered(
        "alcohol-screening", "G0442", "once every 12 months in primary care", "NCD 210.8", date(2011, 10, 14)
    ),
    _covered(
        "alcohol-counseling",
        "G0443",
        "up to four times in 12 months after a positive screen",
        "NCD 210.8",
        date(2011, 10, 14),
    ),
    _covered(
        "infection-counseling",
        "G0445",
        "twice every 12 months for patients at increased risk",
        "NCD 210.10",
        date(2011, 11, 8),
    ),
    _covered(
        "heart-disease-counseling",
        "G0446",
        "once every 12 months in primary care",
        "NCD 210.11",
        date(2011, 11, 8),
    ),
    _covered(
        "heart-disease-risk-assessment",
        "G0537",
        "once every 12 months, with a visit, for patients at risk without a heart disease diagnosis",
        CY2025,
        date(2025, 1, 1),
    ),
    _covered(
        "obesity-counseling",
        "G0447 G0473",
        "up to 22 times in 12 months with a BMI of 30 or more",
        "NCD 210.12",
        date(2011, 11, 29),
    ),
    _covered("tobacco-counseling", "99406 99407", "up to eight sessions in 12 months", "NCD 210.4.1"),
    _covered(
        "nutrition-therapy",
        "97802-97804 G0270 G0271",
        "3 hours in the first year and 2 in later years, for diabetes or kidney disease",
        "42 CFR 410.132",
    ),
    _covered(
        "diabetes-training",
        "G0108 G0109",
        "10 hours in the first 12 months and 2 in later years",
        "42 CFR 410.141",
    ),
    _covered(
        "diabetes-screening",
        "82947 82950 82951 83036",
        "as a screening twice in 12 months for patients at risk, with Z13.1",
        f"42 CFR 410.18; {CHAPTER}, §90; MLN MM13487",
        date(2024, 1, 1),
        matches=_as_screening,
    ),
    _covered(
        "cholesterol-screening",
        "80061 82465 83718 84478",
        "as a screening once every 5 years, with Z13.6",
        f"42 CFR 410.17; {CHAPTER}, §100",
        matches=_as_screening,
    ),
    _covered(
        "hepatitis-b-screening",
        "G0499",
        "for patients at high risk, every 12 months while the risk lasts",
        "NCD 210.6",
        date(2016, 9, 28),
    ),
    _covered(
        "hepatitis-c",
        "G0472",
        "once for those born 1945-1965 or at high risk, then yearly for continued drug injection",
        "NCD 210.13",
        date(2014, 6, 2),
    ),
    _covered(
        "hiv-screening",
        "G0432 G0433 G0435 G0475",
        "once every 12 months; three times in pregnancy; from Sep 30, 2024 eight times with PrEP",
        "NCD 210.7 and 210.15",
    ),
    _covered(
        "hiv-prevention",
        "G0011 G0013",
        "up to eight counseling visits in 12 months for patients at increased risk of HIV",
        "NCD 210.15",
        date(2024, 9, 30),
    ),
    Rule(
        name="hiv-prevention-injection-is-g0012",
        effect=Effect.NOT_PAID,
        codes=code_set("96372"),
        since=date(2024, 9, 30),
        sentence="Injecting a PrEP drug (J0738, J0739) is G0012, not 96372; the patient owes nothing.",
        fix="Bill G0012 instead.",
        citation="NCD 210.15; CMS, PrEP for HIV & Related Preventive Services",
        liability="provider",
        matches=_injects_prevention,
        looks_at_other_lines=True,
    ),
    _covered(
        "social-risk",
        "G0136",
        "once every 6 months with a visit; with 33, as often as the annual wellness visit",
        "Benefit Policy Manual, ch. 15, §280.5.2; 88 FR 78818 (CY 2024 final rule)",
        date(2024, 1, 1),
        until=date(2025, 12, 31),
    ),
    _covered(
        "activity-and-nutrition",
        "G0136",
        "once every 6 months with a visit, for physical activity and nutrition",
        "90 FR 49266 (CY 2026 final rule)",
        date(2026, 1, 1),
    ),
    Rule(
        name="preventive-barium-enema-ended",
        effect=Effect.NOT_PAID,
        codes=code_set("G0106 G0120"),
        since=date(2025, 1, 1),
        sentence="Medicare no longer covers a barium enema as a colorectal screening.",
        fix="Bill a covered screening instead.",
        citation=f"42 CFR 410.37; {CY2025}",
        reasons=("CARC 96",),
        liability="patient",
        matches=always,
    ),
    Rule(
        name="g0122-not-covered",
        effect=Effect.NOT_PAID,
        codes=code_set("G0122"),
        sentence="Medicare never covers G0122, the barium enema outside the covered screenings.",
        fix="Bill a covered screening instead.",
        citation=f"{CHAPTER}, §60.6",
        reasons=("CARC 49",),
        liability="patient",
        matches=always,
    ),
)
