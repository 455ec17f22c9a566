"""Signing up for the toolkit. Every address gets the same answer, known or not; its mail tells the rest."""

import time

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from codes.queries import releases
from codes.throttling import AN_HOUR
from contributions import throttling, tokens
from contributions.mailing import links, subscriptions
from contributions.mailing.forms import ToolkitForm
from contributions.mailing.mailbox import mailbox_of
from contributions.reports.actions import AlreadySent
from contributions.sender import sender_of
from contributions.tokens import Verdict
from contributions.toolkit.edition import edition
from contributions.views.no_log import no_log_no_store

BOUND_TO = "toolkit"  # what the form's token is bound to, in place of a code
SENT_ALREADY = "This form was sent already. Send it again only if you want another link."
BUSY = (
    "Several sign-ups came from your network in the last hour, and we take only a few. "
    "Nothing is lost here: send this one again in an hour."
)


@require_http_methods(["GET", "HEAD", "POST"])
def toolkit(request: HttpRequest) -> HttpResponse:
    """GET opens the form, POST keeps the address and goes on to the files."""
    if request.method != "POST":
        initial = {"codes": request.GET.get("codes", "")[:3000]}
        return _page(request, ToolkitForm(initial=initial, auto_id="toolkit_%s"))
    token = request.POST.get("token", "")
    verdict = tokens.check(token, BOUND_TO, time.time())
    form = ToolkitForm(request.POST, auto_id="toolkit_%s")
    valid = form.is_valid()
    if verdict is Verdict.YOUNG and not valid:
        return _page(request, form, 400, token=token)
    if verdict is not Verdict.GOOD:
        return _page(request, form, 400, _problem(verdict), token if verdict is Verdict.YOUNG else "")
    if not valid:
        return _page(request, form, 400, token=token)
    if not throttling.admit_signup(sender_of(request)):
        response = _page(request, form, 429, BUSY, token)
        response["Retry-After"] = str(AN_HOUR)
        return response
    return _keep(request, form, token)


def _keep(request: HttpRequest, form: ToolkitForm, token: str) -> HttpResponse:
    now = time.time()
    if not form.is_trapped:
        try:
            _sign_up(form, token, now)
        except AlreadySent:
            return _page(request, form, 400, SENT_ALREADY)
    return no_log_no_store(redirect("contributions:toolkit_thanks", links.download_token(now)))


def _sign_up(form: ToolkitForm, token: str, now: float) -> None:
    today, cleaned = timezone.localdate(), form.cleaned_data
    signup = subscriptions.ask(
        cleaned["address"], cleaned["state_of_practice"], today, token, cleaned["codes"]
    )
    if signup is None:
        return
    if throttling.admit_mail(mailbox_of(cleaned["address"])) and throttling.admit_mail_of_all():
        subscriptions.write_to(signup, today, now)


def _problem(verdict: Verdict) -> str:
    return SENT_ALREADY if verdict is Verdict.USED else verdict.value


def _page(
    request: HttpRequest, form: ToolkitForm, status: int = 200, problem: str = "", token: str = ""
) -> HttpResponse:
    calendar = releases.calendar()
    context = {
        "form": form,
        "problem": problem,
        "token": token or tokens.issue(BOUND_TO, time.time()),
        "edition": edition(calendar, timezone.localdate()),
        "calendar": calendar,
        "can_mail": bool(settings.POSTAL_ADDRESS),
    }
    return no_log_no_store(render(request, "contributions/toolkit.html", context, status=status))
