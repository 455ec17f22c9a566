"""The front door: one box, and what is loaded."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from codes.models import CodeText
from codes.queries import releases


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The search box and the codes that billers look up most."""
    often = CodeText.objects.filter(band=1).order_by("code")[:24]
    return render(request, "codes/home.html", {"calendar": releases.calendar(), "often": often})
