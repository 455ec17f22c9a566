"""Dates of service as they are typed, read alike on every page, in every file and in the search box.

    2026-03-14   2026-3-14   3/14/2026   3-14-2026   3.14.2026   3/14/26
    03142026   20260314   mar 14 2026   March 14th, 2026   14 mar 2026   14-MAR-2026

Month before day, as Americans write it. Two digits of a year are of this century, up to 49.
"""

import re
from datetime import date

from codes.parsing.plain import plain

FIRST_DAY = date(1992, 1, 1)  # of the physician fee schedule: Social Security Act §1848(a)(1)
LAST_DAY = date(2099, 12, 31)
LAST_SHORT_YEAR = 49
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
EXPECTED = "Give the date as year-month-day (2026-03-14) or month/day/year (3/14/2026)."

_MONTH = rf"(?P<m{{}}>{'|'.join(MONTHS)})[A-Z]{{{{0,6}}}}\.?"
DATE = (
    r"(?P<y1>[0-9]{4})[-/.](?P<m1>[0-9]{1,2})[-/.](?P<d1>[0-9]{1,2})"
    r"|(?P<m2>[0-9]{1,2})[-/.](?P<d2>[0-9]{1,2})[-/.](?P<y2>[0-9]{4}|[0-9]{2})"
    rf"|{_MONTH.format(3)} ?(?P<d3>[0-9]{{1,2}})(?:ST|ND|RD|TH)?,? (?P<y3>[0-9]{{4}})"
    rf"|(?P<d4>[0-9]{{1,2}})[ -]?{_MONTH.format(4)},?[ -]?(?P<y4>[0-9]{{4}})"
    r"|(?P<m5>0[1-9]|1[0-2])(?P<d5>[0-3][0-9])(?P<y5>20[0-9]{2})"
    r"|(?P<y6>20[0-9]{2})(?P<m6>0[1-9]|1[0-2])(?P<d6>[0-3][0-9])"
)
_DATE = re.compile(DATE)


class BeyondFeeSchedule(ValueError):
    """A day before the physician fee schedule, or in the next century."""


def read_date(text: str) -> date:
    """The date that `text` is; ValueError says what is wrong with it.

    >>> read_date("3/14/2026") == read_date("2026-3-14") == read_date("mar 14 2026") == date(2026, 3, 14)
    True
    """
    found = _DATE.fullmatch(plain(text))
    if found is None:
        raise ValueError(EXPECTED)
    return date_of(found)


def date_of(found: re.Match[str]) -> date:
    """The date of a match of DATE; ValueError where there is no such day, or no fee schedule yet."""
    parts = {name[0]: value for name, value in found.groupdict().items() if value and name[1:].isdigit()}
    year, month, day = _year(parts["y"]), parts["m"], int(parts["d"])
    number = MONTHS.index(month) + 1 if month in MONTHS else int(month)
    try:
        read = date(year, number, day)
    except ValueError:
        raise ValueError(f"There is no such day. {EXPECTED}") from None
    if not FIRST_DAY <= read <= LAST_DAY:
        raise BeyondFeeSchedule(
            "Give a date from 1992 to 2099: Medicare's physician fee schedule begins in 1992."
        )
    return read


def _year(text: str) -> int:
    if len(text) == 2 and int(text) > LAST_SHORT_YEAR:
        raise ValueError(f"Give the year in four digits. {EXPECTED}")
    return int(text) + (2000 if len(text) == 2 else 0)
