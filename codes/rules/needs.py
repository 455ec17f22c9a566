"""What a line must say before Medicare takes it: anesthesia, therapy and drugs.

Claims Processing Manual, ch. 12, §50 (anesthesia); ch. 5, §20.1 (therapy); ch. 17, §40 (drugs).
"""

from datetime import date

from codes.pricing.code_sets import code_set
from codes.pricing.therapy import missing_plan
from codes.rules.tests_of_lines import lacks
from codes.rules.types import (
    Claim,
    ClaimLine,
    Effect,
    Fix,
    Match,
    Rule,
    add_modifier,
)

ANESTHESIA = code_set("00100-01999")
WHO_GAVE_ANESTHESIA = ("AA", "AD", "QK", "QX", "QY", "QZ")
DRUG_CITATION = "Claims Processing Manual, ch. 17, §40"
DISCIPLINES = {"CQ": "GP", "CO": "GO"}


def _therapy_plan(line: ClaimLine, claim: Claim) -> Match | None:
    if line.row is None or not (missing := missing_plan(line.row, line.modifiers)):
        return None
    wanted = {DISCIPLINES[assistant] for assistant in line.modifiers & DISCIPLINES.keys()} or {"GP"}
    changes = tuple(add_modifier(line, modifier) for modifier in sorted(wanted))
    return Match(
        sentence=missing, fix=Fix("Add GP, GO or GN, whichever plan of care the service is under.", changes)
    )


def _single_dose(line: ClaimLine, claim: Claim) -> Match | None:
    """A drug line without JW or JZ, unless another line of the drug says what was discarded."""
    if line.code not in (claim.single_dose_drugs or ()) or line.modifiers & {"JW", "JZ"}:
        return None
    if any(other.code == line.code and "JW" in other.modifiers for other in claim.others(line)):
        return None
    fix = Fix(
        "Add JZ if nothing was discarded; otherwise bill the waste on a separate line with JW.",
        (add_modifier(line, "JZ"),),
    )
    return Match(fix=fix)


def _both_jw_and_jz(line: ClaimLine, claim: Claim) -> Match | None:
    return Match() if {"JW", "JZ"} <= line.modifiers else None


def _only_waste(line: ClaimLine, claim: Claim) -> Match | None:
    doses = [other for other in claim.others(line) if other.code == line.code and "JW" not in other.modifiers]
    return None if doses or "JW" not in line.modifiers else Match()


def _beyond_threshold(line: ClaimLine, claim: Claim) -> Match | None:
    return Match() if "KX" in line.modifiers and line.modifiers & {"GP", "GO", "GN"} else None


def _by_assistant(line: ClaimLine, claim: Claim) -> Match | None:
    return Match() if line.modifiers & DISCIPLINES.keys() else None


RULES = (
    Rule(
        name="anesthesia-needs-who",
        effect=Effect.NEEDS,
        codes=ANESTHESIA,
        sentence="An anesthesia line must name who furnished or directed it: AA, AD, QK, QX, QY or QZ.",
        fix="Add AA if the anesthesiologist did it personally, or the modifier that fits.",
        citation="Claims Processing Manual, ch. 12, §50.K",
        reasons=("CARC 4", "RARC MA130"),
        modifiers=frozenset(WHO_GAVE_ANESTHESIA),
        matches=lacks(
            WHO_GAVE_ANESTHESIA,
            "Add AA if the anesthesiologist did it personally, or the modifier that fits.",
        ),
    ),
    Rule(
        name="therapy-needs-plan",
        effect=Effect.NEEDS,
        sentence="A therapy line must name the plan of care: GP, GO or GN.",
        fix="Add GP, GO or GN, whichever plan of care the service is under.",
        citation="Claims Processing Manual, ch. 5, §20.1",
        reasons=("CARC 4", "RARC MA130"),
        modifiers=frozenset({"GP", "GO", "GN", "CQ", "CO"}),
        matches=_therapy_plan,
    ),
    Rule(
        name="single-dose-drug-needs-jw-or-jz",
        effect=Effect.NEEDS,
        since=date(2023, 10, 1),
        sentence="A drug from a single-dose container needs JW (waste) or JZ (no waste).",
        fix="Add JZ if nothing was discarded; otherwise bill the waste on a separate line with JW.",
        citation=DRUG_CITATION,
        reasons=("CARC 16", "RARC MA130"),
        modifiers=frozenset({"JW", "JZ"}),
        matches=_single_dose,
    ),
    Rule(
        name="single-dose-drug-before-enforcement",
        effect=Effect.AT_RISK,
        since=date(2023, 7, 1),
        until=date(2023, 9, 30),
        sentence="A drug from a single-dose container should carry JW or JZ; without it the claim may be audited.",
        fix="Add JZ if nothing was discarded; otherwise bill the waste on a separate line with JW.",
        citation=DRUG_CITATION,
        modifiers=frozenset({"JW", "JZ"}),
        matches=_single_dose,
    ),
    Rule(
        name="jw-with-jz",
        effect=Effect.NEEDS,
        since=date(2023, 7, 1),
        sentence="JW and JZ contradict each other on one line.",
        fix="Bill the dose given on one line without them and the waste on another with JW.",
        citation=DRUG_CITATION,
        reasons=("CARC 4", "RARC N519"),
        modifiers=frozenset({"JW", "JZ"}),
        matches=_both_jw_and_jz,
    ),
    Rule(
        name="waste-without-dose",
        effect=Effect.AT_RISK,
        since=date(2017, 1, 1),
        sentence="Waste (JW) is paid only with a line for the dose that was given.",
        fix="Add the line for the dose given.",
        citation=DRUG_CITATION,
        modifiers=frozenset({"JW"}),
        matches=_only_waste,
        looks_at_other_lines=True,
    ),
    Rule(
        name="therapy-threshold-kx",
        effect=Effect.PAID_ONLY_WITH,
        since=date(2018, 1, 1),
        sentence="KX asserts that therapy above the year's threshold is medically necessary.",
        fix="Keep the justification in the record; take KX off below the threshold.",
        citation="Claims Processing Manual, ch. 5, §10.3; Social Security Act §1833(g)",
        modifiers=frozenset({"KX"}),
        matches=_beyond_threshold,
    ),
    Rule(
        name="therapy-assistant",
        effect=Effect.AMOUNT,
        since=date(2022, 1, 1),
        sentence="CQ or CO (therapy assistant): Medicare pays 85 % of its usual share.",
        fix="Keep CQ or CO if the assistant furnished more than a tenth of the service.",
        citation="42 CFR 410.59(a)(4) and 410.60(a)(4); Claims Processing Manual, ch. 5, §20.1",
        modifiers=frozenset({"CQ", "CO"}),
        matches=_by_assistant,
    ),
)
