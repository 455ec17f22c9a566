"""Days as an operator gives them to a command."""

from argparse import ArgumentTypeError
from datetime import date

from django.utils import timezone

FIRST_DAY = date(1992, 1, 1)  # of the physician fee schedule: Social Security Act §1848(a)(1)
MOST_YEARS_AHEAD = 2


def day(text: str) -> date:
    """A day written as YYYY-MM-DD for which CMS may have published anything."""
    try:
        at = date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f'"{text}" is not a day written as YYYY-MM-DD') from None
    if at < FIRST_DAY or at.year > timezone.localdate().year + MOST_YEARS_AHEAD:
        raise ArgumentTypeError(f"{text} is before 1992 or more than {MOST_YEARS_AHEAD} years ahead")
    return at
