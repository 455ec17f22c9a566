"""CPT codes that Medicare does not take (status I), and what it takes in their place.

Physician fee schedule, status I; Claims Processing Manual, ch. 12, §30.6.10 (consultations).
"""

from datetime import date

from codes.pricing.code_sets import code_set
from codes.rules.tests_of_lines import always, replaced_by
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

STATUS_I = "Physician fee schedule, status I"
OFFICE_VISITS = ("99202", "99203", "99204", "99205", "99212", "99213", "99214", "99215")
BY_VIDEO = dict(zip((str(code) for code in range(98000, 98008)), OFFICE_VISITS, strict=True))
BY_TELEPHONE = dict(zip((str(code) for code in range(98008, 98016)), OFFICE_VISITS, strict=True))


def _telemedicine(line: ClaimLine, claim: Claim) -> Match:
    """The office visit of the same level, with 93 for audio only."""
    code = (BY_VIDEO | BY_TELEPHONE)[line.code]
    audio = line.code in BY_TELEPHONE
    words = (
        f"Bill {code}-93 with place of service 02 or 10."
        if audio
        else f"Bill {code} with place of service 02 or 10."
    )
    changes = (
        Change(ChangeKind.REPLACE_CODE, line.number, code),
        *((add_modifier(line, "93"),) if audio else ()),
    )
    return Match(fix=Fix(words, changes))


def _not_taken(
    name: str, codes: str, since: date, sentence: str, fix: str, citation: str, matches: Test
) -> Rule:
    return Rule(
        name=name,
        effect=Effect.NOT_PAID,
        codes=code_set(codes),
        since=since,
        sentence=sentence,
        fix=fix,
        citation=citation,
        reasons=("CARC 96", "RARC N56"),
        liability="provider",
        matches=matches,
    )


RULES = (
    _not_taken(
        "consultation-codes",
        "99241-99245 99251-99255",
        date(2010, 1, 1),
        "Medicare doesn't accept consultation codes; bill the visit code for the place and the work.",
        "Bill 99202-99215 in the office or outpatient clinic, 99221-99223 or 99231-99233 for inpatients.",
        f"Claims Processing Manual, ch. 12, §30.6.10; {STATUS_I}",
        always,
    ),
    _not_taken(
        "telemedicine-codes",
        "98000-98015",
        date(2025, 1, 1),
        "Medicare doesn't accept 98000-98015; it pays the office visit code with place of service 02 or 10.",
        "Bill 99202-99215 with place of service 02 or 10, and 93 for audio only.",
        f"89 FR 97710 (CY 2025 final rule); {STATUS_I}",
        _telemedicine,
    ),
    _not_taken(
        "electrical-stimulation-97014",
        "97014",
        date(2003, 1, 1),
        "Medicare accepts G0283, not 97014, for unattended electrical stimulation.",
        "Bill G0283 instead, one unit a day.",
        STATUS_I,
        replaced_by("G0283"),
    ),
    _not_taken(
        "diagnostic-tomosynthesis",
        "77061 77062",
        date(2015, 1, 1),
        "Medicare accepts G0279, not 77061 or 77062, with a diagnostic mammogram (77065, 77066).",
        "Bill G0279 instead.",
        f"{STATUS_I}; 79 FR 67548 (CY 2015 final rule)",
        replaced_by("G0279"),
    ),
    _not_taken(
        "definitive-drug-tests",
        "80320-80377",
        date(2016, 1, 1),
        "Medicare accepts G0480-G0483, by the number of drug classes, not 80320-80377.",
        "Bill one of G0480-G0483 or G0659 for the day.",
        f"{STATUS_I}; clinical laboratory fee schedule; NCCI Policy Manual 2026, ch. X, §E",
        always,
    ),
)
