"""Modifiers that assert a fact on which payment depends, or that are there for information only.

NCCI Policy Manual 2026, ch. I, §E (59, XE, XP, XS, XU, 22); Claims Processing Manual, ch. 1, §30.2 (Q5, Q6), ch. 11,
§40 (GV, GW), ch. 12, §40 (surgery), §50 (anesthesia).
"""

from datetime import date
from typing import NamedTuple

from codes.pricing.code_sets import CodeSet, code_set
from codes.rules.tests_of_lines import carries, has
from codes.rules.types import Claim, ClaimLine, Effect, Match, Rule, Test
from codes.rules.visits import VISITS

CHAPTER_12 = "Claims Processing Manual, ch. 12"
ANESTHESIA = code_set("00100-01999")
NEVER_59 = VISITS | code_set("77427")


class Assertion(NamedTuple):
    """Modifiers and what they assert, do or leave alone."""

    name: str
    modifiers: str
    sentence: str
    fix: str
    citation: str
    effect: Effect = Effect.PAID_ONLY_WITH
    codes: CodeSet | None = None
    since: date = date.min


ASSERTIONS = (
    Assertion(
        "distinct-service",
        "59 XE XP XS XU",
        "59 and XE, XP, XS, XU assert another encounter, practitioner, site or lesion, or no overlap.",
        "Document what was separate; use XE, XP, XS or XU where one fits better than 59.",
        "NCCI Policy Manual 2026, ch. I, §E",
    ),
    Assertion(
        "repeated-procedure",
        "76 77",
        "76 (same) and 77 (other physician) assert that the procedure had to be repeated that day.",
        "Document why it was repeated; they don't bypass an edit.",
        "NCCI Policy Manual 2026, ch. I, §E",
    ),
    Assertion(
        "increased-work",
        "22",
        "22 raises nothing by itself: the MAC decides from the operative note how much more it pays.",
        "Send the operative note and say what took more work, and how much.",
        f"{CHAPTER_12}, §20.4.6 and §40.4; NCCI Policy Manual 2026, ch. I, §E",
        codes=code_set("10004-69990"),
    ),
    Assertion(
        "split-surgical-care",
        "54 55",
        "54 (surgery) and 55 (care afterwards) need a written transfer of care between the two practices.",
        "Keep the transfer in both records and put its dates on the claim.",
        f"{CHAPTER_12}, §40.2 and §40.4",
        codes=code_set("10004-69990"),
    ),
    Assertion(
        "substitute-physician",
        "Q5 Q6",
        "Q5 and Q6 (substitute physician) cover at most 60 continuous days of absence.",
        "Keep a record of the substitute's services and NPI.",
        "Claims Processing Manual, ch. 1, §30.2.10 and §30.2.11",
    ),
    Assertion(
        "hospice-attending",
        "GV",
        "GV asserts that you are the hospice patient's attending and not employed or paid by the hospice.",
        "Bill through the hospice if it employs or pays you.",
        "Claims Processing Manual, ch. 11, §40.1.3",
    ),
    Assertion(
        "hospice-unrelated",
        "GW",
        "GW asserts that the service has nothing to do with the hospice patient's terminal condition.",
        "Document the unrelated problem and bill its diagnosis.",
        "Claims Processing Manual, ch. 11, §50",
    ),
    Assertion(
        "anesthesia-medical-direction",
        "QK QX QY",
        "QK, QX and QY (medical direction) pay each of the two anesthesia practitioners half.",
        "Document the seven steps of medical direction.",
        f"{CHAPTER_12}, §50.C; 42 CFR 415.110",
        Effect.AMOUNT,
        ANESTHESIA,
    ),
    Assertion(
        "anesthesia-supervision",
        "AD",
        "AD (more than four concurrent procedures) pays three base units, and one more if present at induction.",
        "Document the presence at induction.",
        f"{CHAPTER_12}, §50.D; 42 CFR 414.46",
        Effect.AMOUNT,
        ANESTHESIA,
    ),
    Assertion(
        "physical-status",
        "P1 P2 P3 P4 P5 P6",
        "P1-P6 (physical status) is for information: Medicare pays no units for it.",
        "Keep it for other payers.",
        f"{CHAPTER_12}, §50",
        Effect.CONSIDER,
        ANESTHESIA,
    ),
    Assertion(
        "film-x-ray",
        "FX",
        "FX (film X-ray) cuts the technical component by 20 %.",
        "Use FX only for film; the professional component isn't cut.",
        "Social Security Act §1848(b)(9)(A)",
        Effect.AMOUNT,
        since=date(2017, 1, 1),
    ),
    Assertion(
        "computed-radiography",
        "FY",
        "FY (computed radiography) cuts the technical component by 10 %, by 7 % before 2023.",
        "Use FY only for cassette-based images; the professional component isn't cut.",
        "Social Security Act §1848(b)(9)(B)",
        Effect.AMOUNT,
        since=date(2018, 1, 1),
    ),
    Assertion(
        "scanner-below-standard",
        "CT",
        "CT (scanner below the NEMA XR-29 standard) cuts the technical component by 15 %, by 5 % in 2016.",
        "Take CT off if the scanner meets the standard.",
        "Social Security Act §1834(p)",
        Effect.AMOUNT,
        since=date(2016, 1, 1),
    ),
)


def _asserts(modifiers: frozenset[str]) -> Test:
    """A line with any of the modifiers; 59 asserts nothing where it never belongs."""
    asserted, asserted_beside_59 = has(*modifiers), has(*(modifiers - {"59"}))

    def test(line: ClaimLine, claim: Claim) -> Match | None:
        return (asserted_beside_59 if line.code in NEVER_59 else asserted)(line, claim)

    return test


def _rule(assertion: Assertion) -> Rule:
    modifiers = frozenset(assertion.modifiers.split())
    return Rule(
        name=assertion.name,
        effect=assertion.effect,
        codes=assertion.codes,
        since=assertion.since,
        sentence=assertion.sentence,
        fix=assertion.fix,
        citation=assertion.citation,
        modifiers=modifiers,
        matches=_asserts(modifiers),
    )


RULES = (
    *(_rule(assertion) for assertion in ASSERTIONS),
    Rule(
        name="59-on-visit",
        effect=Effect.AT_RISK,
        codes=NEVER_59,
        sentence="59 never belongs on a visit or on 77427.",
        fix="Take 59 off; a visit that was significant and separate carries 25.",
        citation="NCCI Policy Manual 2026, ch. I, §E",
        modifiers=frozenset({"59"}),
        matches=carries("59"),
    ),
)
