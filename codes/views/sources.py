"""What is loaded, in force since when, from which file, and how old."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from codes.code_request import sanitized
from codes.forms.pages import release_page
from codes.models.release import Source
from codes.queries import releases

CADENCE_DAYS = {
    Source.PPRRVU: 92,
    Source.OPPS_CAP: 92,
    Source.ZIP_LOCALITY: 92,
    Source.CLFS: 92,
    Source.HCPCS: 92,
    Source.ASC: 92,
    Source.OPPS: 92,
    Source.OPPS_APC: 92,
    Source.DMEPOS: 92,
    Source.PEN: 92,
    Source.DMEPOS_RURAL: 92,
    Source.ICD10: 183,
    Source.COVERAGE_ARTICLES: 31,  # a new one each week
    Source.COVERAGE_LCDS: 31,
    Source.PSPS: 1096,  # a year is published about twenty months after it began
}
YEARLY = 366
# Read in the layout that CMS describes; tests have files that were made up in it.
NOT_MET = frozenset({Source.PSPS, Source.COVERAGE_ARTICLES, Source.COVERAGE_LCDS})


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """One table a source, in pages; a release that has outlived its cadence is marked."""
    calendar = releases.calendar()
    today = timezone.localdate()
    page = release_page(sanitized(request.GET), max(len(calendar.of(source)) for source in Source))
    groups = []
    for source in Source:
        loaded = calendar.of(source)
        current = calendar.in_force(source, today)
        age = (today - current.effective_from).days if current else None
        stale = age is not None and age > CADENCE_DAYS.get(source, YEARLY)
        groups.append(
            {
                "source": source,
                "loaded": page.of(loaded),
                "has_others": bool(loaded),
                "current": current,
                "age": age,
                "stale": stale,
                "not_met": source in NOT_MET,
            }
        )
    return render(
        request,
        "codes/sources.html",
        {
            "calendar": calendar,
            "groups": groups,
            "page": page,
            "today": today,
            "version": settings.VERSION,
        },
        status=page.status,
    )
