"""Telling of a denial: a page of its own, and the same form as a part of the code page."""

import time
from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_http_methods

from codes.denials import reasons
from codes.denials.code_rules import modifiers_of, rules_of
from codes.queries import releases
from codes.queries.code import CodeRecord
from contributions import throttling, tokens
from contributions.reports import actions
from contributions.reports.forms import ReportForm
from contributions.sender import Sender, sender_of
from contributions.tokens import Verdict
from contributions.views.address import canonical_redirect, known_or_404
from contributions.views.no_log import no_log_no_store
from contributions.views.thanks import with_receipt

TOO_MANY = 429
AN_HOUR = 3600  # seconds
BUSY = (
    "Several reports came from your network in the last hour, and we take only a few. "
    "Nothing is lost here: send this one again in an hour."
)


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, typed: str) -> HttpResponse:
    """GET opens the form, POST keeps the report and goes on to the thanks."""
    if request.method != "POST" and (moved := canonical_redirect("report", typed)):
        return moved
    record = known_or_404(typed)
    if request.method != "POST":
        return _page(request, record, ReportForm(code=record.code, today=timezone.localdate()))
    return _take(request, record)


def _take(request: HttpRequest, record: CodeRecord) -> HttpResponse:
    """Check in the order of cost: the token, the answers, the limits."""
    today, code = timezone.localdate(), record.code
    token = request.POST.get("token", "")
    verdict = tokens.check(token, code, time.time())
    form = ReportForm(request.POST, code=code, today=today, rules=rules_of(record, today))
    valid = form.is_valid()
    if verdict is Verdict.YOUNG and not valid:
        return _page(request, record, form, 400, token=token)
    if verdict is not Verdict.GOOD:
        return _page(request, record, form, 400, problem=verdict.value, token=_next(token, verdict))
    if not valid:
        return _page(request, record, form, 400, token=token)
    sender = sender_of(request)
    if not throttling.admit(sender):
        return _page(request, record, form, TOO_MANY, problem=BUSY, token=token)
    return _keep(request, record, form, sender, token)


def _keep(
    request: HttpRequest, record: CodeRecord, form: ReportForm, sender: Sender, token: str
) -> HttpResponse:
    code, today = record.code, timezone.localdate()
    hold = form.hold or ("a burst of reports on this code" if throttling.is_burst(code) else "")
    try:
        receipt = actions.submit(code, form.answers, sender, today, token=token, now=time.time(), hold=hold)
    except actions.AlreadySent:
        return _page(request, record, form, 400, problem=Verdict.USED.value)
    return with_receipt(redirect("contributions:thanks", code), receipt)


def _next(token: str, verdict: Verdict) -> str:
    """A form sent too quickly keeps its token; any other that is not good gets a new one."""
    return token if verdict is Verdict.YOUNG else ""


def _page(
    request: HttpRequest,
    record: CodeRecord,
    form: ReportForm,
    status: int = 200,
    *,
    problem: str = "",
    token: str = "",
) -> HttpResponse:
    fragment = bool(request.htmx)  # type: ignore[attr-defined]
    first, others = modifiers_of(record)
    context = {
        "record": record,
        "code": record.code,
        "form": form,
        "fragment": fragment,
        "problem": problem,
        "token": token or tokens.issue(record.code, time.time()),
        "modifiers": first,
        "other_modifiers": others,
        "reasons": _common_first(reasons.reasons()),
        "remarks": _common_first(reasons.remarks()),
    }
    if not fragment:
        context["calendar"] = releases.calendar()
    template = "contributions/_report_form.html" if fragment else "contributions/report.html"
    response = render(request, template, context, status=status)
    if status == TOO_MANY:
        response["Retry-After"] = str(AN_HOUR)
    patch_vary_headers(response, ["HX-Request"])
    return no_log_no_store(response)


def _common_first(entries: Mapping[str, reasons.Entry]) -> list[reasons.Entry]:
    return sorted(entries.values(), key=lambda entry: not entry.common)
