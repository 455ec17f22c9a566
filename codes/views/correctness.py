"""How many of CMS's own published amounts we reproduce, from the last runs of `reconcile` and `check_correctness`."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from codes.pricing.worked_examples import worked_examples
from codes.queries import releases
from codes.queries.reconciliations import last_worked_examples, newest_runs
from codes.rules import RULES


@require_safe
def correctness(request: HttpRequest) -> HttpResponse:
    """The last run per file, and of the worked examples."""
    runs, worked = newest_runs(), last_worked_examples()
    different = {each["code"]: each["ours"] for each in worked.differences} if worked else {}
    context = {
        "calendar": releases.calendar(),
        "runs": runs,
        "rows": sum(run.rows for run in runs),
        "matches": sum(run.matches for run in runs),
        "worked": worked,
        "examples": [(each, different.get(each.title, "")) for each in worked_examples()] if worked else [],
        "rules": len(RULES),
    }
    return render(request, "codes/correctness.html", context)
