"""Newcomers who came together: most of them from one larger network, or within an hour. Staff look at them first."""

from datetime import date

from django.db.models import Count

from contributions.models import NewcomerMark
from contributions.reports import anonymity
from contributions.reports.choices import ReportState
from contributions.reports.counting import accepted_reports, reporters_with

BECAUSE = "most newcomers share a network or an hour"


def hold_crowd(code: str, today: date) -> bool:
    """Hold the newcomers' reports for staff where most of them share a mark; False where they do not.

    The marks of the code go, so that those whom staff accept are not held a second time.
    """
    reports = accepted_reports(today, code).filter(reporter__in_snapshot=False)
    newcomers = reporters_with(reports)
    marks = NewcomerMark.objects.filter(reporter__in=newcomers)
    common = marks.values("mark").annotate(people=Count("pk")).order_by("-people").first()
    if common is None or not anonymity.is_crowd(common["people"], newcomers.count()):
        return False
    NewcomerMark.objects.filter(reporter__code=code).delete()
    reports.update(state=ReportState.HELD, held_because=BECAUSE)
    return True
