"""The form of the denial advisor."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from codes.denials import reasons
from codes.denials.code_rules import known_code
from codes.denials.denial import Denial
from codes.denials.group_codes import GroupCode
from codes.denials.payers import Payer
from codes.forms import fields
from codes.parsing.localities import read_place_of_service
from codes.parsing.modifiers import read_modifiers
from codes.queries.code import CodeRecord

EARLIEST = date(2006, 1, 1)  # the five levels of appeal as they stand
NO_REASON = "Give the number of a reason, for example CO-97 or 236. The words typed fit none, or several."
NO_REMARK = "No remark code was found. Remark codes are like N362 or MA130; give all of them, in any order."
CODES = {"autocomplete": "off", "spellcheck": "false"}


def _modifiers(text: str) -> frozenset[str]:
    return frozenset(read_modifiers(text))


class DenialForm(forms.Form):
    """A reason, and as far as they are known the rest of the line on the remittance."""

    reason = forms.CharField(
        label="Reason (CARC)",
        max_length=80,
        widget=forms.TextInput(attrs=CODES | {"list": "reasons", "placeholder": "CO-97"}),
    )
    group = forms.ChoiceField(
        label="Group code", required=False, choices=[("", "As typed"), *GroupCode.choices]
    )
    remark = forms.CharField(
        label="All remarks (RARC)",
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs=CODES | {"list": "remarks", "placeholder": "N362 MA130"}),
    )
    code = forms.CharField(label="Code on the line", max_length=12, required=False)
    mod = fields.Typed(_modifiers, frozenset(), label="Modifiers billed", widget=forms.TextInput)
    units = fields.whole("Units billed")
    dx = fields.diagnoses()
    other = forms.CharField(label="Other code that day", max_length=12, required=False)
    payer = forms.ChoiceField(label="Payer", required=False, choices=Payer.choices)
    pos = fields.Typed(read_place_of_service, "", longest=2, label="Place of service", widget=forms.TextInput)
    dos = fields.day("Date of service")
    notice = fields.day("Date of the remittance")

    def clean_reason(self) -> tuple[str, str]:
        """(group, number), of a reason that we have no words for too."""
        found = reasons.read_numbered_reason(self.cleaned_data["reason"])
        if found is None:
            raise forms.ValidationError(NO_REASON)
        return found

    def clean_remark(self) -> tuple[str, ...]:
        """All remark codes, those too that we have no words for, and those typed behind the reason."""
        typed = self.cleaned_data["remark"].strip()
        found = reasons.read_remarks(typed) if typed else ()
        if typed and not found:
            raise forms.ValidationError(NO_REMARK)
        with_reason = self.data.get("reason", "").partition("·")[0]
        return tuple(dict.fromkeys((*found, *reasons.read_remarks(with_reason))))

    def clean_code(self) -> CodeRecord | None:
        return _record(self.cleaned_data["code"])

    def clean_other(self) -> CodeRecord | None:
        return _record(self.cleaned_data["other"])

    def clean_notice(self) -> date | None:
        return _past(self.cleaned_data["notice"], "the date printed on the remittance")

    def clean_dos(self) -> date | None:
        return _past(self.cleaned_data["dos"], "the date of service of the line")

    def clean(self) -> dict[str, Any]:
        """A remittance is not older than the service that it pays."""
        cleaned: dict[str, Any] = super().clean() or {}
        notice, service = cleaned.get("notice"), cleaned.get("dos")
        if notice and service and notice < service:
            self.add_error("notice", "The remittance is dated before the date of service.")
        return cleaned

    @property
    def record(self) -> CodeRecord | None:
        """The code on the line, None where none was given."""
        found: CodeRecord | None = self.cleaned_data["code"]
        return found

    @property
    def denial(self) -> Denial:
        """The denial as it was read."""
        cleaned = self.cleaned_data
        typed_group, number = cleaned["reason"]
        return Denial(
            reason=number,
            group=cleaned["group"] or typed_group,
            remarks=frozenset(cleaned["remark"]),
            code=_code(cleaned["code"]),
            other_code=_code(cleaned["other"]),
            modifiers=cleaned["mod"],
            units=cleaned["units"],
            payer=Payer(cleaned["payer"] or Payer.MEDICARE),
            place_of_service=cleaned["pos"],
            notice=cleaned["notice"],
            date_of_service=cleaned["dos"],
        )

    @property
    def known_remarks(self) -> list[reasons.Entry]:
        """The remarks that we have words for, in the order typed."""
        return [reasons.remarks()[each] for each in self._remarks if each in reasons.remarks()]

    @property
    def unknown_remarks(self) -> list[str]:
        """The remark codes that we have no words for."""
        return [each for each in self._remarks if each not in reasons.remarks()]

    @property
    def _remarks(self) -> Iterable[str]:
        found: tuple[str, ...] = self.cleaned_data["remark"]
        return found


def _record(typed: str) -> CodeRecord | None:
    code = typed.strip().upper()[:5]
    found = known_code(code, timezone.localdate()) if code else None
    if code and found is None:
        raise forms.ValidationError(f'"{code}" is in none of the files that are loaded.')
    return found


def _code(record: CodeRecord | None) -> str:
    return record.code if record else ""


def _past(day: date | None, what: str) -> date | None:
    if day and not EARLIEST <= day <= timezone.localdate():
        raise forms.ValidationError(f"Give {what}; it is not in the future.")
    return day
