"""Rounding: the only place where an amount loses digits.

CMS rounds half up, once, at the end of a step (Claims Processing Manual, ch. 12, §40.6.C). Half-even would
give other cents on amounts that end in exactly half a cent, such as 423.19 × 1.5.
"""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
TENTH = Decimal("0.1")
ZERO_DOLLARS = Decimal("0.00")


def to_cents(amount: Decimal) -> Decimal:
    """Dollars rounded half up to the cent.

    >>> to_cents(Decimal("634.785"))
    Decimal('634.79')
    """
    return amount.quantize(CENT, ROUND_HALF_UP)


def to_tenth(units: Decimal) -> Decimal:
    """Anesthesia time units, rounded half up to one decimal place.

    >>> to_tenth(Decimal(95) / 15)
    Decimal('6.3')
    """
    return units.quantize(TENTH, ROUND_HALF_UP)
