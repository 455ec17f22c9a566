"""ASC addenda: what Medicare pays ambulatory surgical centers, four times a year, in a zip such as
`january-2025-asc-approved-hcpcs-code-and-payment-rates.zip`.

Three addenda make a whole. AA lists the surgical procedures that a center may be paid for (4,833 in July 2026), BB
what it may be paid for beside them: drugs, imaging, devices, brachytherapy (2,547). EE lists the surgical procedures
that Medicare excludes from centers (1,559): a code and nothing else. No code is in two of them. A code in none of
them has no facility payment either.

Columns of AA: code, stars, short descriptor, `Subject to Multiple Procedure Discounting` (Y or N), payment indicator,
weight, rate in dollars for the whole country. BB has in place of the discounting a star for pass-through that ends in
the year, and behind the rate the copayment of drugs whose inflation rebate lowers it (`IRA-22 Adjusted Copayment`).
Two stars behind the code mark most preventive services, without coinsurance. Descriptors are the AMA's where the code
is CPT, and are never read into a record.

The rate is blank where CMS prints none: packaged (N1), priced by the contractor, not paid. Known oddities: money as
`$1,518.92` or `1518.92`; drugs have three decimals since July 2026; the indicator `k5` for K5; rates left behind
indicators that pay none (D5 and N1 in October 2025); rows that stand twice alike (90684 in January 2025 and 2026). CMS
publishes the same addenda as a workbook, a sheet for each. AA and BB say their month in the titles, EE only its year.

Addendum FF, the device offsets, is not read: its column `OPPS Payment Rate` is not what anybody is paid. DD1 and DD2
explain the indicators.

Refused: a title that is missing, an indicator of another form, a blank rate where the indicator has one, a code twice
with different values.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import BinaryIO

from codes.cms import coercers
from codes.cms.addenda import FIRST_TITLE, STARS, Addendum, read_addenda
from codes.cms.layout import LayoutError, Row

DISCOUNTING, INDICATOR = "Subject to Multiple Procedure Discounting", "Payment Indicator"
RATE, COPAYMENT = "Payment Rate", "IRA-22 Adjusted Copayment"
REQUIRED: dict[str, tuple[str, ...]] = {
    "AA": (FIRST_TITLE, STARS, DISCOUNTING, INDICATOR, RATE),
    "BB": (FIRST_TITLE, STARS, INDICATOR, RATE, COPAYMENT),
    "EE": (FIRST_TITLE,),
}
PARTS = {1: "AA", 2: "BB", 3: "EE"}
_PRICED = frozenset(("A2", "D2", "G2", "H2", "J8", "K2", "P2", "P3", "R2", "S2", "Z2", "Z3"))
_stars = coercers.one_of("", "*", "**", "***")
_yes_or_no = coercers.one_of("Y", "N")


@dataclass(frozen=True, slots=True)
class AscRow:
    """What one addendum says of a code; `rate` and `copayment` in dollars, None where CMS prints none."""

    addendum: str
    code: str
    indicator: str = ""
    is_discounted: bool = False
    is_preventive: bool = False
    rate: Decimal | None = None
    copayment: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """The year, the first month of the quarter (0 where no title says it: EE), and which addendum it is, 1 to 3; 0 for
    a workbook, which holds all."""

    year: int
    month: int
    part: int


def read_heading(stream: BinaryIO, file_name: str) -> Heading:
    """What title and columns say. Raises LayoutError where the file holds none of the three addenda."""
    found = list(_addenda(stream, file_name))
    part = next((n for n, name in PARTS.items() if name == found[0].name), 0) if len(found) == 1 else 0
    return Heading(found[0].year, max(each.month for each in found), part)


def parse(stream: BinaryIO, file_name: str) -> Iterator[AscRow]:
    """One record a code of each addendum in the file."""
    for addendum in _addenda(stream, file_name):
        seen: dict[str, AscRow] = {}
        for row in addendum.rows:
            record = _record(addendum.name, row)
            former = seen.setdefault(record.code, record)
            if former is record:
                yield record
            elif former != record:
                raise row.refuse(FIRST_TITLE, "stands twice, with different values")
        if not seen:
            raise LayoutError(file_name, 0, "", None, f"Addendum {addendum.name} holds no codes")


def _addenda(stream: BinaryIO, file_name: str) -> Iterator[Addendum]:
    found = list(read_addenda(stream, file_name, REQUIRED))
    if not found:
        raise LayoutError(file_name, 0, "", None, "holds none of the ASC addenda AA, BB and EE")
    return iter(found)


def _record(addendum: str, row: Row) -> AscRow:
    code = row.read(FIRST_TITLE, coercers.code)
    if addendum == "EE":
        return AscRow(addendum, code)
    indicator, rate = row.read(INDICATOR, _indicator), row.read(RATE, coercers.dollars_or_none)
    if rate is None and indicator in _PRICED:
        raise row.refuse(RATE, f"is blank, and payment indicator {indicator} has a rate")
    return AscRow(
        addendum,
        code,
        indicator,
        is_discounted=addendum == "AA" and row.read(DISCOUNTING, _yes_or_no) == "Y",
        is_preventive=row.read(STARS, _stars) == "**",
        rate=rate,
        copayment=row.read(COPAYMENT, coercers.dollars_or_none) if addendum == "BB" else None,
    )


def _indicator(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z]\d", value):
        raise ValueError("is not a payment indicator such as G2")
    return value.upper()
