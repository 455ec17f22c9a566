"""How many of CMS's own published amounts we reproduce, and what the claim rules make of their cases, from the last
runs of `reconcile` and `check_correctness`."""

from itertools import groupby
from operator import attrgetter

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from codes.exports.csv_response import csv_response
from codes.exports.errors import refused, unknown
from codes.exports.example_serializers import HEADINGS, example_rows, serialize_examples
from codes.pricing.worked import BASES, WorkedExample
from codes.queries import releases
from codes.queries.reconciliations import last_rule_run, last_worked_examples, newest_runs
from codes.queries.rule_cases import outcomes
from codes.queries.worked_examples import worked_examples
from codes.rules import RULES


@require_safe
def correctness(request: HttpRequest) -> HttpResponse:
    """The last run per file, of the worked examples and of the claim rules."""
    runs, worked, ruled = newest_runs(), last_worked_examples(), last_rule_run()
    context = {
        "calendar": releases.calendar(),
        "runs": runs,
        "rows": sum(run.rows for run in runs),
        "matches": sum(run.matches for run in runs),
        "worked": worked,
        "ruled": ruled,
        "rules": len(RULES),
    }
    return render(request, "codes/correctness.html", context)


@require_safe
def examples(request: HttpRequest) -> HttpResponse:
    """Every worked example, with what this version makes of it now."""
    found = _examples()
    context = {
        "calendar": releases.calendar(),
        "total": len(found),
        "matches": sum(each.agrees for each in found),
        "bases": [(basis, list(those)) for basis, those in groupby(found, attrgetter("basis"))],
    }
    return render(request, "codes/worked_examples.html", context)


@require_safe
def examples_csv(request: HttpRequest) -> HttpResponse:
    """The same as a table."""
    if wrong := unknown(request):
        return refused(request, wrong)
    return csv_response("worked_examples.csv", HEADINGS, example_rows(_examples()))


@require_safe
def examples_json(request: HttpRequest) -> HttpResponse:
    """The same for programs."""
    if wrong := unknown(request):
        return refused(request, wrong)
    return JsonResponse(serialize_examples(_examples()))


def _examples() -> list[WorkedExample]:
    return sorted(worked_examples(), key=lambda each: BASES.index(each.basis))


@require_safe
def rule_cases(request: HttpRequest) -> HttpResponse:
    """Every case of every claim rule, with what the last run found."""
    run = last_rule_run()
    context = {"calendar": releases.calendar(), "run": run, "rules": outcomes(run.differences) if run else ()}
    return render(request, "codes/rule_cases.html", context)
