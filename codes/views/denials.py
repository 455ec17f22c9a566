"""The denial advisor: what a denial means, what to do now and until when: `/denials/?reason=CO-97&code=29877`."""

from datetime import date
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from codes.carry_over import practice_source
from codes.code_request import accepted_parameters
from codes.denials import reasons
from codes.denials.advice import Advice, advise
from codes.denials.code_facts import facts_of
from codes.denials.code_rules import known_code
from codes.denials.coverage import coverage_grounds
from codes.denials.denial import Denial
from codes.denials.grounds import Ground, grounds_of
from codes.denials.letters import letter
from codes.denials.on_diagnoses import turns_on_diagnoses
from codes.exports.denial_serializers import serialize_denial
from codes.exports.diagnosis_serializers import serialize_checked
from codes.exports.errors import errors_of, refused, unknown
from codes.forms.denials import DenialForm
from codes.pricing import NATIONAL
from codes.queries import diagnoses, releases
from codes.queries.code import CodeRecord
from codes.queries.diagnoses import CheckedDiagnoses
from codes.views.practice_bar import PracticeBar

EXAMPLES = (
    ("CO-97 with M15 on 97010", "reason=CO-97&remark=M15&code=97010"),
    ("CO-151 with N362 on 27447, LT and RT", "reason=CO-151&remark=N362&code=27447&mod=LT+RT"),
    ("CO-236 on 45380 billed with 45385", "reason=CO-236&code=45380&other=45385"),
    ("CO-16 with M76 and MA130", "reason=CO-16&remark=M76+MA130"),
    ("PR-50 with GA", "reason=PR-50&mod=GA"),
)


LONGEST = 120  # characters of remark codes that are read where nothing checks the form


class Advised(NamedTuple):
    """A denial that was read, the step after it, what the code's own rules say, and what its diagnoses lack."""

    denial: Denial
    advice: Advice
    grounds: tuple[Ground, ...]
    diagnoses: CheckedDiagnoses | None


@require_safe
@cache_control(public=True, no_cache=True)
@conditional_page
def denial(request: HttpRequest) -> HttpResponse:
    """A form; with a reason in the address, what it means and what to do."""
    context: dict[str, Any] = {
        "calendar": releases.calendar(),
        "common": [entry for entry in reasons.reasons().values() if entry.common],
        "remarks": reasons.remarks().values(),
        "is_variant": bool(request.GET),
        "examples": EXAMPLES,
    }
    if not request.GET.get("reason", "").strip():
        return render(request, "codes/denials.html", context | _without_reason(request.GET))
    form = DenialForm(request.GET)
    if not form.is_valid():
        return render(request, "codes/denials.html", context | {"form": form}, status=400)
    return render(request, "codes/denials.html", context | {"form": form} | _answer(request, form))


@require_safe
def denial_json(request: HttpRequest) -> HttpResponse:
    """The same answer for programs."""
    form = DenialForm(request.GET)
    if wrong := {**unknown(request, DenialForm, also=("zip", "locality")), **errors_of([form])}:
        return refused(request, wrong)
    found = _advised(request, form)
    answer = serialize_denial(
        found.denial, found.advice, form.known_remarks, form.unknown_remarks, found.grounds
    )
    return JsonResponse({**answer, "diagnoses": serialize_checked(found.diagnoses)})


@require_safe
def denial_letter(request: HttpRequest) -> HttpResponse:
    """The letter skeleton as plain text; 404 for a step that takes no letter."""
    form = DenialForm(request.GET)
    if wrong := errors_of([form]):
        return refused(request, wrong)
    denial, advice, *_ = _advised(request, form)
    text = letter(denial, advice)
    if not text:
        return refused(request, {"": [f"No letter is needed: {advice.step.title.lower()}."]}, status=404)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def _without_reason(parameters: QueryDict) -> dict[str, Any]:
    """A form that is not checked yet, with what the address brings along, and what a remark given alone means."""
    initial = {name: value for name, value in parameters.items() if value}
    typed = parameters.get("remark", "")[:LONGEST]
    found = reasons.read_remarks(typed) if typed.strip() else ()
    known = [reasons.remarks()[each] for each in found if each in reasons.remarks()]
    return {"form": DenialForm(initial=initial), "remarks_alone": known}


def _advised(request: HttpRequest, form: DenialForm) -> Advised:
    denial, today, calendar = form.denial, timezone.localdate(), releases.calendar()
    at = denial.date_of_service or denial.notice or today
    record = _record_on(form, at)
    facts = facts_of(denial, record, at)
    grounds = grounds_of(denial, facts, record, at) if record else ()
    dx = form.cleaned_data["dx"]
    locality = PracticeBar(practice_source(request)).locality or NATIONAL
    grounds = (*coverage_grounds(calendar, denial, dx, locality, at), *grounds)
    checked = diagnoses.check(calendar, dx, at)
    return Advised(denial, advise(denial, facts, today), grounds, checked)


def _record_on(form: DenialForm, at: date) -> CodeRecord | None:
    """The code as it stood on a day; as it stands today where no fee schedule that is loaded covers the day."""
    then = known_code(form.record.code, at) if form.record else None
    return then if then and then.main_row else form.record


def _answer(request: HttpRequest, form: DenialForm) -> dict[str, Any]:
    denial, advice, grounds, checked = _advised(request, form)
    return {
        "denial": denial,
        "advice": advice,
        "grounds": grounds,
        "diagnoses": checked,
        "coverage": any(ground.part == "coverage" for ground in grounds),
        "asks_diagnoses": checked is None and turns_on_diagnoses(denial),
        "turns_on_diagnoses": turns_on_diagnoses(denial),
        "record": form.record,
        "entry": reasons.reasons().get(denial.reason),
        "said_by_remarks": form.known_remarks,
        "unknown_remarks": form.unknown_remarks,
        "letter": letter(denial, advice),
        "query_string": accepted_parameters(request, DenialForm).urlencode(),
    }
