"""How many of CMS's own published amounts we reproduce, from the last run of `reconcile`."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from codes.models import Reconciliation
from codes.queries import releases


@require_safe
def correctness(request: HttpRequest) -> HttpResponse:
    """The last run a file."""
    newest: dict[str, Reconciliation] = {}
    for run in Reconciliation.objects.all()[:200]:
        newest.setdefault(run.file_name, run)
    return render(
        request, "codes/correctness.html", {"calendar": releases.calendar(), "runs": newest.values()}
    )
