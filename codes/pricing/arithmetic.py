"""Figures as text, for the working that a reader can redo with a pocket calculator.

No figure is shortened here: what is printed is what was multiplied.
"""

from decimal import Decimal


def figure(value: Decimal | int, places: int = 0) -> str:
    """A number in plain digits with at least `places` decimals.

    >>> figure(Decimal("1.5"), 2), figure(Decimal("33.4009"), 2), figure(3)
    ('1.50', '33.4009', '3')
    """
    if isinstance(value, int):
        return str(value)
    text = f"{value:f}"
    decimals = text.partition(".")[2]
    return text if len(decimals) >= places else f"{value:.{places}f}"


def money(value: Decimal) -> str:
    """Dollars with cents, without the sign: 25.38."""
    return figure(value, 2)


def times(amount: Decimal, factor: Decimal, result: Decimal) -> str:
    """
    >>> times(Decimal("423.19"), Decimal("1.50"), Decimal("634.79"))
    '423.19 × 1.50 = 634.79'
    """
    return f"{money(amount)} × {figure(factor, 2)} = {money(result)}"


def in_words(items: list[str]) -> str:
    """
    >>> in_words(["26", "TC", "53"])
    '26, TC and 53'
    """
    return " and ".join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)
