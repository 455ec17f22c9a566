"""The fee-schedule audit: a practice pastes its charges, or sends their file, and sees which lie below what Medicare
allows.

The list is posted, compared and answered at once; it is never kept, and stands in no address.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from codes import throttling
from codes.code_request import bind_form, query_from_form
from codes.exports.csv_response import csv_response
from codes.forms.audit import AuditForm
from codes.parsing import MOST_CHARGES, parse_charges
from codes.parsing.charge_files import charges_in_file
from codes.queries import audit as audits
from codes.queries.audit_contract import with_contract

EXAMPLE = "99213, 85.00\n99214, 210.00\n20610, 140.00\n71046-26, 25.00"
MOST_SHOWN = 100  # rows of a kind on the page; the CSV has them all
HEADINGS = (
    "code",
    "component",
    "name",
    "charge",
    "allowed",
    "lost_per_service",
    "multiple",
    "why_not_priced",
    "contract",
)
BUSY = (
    "Your network has run many audits in the last hour. Your list is still in the box: try again in an hour."
)

NO_FILE = "No CSV was made: mend or delete these lines, then choose “Compare, as CSV” again."


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def audit(request: HttpRequest) -> HttpResponse:
    """`/audit/`: a form; posted, the comparison, as a page or (`as=csv`) as a table. Posting changes nothing."""
    if request.method == "POST":
        return _compared(request)
    return render(request, "codes/audit.html", _context(request))


@never_cache
def _compared(request: HttpRequest) -> HttpResponse:
    context = _context(request)
    if not throttling.admit_request(request, settings.AUDIT_LIMITS, "audits-of-network"):
        response = render(request, "codes/audit.html", context | {"errors": [BUSY]}, status=429)
        response["Retry-After"] = str(throttling.AN_HOUR)
        return response
    form: AuditForm = context["form"]
    wrong = [str(error) for errors in form.errors.values() for error in errors]
    try:
        context["text"] = _text(request)
    except ValueError as error:
        wrong.append(str(error))
    listed = parse_charges(context["text"])
    errors = [*wrong, *listed.errors]
    if not (errors or listed.charges):
        errors = ["There is no code with a charge in the box."]
    if wrong or not listed.charges:
        return render(request, "codes/audit.html", context | {"errors": errors}, status=400)
    query, calendar = query_from_form(form, usual=""), context["calendar"]
    found = audits.audit(calendar, listed.charges, query)
    if contract := form.cleaned_data["contract"]:
        found = with_contract(calendar, found, listed.charges, query, contract)
    if request.POST.get("as") == "csv" and not errors:
        rows = audits.named(calendar, found.rows, query)
        return csv_response(f"audit-{query.date_of_service}.csv", HEADINGS, map(_row, rows))
    if request.POST.get("as") == "csv":
        errors.append(NO_FILE)
    shown = audits.first_of_each(calendar, found, query, MOST_SHOWN)
    context |= {"errors": errors, "audit": found, "shown": shown, "price_query": query}
    return render(request, "codes/audit.html", context | {"locality": form.chosen_locality})


def _context(request: HttpRequest) -> dict[str, Any]:
    calendar, at, form = bind_form(AuditForm, request.POST or request.GET)
    form.is_valid()
    text = request.POST.get("text", "")
    return {
        "calendar": calendar,
        "form": form,
        "at": at,
        "text": text,
        "example": EXAMPLE,
        "most": MOST_CHARGES,
    }


def _text(request: HttpRequest) -> str:
    """The list: of the file where one was sent, else of the box. ValueError says what is wrong with the file."""
    file = request.FILES.get("file")
    return charges_in_file(file.name or "", file.read()) if file else request.POST.get("text", "")


def _row(each: audits.Audited) -> tuple[Any, ...]:
    charge = each.charge
    lost = each.lost if each.allowed is not None else None
    return (
        *(charge.code, charge.component, each.name),
        *(charge.amount, each.allowed, lost, each.multiple, each.why_not, each.contract),
    )
