"""Every indicator of the fee schedule with every value, explained."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from codes.knowledge.indicators import FIELDS
from codes.queries import releases


@require_safe
def indicators(request: HttpRequest) -> HttpResponse:
    """One section a field (`#global_days`), one line a value (`#global_days-010`)."""
    fields = [(field, field.values.values()) for field in FIELDS.values()]
    return render(request, "codes/indicators.html", {"calendar": releases.calendar(), "fields": fields})
