"""What the contractor of the practice publishes on the coverage of a code: part of the code page, page, JSON."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from codes.code_request import CodeRequest, sanitized
from codes.exports.coverage_serializers import serialize_local_coverage
from codes.exports.errors import errors_of, refused, unknown
from codes.forms.diagnoses import SupportForm
from codes.forms.price import PriceForm
from codes.queries.coverage import local_coverage, supported
from codes.queries.coverage_lists import shown_articles
from codes.views.code_view import code_view, render_part


@code_view("_coverage")
def coverage(request: HttpRequest, found: CodeRequest) -> HttpResponse:
    """The articles and LCDs with their diagnoses, and whether those of a claim are among them; htmx asks for a part."""
    form = SupportForm(sanitized(request.GET))
    valid = form.is_valid() and found.result is not None
    context = _context(found, form) | {"support_form": form, "hidden": _hidden(request)}
    context["query_string"] = f"?{request.GET.urlencode()}" if request.GET else ""
    return render_part(request, "local_coverage", context, valid=valid)


@code_view("_coverage_json")
def coverage_json(request: HttpRequest, found: CodeRequest) -> HttpResponse:
    """The same for programs, with every diagnosis."""
    form = SupportForm(sanitized(request.GET))
    wrong = unknown(request, PriceForm, SupportForm) | errors_of([found.form, form]) | found.form.undecided
    if wrong:
        return refused(request, wrong)
    context = _context(found, form)
    return JsonResponse(serialize_local_coverage(found, context["local"], context["checked"]))


def _context(found: CodeRequest, form: SupportForm) -> dict[str, Any]:
    local = local_coverage(found.calendar, found.record.code, found.locality, found.at)
    diagnoses = form.cleaned_data.get("dx", ()) if form.is_valid() else ()
    return {
        "calendar": found.calendar,
        "record": found.record,
        "code": found.record.code,
        "form": found.form,
        "result": found.result,
        "at": found.at,
        "locality": found.locality,
        "local": local,
        "checked": supported(local, diagnoses, found.at) if local and diagnoses else None,
        "articles": shown_articles(found.calendar, local.documents, found.at) if local else (),
    }


def _hidden(request: HttpRequest) -> list[tuple[str, str]]:
    """The other parameters of the address, which the form keeps."""
    return [
        (name, value) for name, values in sanitized(request.GET).lists() for value in values if name != "dx"
    ]
