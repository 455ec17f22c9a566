"""The form that searches the NCCI Policy Manual."""

from django import forms

from codes.forms.address import AddressForm


class ManualForm(AddressForm):
    """Words or codes to look for."""

    q = forms.CharField(
        label="Code or words",
        required=False,
        max_length=80,
        strip=True,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
