"""What depends on the rest of the claim: one base of rules for verdicts, pages, tips and denials.

Plain Python over frozen values; the fee schedule rows and lists come in, the database never does.
"""

from codes.rules.book import BY_NAME, COMPANION_RULES, LINE_RULES, RULES, rules_of
from codes.rules.engine import about, find, strongest
from codes.rules.types import Claim, ClaimLine, Doubt, Effect, Fix, Match, Rule, RuleFinding, StatedFacts

__all__ = [
    "BY_NAME",
    "COMPANION_RULES",
    "LINE_RULES",
    "RULES",
    "Claim",
    "ClaimLine",
    "Doubt",
    "Effect",
    "Fix",
    "Match",
    "Rule",
    "RuleFinding",
    "StatedFacts",
    "about",
    "find",
    "rules_of",
    "strongest",
]
