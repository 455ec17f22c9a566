"""What a contract that is tied to Medicare makes of an amount, as a last step of the working."""

from dataclasses import replace

from codes.explain.types import SHARE_STEPS
from codes.pricing.arithmetic import times
from codes.pricing.contract import Contract
from codes.pricing.types import LinePrice, Step


def contracted(price: LinePrice, contract: Contract) -> LinePrice:
    """The line with what the contract allows for it. It has no shares: what the patient owes is between the payer and
    the patient, and not known here."""
    amount = contract.amount(price.allowed)
    if price.allowed is None or amount is None:
        return price
    steps = tuple(step for step in price.steps if step.rule not in SHARE_STEPS)
    if contract.conversion_factor is None:
        formula = times(price.allowed, contract.share, amount)
        steps = (*steps, Step("contract", "Your contract", formula, amount, contract.words))
    return replace(price, allowed=amount, steps=steps, shares=None)
