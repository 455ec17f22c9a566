"""Which side, eyelid, finger, toe or artery.

NCCI Policy Manual 2026, ch. I, §E and §V; Claims Processing Manual, ch. 12, §40.7. Without it a second line looks like
a duplicate, and an edit that another site would bypass denies.
"""

from codes.pricing.code_sets import CodeSet, code_set
from codes.rules.tests_of_lines import take_off
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

CHAPTER_I = "NCCI Policy Manual 2026, ch. I, §E"
BILATERAL = "Claims Processing Manual, ch. 12, §40.7"
SIDES = frozenset({"LT", "RT", "50"})
EYELIDS = frozenset({"E1", "E2", "E3", "E4"})
FINGERS = frozenset({"FA", *(f"F{n}" for n in range(1, 10))})
TOES = frozenset({"TA", *(f"T{n}" for n in range(1, 10))})
ARTERIES = frozenset({"LC", "LD", "LM", "RC", "RI"})
PROCEDURES = frozenset({"000", "010", "090"})
NAMED_SITES = SIDES | EYELIDS | FINGERS | TOES | ARTERIES
NO_SIDES = frozenset({"0", "9"})
NOT_FOR_50 = NO_SIDES | {"2"}


def _lacks(sites: frozenset[str]) -> Test:
    def test(line: ClaimLine, claim: Claim) -> Match | None:
        return None if line.modifiers & sites else Match()

    return test


def _site(name: str, codes: CodeSet, sites: frozenset[str], site: str, citation: str) -> Rule:
    """A procedure on one of several like structures, each with its own modifier."""
    span = (
        f"{min(sites, key=_order)}-{max(sites, key=_order)}"
        if len(sites) != len(ARTERIES)
        else "LC, LD, LM, RC, RI"
    )
    return Rule(
        name=f"names-{name}",
        effect=Effect.CONSIDER,
        codes=codes,
        sentence=f"Name the {site} ({span}): without it a second line is taken for a duplicate.",
        fix=f"Add the modifier of the {site} that was treated.",
        citation=citation,
        modifiers=sites,
        matches=_lacks(sites),
    )


def _order(modifier: str) -> str:
    """FA and TA are the thumb and great toe of the left side: they come before F1 and T1."""
    return modifier.replace("A", "0")


def _without_side(line: ClaimLine, claim: Claim) -> Match | None:
    paired = line.bilateral == "1" and line.global_days in PROCEDURES
    return Match() if paired and not line.modifiers & NAMED_SITES else None


def _two_sides(line: ClaimLine, claim: Claim) -> Match | None:
    """The left one of two lines of a surgical procedure with bilateral indicator 1, or a line marked with both sides;
    a test may stand on two lines."""
    if line.bilateral != "1" or line.global_days not in PROCEDURES or "LT" not in line.modifiers:
        return None
    if {"RT", "50"} <= line.modifiers:
        return None  # fifty-with-a-side says it
    if "RT" in line.modifiers:
        return Match(changes=(take_off(line, "LT"), take_off(line, "RT"), add_modifier(line, "50")))
    right = tuple(o for o in claim.others(line) if o.code == line.code and "RT" in o.modifiers)
    if not right:
        return None
    changes = (
        take_off(line, "LT"),
        add_modifier(line, "50"),
        *(Change(ChangeKind.DROP_LINE, other.number) for other in right),
    )
    return Match(others=right, changes=changes)


def _both_sides_included(line: ClaimLine, claim: Claim) -> Match | None:
    marked = "50" in line.modifiers and line.bilateral == "2"
    return Match(changes=(take_off(line, "50"),)) if marked else None


def _without_sides(line: ClaimLine, claim: Claim) -> Match | None:
    if "50" not in line.modifiers or line.bilateral not in NO_SIDES:
        return None
    fix = Fix(f"Take 50 off: {line.code} has bilateral indicator {line.bilateral}.", (take_off(line, "50"),))
    return Match(fix=fix)


def _fifty_with_a_side(line: ClaimLine, claim: Claim) -> Match | None:
    """A line with 50 and a side too, of a code that 50 is for."""
    found = sorted(line.modifiers & {"LT", "RT"})
    if "50" not in line.modifiers or not found or line.bilateral in NOT_FOR_50:
        return None
    words = f"If both sides were done, take {' and '.join(found)} off; if only one, take 50 off."
    return Match(fix=Fix(words, tuple(take_off(line, modifier) for modifier in found)))


RULES = (
    Rule(
        name="fifty-without-sides",
        effect=Effect.AT_RISK,
        sentence="50 doesn't raise a code with bilateral indicator 0 or 9; the MAC may return the line.",
        fix="Take 50 off.",
        citation=BILATERAL,
        reasons=("CARC 4",),
        modifiers=frozenset({"50"}),
        matches=_without_sides,
    ),
    Rule(
        name="fifty-already-included",
        effect=Effect.CONSIDER,
        sentence="Bilateral indicator 2: the amount is already for both sides, and 50 adds nothing.",
        fix="Take 50 off and bill one unit.",
        citation=BILATERAL,
        modifiers=frozenset({"50"}),
        matches=_both_sides_included,
    ),
    Rule(
        name="fifty-with-a-side",
        effect=Effect.AT_RISK,
        sentence="50 means both sides. Medicare says not to report LT or RT with it; the MAC may return the line.",
        fix="If both sides were done, take LT or RT off; if only one, take 50 off.",
        citation=f"{BILATERAL}; ch. 4, §20.6.2",
        reasons=("CARC 4",),
        modifiers=frozenset({"50"}),
        matches=_fifty_with_a_side,
    ),
    Rule(
        name="two-sides-on-one-line",
        effect=Effect.CONSIDER,
        sentence="Both sides of a procedure with bilateral indicator 1 are one line with 50 and one unit.",
        fix="Bill one line with 50 and one unit.",
        citation=f"{BILATERAL}; NCCI Policy Manual 2026, ch. I, §V",
        modifiers=frozenset({"50", "LT", "RT"}),
        matches=_two_sides,
        looks_at_other_lines=True,
    ),
    Rule(
        name="names-side",
        effect=Effect.CONSIDER,
        sentence="Name the side (LT, RT or 50): Medicare pays a paired procedure once for each side.",
        fix="Add LT, RT or 50.",
        citation=f"{CHAPTER_I}; {BILATERAL}",
        modifiers=SIDES,
        matches=_without_side,
    ),
    _site(
        "eyelid",
        code_set("67700-67715 67800-67850 67875-67924 67930-67975 68761"),
        EYELIDS,
        "eyelid",
        f"{CHAPTER_I}; ch. VIII",
    ),
    _site(
        "finger",
        code_set("26055 26720-26785 26951 26952"),
        FINGERS,
        "finger",
        f"{CHAPTER_I}; ch. IV",
    ),
    _site(
        "toe",
        code_set("28124 28126 28285 28490-28525 28820 28825"),
        TOES,
        "toe",
        f"{CHAPTER_I}; ch. IV",
    ),
    _site(
        "finger-or-toe",
        code_set("11730 11740 11750"),
        FINGERS | TOES,
        "finger or toe",
        CHAPTER_I,
    ),
    _site(
        "coronary-artery",
        code_set("92920 92924 92928 92930 92933 92937 92941 92943 92945"),
        ARTERIES,
        "coronary artery",
        f"{CHAPTER_I}; ch. XI",
    ),
)
