"""The field of a contract that is tied to Medicare."""

from django import forms

from codes.forms import shapes
from codes.forms.fields import Typed
from codes.parsing.contract import read_contract


def contract_field() -> Typed:
    """A contract; None where none was given."""
    attributes = {"autocomplete": "off", "spellcheck": "false", "placeholder": "120 % of 2025"}
    widget = forms.TextInput(attrs=attributes)
    return Typed(read_contract, longest=40, shape=shapes.CONTRACT, label="Your contract", widget=widget)
