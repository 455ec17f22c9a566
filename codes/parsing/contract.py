"""A contract as it is typed: "120 % of Medicare 2025", "110%", "$45.00", "CF 45"."""

import re
from decimal import Decimal

from codes.parsing.plain import plain, quoted
from codes.pricing.contract import Contract

EXAMPLES = "120 % of Medicare 2025, 110 % or a conversion factor like $45.00"
FIRST_YEAR, LAST_YEAR = 1992, 2099  # the fee schedule began on January 1, 1992
_SHARE = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,3})?) ?%(?: ?(?:OF )?(?:MEDICARE)? ?([0-9]{4})?)?")
_FACTOR = re.compile(r"(?:\$|CF) ?\$? ?([0-9]{1,3}(?:\.[0-9]{1,4})?)(?: ?(?:PER|A|/) ?RVU)?")


def read_contract(text: str) -> Contract:
    """A contract; ValueError says what is wrong.

    >>> read_contract("120% of Medicare 2025").words, read_contract("cf 45").words
    ('120 % of Medicare 2025', '$45.00 per RVU')
    """
    typed = plain(text)
    if found := _SHARE.fullmatch(typed):
        return Contract(share=_above_zero(Decimal(found[1]), typed) / 100, year=_year(found[2]))
    if found := _FACTOR.fullmatch(typed):
        return Contract(conversion_factor=_above_zero(Decimal(found[1]), typed))
    raise ValueError(f"{quoted(text.strip())} is not a contract that we can read. Write {EXAMPLES}.")


def _above_zero(value: Decimal, typed: str) -> Decimal:
    if not value:
        raise ValueError(f"{quoted(typed)} pays nothing. Write {EXAMPLES}.")
    return value


def _year(typed: str | None) -> int | None:
    if typed is None:
        return None
    if not FIRST_YEAR <= int(typed) <= LAST_YEAR:
        raise ValueError(f"{typed} is not a year of the physician fee schedule, which began in {FIRST_YEAR}.")
    return int(typed)
