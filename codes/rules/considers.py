"""Money that is often missed: what usually goes with a service and is not on the claim."""

from datetime import date

from codes.pricing.code_sets import CodeSet, code_set
from codes.rules.documented_time import CRITICAL_CARE_CITATION, CRITICAL_CARE_FROM
from codes.rules.types import Change, ChangeKind, Claim, ClaimLine, Effect, Fix, Match, Rule, Test


def _missing(codes: CodeSet, add: str, fix: str, places: frozenset[str]) -> Test:
    """Nothing of `codes` is on the claim; the fix adds one. `places` are where the rule looks, all if empty."""

    def test(line: ClaimLine, claim: Claim) -> Match | None:
        if claim.with_codes(codes, besides=line) or (places and line.place_of_service not in places):
            return None
        changes = (Change(ChangeKind.ADD_LINE, 0, add),) if add else ()
        return Match(fix=Fix(fix, changes))

    return test


def _critical_care_goes_on(line: ClaimLine, claim: Claim) -> Match | None:
    """Nothing where the biller states fewer minutes than 99292 takes."""
    minutes = claim.facts.minutes
    if minutes is not None and minutes < CRITICAL_CARE_FROM["99292"]:
        return None
    return _missing(
        code_set("99292"), "99292", "Add 99292 if the total time reaches 104 minutes.", frozenset()
    )(line, claim)


def _consider(
    name: str,
    codes: str,
    sentence: str,
    fix: str,
    citation: str,
    absent: str,
    add: str = "",
    *,
    since: date = date.min,
    until: date = date.max,
    places: frozenset[str] = frozenset(),
    on_code_page_only: bool = False,
) -> Rule:
    return Rule(
        name=f"consider-{name}",
        effect=Effect.CONSIDER,
        codes=code_set(codes),
        since=since,
        until=until,
        sentence=sentence,
        fix=fix,
        citation=citation,
        matches=_missing(code_set(absent), add, fix, places),
        looks_at_other_lines=True,
        on_code_page_only=on_code_page_only,
    )


OFFICE = frozenset({"11"})
# Services that include giving a drug, or are the way of giving it.
GIVES_DRUGS = (
    "96360-96379 96401-96549 G0012 11900 11901 11980-11983 20526-20611 27096 31573 46505 51700 51720 52287 54200 54235 "
    "62270-62327 64400-64530 64600-64681 66030 67028 67500-67515 68200"
)


RULES = (
    _consider(
        "injection-administration",
        "J0120-J3592",
        "A drug you injected has its own administration code, such as 96372.",
        "Add 96372 if you gave it as an injection under the skin or into a muscle.",
        "Claims Processing Manual, ch. 12, §30.5",
        GIVES_DRUGS,
        "96372",
        places=OFFICE,
    ),
    _consider(
        "injected-drug",
        "96372",
        "The injected drug is a separate line if your practice bought it.",
        "Add the drug's J code with its units and JW or JZ.",
        "Claims Processing Manual, ch. 17, §10",
        "J0120-J3592 J7318-J7332 J9000-J9999 Q5101-Q5199 90281-90399 90476-90759",
        places=OFFICE,
    ),
    _consider(
        "advance-care-planning",
        "G0438 G0439",
        "Advance care planning of 16 minutes or more is 99497 with 33: the patient owes nothing.",
        "Add 99497-33 if you talked about advance directives for at least 16 minutes.",
        "Claims Processing Manual, ch. 18, §140.8",
        "99497",
        "99497-33",
        since=date(2016, 1, 1),
    ),
    _consider(
        "depression-screening",
        "G0439",
        "A depression screening at a later wellness visit is G0444, free for the patient.",
        "Add G0444 if a standard instrument was used, up to 15 minutes.",
        "NCD 210.9",
        "G0444",
        "G0444",
        since=date(2011, 10, 14),
    ),
    _consider(
        "chronic-care-more-time",
        "99490",
        "Each further 20 minutes of chronic care management in the month is 99439, up to two.",
        "Add 99439 if the month's time reaches 40 minutes.",
        "MLN909188, Chronic Care Management Services",
        "99439",
        "99439",
        since=date(2021, 1, 1),
    ),
    _consider(
        "remote-monitoring-more-time",
        "99457",
        "Each further 20 minutes of remote monitoring treatment in the month is 99458.",
        "Add 99458 if the month's time reaches 40 minutes.",
        "84 FR 62568 (CY 2020 final rule)",
        "99458",
        "99458",
        since=date(2020, 1, 1),
    ),
    Rule(
        name="consider-critical-care-more-time",
        effect=Effect.CONSIDER,
        codes=code_set("99291"),
        since=date(2023, 1, 1),
        sentence="Each further 30 minutes of critical care is 99292, from 104 minutes on for Medicare.",
        fix="Add 99292 if the total time reaches 104 minutes.",
        citation=CRITICAL_CARE_CITATION,
        matches=_critical_care_goes_on,
        looks_at_other_lines=True,
    ),
    _consider(
        "social-risk-assessment",
        "G0438 G0439",
        "A social risk assessment at a wellness visit is G0136 with 33: the patient owes nothing.",
        "Add G0136-33 if a standard instrument was used.",
        "Benefit Policy Manual, ch. 15, §280.5.2; 88 FR 78818 (CY 2024 final rule)",
        "G0136",
        "G0136-33",
        since=date(2024, 1, 1),
        until=date(2025, 12, 31),
    ),
    _consider(
        "activity-and-nutrition-assessment",
        "G0438 G0439",
        "Assessing physical activity and nutrition at a wellness visit is G0136 with 33: the patient owes nothing.",
        "Add G0136-33 if a standard instrument was used.",
        "90 FR 49266 (CY 2026 final rule)",
        "G0136",
        "G0136-33",
        since=date(2026, 1, 1),
    ),
    _consider(
        "alcohol-screening",
        "G0439",
        "Yearly alcohol screening of 5 to 15 minutes is G0442, free for the patient.",
        "Add G0442 if a standard instrument was used.",
        "NCD 210.8",
        "G0442",
        "G0442",
        since=date(2011, 10, 14),
    ),
    _consider(
        "tobacco-counseling",
        "99202-99205 99212-99215",
        "Tobacco counseling of more than 3 minutes is 99406, more than 10 minutes 99407, free for the patient.",
        "Add 99406 if the minutes are documented and aren't counted in the visit; the visit takes 25.",
        "NCD 210.4.1; Claims Processing Manual, ch. 18, §150",
        "99406 99407",
        "99406",
        on_code_page_only=True,
    ),
    _consider(
        "sedation-time",
        "G0500 99152",
        "In the office each further 15 minutes of your own sedation is 99153, from 23 minutes on.",
        "Add 99153 if the documented time reaches 23 minutes.",
        "Claims Processing Manual, ch. 12, §50; 81 FR 80170 (CY 2017 final rule)",
        "99153",
        "99153",
        since=date(2017, 1, 1),
        places=OFFICE,
    ),
)
