"""A contract as it is typed: "120 % of Medicare 2025", "110%", "120", "$45.00", "CF 45".

A number alone is a percentage from 100 on, since no conversion factor is so high; below it could be either."""

import re
from decimal import Decimal

from codes.parsing.plain import plain, quoted
from codes.pricing.contract import Contract

EXAMPLES = "120 % of Medicare 2025, 110 % or a conversion factor like $45.00"
FIRST_YEAR, LAST_YEAR = 1992, 2099  # the fee schedule began on January 1, 1992
_NUMBER = r"([0-9]{1,3}(?:\.[0-9]{1,3})?)"
_SHARE = re.compile(
    rf"{_NUMBER} ?(?:%|PERCENT|PCT\.?)(?: ?(?:OF )?(?:MEDICARE)? ?([0-9]{{4}})?)?"
    rf"|{_NUMBER} (?:OF )?(?:MEDICARE ?([0-9]{{4}})?|(?<=OF )([0-9]{{4}}))"
)
_ALONE = re.compile(_NUMBER)
LEAST_ALONE = 100
_FACTOR = re.compile(r"(?:\$|CF) ?\$? ?([0-9]{1,3}(?:\.[0-9]{1,4})?)(?: ?(?:PER|A|/) ?RVU)?")


def read_contract(text: str) -> Contract:
    """A contract; ValueError says what is wrong.

    >>> read_contract("120% of Medicare 2025").words, read_contract("cf 45").words
    ('120 % of Medicare 2025', '$45.00 per RVU')
    >>> read_contract("120").words, read_contract("120 of 2025").words
    ('120 % of Medicare', '120 % of Medicare 2025')
    """
    typed = plain(text)
    if found := _SHARE.fullmatch(typed):
        share, year = found[1] or found[3], found[2] or found[4] or found[5]
        return Contract(share=_above_zero(Decimal(share), typed) / 100, year=_year(year))
    if _ALONE.fullmatch(typed):
        return Contract(share=_percent(Decimal(typed), typed) / 100)
    if found := _FACTOR.fullmatch(typed):
        return Contract(conversion_factor=_above_zero(Decimal(found[1]), typed))
    raise ValueError(f"{quoted(text.strip())} is not a contract that we can read. Write {EXAMPLES}.")


def _percent(value: Decimal, typed: str) -> Decimal:
    if value < LEAST_ALONE:
        raise ValueError(
            f"{typed} may be a percentage or dollars per RVU. Write {typed} % for a share of Medicare's amounts, "
            f"${typed} for a conversion factor."
        )
    return value


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
