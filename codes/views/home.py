"""The front door: one box, and what is loaded."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from codes.models import CodeText
from codes.queries import releases

SHOWN = 24


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The search box, and codes from every section among those that are billed most."""
    most_billed = list(CodeText.objects.filter(band=1).order_by("code"))
    step = max(1, len(most_billed) // SHOWN)
    context = {"calendar": releases.calendar(), "often": most_billed[step // 2 :: step][:SHOWN]}
    return render(request, "codes/home.html", context)
