"""The last day of a step with Original Medicare: one date, or none where the step has none.

A notice counts as received five days after its date unless there is evidence otherwise (42 CFR 405.942(a)(1)), and a
request counts as filed when the contractor has it. New claims count from the date of service.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from codes.denials.payers import Payer
from codes.denials.routes import Route

MAIL_DAYS = 5
FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of a step, how it is counted, and where that is laid down."""

    last_day: date
    counted: str
    citation: str

    @property
    def falls_on_weekend(self) -> bool:
        """Whether the last day is a Saturday or a Sunday: the request must be there before."""
        return self.last_day.weekday() > FRIDAY


def a_year_after(day: date) -> date:
    """The same day of the next year; February 28 for a leap day.

    >>> a_year_after(date(2028, 2, 29)).isoformat()
    '2029-02-28'
    """
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def _after_receipt(days: int) -> Callable[[date], date]:
    return lambda notice: notice + timedelta(days=MAIL_DAYS + days)


_FROM_NOTICE: Mapping[Route, tuple[Callable[[date], date], str, str]] = {
    Route.REOPENING: (
        a_year_after,
        "one year from the remittance",
        "42 CFR 405.980(c)(1); Claims Processing Manual, ch. 34, §10.6.2",
    ),
    Route.REDETERMINATION: (
        _after_receipt(120),
        "120 days from receipt, which counts as 5 days after the remittance",
        "42 CFR 405.942; Claims Processing Manual, ch. 29, §310.2",
    ),
    Route.RECORDS: (
        _after_receipt(120),
        "if it was denied because no records came: 120 days from receipt of the remittance; an open request has its "
        "own date, usually 45 days",
        "Claims Processing Manual, ch. 34, §10.3; Program Integrity Manual, ch. 3, §3.2.3.2",
    ),
    Route.RECONSIDERATION: (
        _after_receipt(180),
        "180 days from receipt, which counts as 5 days after the decision",
        "42 CFR 405.962",
    ),
}


def deadline_of(
    route: Route, payer: Payer, notice: date | None, date_of_service: date | None
) -> Deadline | None:
    """The last day of the step; None for other payers, for steps without one, and where its first day isn't given.

    >>> deadline_of(Route.REDETERMINATION, Payer.MEDICARE, date(2026, 3, 2), None).last_day.isoformat()
    '2026-07-05'
    """
    if payer is not Payer.MEDICARE:
        return None
    if route is Route.NEW_CLAIM and date_of_service:
        return Deadline(
            a_year_after(date_of_service), "one calendar year from the date of service", "42 CFR 424.44(a)"
        )
    if notice is None or route not in _FROM_NOTICE:
        return None
    count, counted, citation = _FROM_NOTICE[route]
    return Deadline(count(notice), counted, citation)
