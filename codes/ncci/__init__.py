"""NCCI and the checks of a claim: plain Python over frozen values, no database.

- `check_claim(lines, reference, at)` checks up to a day's lines and says what becomes of each;
  `lines_to_price` hands them to the payment engine, `suggested_order` puts them in order.
- `check_pair(first, second, table, at, rows)` is the verdict on two lines, `ways_through(edit, rows, setting)`
  names the modifiers that fit the two codes of an edit, `explain_limit` is a unit limit in words,
  `primaries_of` and `add_ons_of` the two directions of add-on codes.
- `personal_kinds(text)` says what in a text looks like a patient's.
"""

from codes.ncci.addon import TYPES, add_ons_of, kind_of, primaries_of
from codes.ncci.claim_check import (
    UNPAID,
    check_claim,
    check_line,
    lines_to_price,
    suggested_order,
    unpaid_by_itself,
    unpaid_with,
)
from codes.ncci.in_force import active_edit, is_active
from codes.ncci.ptp import check_pair, modifiers_for
from codes.ncci.types import (
    AddOn,
    AddOnTable,
    CheckedLine,
    ClaimCheck,
    DeletedCode,
    Finding,
    LineCheck,
    LineStatus,
    Mue,
    MueTable,
    NumberedLine,
    Outcome,
    PassingModifiers,
    Provenance,
    PtpEdit,
    PtpTable,
    Reference,
)
from codes.ncci.units import bilateral_hint, explain_absence, explain_limit
from codes.ncci.way import Way
from codes.ncci.way_through import ways_through

__all__ = [
    "TYPES",
    "UNPAID",
    "AddOn",
    "AddOnTable",
    "CheckedLine",
    "ClaimCheck",
    "DeletedCode",
    "Finding",
    "LineCheck",
    "LineStatus",
    "Mue",
    "MueTable",
    "NumberedLine",
    "Outcome",
    "PassingModifiers",
    "Provenance",
    "PtpEdit",
    "PtpTable",
    "Reference",
    "Way",
    "active_edit",
    "add_ons_of",
    "bilateral_hint",
    "check_claim",
    "check_line",
    "check_pair",
    "explain_absence",
    "explain_limit",
    "is_active",
    "kind_of",
    "lines_to_price",
    "modifiers_for",
    "primaries_of",
    "suggested_order",
    "unpaid_by_itself",
    "unpaid_with",
    "ways_through",
]
