"""The ways on from the answer of a code page: to the Claim Desk, to its neighbors, and as evidence to copy."""

from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse

from codes import pricing
from codes.code_request import CodeRequest
from codes.formatting import day, dollars
from codes.knowledge.locality_names import spelled
from codes.links import absolute, code_address
from codes.queries.claim_text import claim_text
from codes.queries.geography import key_of
from codes.queries.price_query import PriceQuery
from codes.shown_outlook import ShownOutlook


class Doors(NamedTuple):
    """`claim` is the address of the Claim Desk with the line as typed, `evidence` some lines of text, '' where there is
    no amount; `neighbors` the codes to compare with, the code among them."""

    claim: str
    evidence: str
    neighbors: tuple[str, ...]


def doors_of(
    found: CodeRequest, neighbors: tuple[str, str], outlook: ShownOutlook | None, query_string: str
) -> Doors:
    """The doors of the code as asked."""
    before, after = neighbors
    near = tuple(code for code in (before, found.record.code, after) if code)
    result = found.result
    if result is None or result.price is None:
        return Doors("", "", near if len(near) > 1 else ())
    evidence = "\n".join(_evidence(found, result.price, outlook, query_string))
    return Doors(_claim(result.price.line, result.query), evidence, near)


def _claim(line: pricing.Line, query: PriceQuery) -> str:
    where = key_of(query.locality)
    parameters = {
        "lines": claim_text([line]),
        "dos": query.date_of_service.isoformat(),
        "pos": query.place_of_service,
    }
    return f"{reverse('codes:claim')}?{urlencode(parameters | ({'locality': where} if where else {}), safe=',@')}"


def _evidence(
    found: CodeRequest, price: pricing.LinePrice, outlook: ShownOutlook | None, query_string: str
) -> Iterator[str]:
    """What a coder shows a physician: code, amount, formula, verdict, source and address, a line each."""
    code, query = found.record.code, found.result.query if found.result else None
    if query is None:
        return
    modifiers = "".join(f"-{modifier}" for modifier in query.modifiers)
    units = f" x {query.units}" if query.units > 1 else ""
    yield f"{code}{modifiers}{units} {found.record.name}"
    locality = query.locality
    where = f"{spelled(locality.name)}, {locality.state} ({key_of(locality)})" if locality.mac else "national"
    at = day(query.date_of_service)
    pos = pricing.PLACES[query.place_of_service]
    amount = dollars(price.allowed) if price.allowed is not None else "not priced"
    yield f"Medicare allowed amount: {amount}, {pos.name} ({pos.code}), {where}, date of service {at}"
    if price.allowed is None and price.refusal:
        yield f"Reason: {price.refusal.text} {price.refusal.citation}".strip()
    formulas = [step for step in price.steps if step.formula and step.result is not None]
    if formulas:
        last = formulas[0]
        yield f"Working: {last.formula} ({last.citation} {last.section})".replace(" )", ")")
    if price.shares:
        yield f"Medicare's share {dollars(price.shares.medicare)}, patient {dollars(price.shares.patient)}"
    if outlook and outlook.is_unpaid:
        yield f"{outlook.status_words} as typed: {outlook.reason}"
    yield f"Source: {price.source or (found.record.release.name if found.record.release else '')}"
    yield f"{absolute(code_address(code))}{query_string}"
