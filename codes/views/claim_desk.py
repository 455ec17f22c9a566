"""The Claim Desk: paste a day's lines, see what becomes of each.

The pasted text is posted, read once and never kept; the visitor is sent on to an address that holds the claim in
its compact form (codes, modifiers, units, charges, diagnoses), so that it can be shared, printed and bookmarked.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from codes.api.successors import name_successor
from codes.code_request import bind_form, query_from_form, sanitized
from codes.exports.claim_serializers import COLUMNS, claim_rows, serialize_claim
from codes.exports.csv_response import csv_response
from codes.exports.errors import Errors, errors_of, refused, unknown
from codes.forms.claim import DeskForm
from codes.parsing import ParsedClaim, as_text, compact, in_rows, parse_address, parse_claim
from codes.parsing.claim_lines import pointing_beyond
from codes.parsing.diagnoses import checked_diagnoses, read_diagnoses
from codes.queries import claim as claims
from codes.queries.claim_contract import contracted_claim
from codes.queries.price_query import OFFICE

CARRIED = (
    *("dos", "zip", "locality", "pos", "practitioner", "par", "qp", "deductible"),
    *("all", "contract", *DeskForm.FACTS),
)
EXAMPLE = "45385\n45380\n43248\n43239"
NO_CODE = "There is no code in the box."
NO_LINES = "There is no claim line. Give them as lines=45385,45380-59x1@150.00"


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def claim_desk(request: HttpRequest) -> HttpResponse:
    """A form; with lines in the address, the claim worked through. Posting changes nothing: it only moves on."""
    if request.method == "POST":
        return _read_paste(request)
    context = _worked(sanitized(request.GET))
    context["errors"] = _in_words(context["form"], context.get("errors", {}))
    status = 400 if context["errors"] else 200
    return render(request, "codes/claim_desk.html", context, status=status)


@require_safe
def claim_json(request: HttpRequest) -> HttpResponse:
    """The same result for programs."""
    context = _worked(sanitized(request.GET))
    if wrong := _wrong(request, context):
        return refused(request, wrong)
    return name_successor(JsonResponse(serialize_claim(context["desk"], context["contracted"])), "claims")


@require_safe
def claim_csv(request: HttpRequest) -> HttpResponse:
    """The same result as a table."""
    context = _worked(sanitized(request.GET))
    if wrong := _wrong(request, context):
        return refused(request, wrong)
    return name_successor(csv_response("claim.csv", COLUMNS, claim_rows(context["desk"])), "claims")


def _read_paste(request: HttpRequest) -> HttpResponse:
    text, kept = request.POST.get("text", ""), sanitized(request.POST)
    parsed = parse_claim(text)
    errors = [error.words for error in parsed.errors] or ([] if parsed.lines else [NO_CODE])
    try:
        dx = checked_diagnoses((*read_diagnoses(kept.get("dx", "")), *parsed.diagnoses))
        errors += pointing_beyond(parsed.lines, dx)
    except ValueError as error:
        errors.append(str(error))
    if errors:
        context = _blank(kept) | {"errors": errors, "text": "" if parsed.refused else text[:5000]}
        return render(request, "codes/claim_desk.html", context, status=400)
    address = QueryDict(mutable=True)
    address["lines"] = compact(parsed.lines)
    if dx:
        address["dx"] = ",".join(dx)
    for name in CARRIED:
        if kept.get(name):
            address.setlist(name, kept.getlist(name))
    return HttpResponseRedirect(f"{reverse('codes:claim')}?{address.urlencode(safe=',@')}")


def _worked(parameters: QueryDict) -> dict[str, Any]:
    context = _blank(parameters)
    typed = parameters.get("lines", "")
    if not typed:
        return context
    parsed = parse_address(typed)
    form: DeskForm = context["form"]
    errors = errors_of([form])
    wrong = [error.words for error in parsed.errors] or ([] if parsed.lines else [NO_LINES])
    if lines := wrong or ([] if errors else pointing_beyond(parsed.lines, form.cleaned_data["dx"])):
        errors = {"lines": lines, **errors}
    if errors:
        return context | {"errors": errors, "text": _typed(typed, parsed)}
    whole_day = form.cleaned_data["all"]
    calendar = context["calendar"]
    query = query_from_form(form, claims.usual_place_of(calendar, parsed.lines, form.cleaned_data["dos"]))
    desk = claims.work_through(calendar, parsed.lines, query, whole_day, form.facts, form.cleaned_data["dx"])
    contract = form.cleaned_data["contract"]
    contracted = (
        contracted_claim(calendar, desk.check, query, contract, whole_day=whole_day) if contract else None
    )
    return context | {
        "desk": desk,
        "contracted": contracted,
        "place_of_service": query.place_of_service,
        "text": as_text(parsed.lines),
        "query_string": _known(parameters).urlencode(safe=",@"),
    }


def _wrong(request: HttpRequest, context: dict[str, Any]) -> Errors:
    """What is wrong with a request of a program: parameters that it does not take, among others."""
    errors = context.get("errors") or ({} if "desk" in context else {"lines": [NO_LINES]})
    return {**unknown(request, DeskForm, also=("lines",)), **errors, **context["form"].undecided}


def _typed(typed: str, parsed: ParsedClaim) -> str:
    """The lines for the box of the page: as they were read, else as they came; nothing that speaks of a patient."""
    if parsed.refused:
        return ""
    return in_rows(typed) if parsed.errors else as_text(parsed.lines)


def _blank(parameters: QueryDict) -> dict[str, Any]:
    calendar, at, form = bind_form(DeskForm, parameters)
    valid = form.is_valid()
    return {
        "calendar": calendar,
        "form": form,
        "at": at,
        "locality": form.chosen_locality if valid else None,
        "whole_day": form.cleaned_data.get("all", False),
        "example": EXAMPLE,
        "place_of_service": OFFICE,
    }


def _known(parameters: QueryDict) -> QueryDict:
    """The parameters that the JSON and the CSV of a claim take."""
    kept = parameters.copy()
    for name in set(kept) - {"lines", *DeskForm.base_fields}:
        del kept[name]
    return kept


def _in_words(form: DeskForm, errors: Errors) -> list[str]:
    """The errors as the page lists them: those of a field with its label."""
    return [
        f"{form[name].label}: {error}" if name in form.fields else error
        for name, each in errors.items()
        for error in each
    ]
