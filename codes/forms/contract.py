"""The field of a contract that is tied to Medicare."""

from django import forms

from codes.forms.fields import Typed
from codes.parsing.contract import read_contract


def contract_field() -> Typed:
    """A contract; None where none was given."""
    attributes = {"autocomplete": "off", "spellcheck": "false", "placeholder": "120 % of 2025"}
    return Typed(read_contract, longest=40, label="Your contract", widget=forms.TextInput(attrs=attributes))
