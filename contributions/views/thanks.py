"""The thanks after a report, with its receipt, once. They are the same whatever became of the report."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from codes.queries import releases
from contributions.views.address import canonical_redirect, known_or_404
from contributions.views.no_log import no_log_no_store

COOKIE = "report_receipt"
COOKIE_PATH = "/reports/"
SECONDS = 300


@require_safe
def thanks(request: HttpRequest, typed: str) -> HttpResponse:
    """Show the receipt that the browser carries from the form, and take it away from there."""
    if moved := canonical_redirect("thanks", typed):
        return moved
    record = known_or_404(typed)
    receipt = request.COOKIES.get(COOKIE, "")[:40]
    context = {"code": record.code, "receipt": receipt, "calendar": releases.calendar()}
    response = no_log_no_store(render(request, "contributions/thanks.html", context))
    if receipt:
        response.delete_cookie(COOKIE, path=COOKIE_PATH, samesite="Strict")
    return response


def with_receipt(response: HttpResponse, receipt: str) -> HttpResponse:
    """Hand the receipt to the browser for the next page; no session and no address holds it."""
    response.set_cookie(
        COOKIE,
        receipt,
        max_age=SECONDS,
        path=COOKIE_PATH,
        secure=settings.CSRF_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return no_log_no_store(response)
