"""The claim rules that a modifier belongs to."""

from functools import cache

from codes.knowledge.modifier_words import modifiers_named
from codes.rules import RULES, Rule


@cache
def rules_naming(modifier: str) -> tuple[Rule, ...]:
    """The rules that turn on a modifier, then those whose sentence or fix names it; each sentence once."""
    turning = [rule for rule in RULES if modifier in rule.modifiers]
    naming = [rule for rule in RULES if modifier in modifiers_named(f"{rule.sentence} {rule.fix}")]
    by_words = {(rule.sentence, rule.fix): rule for rule in reversed([*turning, *naming])}
    return tuple(reversed(by_words.values()))
