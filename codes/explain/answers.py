"""Which of what was found is answered: the likeliest explanations, or the nearest amounts."""

from collections.abc import Iterable
from decimal import Decimal

from codes.explain.types import Explanation, Explanations

MOST_FOUND = 8
NEAREST = 3


def likeliest(found: Iterable[Explanation]) -> tuple[Explanation, ...]:
    """The explanations that assume least."""
    return tuple(sorted(found, key=lambda each: each.cost)[:MOST_FOUND])


def nearest(near: Iterable[Explanation], amount: Decimal) -> tuple[Explanation, ...]:
    """One explanation of each of the nearest amounts in dollars, the likeliest of those that give it."""
    by_distance = sorted(near, key=lambda each: (abs(each.amount - amount), each.cost))
    distinct = {each.amount: each for each in reversed(by_distance)}
    return tuple(sorted(distinct.values(), key=lambda each: abs(each.amount - amount))[:NEAREST])


def either_explains(contract: Explanations, medicare: Explanations, amount: Decimal) -> Explanations:
    """What explains an amount by a contract or by Medicare itself. It is refused where both are."""
    found = likeliest((*contract.found, *medicare.found))
    near = () if found else nearest((*contract.nearest, *medicare.nearest), amount)
    return Explanations(
        found,
        near,
        tried=contract.tried + medicare.tried,
        refusal="" if found or near else medicare.refusal,
        contract_refusal=contract.refusal,
    )
