"""The remittance check: an 835 file or lines of one, each line beside what Medicare's rules allow.

The file is posted, read line by line and answered at once. Nothing of it is kept, shown again or written to a log, and
names and numbers of people are not read (`codes.parsing.remittance`); the browser leaves them out before it sends.
"""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from codes import throttling
from codes.code_request import bind_form, query_from_form
from codes.exports.csv_response import csv_response
from codes.exports.remittance_serializers import COLUMNS, reason_rows, remittance_rows, shown_lines
from codes.forms.audit import AuditForm
from codes.parsing.remittance import Remittance, parse_remittance
from codes.queries.remittance import Outcome, compare_remittance
from codes.uploads import MemoryUpload

PAGE = "codes/remittance.html"
MOST_SHOWN = 200  # lines on the page; the CSV has them all
EXAMPLE = (
    "SVC*HC:99213:25*150*74.63**1~\nDTM*472*20260803~\nCAS*CO*45*54.81**253*1.52~\nCAS*PR*2*19.04~\n"
    "SVC*HC:20610:RT*100*26.98**1~\nDTM*472*20260803~\nCAS*CO*45*65.59**253*0.55~\nCAS*PR*2*6.88~"
)
BUSY = "Your network has checked many remittances in the last hour. Try again in an hour."
TOO_LARGE = "The lines are more than 512 KB. Send them in parts."


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def remittance(request: HttpRequest) -> HttpResponse:
    """`/remittance/`: a form; posted, the table, as a page or (`as=csv`) as a table. Posting changes nothing."""
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
        return render(request, PAGE, _blank(request) | {"errors": [TOO_LARGE]}, status=413)
    context = _blank(request)
    if not throttling.admit_request(request, settings.AUDIT_LIMITS, "remittances-of-network"):
        response = render(request, PAGE, context | {"errors": [BUSY]}, status=429)
        response["Retry-After"] = str(throttling.AN_HOUR)
        return response
    form: AuditForm = context["form"]
    found = parse_remittance(text)
    wrong = [str(error) for errors in form.errors.values() for error in errors]
    if wrong or not found.lines:
        return render(request, PAGE, context | {"errors": [*wrong, *found.errors]}, status=400)
    return _answered(request, context, found)


def _answered(request: HttpRequest, context: dict[str, Any], found: Remittance) -> HttpResponse:
    query = query_from_form(context["form"], usual="")
    contract = context["form"].cleaned_data["contract"]
    compared = compare_remittance(context["calendar"], found, query, contract)
    if request.POST.get("as") == "csv" and not found.errors:
        return csv_response("remittance.csv", COLUMNS, remittance_rows(compared))
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
