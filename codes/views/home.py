"""The front door: one box, where to begin, what the latest releases changed, and codes that are billed often."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from codes.models.release import Source
from codes.queries import releases
from codes.queries.billed_often import billed_often
from codes.queries.changed_amounts import changed_amounts
from codes.queries.changes import SOURCES, ReleaseComparison, comparisons
from codes.queries.releases import Calendar


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The search box and the tools; the latest changes; some codes of every section that Medicare is billed often."""
    calendar = releases.calendar()
    context = {
        "calendar": calendar,
        "latest": _latest(calendar),
        "schedule": (schedule := _schedule(calendar)),
        "changed": changed_amounts(schedule.former, schedule.release) if schedule and schedule.former else [],
        "often": billed_often(),
    }
    return render(request, "codes/home.html", context)


def _schedule(calendar: Calendar) -> ReleaseComparison | None:
    """The latest fee schedule beside the one before it; None where none is loaded."""
    return next(iter(comparisons(calendar, Source.PPRRVU)), None)


def _latest(calendar: Calendar) -> list[ReleaseComparison]:
    """The latest release of each source that has one before it to be compared with, newest first."""
    newest = [each[0] for source in SOURCES if (each := comparisons(calendar, source)) and each[0].former]
    return sorted(newest, key=lambda each: each.release.effective_from, reverse=True)
