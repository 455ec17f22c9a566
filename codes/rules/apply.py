"""A claim as it stands after a fix."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from codes.pricing.types import FeeScheduleRow, Line
from codes.rules.types import Change, ChangeKind, ClaimLine

NO_ROWS: Mapping[str, FeeScheduleRow] = {}


def apply(
    lines: Sequence[ClaimLine], changes: Iterable[Change], rows: Mapping[str, FeeScheduleRow] = NO_ROWS
) -> tuple[ClaimLine, ...]:
    """The lines with these changes made, in their order and under their numbers; a new line comes last.

    `rows` are the fee schedule rows of codes that a change brings in. A change of a line that is not there changes
    nothing, so that the same fix may be applied twice.
    """
    changed = tuple(lines)
    for change in changes:
        changed = _apply_one(changed, change, rows)
    return changed


def _apply_one(
    lines: tuple[ClaimLine, ...], change: Change, rows: Mapping[str, FeeScheduleRow]
) -> tuple[ClaimLine, ...]:
    if change.kind is ChangeKind.ADD_LINE:
        return (*lines, _new_line(lines, change.value, rows))
    if change.kind is ChangeKind.DROP_LINE:
        return tuple(line for line in lines if line.number != change.line)
    return tuple(_change(line, change, rows) if line.number == change.line else line for line in lines)


def _change(line: ClaimLine, change: Change, rows: Mapping[str, FeeScheduleRow]) -> ClaimLine:
    billed, value = line.line, change.value
    without = tuple(modifier for modifier in billed.modifiers if modifier != value)
    match change.kind:
        case ChangeKind.ADD_MODIFIER:
            return replace(line, line=replace(billed, modifiers=(*without, value)))
        case ChangeKind.REMOVE_MODIFIER:
            return replace(line, line=replace(billed, modifiers=without))
        case ChangeKind.SET_UNITS:
            return replace(line, line=replace(billed, units=int(value)))
        case _:
            return replace(line, line=replace(billed, code=value), row=rows.get(value))


def _new_line(lines: Sequence[ClaimLine], value: str, rows: Mapping[str, FeeScheduleRow]) -> ClaimLine:
    """A line for a code with its modifiers and units ("99497-33", "J0897-JWx20"), in the place of the first line."""
    billed, _, units = value.partition("x")
    code, *modifiers = billed.split("-")
    pos = lines[0].place_of_service if lines else "11"
    number = max((line.number for line in lines), default=0) + 1
    added = Line(code, tuple(modifiers), units=int(units or 1), place_of_service=pos)
    return ClaimLine(number, added, rows.get(code))
