"""The form of a list of codes."""

from django import forms

from codes.forms import fields
from codes.forms.contract import contract_field
from codes.forms.price import CodesForm
from codes.parsing.code_list import EXAMPLE, MOST_CODES, read_code_list

NO_CODES = f"There is no code. Give up to {MOST_CODES} as codes={EXAMPLE.replace(' ', '')}"


class ListForm(CodesForm):
    """A price query for up to three hundred codes: `codes=99213,99214`, parted by commas, blanks or plus signs."""

    codes = fields.Typed(
        read_code_list,
        (),
        longest=MOST_CODES * 10,
        label="Codes",
        widget=forms.Textarea(
            attrs={"rows": 5, "autocomplete": "off", "spellcheck": "false", "placeholder": EXAMPLE}
        ),
    )
    contract = contract_field()
