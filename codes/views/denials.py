"""What a denial means, what this code's own rules say of it, and what is open: `/denials/?reason=97&code=29877`."""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from codes.denials import appeals, reasons
from codes.denials.code_rules import known_code
from codes.denials.grounds import Ground, grounds_of
from codes.queries import releases
from codes.queries.code import Dossier

EARLIEST = date(2006, 1, 1)  # the five levels of appeal as they stand


class DenialForm(forms.Form):
    """A reason, and where they are known a remark, the code and the date of the notice."""

    reason = forms.CharField(label="Reason (CARC)", max_length=80)
    remark = forms.CharField(label="Remark (RARC)", max_length=80, required=False)
    code = forms.CharField(label="Code on the line", max_length=12, required=False)
    notice = forms.DateField(
        label="Date of the remittance",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%m/%d/%Y"],
        error_messages={"invalid": "Give the date as year-month-day, for example 2026-03-14."},
    )

    def clean_reason(self) -> reasons.Entry:
        found = reasons.read_reason(self.cleaned_data["reason"])
        if found is None or found[1] not in reasons.reasons():
            raise forms.ValidationError(
                "We do not know this reason. Give its number, for example CO-97 or 236."
            )
        return reasons.reasons()[found[1]]

    def clean_remark(self) -> reasons.Entry | None:
        typed = self.cleaned_data["remark"].strip()
        number = reasons.read_remark(typed) if typed else ""
        if number is None:
            raise forms.ValidationError("We do not know this remark. Give its number, for example N362.")
        return reasons.remarks()[number] if number else None

    def clean_code(self) -> Dossier | None:
        typed = self.cleaned_data["code"].strip().upper()[:5]
        found = known_code(typed, timezone.localdate()) if typed else None
        if typed and found is None:
            raise forms.ValidationError(f'"{typed}" is in none of the files that are loaded.')
        return found

    def clean_notice(self) -> date | None:
        day: date | None = self.cleaned_data["notice"]
        if day and not EARLIEST <= day <= timezone.localdate():
            raise forms.ValidationError(
                "Give the date that stands on the remittance; it is not in the future."
            )
        return day


@require_safe
@cache_control(public=True, no_cache=True)
@conditional_page
def denial(request: HttpRequest) -> HttpResponse:
    """A form; with a reason in the address, what it means and what is open."""
    context: dict[str, Any] = {
        "calendar": releases.calendar(),
        "common": [entry for entry in reasons.reasons().values() if entry.common],
        "known_remarks": reasons.remarks().values(),
        "levels": appeals.LEVELS,
        "is_variant": bool(request.GET),
    }
    if not request.GET.get("reason", "").strip():
        return render(request, "codes/denials.html", context | {"form": DenialForm(), "is_blank": True})
    form = DenialForm(request.GET)
    if not form.is_valid():
        return render(request, "codes/denials.html", context | {"form": form}, status=400)
    return render(request, "codes/denials.html", context | {"form": form} | _meaning(form.cleaned_data))


def _meaning(given: dict[str, Any]) -> dict[str, Any]:
    entry, remark, dossier, notice = (given[name] for name in ("reason", "remark", "code", "notice"))
    grounds: tuple[Ground, ...] = grounds_of(dossier, entry.number, timezone.localdate()) if dossier else ()
    return {
        "entry": entry,
        "remark": remark,
        "dossier": dossier,
        "grounds": grounds,
        "route": appeals.route_of(entry.number, (remark.number,) if remark else ()),
        "notice": notice,
        "deadlines": appeals.deadlines(notice) if notice else (),
    }
