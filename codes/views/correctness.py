"""How many of CMS's own published amounts we reproduce, from the last run of `reconcile`."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from codes.queries import releases
from codes.queries.reconciliations import newest_runs


@require_safe
def correctness(request: HttpRequest) -> HttpResponse:
    """The last run per file."""
    context = {"calendar": releases.calendar(), "runs": newest_runs()}
    return render(request, "codes/correctness.html", context)
