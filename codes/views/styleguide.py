"""Every component of the pages on one, for those who change the templates; there only with DEBUG."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from codes.forms.pairs import PairForm

RIGHT = {"codes": "45385 45380", "dos": "2026-08-01"}
WRONG = {"codes": "20610", "dos": "tomorrow"}


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Nothing here is read from a database: names and figures are made up."""
    return render(request, "codes/styleguide.html", {"form": PairForm(RIGHT), "wrong": PairForm(WRONG)})
