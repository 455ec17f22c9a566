"""Why a line was paid what it was paid: `/explain/?code=20610&amount=33.33`."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from codes.code_request import bind_form, query_from_form, sanitized
from codes.explain import Explanations
from codes.exports.csv_response import csv_response
from codes.exports.errors import errors_of, refused, unknown
from codes.exports.explain_serializers import COLUMNS, explanation_rows, serialize_explanations
from codes.forms.explain import ExplainForm
from codes.queries.code import load_code
from codes.queries.explain import explain_payment
from codes.queries.releases import Calendar

PAGE = "codes/explain.html"
EXAMPLES = (
    ("20610 allowed $34.41", "code=20610&amount=34.41&kind=allowed&dos=2026-08-03"),
    ("99213 paid $63.43", "code=99213&amount=63.43&kind=paid&dos=2026-08-03"),
    ("71046 allowed $9.52", "code=71046&amount=9.52&kind=allowed&dos=2026-08-03"),
    (
        "99213 allowed $106.74 by 120 % of Medicare 2025",
        "code=99213&amount=106.74&dos=2026-08-03&contract=120+%25+of+2025",
    ),
)


@require_safe
def explain(request: HttpRequest) -> HttpResponse:
    """A form; with a code and an amount in the address, the rules that give the amount, the likeliest first."""
    parameters = sanitized(request.GET)
    calendar, at, form = bind_form(ExplainForm, parameters)
    context: dict[str, Any] = {"calendar": calendar, "form": form, "at": at, "is_variant": bool(request.GET)}
    if not parameters.get("amount", "").strip():
        return render(request, PAGE, context | {"is_blank": True, "examples": EXAMPLES})
    if not form.is_valid():
        return render(request, PAGE, context | {"is_wrong": True}, status=400)
    context |= {"found": _explained(calendar, form), "name": _name(calendar, form)}
    return render(request, PAGE, context | {"query_string": parameters.urlencode()})


@require_safe
def explain_json(request: HttpRequest) -> HttpResponse:
    """The same for programs."""
    calendar, _, form = bind_form(ExplainForm, request.GET)
    if wrong := _wrong(request, form):
        return refused(request, wrong)
    return JsonResponse(serialize_explanations(form.cleaned_data, _explained(calendar, form)))


@require_safe
def explain_csv(request: HttpRequest) -> HttpResponse:
    """The same as a table."""
    calendar, _, form = bind_form(ExplainForm, request.GET)
    if wrong := _wrong(request, form):
        return refused(request, wrong)
    return csv_response("explained.csv", COLUMNS, explanation_rows(_explained(calendar, form)))


def _wrong(request: HttpRequest, form: ExplainForm) -> dict[str, list[str]]:
    return {**unknown(request, ExplainForm), **errors_of([form]), **form.undecided}


def _explained(calendar: Calendar, form: ExplainForm) -> Explanations:
    query = query_from_form(form, usual="")
    record = load_code(calendar, form.cleaned_data["code"], query.date_of_service)
    return explain_payment(calendar, form.question(record.main_row), query, form.is_dated)


def _name(calendar: Calendar, form: ExplainForm) -> str:
    return load_code(calendar, form.cleaned_data["code"], form.cleaned_data["dos"]).name
