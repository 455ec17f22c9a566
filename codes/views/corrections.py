"""Errors on our pages: telling us of one, and the log of what was corrected."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from codes import throttling
from codes.actions.corrections import QueueFull, receive
from codes.models.correction import LONGEST_REPORT
from codes.parsing.phi import KINDS, personal_kinds
from codes.queries import releases
from codes.queries.corrections import published_corrections
from codes.views.code_request import sanitized

PAGE = re.compile(r"/(?!/)[A-Za-z0-9._/-]*")
IN_A_SOURCE = frozenset(
    {"url_ip", "date", "digits", "token", "zip"}
)  # what addresses and titles of documents are made of


class CorrectionForm(forms.Form):
    """Which page, what is wrong, and where it says otherwise. Nothing about the sender is asked."""

    page = forms.CharField(label="Page", max_length=200, help_text="Its address on this site: /cpt/76376/")
    what_is_wrong = forms.CharField(
        label="What is wrong, and what is right?",
        max_length=LONGEST_REPORT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=f"At most {LONGEST_REPORT:,} characters. No names, dates or numbers of patients or providers.",
    )
    source = forms.CharField(
        label="Where does CMS or the payer say so? (optional)", max_length=300, required=False
    )
    # A trap for scripts: people do not see it.
    company_website = forms.CharField(required=False)

    def clean_page(self) -> str:
        page = re.split(r"[?#]", self.cleaned_data["page"].strip())[0]
        if not PAGE.fullmatch(page):
            raise ValidationError("Give the address as it stands after the name of this site: /cpt/76376/")
        return _impersonal(page, IN_A_SOURCE)

    def clean_what_is_wrong(self) -> str:
        return _impersonal(self.cleaned_data["what_is_wrong"], frozenset())

    def clean_source(self) -> str:
        return _impersonal(self.cleaned_data["source"], IN_A_SOURCE)

    @property
    def is_trapped(self) -> bool:
        """Whether a script filled in what people do not see."""
        return bool(self.data.get("company_website"))


def _impersonal(text: str, harmless: frozenset[str]) -> str:
    """The text, unless it seems to tell of a person: then a refusal that names the kind, never the thing."""
    if kinds := [KINDS[kind] for kind in personal_kinds(text) if kind not in harmless]:
        raise ValidationError(
            f"This seems to hold {' and '.join(kinds)}. Leave it out, or say it in other words."
        )
    return text


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
        given = form.cleaned_data
        try:
            receive(given["page"], given["what_is_wrong"], given["source"], timezone.localdate())
        except QueueFull:
            return render(
                request, "codes/report_error.html", context | {"form": form, "full": True}, status=503
            )
    return redirect(f"{reverse('codes:report_error')}?sent")
