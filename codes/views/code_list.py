"""A practice's list of codes, up to three hundred: its address holds it, so that it can be bookmarked and shared.

A pasted text is read once for its codes and never kept; the visitor is sent on to the address with the codes.
"""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from codes.carried_parameters import carried
from codes.code_request import accepted_parameters, bind_form, query_from_form, sanitized
from codes.exports.csv_response import csv_response
from codes.exports.errors import Errors, errors_of, refused, unknown
from codes.exports.list_serializers import COLUMNS, list_rows, serialize_list
from codes.forms.code_list import NO_CODES, ListForm
from codes.parsing.code_list import EXAMPLE, find_codes
from codes.parsing.phi import personal_kinds_in_claim
from codes.queries import code_list as lists

MOST_REPEATED = 5000  # characters of a text that was not read, in the box again


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def code_list(request: HttpRequest) -> HttpResponse:
    """`/list/?codes=99213,99214`, with the practice of a price query. Posting changes nothing: it only moves on."""
    if request.method == "POST":
        return _read_paste(request)
    context = _worked(sanitized(request.GET))
    context |= {"is_variant": bool(request.GET), "query_string": _query_string(request)}
    return render(request, "codes/code_list.html", context, status=400 if context["form"].errors else 200)


@require_safe
def list_json(request: HttpRequest) -> HttpResponse:
    """The same for programs."""
    context = _worked(sanitized(request.GET))
    if wrong := _wrong(request, context):
        return refused(request, wrong)
    return JsonResponse(serialize_list(context["list"], context["price_query"]))


@require_safe
def list_csv(request: HttpRequest) -> HttpResponse:
    """The same as a table, a line a code."""
    context = _worked(sanitized(request.GET))
    if wrong := _wrong(request, context):
        return refused(request, wrong)
    return csv_response(f"list-{context['at']}.csv", COLUMNS, list_rows(context["list"]))


def _read_paste(request: HttpRequest) -> HttpResponse:
    text, posted = request.POST.get("text", ""), sanitized(request.POST)
    found = find_codes(text)
    practice = carried({name: posted.get(name, "") for name in posted})
    if found.errors:
        context = _worked(QueryDict(urlencode(practice))) | {"paste_errors": found.errors}
        context["text"] = "" if personal_kinds_in_claim(text) else text[:MOST_REPEATED]
        return render(request, "codes/code_list.html", context, status=400)
    contract = [("contract", posted["contract"])] if posted.get("contract") else []
    query = urlencode([("codes", ",".join(found.codes)), *contract, *practice], safe=",")
    return HttpResponseRedirect(f"{reverse('codes:list')}?{query}")


def _worked(parameters: QueryDict) -> dict[str, Any]:
    calendar, at, form = bind_form(ListForm, parameters)
    context: dict[str, Any] = {"calendar": calendar, "form": form, "at": at, "example": EXAMPLE}
    if not form.is_valid():
        return context | {"text": parameters.get("codes", "")[:MOST_REPEATED]}
    codes = form.cleaned_data["codes"]
    query = query_from_form(form, usual="")
    context |= {"price_query": query, "locality": form.chosen_locality, "text": ", ".join(codes)}
    return context | (
        {"list": lists.code_list(calendar, codes, query, form.cleaned_data["contract"])} if codes else {}
    )


def _wrong(request: HttpRequest, context: dict[str, Any]) -> Errors:
    form: ListForm = context["form"]
    nothing = {} if form.errors or "list" in context else {"codes": [NO_CODES]}
    return {**unknown(request, ListForm), **nothing, **errors_of([form]), **form.undecided}


def _query_string(request: HttpRequest) -> str:
    return accepted_parameters(request, ListForm).urlencode(safe=",")
