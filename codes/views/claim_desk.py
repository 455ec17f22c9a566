"""The Claim Desk: paste a day's lines, see what becomes of each.

The pasted text is posted, read once and never kept; the visitor is sent on to an address that holds the claim in
its compact form (codes, modifiers, units, charges), so that the result can be shared, printed and bookmarked.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from codes import pricing
from codes.exports.csv_response import csv_response
from codes.exports.serializers import NOTICE, plain
from codes.forms import fields
from codes.forms.lookup import LookupForm
from codes.parsing import ParsedClaim, as_text, compact, in_rows, parse_address, parse_claim
from codes.queries import claim as claims
from codes.queries import releases
from codes.queries.desk_line import DeskLine
from codes.views.code_request import bind_form, query_from_form, sanitized
from codes.views.errors import Errors, errors_of, refused, unknown

CARRIED = ("dos", "zip", "locality", "pos", "practitioner", "par", "qp", "deductible", "all")
EXAMPLE = "45385\n45380\n43248\n43239"
HEADINGS = (
    *("line", "code", "modifiers", "units", "status"),
    *("verdict", "allowed", "medicare", "patient", "confidence"),
    *("medicare_before_sequestration", "sequestration", "medicare_paid", "source"),
)
NO_LINES = "There is no claim line. Give them as lines=45385,45380-59x1@150.00"


class ClaimForm(LookupForm):
    """A look-up that holds for all lines of a claim, and whether they are all of the day."""

    all = fields.Flag("These are all services of that day")


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
    return JsonResponse(
        {"lines": [_as_json(line) for line in context["desk"].lines], **_totals(context["desk"])}
    )


@require_safe
def claim_csv(request: HttpRequest) -> HttpResponse:
    """The same result as a table. Its last rows are what sequestration takes off, and the total: with them each column
    of dollars adds up."""
    context = _worked(sanitized(request.GET))
    if wrong := _wrong(request, context):
        return refused(request, wrong)
    desk: claims.Desk = context["desk"]
    rows = [*map(_csv_row, desk.lines), *_csv_totals(desk)]
    return csv_response("claim.csv", HEADINGS, rows)


def _read_paste(request: HttpRequest) -> HttpResponse:
    posted = request.POST
    text = posted.get("text", "")
    parsed = parse_claim(text)
    kept = sanitized(posted)
    if parsed.errors or not parsed.lines:
        errors = [error.words for error in parsed.errors] or ["There is no code in the box."]
        context = _blank(kept) | {"errors": errors, "text": "" if parsed.refused else text[:5000]}
        return render(request, "codes/claim_desk.html", context, status=400)
    address = QueryDict(mutable=True)
    address["lines"] = compact(parsed.lines)
    for name in CARRIED:
        if kept.get(name):
            address.setlist(name, kept.getlist(name))
    return HttpResponseRedirect(f"{reverse('codes:claim')}?{address.urlencode(safe=',@')}")


def _worked(parameters: QueryDict) -> dict[str, Any]:
    context = _blank(parameters)
    given = parameters.get("lines", "")
    if not given:
        return context
    parsed = parse_address(given)
    form: ClaimForm = context["form"]
    errors = errors_of([form])
    if lines := [error.words for error in parsed.errors] or ([] if parsed.lines else [NO_LINES]):
        errors = {"lines": lines, **errors}
    if errors:
        return context | {"errors": errors, "text": _typed(given, parsed)}
    whole_day = form.cleaned_data["all"]
    desk = claims.work_through(context["calendar"], parsed.lines, query_from_form(form), whole_day)
    return context | {
        "desk": desk,
        "text": as_text(parsed.lines),
        "query_string": _known(parameters).urlencode(safe=",@"),
    }


def _wrong(request: HttpRequest, context: dict[str, Any]) -> Errors:
    """What is wrong with a request of a program: parameters that it does not take, among others."""
    errors = context.get("errors") or ({} if "desk" in context else {"lines": [NO_LINES]})
    return {**unknown(request, ClaimForm, also=("lines",)), **errors, **context["form"].undecided}


def _typed(given: str, parsed: ParsedClaim) -> str:
    """The lines for the box of the page: as they were read, else as they came; nothing that speaks of a patient."""
    if parsed.refused:
        return ""
    return in_rows(given) if parsed.errors else as_text(parsed.lines)


def _blank(parameters: QueryDict) -> dict[str, Any]:
    calendar = releases.calendar()
    at, form = bind_form(ClaimForm, calendar, parameters)
    valid = form.is_valid()
    return {
        "calendar": calendar,
        "form": form,
        "at": at,
        "place": form.place if valid else None,
        "whole_day": form.cleaned_data.get("all", False),
        "example": EXAMPLE,
    }


def _known(parameters: QueryDict) -> QueryDict:
    """The parameters that the JSON and the CSV of a claim take."""
    kept = parameters.copy()
    for name in set(kept) - {"lines", *ClaimForm.base_fields}:
        del kept[name]
    return kept


def _in_words(form: ClaimForm, errors: Errors) -> list[str]:
    """The errors as the page lists them: those of a field with its label."""
    return [
        f"{form[name].label}: {error}" if name in form.fields else error
        for name, each in errors.items()
        for error in each
    ]


def _as_json(line: DeskLine) -> dict[str, Any]:
    price = line.price
    shares = price.shares if price else None
    return {
        "line": line.checked.number,
        "code": line.line.code,
        "modifiers": list(line.line.modifiers),
        "units": line.line.units,
        "status": line.status,
        "verdict": line.verdict,
        "denied": line.denied,
        "findings": [
            {"outcome": f.outcome, "words": f.words, "citation": f.citation} for f in line.checked.findings
        ],
        "allowed": plain(price.allowed) if price else None,
        "steps": plain([(s.title, s.formula, s.citation) for s in price.steps]) if price else [],
        "not_priced": price.refusal.text if price and price.refusal else None,
        "medicare": plain(shares.medicare) if shares else None,
        **_medicare(shares),
        "patient": plain(shares.patient) if shares else None,
        "source": price.source if price else None,
        "notes": list(price.notes) if price else [],
        "confidence": price.confidence.level if price else None,
        "reasons": list(price.confidence.reasons) if price else [],
    }


def _medicare(shares: pricing.Shares | None) -> dict[str, str | None]:
    """Medicare's share, what sequestration takes of it, and what Medicare pays."""
    return {
        "medicare_before_sequestration": plain(shares.medicare) if shares else None,
        "sequestration": plain(shares.sequestration) if shares else None,
        "medicare_paid": plain(shares.medicare_after_sequestration) if shares else None,
    }


def _totals(desk: claims.Desk) -> dict[str, Any]:
    if desk.claim is None:
        return {"not_priced": desk.refusal.text if desk.refusal else None}
    return {
        "total_allowed": plain(desk.claim.total_allowed),
        "total_medicare": plain(desk.claim.total_medicare),
        "total_patient": plain(desk.claim.total_patient),
        "medicare_before_sequestration": plain(desk.claim.total_medicare_share),
        "sequestration": plain(desk.claim.total_sequestration),
        "medicare_paid": plain(desk.claim.total_medicare),
        "suggested_order": list(desk.order),
        "confidence": desk.claim.confidence.level,
        "releases": desk.releases,
        "notice": NOTICE,
    }


def _csv_row(line: DeskLine) -> tuple[Any, ...]:
    price = line.price
    shares = price.shares if price else None
    return (
        line.checked.number,
        line.line.code,
        " ".join(line.line.modifiers),
        line.line.units,
        line.status,
        line.verdict,
        price.allowed if price else None,
        shares.medicare if shares else None,
        shares.patient if shares else None,
        price.confidence.level if price else None,
        *_medicare(shares).values(),
        price.source if price else None,
    )


def _csv_totals(desk: claims.Desk) -> list[tuple[Any, ...]]:
    claim = desk.claim
    if claim is None:
        return []
    unused = (None,) * 5
    paid = claim.total_medicare
    totals = (claim.total_allowed, paid, claim.total_patient, claim.confidence.level)
    of_medicare = (claim.total_medicare_share, claim.total_sequestration, paid)
    return [
        ("sequestration", *unused, None, -claim.total_sequestration, *(None,) * 6),
        ("total", *unused, *totals, *of_medicare, None),
    ]
