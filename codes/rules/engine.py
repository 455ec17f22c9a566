"""Which rules hold for the lines of a claim."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from codes.rules.types import Claim, ClaimLine, Effect, Rule, RuleFinding

STRENGTH = list(Effect)


def find(claim: Claim, rules: Iterable[Rule]) -> list[RuleFinding]:
    """Everything that these rules find on a claim.

    Rules that deny come first, those of single lines before those that look at others: a line that one of them denies
    is out, so that no denied line ever denies another, carries another or is written about twice. What remains is
    looked at by the rules that pay on a condition, change an amount or warn. Rules that suggest see the whole claim,
    since a code that is billed is not missing because it was denied.
    """
    rules = tuple(rules)
    numbers: dict[Rule, set[int]] = {}
    for line in claim.lines:
        for rule in _about(rules, line.code):
            numbers.setdefault(rule, set()).add(line.number)
    found: list[RuleFinding] = []
    standing = claim
    for rule in _in_turn(rules):
        if rule not in numbers or not rule.holds_on(claim.date_of_service):
            continue
        seen = claim if rule.effect is Effect.CONSIDER else standing
        lines = [line for line in standing.lines if line.number in numbers[rule]]
        of_rule = _findings(rule, lines, seen)
        if of_rule:
            standing = standing.without({finding.line.number for finding in of_rule if finding.denies})
            found += of_rule
    return found


def findings_of(rule: Rule, claim: Claim) -> list[RuleFinding]:
    """What one rule finds for the lines of a claim."""
    return _findings(
        rule, [line for line in claim.lines if rule.codes is None or line.code in rule.codes], claim
    )


def _findings(rule: Rule, lines: Sequence[ClaimLine], claim: Claim) -> list[RuleFinding]:
    matches = ((line, rule.matches(line, claim)) for line in lines)
    return [RuleFinding(rule, line, match) for line, match in matches if match is not None]


def strongest(findings: Sequence[RuleFinding]) -> RuleFinding | None:
    """The finding that decides a line's verdict; None where nothing was found."""
    return min(findings, key=lambda finding: STRENGTH.index(finding.rule.effect), default=None)


@lru_cache(maxsize=8192)
def _about(rules: tuple[Rule, ...], code: str) -> tuple[Rule, ...]:
    """The rules that may hold for a line of this code: most name codes, and few name any one."""
    return tuple(rule for rule in rules if rule.codes is None or code in rule.codes)


@lru_cache(maxsize=16)
def _in_turn(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    return tuple(sorted(rules, key=_turn))


def _turn(rule: Rule) -> tuple[bool, bool]:
    """Denials first, and of those the ones that need no other line; the order of the book otherwise."""
    return not rule.denies, rule.looks_at_other_lines
