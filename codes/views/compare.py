"""Up to five codes side by side."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from codes.code_request import bind_form, query_from_form, sanitized
from codes.forms.compare import EXAMPLE, CompareForm
from codes.queries import compare as queries


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """`/compare/?codes=99213,99214`, with the locality, date and track of a price query."""
    parameters = sanitized(request.GET)
    calendar, at, form = bind_form(CompareForm, parameters)
    context: dict[str, Any] = {"calendar": calendar, "form": form, "at": at, "is_variant": bool(request.GET)}
    if not parameters.get("codes", "").strip():
        return render(request, "codes/compare.html", context | {"is_blank": True, "example": EXAMPLE})
    if not form.is_valid():
        return render(request, "codes/compare.html", context, status=400)
    query = query_from_form(form, usual="")
    context["comparison"] = queries.compare(calendar, form.cleaned_data["codes"], query)
    kept = parameters.copy()
    kept.pop("codes", None)
    return render(
        request,
        "codes/compare.html",
        context | {"price_query": query, "locality": form.chosen_locality, "parameters": kept.urlencode()},
    )
