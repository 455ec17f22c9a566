"""What a visitor types or pastes, read: plain Python, no database.

- `parse_claim(text)` reads claim lines, `parse_charges(text)` a list of charges; both say in words what cannot be read.
- `parse_command(text)` says where a typed line goes: a code page, the pair checker, the Claim Desk, a place, or search.
- `compact(lines)` and `parse_address(text)` write and read the claim lines of an address.
"""

from codes.parsing.charges import MOST_CHARGES, Charge, ChargeList, parse_charges
from codes.parsing.claim_address import as_text, compact, in_rows, parse_address
from codes.parsing.claim_lines import MOST_LINES, LineError, ParsedClaim, ParsedLine, parse_claim
from codes.parsing.command import Destination, ParsedCommand, parse_command

__all__ = [
    "MOST_CHARGES",
    "MOST_LINES",
    "Charge",
    "ChargeList",
    "Destination",
    "LineError",
    "ParsedClaim",
    "ParsedCommand",
    "ParsedLine",
    "as_text",
    "compact",
    "in_rows",
    "parse_address",
    "parse_charges",
    "parse_claim",
    "parse_command",
]
