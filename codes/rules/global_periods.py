"""Visits and procedures around an operation: its day, and its global period as the user states it.

Claims Processing Manual, ch. 12, §40.1 to §40.4. A visit on the day of a procedure without its modifier is denied by
`codes.ncci.same_day`; here stands what each modifier asserts.
"""

from datetime import date

from codes.pricing.code_sets import code_set
from codes.rules.tests_of_lines import carries, take_off
from codes.rules.types import Claim, ClaimLine, Effect, Match, Rule, Test, add_modifier
from codes.rules.visits import CRITICAL_CARE, VISITS

CHAPTER = "Claims Processing Manual, ch. 12"
MINOR = frozenset({"000", "010"})
MAJOR = frozenset({"090"})
PROCEDURES = MINOR | MAJOR
WITHIN_GLOBAL_PERIOD = frozenset({"58", "78", "79"})
OUTSIDE_OPERATING_ROOMS = frozenset({"11", "12", "20", "31", "32"})

# Surgery, imaging and laboratory tests, of which none is a visit.
NEVER_A_VISIT = code_set("10004-69990 70010-77421 77431-77799 78012-79999 80047-89398")


def _in_global_period_without(*modifiers: str) -> Test:
    """A visit in the stated global period with none of these modifiers; the fix adds the first."""

    def test(line: ClaimLine, claim: Claim) -> Match | None:
        if not claim.facts.global_period_of or line.modifiers & set(modifiers):
            return None
        return Match(changes=(add_modifier(line, modifiers[0]),))

    return test


def _procedure_in_global_period(line: ClaimLine, claim: Claim) -> Match | None:
    unmarked = line.global_days in PROCEDURES and not line.modifiers & WITHIN_GLOBAL_PERIOD
    return Match() if claim.facts.global_period_of and unmarked else None


def _marked(modifier: str) -> Test:
    """A line that carries the modifier; nothing is to be changed."""

    def test(line: ClaimLine, claim: Claim) -> Match | None:
        return Match() if modifier in line.modifiers else None

    return test


def _return_outside_operating_room(line: ClaimLine, claim: Claim) -> Match | None:
    elsewhere = line.place_of_service in OUTSIDE_OPERATING_ROOMS
    return Match(changes=(take_off(line, "78"),)) if "78" in line.modifiers and elsewhere else None


def _marked_with(modifier: str, global_days: frozenset[str]) -> Test:
    """A visit with the modifier on the day of a procedure with these global days."""

    def test(line: ClaimLine, claim: Claim) -> Match | None:
        others = tuple(other for other in claim.others(line) if other.global_days in global_days)
        return Match(others=others) if modifier in line.modifiers and others else None

    return test


def _nothing_else_that_day(line: ClaimLine, claim: Claim) -> Match | None:
    alone = claim.facts.whole_day and not claim.others(line)
    return Match(changes=(take_off(line, "25"),)) if alone and "25" in line.modifiers else None


RULES = (
    Rule(
        name="visit-in-global-period",
        effect=Effect.NOT_PAID,
        codes=VISITS,
        sentence="A visit in your own global period is part of the surgery unless it is unrelated (24).",
        fix="Add 24 if another problem was treated; use 57 as well if you decided on new surgery.",
        citation=f"{CHAPTER}, §40.1 and §40.2",
        reasons=("CARC 97", "RARC N525"),
        liability="provider",
        modifiers=frozenset({"24", "57", "FT"}),
        matches=_in_global_period_without("24", "57", "FT"),
    ),
    Rule(
        name="critical-care-in-global-period",
        effect=Effect.NOT_PAID,
        codes=CRITICAL_CARE,
        since=date(2022, 1, 1),
        sentence="Critical care in your own global period is paid only with FT, unrelated to the surgery.",
        fix="Add FT if the critical care was unrelated to the surgery.",
        citation=f"{CHAPTER}, §30.6.12; 86 FR 64996 (CY 2022 final rule)",
        reasons=("CARC 97", "RARC N525"),
        liability="provider",
        modifiers=frozenset({"FT"}),
        matches=_in_global_period_without("FT"),
    ),
    Rule(
        name="procedure-in-global-period",
        effect=Effect.NOT_PAID,
        sentence="A procedure in your own global period is denied without 58, 78 or 79.",
        fix="Add 58 (staged or more extensive), 78 (return to the operating room) or 79 (unrelated).",
        citation=f"{CHAPTER}, §40.2 and §40.4",
        reasons=("CARC 97", "RARC N525"),
        liability="provider",
        modifiers=WITHIN_GLOBAL_PERIOD,
        matches=_procedure_in_global_period,
    ),
    Rule(
        name="unrelated-visit-24",
        effect=Effect.PAID_ONLY_WITH,
        codes=VISITS,
        sentence="24 asserts that the visit is unrelated to the surgery in whose global period it falls.",
        fix="Document the other problem; its diagnosis should differ from the surgery's.",
        citation=f"{CHAPTER}, §30.6.6 and §40.2",
        modifiers=frozenset({"24"}),
        matches=_marked("24"),
    ),
    Rule(
        name="separate-visit-25",
        effect=Effect.PAID_ONLY_WITH,
        codes=VISITS,
        sentence="25 asserts a significant visit beyond the usual work of the day's minor procedure.",
        fix="Document the separate work; the decision for a minor procedure is part of it.",
        citation=f"{CHAPTER}, §30.6.6 and §40.2; NCCI Policy Manual 2026, ch. I, §D",
        modifiers=frozenset({"25"}),
        matches=_marked_with("25", MINOR),
        looks_at_other_lines=True,
    ),
    Rule(
        name="decision-for-surgery-57",
        effect=Effect.PAID_ONLY_WITH,
        codes=VISITS,
        sentence="57 asserts that this visit led to the decision for major surgery that day or the next.",
        fix="Document the decision in the visit note.",
        citation=f"{CHAPTER}, §30.6.6 and §40.2",
        modifiers=frozenset({"57"}),
        matches=_marked_with("57", MAJOR),
        looks_at_other_lines=True,
    ),
    Rule(
        name="lone-visit-with-25",
        effect=Effect.CONSIDER,
        codes=VISITS,
        sentence="25 has no other service of the day to be separate from.",
        fix="Take 25 off, or add the service that it belongs to.",
        citation=f"{CHAPTER}, §30.6.6",
        modifiers=frozenset({"25"}),
        matches=_nothing_else_that_day,
        looks_at_other_lines=True,
    ),
    Rule(
        name="staged-procedure-58",
        effect=Effect.PAID_ONLY_WITH,
        sentence="58 asserts a planned or more extensive later procedure: full amount, new global period.",
        fix="Document the plan, or why more was needed; a complication is 78.",
        citation=f"{CHAPTER}, §40.2",
        modifiers=frozenset({"58"}),
        matches=_marked("58"),
    ),
    Rule(
        name="return-to-operating-room-78",
        effect=Effect.AMOUNT,
        sentence="78 pays only the intraoperative share, and no new global period begins.",
        fix="Use 78 only for an unplanned return to the operating room for a related problem.",
        citation=f"{CHAPTER}, §40.2 and §40.4",
        modifiers=frozenset({"78"}),
        matches=_marked("78"),
    ),
    Rule(
        name="return-outside-operating-room",
        effect=Effect.AT_RISK,
        sentence="78 needs an operating room; care of complications elsewhere is part of the global package.",
        fix="Take 78 off; don't bill care of complications outside an operating room.",
        citation=f"{CHAPTER}, §40.1 and §40.2",
        liability="provider",
        modifiers=frozenset({"78"}),
        matches=_return_outside_operating_room,
    ),
    Rule(
        name="unrelated-procedure-79",
        effect=Effect.PAID_ONLY_WITH,
        sentence="79 asserts a procedure unrelated to the earlier surgery: full amount, new global period.",
        fix="Document the other problem or site, with LT or RT where it applies.",
        citation=f"{CHAPTER}, §40.2",
        modifiers=frozenset({"79"}),
        matches=_marked("79"),
    ),
    Rule(
        name="visit-modifier-on-procedure",
        effect=Effect.NEEDS,
        sentence="24, 25 and 57 belong on visits, not on procedures: the line is returned.",
        fix="Take the modifier off; put it on the visit.",
        citation=f"{CHAPTER}, §30.6.6 and §40.2; NCCI Policy Manual 2026, ch. I, §E",
        reasons=("CARC 4", "RARC N519"),
        modifiers=frozenset({"24", "25", "57"}),
        codes=NEVER_A_VISIT,
        matches=carries("24", "25", "57"),
    ),
)
