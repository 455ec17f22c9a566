"""Lines of a claim as they stand in the address of the Claim Desk."""

from collections.abc import Sequence

from codes import pricing
from codes.parsing import ParsedLine, compact


def claim_text(lines: Sequence[pricing.Line]) -> str:
    """The lines as they were typed, anesthesia in minutes: "99214-25,20610-RTx2"; '' for none."""
    return compact(tuple(_as_parsed(number, line) for number, line in enumerate(lines, 1)))


def _as_parsed(number: int, line: pricing.Line) -> ParsedLine:
    units = line.minutes or line.units
    return ParsedLine(number, "", line.code, line.modifiers, units, line.charge, line.pointers)
