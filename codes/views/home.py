"""The front door: one box, where to begin, what the latest releases changed, and codes that are billed often."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from codes.knowledge.sections import order, place_of
from codes.models import CodeText
from codes.queries import releases
from codes.queries.changes import SOURCES, Comparison, comparisons
from codes.queries.releases import Calendar

SHOWN_OF_SECTION = 6


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The search box and the tools; the latest changes; some codes of every section that Medicare is billed often."""
    calendar = releases.calendar()
    context = {"calendar": calendar, "latest": _latest(calendar), "often": _often()}
    return render(request, "codes/home.html", context)


def _latest(calendar: Calendar) -> list[Comparison]:
    """The latest release of each source that has one before it to be compared with, newest first."""
    newest = [each[0] for source in SOURCES if (each := comparisons(calendar, source)) and each[0].former]
    return sorted(newest, key=lambda each: each.release.effective_from, reverse=True)


def _often() -> list[tuple[str, list[CodeText]]]:
    """Sections with codes of the highest band, picked evenly along their numbers."""
    texts = sorted(CodeText.objects.filter(band=1), key=lambda text: order(text.code))
    return [(title, _spread(list(part))) for title, part in groupby(texts, lambda text: _section(text.code))]


def _section(code: str) -> str:
    place = place_of(code)
    return place[0].title if place else "HCPCS Level II"


def _spread(texts: list[CodeText]) -> list[CodeText]:
    """At most SHOWN_OF_SECTION of them, evenly from the first to the last."""
    step = max(1, -(-len(texts) // SHOWN_OF_SECTION))
    return texts[::step]
