"""The links in mails: to confirm an address, and to leave the list.

Opening a link changes nothing, because programs that scan mail open every link; the button does. Neither page needs a
log-in or a cookie: the signed link itself is the proof, so that no other site can press the button for somebody.
"""

import time

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from codes.queries import releases
from contributions.mailing import links, subscriptions
from contributions.mailing.links import LinkStatus
from contributions.toolkit.edition import edition
from contributions.views.no_log import no_log_no_store
from contributions.views.toolkit_files import lost


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def toolkit_confirm(request: HttpRequest, signed: str) -> HttpResponse:
    """GET shows the button, POST puts the address on the list. Twice is calm."""
    worth, number = links.read_confirm(signed, time.time())
    if worth is not LinkStatus.GOOD:
        return lost(request, worth)
    if request.method != "POST":
        return _page(request, "contributions/toolkit_confirm.html", done=False)
    today = timezone.localdate()
    if not subscriptions.confirm(number, edition(releases.calendar(), today), today):
        return lost(request, LinkStatus.OLD)
    return _page(
        request, "contributions/toolkit_confirm.html", done=True, signed=links.download_token(time.time())
    )


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def toolkit_leave(request: HttpRequest, signed: str) -> HttpResponse:
    """GET shows the button, POST takes the address off the list, as mail programs do by themselves (RFC 8058).

    The answer is the same for an address that left before or is forgotten.
    """
    number = links.read_leave(signed)
    if number is None:
        return lost(request, LinkStatus.WRONG)
    if request.method == "POST":
        subscriptions.unsubscribe([number], timezone.localdate())
    return _page(request, "contributions/toolkit_leave.html", done=request.method == "POST")


def _page(request: HttpRequest, template: str, *, done: bool, signed: str = "") -> HttpResponse:
    context = {"done": done, "signed": signed, "calendar": releases.calendar()}
    return no_log_no_store(render(request, template, context))
