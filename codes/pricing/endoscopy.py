"""Endoscopic families (indicator 3): Claims Processing Manual, ch. 12, §40.6.

A family is a base code and the codes that name it in their ENDO BASE field; the base itself has indicator
2 and an empty field. Of two or more of a family the highest is paid in full and each other at its amount
less that of the base; the base with a member of its family is paid nothing.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from codes.pricing.arithmetic import money
from codes.pricing.formula import fee
from codes.pricing.rounding import ZERO_DOLLARS, to_cents
from codes.pricing.types import CodeRows
from codes.pricing.working import UnitGroup, Working

CITATION = "Claims Processing Manual, ch. 12"
SECTION = "§40.6"
RULE = "endoscopy"


def family_bases(lines: Sequence[Working]) -> list[str]:
    """The base codes of the endoscopies on the claim, sorted."""
    return sorted({line.row.endoscopic_base for line in lines if _is_endoscopy(line)})


def pay_family(base: str, lines: Sequence[Working], rows_by_code: Mapping[str, CodeRows]) -> list[Working]:
    """Sets the parts of each line of a family and returns the lines; an empty list where one endoscopy stands
    alone, or where the base's values are not at hand (the lines are then ranked one by one)."""
    members = [line for line in lines if _is_endoscopy(line) and line.row.endoscopic_base == base]
    bases = [line for line in lines if line.code == base and not line.row.endoscopic_base]
    if sum(line.units for line in members + bases) < 2:
        return []
    base_fee = _base_fee(base, members[0], rows_by_code)
    if base_fee is None:
        _explain_missing_base(base, members)
        return []
    highest = min(members, key=_rank)
    for line in members:
        _pay_member(line, line is highest, base, base_fee)
    for line in bases:
        _pay_base(line, base)
    return members + bases


def _rank(line: Working) -> tuple[object, ...]:
    return -line.amount, *line.order_among_equals()


def _is_endoscopy(line: Working) -> bool:
    return line.row.multiple_procedure == "3" and line.row.endoscopic_base != ""


def _base_fee(base: str, member: Working, rows_by_code: Mapping[str, CodeRows]) -> Decimal | None:
    """The base's fee-schedule amount in the member's setting and locality, in dollars."""
    rows = rows_by_code.get(base)
    row = rows.rows.get("") if rows else None
    circumstances = member.circumstances
    if row is None:
        return None
    return fee(row, member.setting, circumstances.locality.gpci, circumstances.known_factor)


def _explain_missing_base(base: str, members: list[Working]) -> None:
    for line in members:
        line.note(f"The values of the endoscopic base {base} are not at hand: ranked as ordinary procedures.")
        line.lower_confidence("Low", f"the endoscopic base {base} is not at hand")


def _pay_member(line: Working, is_highest: bool, base: str, base_fee: Decimal) -> None:
    """One unit of the highest in full; every other unit at its amount less the base, never below nothing. The base
    is scaled as the line is: a co-surgeon's share is less that share of the base."""
    base_fee = to_cents(base_fee * line.scaled_by)
    line.lower_confidence("Medium", "separate sites are not seen: they would break the endoscopic family")
    less = max(ZERO_DOLLARS, line.amount - base_fee)
    parts = []
    if is_highest:
        line.step(RULE, f"Highest of the endoscopic family of {base}: in full", CITATION, SECTION)
        parts.append(UnitGroup(1, line.amount, line.technical))
    rest = line.units - len(parts)
    if rest:
        formula = f"max({money(line.amount)} − {money(base_fee)}, 0.00) = {money(less)}"
        line.step(RULE, f"Endoscopic family of {base}: less the base", CITATION, SECTION, formula, less)
        parts.append(UnitGroup(rest, less, None))
    line.parts = parts


def _pay_base(line: Working, base: str) -> None:
    line.step(RULE, f"{base} is the base of an endoscopy on this claim: contained in it", CITATION, SECTION)
    line.note(f"{base} is contained in the endoscopy of its family on this claim and pays nothing.")
    line.lower_confidence("Medium", "separate sites are not seen: they would break the endoscopic family")
    line.parts = [UnitGroup(line.units, ZERO_DOLLARS, None)]
