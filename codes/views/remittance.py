"""The remittance check: an 835 file or lines of one, each line beside what Medicare's rules allow.

The file is posted, read line by line and answered at once. Nothing of it is kept, shown again or written to a log, and
names and numbers of people are not read (`codes.parsing.remittance`); the browser leaves them out before it sends.

A file of more lines than are taken at once comes from the browser in parts, each answered as JSON. The first counts as
one check of its network, and its answer holds a signed pass for the others: within the hour, and no more than
MOST_PARTS with the first, whoever sends them. A part without one, or beyond, counts as a new check.
"""

from collections.abc import Sequence
from contextlib import suppress
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from codes import throttling
from codes.code_request import bind_form, query_from_form
from codes.exports.csv_response import csv_response
from codes.exports.remittance_serializers import (
    COLUMNS,
    part_document,
    reason_rows,
    remittance_rows,
    shown_lines,
)
from codes.forms.audit import AuditForm
from codes.parsing.remittance import Remittance, parse_remittance
from codes.queries.remittance import Outcome, compare_remittance
from codes.uploads import MemoryUpload

PAGE = "codes/remittance.html"
MOST_SHOWN = 200  # lines on the page; the CSV has them all
MOST_PARTS = 12  # of a file that count as one check: 24,000 lines
PASS = TimestampSigner(salt="codes.remittance.parts")
EXAMPLE = (
    "SVC*HC:99213:25*150*74.63**1~\nDTM*472*20260803~\nCAS*CO*45*54.81**253*1.52~\nCAS*PR*2*19.04~\n"
    "SVC*HC:20610:RT*100*26.98**1~\nDTM*472*20260803~\nCAS*CO*45*65.59**253*0.55~\nCAS*PR*2*6.88~"
)
BUSY = "Your network has checked many remittances in the last hour. Try again in an hour."
TOO_LARGE = "The lines are more than 512 KB. Send them in parts."


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def remittance(request: HttpRequest) -> HttpResponse:
    """`/remittance/`: a form; posted, the table, as a page, as CSV (`as=csv`), or of one part of a long file as JSON
    (`as=part`; `parts` is the pass that an earlier part was answered with). Posting changes nothing."""
    if request.method == "POST":
        return _checked(request)
    return render(request, PAGE, _blank(request))


@never_cache
def _checked(request: HttpRequest) -> HttpResponse:
    request.upload_handlers = [MemoryUpload(request)]
    try:
        text = _text(request)
    except RequestDataTooBig:
        request.POST = QueryDict()  # what was not read is not asked for again
        return _refused(request, _blank(request), [TOO_LARGE], 413)
    context = _blank(request)
    context["pass_on"] = _admitted(request)
    if not context["pass_on"]:
        response = _refused(request, context, [BUSY], 429)
        response["Retry-After"] = str(throttling.AN_HOUR)
        return response
    form: AuditForm = context["form"]
    found = parse_remittance(text)
    wrong = [str(error) for errors in form.errors.values() for error in errors]
    if wrong or not found.lines:
        return _refused(request, context, [*wrong, *found.errors], 400)
    return _answered(request, context, found)


def _admitted(request: HttpRequest) -> str:
    """The pass for the next part of this file, if its network may send this one now; '' where it may not."""
    with suppress(BadSignature):
        file = PASS.unsign(request.POST.get("parts", ""), max_age=throttling.AN_HOUR)
        if throttling.admit(f"{MOST_PARTS - 1}/hour", "parts-of-remittance", file):
            return request.POST["parts"]
    if throttling.admit_request(request, settings.AUDIT_LIMITS, "remittances-of-network"):
        return PASS.sign(token_hex(8))
    return ""


def _refused(
    request: HttpRequest, context: dict[str, Any], errors: Sequence[str], status: int
) -> HttpResponse:
    """Why nothing is compared, in words: the page, or JSON for a part."""
    if request.POST.get("as") == "part":
        return JsonResponse({"errors": errors, "parts": context.get("pass_on", "")}, status=status)
    return render(request, PAGE, context | {"errors": errors}, status=status)


def _answered(request: HttpRequest, context: dict[str, Any], found: Remittance) -> HttpResponse:
    query = query_from_form(context["form"], usual="")
    contract = context["form"].cleaned_data["contract"]
    compared = compare_remittance(context["calendar"], found, query, contract)
    if request.POST.get("as") == "csv":
        return csv_response("remittance.csv", COLUMNS, remittance_rows(compared, found.errors))
    if request.POST.get("as") == "part":
        return JsonResponse(part_document(compared, found, query, context["pass_on"]))
    context |= {
        "errors": found.errors,
        "found": found,
        "compared": compared,
        "contract": contract,
        "lines": shown_lines(compared, query)[:MOST_SHOWN],
        "reasons": list(reason_rows(compared, found)),
        "counts": [(outcome.value, len(lines)) for outcome in Outcome if (lines := compared.of(outcome))],
        "price_query": query,
        "locality": context["form"].chosen_locality,
    }
    return render(request, PAGE, context)


def _text(request: HttpRequest) -> str:
    """What was pasted, else the file; bytes that are no text are replaced, so that the parser can say what is wrong."""
    pasted: str = request.POST.get("text", "")
    chosen = request.FILES.get("file")
    return pasted if pasted.strip() or chosen is None else chosen.read().decode("utf-8", "replace")


def _blank(request: HttpRequest) -> dict[str, Any]:
    calendar, at, form = bind_form(AuditForm, request.POST or request.GET)
    form.is_valid()
    return {"calendar": calendar, "form": form, "at": at, "example": EXAMPLE}
