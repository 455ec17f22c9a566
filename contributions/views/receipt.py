"""What a receipt is good for: withdrawing a report, and saying how it ended."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from codes.queries import releases
from contributions.reports import actions
from contributions.reports.forms import ReceiptForm
from contributions.views.no_log import no_log_no_store

NOT_FOUND = "We know no report with this receipt. It may have been withdrawn already."


@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """GET opens the form, POST does what was asked and says so."""
    form = ReceiptForm(request.POST if request.method == "POST" else None, auto_id="receipt_%s")
    done = ""
    if form.is_valid():
        done = _do(form)
        if not done:
            form.add_error("receipt", NOT_FOUND)
    context = {"form": form, "done": done, "calendar": releases.calendar()}
    status = 400 if form.errors else 200
    return no_log_no_store(render(request, "contributions/receipt.html", context, status=status))


def _do(form: ReceiptForm) -> str:
    """Do what was asked: "withdrawn" or "added", or "" where there is no such report."""
    typed, today = form.cleaned_data["receipt"], timezone.localdate()
    if form.cleaned_data["wish"] == ReceiptForm.WITHDRAW:
        return "withdrawn" if actions.withdraw(typed, today) else ""
    return "added" if actions.add_outcome(typed, form.endings, today) else ""
