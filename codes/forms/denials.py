"""The form of the denial explainer."""

from datetime import date

from django import forms
from django.utils import timezone

from codes.denials import reasons
from codes.denials.code_rules import known_code
from codes.queries.code import CodeRecord

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

    def clean_code(self) -> CodeRecord | None:
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
