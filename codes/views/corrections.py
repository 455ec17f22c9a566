"""Errors on our pages: telling us of one, and the log of what was corrected."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from codes import throttling
from codes.actions.corrections import QueueFull, receive
from codes.code_request import sanitized
from codes.forms.corrections import CorrectionForm
from codes.queries import releases
from codes.queries.corrections import published_corrections


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """The public log, latest first."""
    context = {"calendar": releases.calendar(), "log": published_corrections()}
    return render(request, "codes/corrections.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report_error(request: HttpRequest) -> HttpResponse:
    """The form, and what becomes of it."""
    context: dict[str, Any] = {"calendar": releases.calendar()}
    if request.method != "POST":
        form = CorrectionForm(initial={"page": sanitized(request.GET).get("page", "")[:200]})
        sent = "sent" in request.GET
        return render(request, "codes/report_error.html", context | {"form": form, "sent": sent})
    form = CorrectionForm(request.POST)
    if not form.is_valid():
        return render(request, "codes/report_error.html", context | {"form": form}, status=400)
    if not form.is_trapped:
        if not throttling.admit_request(request, settings.CORRECTION_LIMITS, "corrections-of-network"):
            response = render(
                request, "codes/report_error.html", context | {"form": form, "busy": True}, status=429
            )
            response["Retry-After"] = str(throttling.AN_HOUR)
            return response
        cleaned = form.cleaned_data
        try:
            receive(cleaned["page"], cleaned["what_is_wrong"], cleaned["source"], timezone.localdate())
        except QueueFull:
            return render(
                request, "codes/report_error.html", context | {"form": form, "full": True}, status=503
            )
    return redirect(f"{reverse('codes:report_error')}?sent")
