"""The ways on from the answer of a code page: to the Claim Desk, to its neighbors, and as evidence to copy."""

from collections.abc import Iterator
from itertools import takewhile
from typing import NamedTuple

from django.http import QueryDict

from codes import pricing
from codes.code_request import CodeRequest
from codes.formatting import day, dollars
from codes.knowledge.locality_names import spelled
from codes.links import absolute, claim_desk_address, explain_address, receipt_address
from codes.queries.claim_text import claim_text
from codes.queries.geography import key_of
from codes.queries.price_query import PriceQuery
from codes.shown_outlook import ShownOutlook

SHARES = frozenset({"deductible", "coinsurance"})  # the steps with which the allowed amount is divided


class Doors(NamedTuple):
    """`claim` is the address of the Claim Desk with the line as typed, `evidence` some lines of text, `receipt` the
    address that shows the same figure later, `explain` the one that explains another amount, all '' for a code that no
    fee schedule in force knows; `neighbors` the codes to compare with, the code among them."""

    claim: str
    evidence: str
    receipt: str
    explain: str
    neighbors: tuple[str, ...]


def doors_of(
    found: CodeRequest, neighbors: tuple[str, str], outlook: ShownOutlook | None, parameters: QueryDict
) -> Doors:
    """The doors of the code as asked."""
    before, after = neighbors
    near = tuple(filter(None, (before, found.record.code, after))) if before or after else ()
    result = found.result
    if result is None or result.price is None:
        return Doors("", "", "", "", near)
    claim = claim_desk_address(claim_text([result.price.line]), result.query)
    receipt = receipt_address(found.record.code, parameters, result.query, found.calendar.load)
    explain = explain_address(found.record.code, parameters.urlencode())
    evidence = [*_evidence(found, result.query, result.price, outlook), absolute(receipt)]
    return Doors(claim, "\n".join(evidence), receipt, explain, near)


def _evidence(
    found: CodeRequest, query: PriceQuery, price: pricing.LinePrice, outlook: ShownOutlook | None
) -> Iterator[str]:
    """What a coder shows a physician, a line each: code, amount, formula, shares, verdict, source."""
    modifiers = "".join(f"-{modifier}" for modifier in query.modifiers)
    units = f" x {query.units}" if query.units > 1 else ""
    yield f"{found.record.code}{modifiers}{units} {found.record.name}"
    yield _amount(query, price)
    yield from _working(price)
    if price.shares:
        yield f"Medicare's share {dollars(price.shares.medicare)}, patient {dollars(price.shares.patient)}"
    if outlook and outlook.is_unpaid:
        yield f"{outlook.status_words} as typed: {outlook.reason}"
    yield f"Source: {price.source or (found.record.release.name if found.record.release else '')}"


def _amount(query: PriceQuery, price: pricing.LinePrice) -> str:
    """The allowed amount, and where and when it holds."""
    locality, pos = query.locality, pricing.PLACES[query.place_of_service]
    where = f"{spelled(locality.name)}, {locality.state} ({key_of(locality)})" if locality.mac else "national"
    amount = "not priced" if price.allowed is None else dollars(price.allowed)
    at = day(query.date_of_service)
    return f"Medicare allowed amount: {amount}, {pos.name} ({pos.code}), {where}, date of service {at}"


def _working(price: pricing.LinePrice) -> Iterator[str]:
    """The arithmetic from the relative values to the allowed amount, or why there is none."""
    if price.refusal:
        yield f"Reason: {price.refusal.text} {price.refusal.citation}".strip()
    for step in takewhile(lambda step: step.rule not in SHARES, price.steps):
        if step.formula:
            yield f"Working: {step.formula} ({' '.join(filter(None, (step.citation, step.section)))})"
