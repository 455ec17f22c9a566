"""Which rules hold for the lines of a claim."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

from codes.rules.types import Claim, Effect, Rule, RuleFinding

STRENGTH = list(Effect)


def find(claim: Claim, rules: Iterable[Rule]) -> list[RuleFinding]:
    """Everything that these rules find on a claim.

    Rules that deny come first, those of single lines before those that look at others: a line that one of them denies
    is out, so that no denied line ever denies another, carries another or is written about twice. What remains is
    looked at by the rules that pay on a condition, change an amount or warn. Rules that suggest see the whole claim,
    since a code that is billed is not missing because it was denied.
    """
    found: list[RuleFinding] = []
    standing = claim
    codes = frozenset(line.line.code for line in claim.lines)
    for rule, named in _in_turn(tuple(rules), codes, claim.date_of_service):
        seen = claim if rule.effect is Effect.CONSIDER else standing
        of_rule = []
        for line in standing.lines:  # no function for each of the thousand rules that a page asks
            if line.line.code in named and (match := rule.matches(line, seen)) is not None:
                of_rule.append(RuleFinding(rule, line, match))
        if of_rule:
            standing = standing.without({finding.line.number for finding in of_rule if finding.denies})
            found += of_rule
    return found


def findings_of(rule: Rule, claim: Claim) -> list[RuleFinding]:
    """What one rule finds for the lines of a claim."""
    matches = (
        (line, rule.matches(line, claim))
        for line in claim.lines
        if rule.codes is None or line.code in rule.codes
    )
    return [RuleFinding(rule, line, match) for line, match in matches if match is not None]


def strongest(findings: Sequence[RuleFinding]) -> RuleFinding | None:
    """The finding that decides a line's verdict; None where nothing was found."""
    return min(findings, key=lambda finding: STRENGTH.index(finding.rule.effect), default=None)


@lru_cache(maxsize=8192)
def _in_turn(rules: tuple[Rule, ...], codes: frozenset[str], day: date) -> tuple[tuple[Rule, set[str]], ...]:
    """The rules that may hold for these codes on a day, in turn, each with its codes."""
    named: dict[tuple[int, Rule], set[str]] = {}
    for code in codes:
        for turn in _about(rules, code, day):
            named.setdefault(turn, set()).add(code)
    return tuple((rule, named[turn, rule]) for turn, rule in sorted(named))


@lru_cache(maxsize=8192)
def _about(rules: tuple[Rule, ...], code: str, day: date) -> tuple[tuple[int, Rule], ...]:
    """The rules that may hold for a line of this code on a day, each with its turn: most name codes, and few name any
    one."""
    return tuple(each for each in _of_day(rules, day) if each[1].codes is None or code in each[1].codes)


@lru_cache(maxsize=64)
def _of_day(rules: tuple[Rule, ...], day: date) -> tuple[tuple[int, Rule], ...]:
    """The rules that hold on a day, each with its turn."""
    return tuple((turn, rule) for turn, rule in enumerate(sorted(rules, key=_turn)) if rule.holds_on(day))


def _turn(rule: Rule) -> tuple[bool, bool]:
    """Denials first, and of those the ones that need no other line; the order of the book otherwise."""
    return not rule.denies, rule.looks_at_other_lines
