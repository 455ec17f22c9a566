"""What each modifier does to the amount of a code, in the place and locality asked for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from codes import ncci, pricing
from codes.pricing.modifiers import may_change
from codes.queries.line_price import LinePrices
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
    if result.price is None or (prices := result.prices) is None:
        return
    bare = replace(result.price.line, modifiers=(), units=1, charge=None, denied="")
    unpaid = prices.unpaid(bare)
    whole = prices.judged(bare, unpaid).allowed
    for modifier in modifiers:
        price = _with(modifier, bare, prices, is_paid=unpaid is None)
        why = price.refusal.text if price.refusal else ""
        yield WithModifier(modifier, price.allowed, why, price.allowed != whole)


def _with(modifier: str, bare: pricing.Line, prices: LinePrices, *, is_paid: bool) -> pricing.LinePrice:
    """The price of a line with one modifier. What holds of it without the modifier, and of any line of its code, is not
    worked out again."""
    line = replace(bare, modifiers=(modifier,))
    listed = prices.circumstances.listed.get(bare.code, ())
    price = prices.of(line if may_change(modifier, listed) else bare)
    if price.refusal:
        return price
    if not is_paid:
        return prices.allowed(line)
    at = prices.circumstances.date_of_service
    against = ncci.unpaid_with(modifier, line, prices.reference, at)
    return prices.judged(line, against) if against else price
