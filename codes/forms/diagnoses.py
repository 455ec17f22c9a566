"""The form of the search for diagnosis codes."""

from django import forms

from codes.forms import fields
from codes.forms.address import DayForm


class DiagnosesForm(DayForm):
    """Words of a name or the beginning of a code, and a date of service."""

    q = forms.CharField(
        label="Diagnosis code or words",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": "knee osteoarthritis"}),
    )


class SupportForm(forms.Form):
    """The diagnoses of a claim, to be looked up in the articles on a code."""

    dx = fields.diagnoses()
