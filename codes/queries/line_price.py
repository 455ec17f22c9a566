"""The price of a line whose claim is not known, once the checks of a claim have seen it alone."""

from collections.abc import Mapping
from dataclasses import replace

from codes import ncci, pricing
from codes.formatting import dollars
from codes.ncci import fixes
from codes.ncci.types import NumberedLine
from codes.ncci.words import counted
from codes.rules import Fix
from codes.rules.types import ChangeKind

Rows = Mapping[str, pricing.CodeRows]


def price_checked(
    rows: pricing.CodeRows,
    line: pricing.Line,
    circumstances: pricing.Circumstances,
    related: Rows,
    reference: ncci.Reference,
) -> tuple[pricing.LinePrice, ncci.LineCheck]:
    """What Medicare allows for the line, and what the checks say of it. A line that they deny or return as typed has
    no amount; one that only lacks a modifier keeps the amount that it has once that is added."""
    price = pricing.price_line(rows, line, circumstances, related)
    check = ncci.check_line(line, reference, circumstances.date_of_service)
    return _as_checked(rows, price, circumstances, related, check.checked), check


def price_as_checked(
    rows: pricing.CodeRows,
    line: pricing.Line,
    circumstances: pricing.Circumstances,
    related: Rows,
    reference: ncci.Reference,
) -> pricing.LinePrice:
    """The same amount alone: what has none in any case is not checked."""
    price = pricing.price_line(rows, line, circumstances, related)
    if price.refusal:
        return price
    checked = ncci.check_by_itself(line, reference, circumstances.date_of_service)
    return _as_checked(rows, price, circumstances, related, checked)


def _as_checked(
    rows: pricing.CodeRows,
    price: pricing.LinePrice,
    circumstances: pricing.Circumstances,
    related: Rows,
    checked: ncci.CheckedLine,
) -> pricing.LinePrice:
    if price.refusal or not checked.denied or fixes.only_lacks_modifiers(checked):
        return price
    line = checked.line
    why = NumberedLine(1, line).alone(checked.denied_reason)
    allowed = _allowed_within_the_limit(rows, line, circumstances, related, fixes.fix_of(checked))
    refused = pricing.price_line(rows, replace(line, denied=why + allowed), circumstances)
    assert refused.refusal
    refusal = replace(refused.refusal, citation=checked.citation, liability=checked.liability)
    return replace(refused, refusal=refusal)


def _allowed_within_the_limit(
    rows: pricing.CodeRows,
    line: pricing.Line,
    circumstances: pricing.Circumstances,
    related: Rows,
    fix: Fix | None,
) -> str:
    """ " 2 units: $271.22." where units above a limit are what is wrong, else ''."""
    units = (
        [int(change.value) for change in fix.changes if change.kind is ChangeKind.SET_UNITS] if fix else []
    )
    if not units:
        return ""
    allowed = pricing.price_line(rows, replace(line, units=units[0]), circumstances, related).allowed
    return f" {counted(units[0], 'unit')}: {dollars(allowed)}." if allowed is not None else ""
