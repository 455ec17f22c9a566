"""The compact form of a claim in an address: `76376-26,97110-GPx3,20610-50@150.00~AB`."""

import re

from codes.parsing.claim_lines import MOST_LINES, ParsedClaim, ParsedLine, parse_claim
from codes.parsing.code_shapes import CODE
from codes.parsing.diagnoses import MOST_POINTERS, POINTERS
from codes.parsing.modifiers import MODIFIER
from codes.pricing.modifiers import MOST_MODIFIERS

CODE_WITH_MODIFIERS = rf"{CODE}(?:-{MODIFIER}){{0,{MOST_MODIFIERS}}}"
CHARGE = r"(?:[1-9][0-9]{0,6}(?:\.[0-9]{1,2})?|0\.(?:0[1-9]|[1-9][0-9]?))"
LINE = rf"{CODE_WITH_MODIFIERS}(?:x[1-9][0-9]{{0,3}})?(?:@{CHARGE})?(?:{POINTERS}[A-L]{{1,{MOST_POINTERS}}})?"
_LINES = re.compile(f"{LINE}(?:,{LINE})*")
_NEXT_LINE = re.compile(rf"\s{{0,3}}[,;]\s{{0,3}}(?={CODE}(?:X[0-9]|[^0-9A-Z]|$))", re.IGNORECASE)


def compact(lines: tuple[ParsedLine, ...]) -> str:
    """Claim lines as one short word each, joined by commas; `parse_address` reads them back."""
    return ",".join(_word(line) for line in lines)


def as_text(lines: tuple[ParsedLine, ...]) -> str:
    """Claim lines one below the other, as a biller types them."""
    return "\n".join(
        _word(line).replace("x", " x").replace("@", " $").replace(POINTERS, " dx=") for line in lines
    )


def _word(line: ParsedLine) -> str:
    modifiers = "".join(f"-{modifier}" for modifier in line.modifiers)
    units = f"x{line.units}" if line.units > 1 else ""
    charge = f"@{line.charge}" if line.charge is not None else ""
    return f"{line.code}{modifiers}{units}{charge}" + (f"{POINTERS}{line.pointers}" if line.pointers else "")


def parse_address(text: str, most: int = MOST_LINES) -> ParsedClaim:
    """At most so many claim lines of an address. What is no code, modifier, unit or charge is an error. Where all is in
    the compact form, nothing can be personal: such a text has no room for it, although 9805O-G8 looks like a number.

    >>> [(line.code, line.modifiers, line.units) for line in parse_address("99213,25,97110-GPx3").lines]
    [('99213', ('25',), 1), ('97110', ('GP',), 3)]
    """
    return parse_claim(in_rows(text), in_address=True, most=most, may_be_personal=not _LINES.fullmatch(text))


def in_rows(text: str) -> str:
    """The text of an address with each code at the beginning of a line."""
    return _NEXT_LINE.sub("\n", text)
