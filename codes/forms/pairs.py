"""The form of the pair checker."""

import re
from datetime import date

from django import forms
from django.utils import timezone

from codes.forms import fields, shapes
from codes.forms.address import AddressForm
from codes.parsing.code_shapes import CODE
from codes.parsing.modifiers import MODIFIER
from codes.parsing.plain import plain

CODES = "Enter them like 45385 45380 or 20610-LT."
CODE_LENGTH = 5
_CODE_WITH_MODIFIERS = re.compile(rf"{CODE}(?:-{MODIFIER}){{0,4}}")


class PairForm(AddressForm):
    """Two to twenty-five codes, with modifiers where they stand (`20610-LT`), a date and a setting."""

    codes = fields.Text(
        shape=shapes.PAIRED,
        label="Codes",
        max_length=400,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    dos = fields.day("Date of service")
    setting = forms.ChoiceField(
        label="Edits for",
        required=False,
        choices=[("practitioner", "Practitioners"), ("hospital", "Outpatient hospitals")],
    )

    def clean_codes(self) -> list[str]:
        words = re.split(r"[ ,;+]+", plain(self.cleaned_data["codes"]).strip(" ,;+"))
        for word in words:
            if not _CODE_WITH_MODIFIERS.fullmatch(word):
                raise forms.ValidationError(f'"{word[:20]}" is not a code. {CODES}')
        if not 2 <= len(words) <= 25:
            raise forms.ValidationError(f"Give two to twenty-five codes, not {len(words)}.")
        if len({word[:CODE_LENGTH] for word in words}) < 2:
            code = words[0][:CODE_LENGTH]
            raise forms.ValidationError(
                f"Give two different codes: how often {code} is paid a day, its unit limit says.",
                code=fields.CONFLICT,
            )
        return words

    def clean_dos(self) -> date:
        return self.cleaned_data["dos"] or timezone.localdate()
