"""OPPS Addendum B: what Medicare pays outpatient hospitals, by code. CMS publishes it with the final rule
(`2025-nfrm-opps-addenda.zip`, with Addenda A, D1 and E) and anew each quarter (`april-2025-opps-addendum-b.zip`).

One row a code (18,682 in the final rule for 2025): short descriptor, comment indicator, status indicator, APC
(ambulatory payment classification), relative weight, rate, national and minimum unadjusted copayment, for drugs the
coinsurance that an inflation rebate lowers, and `Adjusted Beneficiary Copayment`, which is that copayment, or the
inpatient deductible where the copayment would exceed it. Rates and copayments are dollars for the whole country. A
point stands for no national copayment: the minimum, 20 %, holds. Rate, APC and copayments are blank where the
hospital is not paid by this list. Descriptors are the AMA's where the code is CPT, and are never read into a record.

The title says the year only; the quarter is in the file's name or its zip's. Known oddities: blanks behind status
indicators, a no-break space behind A4341; 50600 has status C and a rate; the final rule for 2025 caps copayments at
the deductible of 2024.

Not read: D1, which explains the status indicators; E, the codes with status C. Addendum A is read by opps_groups.py.

Refused: a title that is missing, a code twice, a status indicator of another form, a rate without a copayment.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import BinaryIO

from codes.cms import coercers
from codes.cms.addenda import FIRST_TITLE, read_addenda
from codes.cms.layout import LayoutError, Row

STATUS, APC, RATE = "SI", "APC", "Payment Rate"
NATIONAL, MINIMUM = "National Unadjusted Copayment", "Minimum Unadjusted Copayment"
ADJUSTED = "Adjusted Beneficiary Copayment"
AMOUNTS = (RATE, NATIONAL, MINIMUM, ADJUSTED)
REQUIRED: dict[str, tuple[str, ...]] = {"B": (FIRST_TITLE, STATUS, APC, *AMOUNTS)}


@dataclass(frozen=True, slots=True)
class OppsRow:
    """What Addendum B says of a code; dollars, None where CMS prints none."""

    code: str
    status: str
    apc: str
    rate: Decimal | None
    national_copayment: Decimal | None
    minimum_copayment: Decimal | None
    adjusted_copayment: Decimal | None


@dataclass(frozen=True, slots=True)
class Heading:
    """The year in the title."""

    year: int


def read_heading(stream: BinaryIO, file_name: str) -> Heading:
    """Raises LayoutError where the file is not Addendum B."""
    for addendum in read_addenda(stream, file_name, REQUIRED):
        return Heading(addendum.year)
    raise _not_b(file_name)


def parse(stream: BinaryIO, file_name: str) -> Iterator[OppsRow]:
    """One record a code."""
    return map(_record, rows_once(stream, file_name, REQUIRED, _not_b(file_name)))


def rows_once(
    stream: BinaryIO, file_name: str, required: dict[str, tuple[str, ...]], none: LayoutError
) -> Iterator[Row]:
    """The rows of the addendum that `required` names with its columns. Raises LayoutError where the first cell of a
    row stands in one before it too, and `none` where there is no row."""
    ((first, *_),) = required.values()
    seen: set[str] = set()
    for addendum in read_addenda(stream, file_name, required):
        for row in addendum.rows:
            if (key := row.read(first, str)) in seen:
                raise row.refuse(first, "stands twice")
            seen.add(key)
            yield row
    if not seen:
        raise none


def _not_b(file_name: str) -> LayoutError:
    return LayoutError(file_name, 0, "", None, "holds no codes of OPPS Addendum B")


def _record(row: Row) -> OppsRow:
    code, status = row.read(FIRST_TITLE, coercers.code), row.read(STATUS, status_indicator)
    return OppsRow(code, status, row.read(APC, _apc), *amounts(row))


def amounts(row: Row) -> tuple[Decimal | None, Decimal | None, Decimal | None, Decimal | None]:
    """Rate, national, minimum and adjusted copayment, in dollars."""
    rate = row.read(RATE, coercers.dollars_or_none)
    national, minimum, adjusted = (row.read(title, _copayment) for title in AMOUNTS[1:])
    if rate is not None and minimum is None:
        raise row.refuse(MINIMUM, "is blank, and there is a rate")
    return rate, national, minimum, adjusted


def _copayment(value: str) -> Decimal | None:
    return None if value == "." else coercers.dollars_or_none(value)


def status_indicator(value: str) -> str:
    """J1, T, N ...; ValueError where it is none."""
    if not re.fullmatch(r"[A-Z]\d?", value):
        raise ValueError("is not a status indicator such as J1")
    return value


def _apc(value: str) -> str:
    return coercers.digits(4, "an APC")(value) if value else ""
