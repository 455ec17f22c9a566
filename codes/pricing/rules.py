"""Rates that the law changes from time to time, each with the day from which it holds and its source.

`Rate.value` is a fraction (0.02 is two percent) or dollars, as its table says.
"""

from datetime import date
from decimal import Decimal
from typing import NamedTuple


class Rate(NamedTuple):
    """A rate, the day from which it holds, and where the law says so."""

    effective: date
    value: Decimal
    source: str


def _table(source: str, *rows: tuple[str, str]) -> tuple[Rate, ...]:
    return tuple(Rate(date.fromisoformat(day), Decimal(value), source) for day, value in rows)


SEQUESTRATION = _table(
    "Budget Control Act of 2011, as amended (2 U.S.C. 901a)",
    ("2013-04-01", "0.02"),
    ("2020-05-01", "0"),
    ("2022-04-01", "0.01"),
    ("2022-07-01", "0.02"),
)
PART_B_DEDUCTIBLE = _table(
    "Part B annual deductible, dollars a calendar year (2026: 90 FR 52063)",
    ("2016-01-01", "166"),
    ("2017-01-01", "183"),
    ("2018-01-01", "183"),
    ("2019-01-01", "185"),
    ("2020-01-01", "198"),
    ("2021-01-01", "203"),
    ("2022-01-01", "233"),
    ("2023-01-01", "226"),
    ("2024-01-01", "240"),
    ("2025-01-01", "257"),
    ("2026-01-01", "283"),
)
INPATIENT_DEDUCTIBLE = _table(
    "Part A inpatient hospital deductible, dollars a benefit period (Social Security Act §1813(b))",
    ("2023-01-01", "1600"),
    ("2024-01-01", "1632"),
    ("2025-01-01", "1676"),
    ("2026-01-01", "1736"),
)
THERAPY_THRESHOLD = _table(
    "KX modifier threshold, dollars a year, physical with speech therapy, or occupational therapy",
    ("2024-01-01", "2330"),
    ("2025-01-01", "2410"),
    ("2026-01-01", "2480"),
)
FILM_XRAY = _table("Social Security Act §1848(b)(9)(A)", ("2017-01-01", "0.20"))
COMPUTED_RADIOGRAPHY = _table(
    "Social Security Act §1848(b)(9)(B)", ("2018-01-01", "0.07"), ("2023-01-01", "0.10")
)
OUTDATED_CT = _table("Social Security Act §1834(p)", ("2016-01-01", "0.05"), ("2017-01-01", "0.15"))
IMAGING_PROFESSIONAL = _table(
    "Social Security Act §1848(b)(10)", ("2012-01-01", "0.25"), ("2017-01-01", "0.05")
)
SCREENING_COLONOSCOPY_COINSURANCE = _table(
    "Consolidated Appropriations Act, 2021, §122",
    ("2011-01-01", "0.20"),
    ("2023-01-01", "0.15"),
    ("2027-01-01", "0.10"),
    ("2030-01-01", "0"),
)
THERAPY_ASSISTANT = _table("Social Security Act §1834(v)", ("2022-01-01", "0.85"))

YEARLY = (PART_B_DEDUCTIBLE, INPATIENT_DEDUCTIBLE, THERAPY_THRESHOLD)


def in_force(table: tuple[Rate, ...], at: date) -> Rate | None:
    """The rate on a date of service; None before the first, and for yearly tables after their last year.

    >>> in_force(SEQUESTRATION, date(2022, 5, 1)).value
    Decimal('0.01')
    """
    begun = [rate for rate in table if rate.effective <= at]
    if not begun or (table in YEARLY and begun[-1].effective.year != at.year):
        return None
    return begun[-1]


def value_at(table: tuple[Rate, ...], at: date) -> Decimal:
    """The rate on a date of service, 0 where the law has none."""
    rate = in_force(table, at)
    return rate.value if rate else Decimal(0)
