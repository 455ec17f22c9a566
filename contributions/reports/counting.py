"""Which reports count, and how many reporters they have. The database counts; no report is read here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from contributions import options
from contributions.models import Report, ReporterOrdinal
from contributions.reports.choices import ReportState

YEARS_COUNTED = 2


@dataclass(frozen=True, slots=True)
class Reporters:
    """How many reporters a code has, and how many of them are in no snapshot yet: each of its largest period."""

    people: int = 0
    newcomers: int = 0


def accepted_reports(today: date, code: str = "") -> QuerySet[Report]:
    """The reports that count, of one code or of all: accepted, and received within 24 months."""
    found = Report.objects.filter(
        state=ReportState.ACCEPTED, reporter__kind__in=options.kinds(), received_on__gte=oldest_counted(today)
    )
    return found.filter(code=code) if code else found


def oldest_counted(today: date) -> date:
    """The earliest day of receipt of a report that still counts: 24 months ago.

    >>> oldest_counted(date(2028, 2, 29))
    datetime.date(2026, 2, 28)
    """
    is_leap_day = (today.month, today.day) == (2, 29)
    return today.replace(year=today.year - YEARS_COUNTED, day=28 if is_leap_day else today.day)


def reporters_by_code(reports: QuerySet[Report]) -> Mapping[str, Reporters]:
    """The reporters of each code, in one query."""
    rows = reports.order_by().values_list("code", "reporter__period")
    people = Count("reporter", distinct=True)
    newcomers = Count("reporter", distinct=True, filter=Q(reporter__in_snapshot=False))
    found: dict[str, Reporters] = {}
    for code, _, everybody, new in rows.annotate(people=people, newcomers=newcomers):
        best = found.get(code, Reporters())
        found[code] = Reporters(max(everybody, best.people), max(new, best.newcomers))
    return found


def reporters_with(reports: QuerySet[Report]) -> QuerySet[ReporterOrdinal]:
    """The reporters of these reports, each once."""
    return ReporterOrdinal.objects.filter(pk__in=reports.order_by().values("reporter"))


def codes_with_aged_reports(today: date, code: str = "") -> set[str]:
    """Codes (or this one) whose shown snapshot counts a report that is older than 24 months."""
    aged = Report.objects.filter(in_snapshot=True, received_on__lt=oldest_counted(today))
    found = aged.filter(code=code) if code else aged
    return set(found.order_by().values_list("code", flat=True).distinct())
