"""The form of the list of modifiers."""

from django import forms

from codes.forms import fields, shapes
from codes.forms.address import AddressForm
from codes.knowledge.modifier_texts import KINDS


class ModifiersForm(AddressForm):
    """Words, and a kind of modifier."""

    q = fields.Text(shape=shapes.WORDS, label="Modifier or word", max_length=60, required=False)
    kind = forms.ChoiceField(label="Kind", required=False, choices=[("", "All kinds"), *KINDS.items()])
