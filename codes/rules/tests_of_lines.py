"""The questions that many rules ask of a line, ready to be put into a rule as its `matches`."""

from collections.abc import Collection, Sequence
from decimal import Decimal

from codes.pricing.code_sets import CodeSet
from codes.rules.types import (
    Change,
    ChangeKind,
    Claim,
    ClaimLine,
    Fix,
    Match,
    Test,
    add_modifier,
)


def always(line: ClaimLine, claim: Claim) -> Match | None:
    """Every line of the rule's codes."""
    return Match()


def lacks(modifiers: Collection[str], fix: str, *, unless: Collection[str] = ()) -> Test:
    """A line with none of these modifiers; where only one would do, the fix adds it."""
    wanted, excused = frozenset(modifiers), frozenset(unless)

    def test(line: ClaimLine, claim: Claim) -> Match | None:
        if line.modifiers & (wanted | excused):
            return None
        changes = tuple(add_modifier(line, modifier) for modifier in wanted) if len(wanted) == 1 else ()
        return Match(fix=Fix(fix, changes))

    return test


def has(*modifiers: str) -> Test:
    """A line with any of these modifiers; nothing is to be changed."""
    wanted = frozenset(modifiers)

    def test(line: ClaimLine, claim: Claim) -> Match | None:
        return Match() if line.modifiers & wanted else None

    return test


def carries(*modifiers: str) -> Test:
    """A line with any of these modifiers; the fix takes them off."""

    def test(line: ClaimLine, claim: Claim) -> Match | None:
        found = [modifier for modifier in line.line.modifiers if modifier in modifiers]
        return Match(changes=tuple(take_off(line, modifier) for modifier in found)) if found else None

    return test


def beside(codes: CodeSet, *, unless: Collection[str] = ()) -> Test:
    """A line on whose claim one of these codes stands too, and that carries none of the modifiers in `unless`."""
    excused = frozenset(unless)

    def test(line: ClaimLine, claim: Claim) -> Match | None:
        others = claim.with_codes(codes, besides=line)
        return Match(others=others) if others and not line.modifiers & excused else None

    return test


def without(codes: CodeSet) -> Test:
    """A line on whose claim none of these codes stands."""

    def test(line: ClaimLine, claim: Claim) -> Match | None:
        return None if claim.with_codes(codes, besides=line) else Match()

    return test


def rivals(line: ClaimLine, claim: Claim, order: Sequence[str]) -> tuple[ClaimLine, ...]:
    """The lines with a code of `order` that come before this one: an earlier code first, then fewer modifiers, more
    units, a higher charge; of equal ones the first typed.

    Where Medicare pays one of several lines, the first of them is kept wherever it stands on the claim.
    """

    def turn(other: ClaimLine) -> tuple[object, ...]:
        charge = Decimal("Infinity") if other.line.charge is None else other.line.charge
        first = order.index(other.code), sorted(other.modifiers)
        return *first, -other.line.units, -charge, other.number

    return tuple(other for other in claim.with_codes(frozenset(order), line) if turn(other) < turn(line))


def drops_beside(codes: CodeSet) -> Test:
    """A line with which one of these codes is billed; the fix leaves the line out."""

    def test(line: ClaimLine, claim: Claim) -> Match | None:
        others = claim.with_codes(codes, besides=line)
        return Match(others=others, changes=(leave_out(line),)) if others else None

    return test


def drops_second_of(order: Sequence[str]) -> Test:
    """A line of one of these codes that others come before (`rivals`); the fix leaves it out."""

    def test(line: ClaimLine, claim: Claim) -> Match | None:
        others = rivals(line, claim, order)
        return Match(others=others, changes=(leave_out(line),)) if others else None

    return test


def replaced_by(code: str) -> Test:
    """Every line of the rule's codes; the fix bills this code instead."""

    def test(line: ClaimLine, claim: Claim) -> Match | None:
        return Match(changes=(Change(ChangeKind.REPLACE_CODE, line.number, code),))

    return test


def take_off(line: ClaimLine, modifier: str) -> Change:
    """The change that takes a modifier off a line."""
    return Change(ChangeKind.REMOVE_MODIFIER, line.number, modifier)


def leave_out(line: ClaimLine) -> Change:
    """The change that leaves a line out of the claim."""
    return Change(ChangeKind.DROP_LINE, line.number)
