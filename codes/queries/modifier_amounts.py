"""What each modifier does to the amount of a code, in the place and locality asked for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from codes import pricing
from codes.queries.line_price import price_as_checked
from codes.queries.price_result import PriceResult


@dataclass(frozen=True, slots=True)
class WithModifier:
    """One unit of a code with one modifier. `allowed` is in dollars, None where there is no amount; `why` then says in
    words why not. `is_changed` where the code without it has another amount."""

    modifier: str
    allowed: Decimal | None
    why: str
    is_changed: bool


def modifier_amounts(result: PriceResult, modifiers: Iterable[str]) -> Iterator[WithModifier]:
    """The code with each modifier alone, whatever else was typed; nothing of a code without a price. No query."""
    if result.price is None:
        return
    bare = replace(result.price.line, modifiers=(), units=1, charge=None, denied="")
    is_priced = result.price.line == bare
    whole = (result.price if is_priced else _price(result, bare)).allowed
    for modifier in modifiers:
        price = _price(result, replace(bare, modifiers=(modifier,)))
        why = price.refusal.text if price.refusal else ""
        yield WithModifier(modifier, price.allowed, why, price.allowed != whole)


def _price(result: PriceResult, line: pricing.Line) -> pricing.LinePrice:
    assert result.rows
    assert result.circumstances
    assert result.reference
    return price_as_checked(result.rows, line, result.circumstances, {}, result.reference)
