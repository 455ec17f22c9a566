"""Which lines of a claim stand once each is judged by the others: bundling edits, add-ons, global packages, status T.

A line that is denied denies nothing itself: it takes no column 2 line with it, packages no visit, and carries no
add-on. So a line is settled only when those that could deny it are: first the lines that nothing can deny, then those
that these deny, and so on, whatever the order in which they were typed. Should edits ever deny each other in a ring,
the line that is first by its code stands.

Status T is paid only where nothing else on the fee schedule is. Such lines are put aside, and come back where none of
the others is left: so one never denies a visit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from codes.ncci import addon, ptp, same_day
from codes.ncci.types import NumberedLine, Reference


@dataclass(frozen=True, slots=True)
class Standing:
    """The lines that were judged by each other, and those of them that stand."""

    judged: tuple[NumberedLine, ...]
    lines: tuple[NumberedLine, ...]


@dataclass(frozen=True, slots=True)
class _Relations:
    """Who may deny whom among these lines: `deniers` by bundling edits, by line number."""

    lines: Sequence[NumberedLine]
    reference: Reference
    deniers: Mapping[int, frozenset[int]]


def standing_of(lines: Sequence[NumberedLine], reference: Reference, at: date) -> Standing:
    """Settle the lines that are payable by themselves. Lines of status T that are bundled are not judged further."""
    others = [line for line in lines if not same_day.is_paid_alone(line, reference)]
    standing = _resolve(_relations(others, reference, at))
    if len(others) < len(lines) and not same_day.payable(standing, reference):
        return Standing(tuple(lines), _resolve(_relations(lines, reference, at)))
    return Standing(tuple(others), standing)


def _relations(lines: Sequence[NumberedLine], reference: Reference, at: date) -> _Relations:
    deniers: dict[int, frozenset[int]] = {}
    found = ptp.check_pairs(lines, reference.ptp, at) if reference.ptp else []
    by_number = {line.number: line for line in lines}
    for finding in found:
        one = ptp.denying(finding)
        if one and same_day.is_paid_here(by_number[one], reference):
            denied = finding.denies[0]
            deniers[denied] = deniers.get(denied, frozenset()) | {one}
    return _Relations(lines, reference, deniers)


def _resolve(relations: _Relations) -> tuple[NumberedLine, ...]:
    standing: list[NumberedLine] = []
    undecided = sorted(relations.lines, key=NumberedLine.order)
    while undecided:
        judged = [(line, _stands(line, standing, undecided, relations)) for line in undecided]
        stand = [line for line, verdict in judged if verdict]
        left = [line for line, verdict in judged if verdict is None]
        if len(left) == len(undecided):
            stand, left = left[:1], left[1:]
        standing, undecided = standing + stand, left
    numbers = {line.number for line in standing}
    return tuple(line for line in relations.lines if line.number in numbers)


def _stands(
    line: NumberedLine,
    standing: Sequence[NumberedLine],
    undecided: Sequence[NumberedLine],
    relations: _Relations,
) -> bool | None:
    """Whether a line stands beside those that do; None while that hangs on lines that are undecided themselves."""
    open_lines = [other for other in undecided if other.number != line.number]
    deniers = relations.deniers.get(line.number, frozenset())
    table = relations.reference.add_ons
    if any(other.number in deniers for other in standing):
        return False
    if table and addon.lacks_primary(line, [*standing, *open_lines], table):
        return False
    if any(other.number in deniers for other in open_lines):
        return None
    if table and addon.lacks_primary(line, standing, table):
        return None
    if same_day.may_be_packaged(line, open_lines, relations.reference):
        return None
    return not same_day.is_packaged(line, standing, relations.reference)
