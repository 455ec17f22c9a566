"""Diagnosis codes: `/icd10/?q=knee osteoarthritis` finds them, `/icd10/M17.11/` is one of them."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from codes.code_request import sanitized
from codes.exports.diagnosis_serializers import serialize_diagnosis
from codes.exports.errors import errors_of, not_found, refused, unknown
from codes.forms.address import DayForm
from codes.forms.diagnoses import DiagnosesForm
from codes.models.release import Source
from codes.parsing.diagnoses import read_diagnosis
from codes.queries import diagnoses as queries
from codes.queries import releases


@require_safe
def diagnoses(request: HttpRequest) -> HttpResponse:
    """A search; what is a code leads to its page."""
    form = DiagnosesForm(sanitized(request.GET))
    calendar = releases.calendar()
    typed = form.cleaned_data["q"].strip() if form.is_valid() else ""
    code = _code(typed)
    if code and queries.load_diagnosis(calendar, code, form.at):
        return HttpResponsePermanentRedirect(reverse("codes:diagnosis", args=[code]))
    context = {
        "calendar": calendar,
        "form": form,
        "typed": typed,
        "found": queries.find_diagnoses(calendar, code or typed, form.at) if typed else [],
        "most": queries.MOST_FOUND,
        "release": calendar.nearest(Source.ICD10, form.at),
        "is_variant": bool(request.GET),
    }
    return render(request, "codes/diagnoses.html", context, status=200 if form.is_valid() else 400)


@require_safe
def diagnosis(request: HttpRequest, typed: str) -> HttpResponse:
    """One code: billable or the longer codes, and its Excludes1 notes. 404 with what may be meant."""
    code = _code(typed)
    if code and code != typed:
        return HttpResponsePermanentRedirect(reverse("codes:diagnosis", args=[code]))
    form = DayForm(sanitized(request.GET))
    calendar, is_valid = releases.calendar(), form.is_valid()
    record = queries.load_diagnosis(calendar, code, form.at) if code else None
    context = {"calendar": calendar, "form": form, "at": form.at, "is_variant": bool(request.GET)}
    if record is None:
        checked = queries.check(calendar, [code], timezone.localdate()) if code else None
        return render(
            request, "codes/diagnosis_missing.html", context | {"code": code, "checked": checked}, status=404
        )
    context |= {"record": record, "checked": queries.check(calendar, [code], form.at)}
    return render(request, "codes/diagnosis.html", context, status=200 if is_valid else 400)


@require_safe
def diagnosis_json(request: HttpRequest, typed: str) -> HttpResponse:
    """The same for programs."""
    form = DayForm(sanitized(request.GET))
    if wrong := {**unknown(request, DayForm), **errors_of([form])}:
        return refused(request, wrong)
    code = _code(typed)
    record = queries.load_diagnosis(releases.calendar(), code, form.at) if code else None
    if record is None:
        return not_found(request, f'"{typed}" is not in the ICD-10-CM that is loaded.')
    return JsonResponse(serialize_diagnosis(record))


def _code(typed: str) -> str:
    """The code with its dot; '' where it is none."""
    try:
        return read_diagnosis(typed)
    except ValueError:
        return ""
