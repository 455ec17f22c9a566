"""How a day, dollars and a share are written, on pages, in sentences and in files."""

from datetime import date
from decimal import Decimal
from functools import lru_cache


@lru_cache(maxsize=1024)
def day(at: date) -> str:
    """The day as Django's "M j, Y" has it, whatever the locale of the machine.

    >>> day(date(2026, 8, 1))
    'Aug 1, 2026'
    """
    return f"{at:%b} {at.day}, {at.year}"


@lru_cache(maxsize=1024)
def long_day(at: date) -> str:
    """The day with its month written out.

    >>> long_day(date(2024, 7, 1))
    'July 1, 2024'
    """
    return f"{at:%B} {at.day}, {at.year}"


def dollars(amount: Decimal) -> str:
    """Dollars to the cent.

    >>> dollars(Decimal("1159.35")), dollars(Decimal("-0.5"))
    ('$1,159.35', '-$0.50')
    """
    return f"{'-' if amount < 0 else ''}${abs(amount):,.2f}"


def exact_dollars(amount: Decimal) -> str:
    """Dollars with all decimals that a list has, two at least.

    >>> exact_dollars(Decimal("29.457")), exact_dollars(Decimal("9.3"))
    ('$29.457', '$9.30')
    """
    return f"${amount:,.{max(2, -int(amount.as_tuple().exponent))}f}"


def percent(share: Decimal) -> str:
    """A fraction as a percentage.

    >>> percent(Decimal("0.625")), percent(Decimal("1.50"))
    ('62.5%', '150%')
    """
    return f"{(share * 100).normalize():f}%"
