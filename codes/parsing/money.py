"""Amounts of money as they are typed: `150`, `150.00`, `$1,500.00`. Negative amounts are not read."""

import re
from decimal import Decimal

from codes.parsing.plain import plain, quoted

AMOUNT = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,7})(?:\.[0-9]{1,2})?"
MOST = Decimal("9999999.99")
_MONEY = re.compile(rf"\$? ?({AMOUNT})")


def read_money(text: str) -> Decimal:
    """Dollars; ValueError says what is wrong.

    >>> read_money("$1,500.00"), read_money("150")
    (Decimal('1500.00'), Decimal('150'))
    """
    found = _MONEY.fullmatch(plain(text))
    if found is None:
        raise ValueError(f"{quoted(text.strip())} is not an amount of dollars")
    amount = Decimal(found[1].replace(",", ""))
    if amount > MOST:
        raise ValueError(f"{quoted(text.strip())} is more than ${MOST:,}")
    return amount
