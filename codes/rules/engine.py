"""Which rules hold for the lines of a claim."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence, Set
from datetime import date
from functools import lru_cache
from operator import itemgetter

from codes.rules.types import Claim, Effect, Rule, RuleFinding

STRENGTH = list(Effect)


def find(claim: Claim, rules: Iterable[Rule], of_modifier: str = "") -> list[RuleFinding]:
    """Everything that these rules find on a claim; with `of_modifier` only those that name it.

    Rules that deny come first, those of single lines before those that look at others: a line that one of them denies
    is out, so that no denied line ever denies another, carries another or is written about twice. What remains is
    looked at by the rules that pay on a condition, change an amount or warn. Rules that suggest see the whole claim,
    since a code that is billed is not missing because it was denied.
    """
    found: list[RuleFinding] = []
    standing = claim
    codes = frozenset(line.line.code for line in claim.lines)
    for rule, named in _in_turn(tuple(rules), codes, claim.date_of_service):
        if of_modifier and of_modifier not in rule.modifiers:
            continue
        seen = claim if rule.effect is Effect.CONSIDER else standing
        of_rule = []
        for line in standing.lines:  # no function for each of the thousand rules that a page asks
            if line.line.code in named and (match := rule.matches(line, seen)) is not None:
                of_rule.append(RuleFinding(rule, line, match))
        if of_rule:
            standing = standing.without({finding.line.number for finding in of_rule if finding.denies})
            found += of_rule
    return found


def about(rules: tuple[Rule, ...], code: str, day: date) -> Iterator[Rule]:
    """Those of the rules that may hold for a line of this code on a day."""
    return (rule for rule, _ in _in_turn(rules, frozenset({code}), day))


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
def _in_turn(rules: tuple[Rule, ...], codes: frozenset[str], day: date) -> tuple[tuple[Rule, Set[str]], ...]:
    """The rules that may hold for these codes on a day, in turn, each with its codes."""
    if len(codes) == 1:
        return tuple((rule, codes) for _, rule in _about(rules, *codes, day))
    named: dict[tuple[int, Rule], set[str]] = {}
    for code in codes:
        for turn in _about(rules, code, day):
            named.setdefault(turn, set()).add(code)
    return tuple((rule, named[turn, rule]) for turn, rule in sorted(named))


@lru_cache(maxsize=8192)
def _about(rules: tuple[Rule, ...], code: str, day: date) -> tuple[tuple[int, Rule], ...]:
    """The rules that may hold for a line of this code on a day, each with its turn: most name codes, and few name any
    one."""
    return _of_day(rules, day).about(code)


@lru_cache(maxsize=64)
def _of_day(rules: tuple[Rule, ...], day: date) -> "_Index":
    """The rules that hold on a day."""
    return _Index([(turn, rule) for turn, rule in enumerate(sorted(rules, key=_turn)) if rule.holds_on(day)])


class _Index:
    """Rules, each with its turn, by the codes that they name: a page that asks for one code need not ask them all."""

    def __init__(self, rules: Sequence[tuple[int, Rule]]) -> None:
        self._of_all = [each for each in rules if each[1].codes is None]
        naming = [(each, each[1].codes) for each in rules if each[1].codes is not None]
        self._of_code: dict[str, list[tuple[int, Rule]]] = {}
        for each, codes in naming:
            for code in codes.single:
                self._of_code.setdefault(code, []).append(each)
        # From one bound, where a range begins or has just ended, to the next the same ranges hold.
        ranges = [(first, f"{last}\0", each) for each, codes in naming for first, last in codes.ranges]
        self._bounds = sorted({bound for first, after, _ in ranges for bound in (first, after)})
        self._from_bound = [
            [each for first, after, each in ranges if first <= bound < after] for bound in self._bounds
        ]

    def about(self, code: str) -> tuple[tuple[int, Rule], ...]:
        """Those that name the code, and those that name none."""
        bound = bisect_right(self._bounds, code) - 1
        in_range = self._from_bound[bound] if bound >= 0 else ()
        named = {each for each in (*self._of_code.get(code, ()), *in_range) if each[1].speaks_of(code)}
        return tuple(sorted((*self._of_all, *named), key=itemgetter(0)))


def _turn(rule: Rule) -> tuple[bool, bool]:
    """Denials first, and of those the ones that need no other line; the order of the book otherwise."""
    return not rule.denies, rule.looks_at_other_lines
