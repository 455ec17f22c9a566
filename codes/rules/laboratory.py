"""Laboratory tests in an office: the CLIA certificate, waived tests, repeated and referred tests, the blood draw.

Claims Processing Manual, ch. 16, §40.1 (referred tests), §60.1 (specimen collection), §70 (CLIA), §100.5.1 (repeats).
"""

from codes.pricing.code_sets import code_set
from codes.rules.tests_of_lines import take_off
from codes.rules.types import Change, ChangeKind, Claim, ClaimLine, Effect, Match, Rule, add_modifier

CHAPTER = "Claims Processing Manual, ch. 16"
CLINICAL_TESTS = code_set("80047-87999")
TESTS = code_set("80047-87999 88104-89398 G0103 G0328 G0432 G0433 G0435 G0472 G0475 G0476 G0499")
OFFICE = "11"
# Waived tests whose code alone says so: they are billed without QW.
WAIVED_WITHOUT_QW = code_set("81002 81025 82270 82272 82962 83026 84830 85013 85651")
REPEATED = frozenset({"59", "76", "77", "91", "XE", "XP", "XS", "XU"})
DRAWS = code_set("36415 36416 36591 36592")
BLOOD_TESTS = code_set(
    "80047-80061 80069 80074 80076 82040 82607 82728 82746 83036 83540 84153 84439 84443 85025 85027 85610"
)


def _waived_without_qw(line: ClaimLine, claim: Claim) -> Match | None:
    waived = claim.waived_tests is not None and line.code in claim.waived_tests
    if not waived or line.place_of_service != OFFICE or line.modifiers & {"QW", "90", "26"}:
        return None
    return Match(changes=(add_modifier(line, "QW"),))


def _qw_not_waived(line: ClaimLine, claim: Claim) -> Match | None:
    if "QW" not in line.modifiers or claim.waived_tests is None or line.code in claim.waived_tests:
        return None
    return Match(changes=(take_off(line, "QW"),)) if line.code not in WAIVED_WITHOUT_QW else None


def _qw_not_needed(line: ClaimLine, claim: Claim) -> Match | None:
    return Match(changes=(take_off(line, "QW"),)) if "QW" in line.modifiers else None


def _without_certificate(line: ClaimLine, claim: Claim) -> Match | None:
    return Match() if claim.facts.clia_number is False and "26" not in line.modifiers else None


def _repeated(line: ClaimLine, claim: Claim) -> Match | None:
    """A second line of one test that nothing marks as a repeat; of two equal lines the later on the claim."""
    if line.modifiers & REPEATED:
        return None
    others = tuple(
        other
        for other in claim.others(line)
        if other.code == line.code and other.modifiers == line.modifiers and other.number < line.number
    )
    return Match(others=others, changes=(add_modifier(line, "91"),)) if others else None


def _referred(line: ClaimLine, claim: Claim) -> Match | None:
    return Match() if "90" in line.modifiers and line.place_of_service == OFFICE else None


def _without_draw(line: ClaimLine, claim: Claim) -> Match | None:
    if line.place_of_service != OFFICE or line.modifiers & {"90", "26", "QW"} or claim.with_codes(DRAWS):
        return None
    return Match(changes=(Change(ChangeKind.ADD_LINE, 0, "36415"),))


RULES = (
    Rule(
        name="laboratory-needs-clia-number",
        effect=Effect.NEEDS,
        codes=TESTS,
        sentence="A laboratory test needs your CLIA number on the claim: without it the claim is returned.",
        fix="Enter the CLIA number (CMS-1500, item 23; 837P, REF with X4).",
        citation=f"{CHAPTER}, §70.2",
        reasons=("CARC 16", "RARC MA120"),
        matches=_without_certificate,
    ),
    Rule(
        name="qw-on-test-not-waived",
        effect=Effect.NEEDS,
        codes=TESTS,
        sentence="CMS doesn't list this test as CLIA-waived: QW doesn't apply.",
        fix="Take QW off; the test needs a certificate above a waiver.",
        citation=f"{CHAPTER}, §70.8",
        reasons=("CARC 4", "RARC N519"),
        modifiers=frozenset({"QW"}),
        matches=_qw_not_waived,
    ),
    Rule(
        name="repeated-test-needs-91",
        effect=Effect.NOT_PAID,
        codes=CLINICAL_TESTS,
        sentence="The same test twice a day is denied as a duplicate without 91 (repeated for a later result).",
        fix="Add 91 if a later result was needed; 59 for another specimen; nothing for a rerun.",
        citation=f"{CHAPTER}, §100.5.1; NCCI Policy Manual 2026, ch. X",
        reasons=("CARC 18",),
        liability="provider",
        modifiers=frozenset({"59", "91"}),
        matches=_repeated,
        looks_at_other_lines=True,
    ),
    Rule(
        name="referred-test-in-office",
        effect=Effect.NOT_PAID,
        codes=TESTS,
        sentence="Only an independent laboratory may bill a test that it referred out (90); a physician may not.",
        fix="Drop the line: the laboratory that performed the test bills Medicare.",
        citation=f"Social Security Act §1833(h)(5)(A); {CHAPTER}, §40.1",
        liability="provider",
        modifiers=frozenset({"90"}),
        matches=_referred,
    ),
    Rule(
        name="waived-test-qw",
        effect=Effect.PAID_ONLY_WITH,
        codes=TESTS,
        sentence="With a CLIA certificate of waiver this test is paid only with QW.",
        fix="Add QW if your certificate is a waiver and the kit is on CMS's list.",
        citation=f"{CHAPTER}, §70.8; clinical laboratory fee schedule (QW rows)",
        reasons=("CARC B7",),
        modifiers=frozenset({"QW"}),
        matches=_waived_without_qw,
    ),
    Rule(
        name="qw-not-needed",
        effect=Effect.CONSIDER,
        codes=WAIVED_WITHOUT_QW,
        sentence="This test is waived by its code alone: it needs no QW.",
        fix="Take QW off.",
        citation=f"{CHAPTER}, §70.8",
        modifiers=frozenset({"QW"}),
        matches=_qw_not_needed,
    ),
    Rule(
        name="consider-blood-draw",
        effect=Effect.CONSIDER,
        codes=BLOOD_TESTS,
        sentence="The blood draw is 36415 if your staff drew the sample from a vein.",
        fix="Add 36415, once for the encounter.",
        citation=f"{CHAPTER}, §60.1",
        matches=_without_draw,
        looks_at_other_lines=True,
    ),
)
