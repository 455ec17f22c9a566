"""Assistants, co-surgeons and teams, and the components of a test, as the indicators of the fee schedule allow them.

Claims Processing Manual, ch. 12, §20.4.3 (assistants), §40.8 (co-surgeons and teams); ch. 23, Addendum (MPFSDB).
Indicators: 0 with documents of the need (assistant) or never (co-surgeon, team), 1 never (assistant) or with documents
(co-surgeon, team), 2 payable.
"""

from collections.abc import Callable

from codes.pricing.types import FeeScheduleRow
from codes.rules.tests_of_lines import leave_out, take_off
from codes.rules.types import Claim, ClaimLine, Effect, Match, Rule, Test

ASSISTANTS = frozenset({"80", "81", "82", "AS"})
ASSISTANT_CITATION = "Claims Processing Manual, ch. 12, §20.4.3; Social Security Act §1842(b)(7)(D)"
TEAM_CITATION = "Claims Processing Manual, ch. 12, §40.8"
COMPONENTS = ("26", "TC")
REPEATED = frozenset({"59", "76", "77", "XE", "XP", "XS", "XU"})
# PC/TC indicators of codes that have rows for their components: diagnostic tests, and physicians' readings of tests.
WITH_COMPONENTS = frozenset({"", "1", "6"})
Indicator = Callable[[FeeScheduleRow], str]


def _assistant(row: FeeScheduleRow) -> str:
    return row.assistant_surgery


def _co_surgeons(row: FeeScheduleRow) -> str:
    return row.co_surgeons


def _team(row: FeeScheduleRow) -> str:
    return row.team_surgery


def _says(modifiers: frozenset[str], indicator: Indicator, value: str) -> Test:
    """A line with one of the modifiers whose indicator has this value."""

    def test(line: ClaimLine, claim: Claim) -> Match | None:
        return Match() if line.row and line.modifiers & modifiers and indicator(line.row) == value else None

    return test


def _component_of_none(line: ClaimLine, claim: Claim) -> Match | None:
    found = [modifier for modifier in COMPONENTS if modifier in line.modifiers]
    if not found or line.pctc in WITH_COMPONENTS:
        return None
    return Match(changes=tuple(take_off(line, modifier) for modifier in found))


def _component_beside_whole(line: ClaimLine, claim: Claim) -> Match | None:
    """A component of a test that another line bills whole, not marked as repeated or separate."""
    if not line.modifiers & set(COMPONENTS) or line.modifiers & REPEATED:
        return None
    whole = tuple(
        other
        for other in claim.with_codes(frozenset({line.code}), line)
        if not other.modifiers & set(COMPONENTS)
    )
    return Match(others=whole, changes=(leave_out(line),)) if whole else None


def _never(
    name: str, modifiers: frozenset[str], indicator: Indicator, value: str, who: str, citation: str
) -> Rule:
    return Rule(
        name=f"{name}-not-payable",
        effect=Effect.NOT_PAID,
        sentence=f"Medicare never pays {who} for this code (indicator {value}); don't bill the patient.",
        fix="Write off the line.",
        citation=citation,
        reasons=("CARC 54",),
        liability="provider",
        modifiers=modifiers,
        matches=_says(modifiers, indicator, value),
    )


def _documented(
    name: str, modifiers: frozenset[str], indicator: Indicator, value: str, who: str, citation: str
) -> Rule:
    return Rule(
        name=f"{name}-with-documents",
        effect=Effect.PAID_ONLY_WITH,
        sentence=f"Medicare pays {who} for this code only with documents of the need (indicator {value}).",
        fix="Send the operative note and say why a second surgeon was needed.",
        citation=citation,
        reasons=("CARC 54",),
        modifiers=modifiers,
        matches=_says(modifiers, indicator, value),
    )


RULES = (
    _never("assistant", ASSISTANTS, _assistant, "1", "an assistant at surgery", ASSISTANT_CITATION),
    _never("co-surgeon", frozenset({"62"}), _co_surgeons, "0", "co-surgeons", TEAM_CITATION),
    _never("team-surgery", frozenset({"66"}), _team, "0", "a surgical team", TEAM_CITATION),
    _documented("assistant", ASSISTANTS, _assistant, "0", "an assistant at surgery", ASSISTANT_CITATION),
    _documented("co-surgeon", frozenset({"62"}), _co_surgeons, "1", "co-surgeons", TEAM_CITATION),
    _documented("team-surgery", frozenset({"66"}), _team, "1", "a surgical team", TEAM_CITATION),
    Rule(
        name="component-of-undivided-code",
        effect=Effect.NEEDS,
        sentence="This code has no professional and technical components: 26 and TC don't apply.",
        fix="Take 26 or TC off; use the code for the part that was furnished.",
        citation="Claims Processing Manual, ch. 23, Addendum (MPFSDB), PC/TC indicator",
        reasons=("CARC 4", "RARC N519"),
        modifiers=frozenset(COMPONENTS),
        matches=_component_of_none,
    ),
    Rule(
        name="component-of-billed-test",
        effect=Effect.NOT_PAID,
        sentence="The line without 26 or TC already pays both components of the test; the component is a duplicate.",
        fix="Drop the component; if the test was repeated, add 76 or 77 to it.",
        citation="Claims Processing Manual, ch. 13, §20.1 and §20.2; ch. 1, §120.2",
        reasons=("CARC 18",),
        liability="provider",
        modifiers=frozenset(COMPONENTS),
        matches=_component_beside_whole,
        looks_at_other_lines=True,
    ),
)
