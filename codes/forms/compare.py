"""The form of the comparison of codes."""

import re

from django import forms

from codes.forms.price import CodesForm
from codes.parsing.code_shapes import is_code
from codes.parsing.plain import plain
from codes.queries.compare import MOST

EXAMPLE = "99213, 99214, 99215"


class CompareForm(CodesForm):
    """A price query for several codes at once: `codes=99213,99214`, parted by commas, spaces or plus signs."""

    codes = forms.CharField(
        label="Codes, up to five",
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": EXAMPLE}),
        error_messages={"required": "Give up to five codes."},
    )

    def clean_codes(self) -> list[str]:
        typed = re.split(r"[ ,;+]+", plain(self.cleaned_data["codes"]).strip(" ,;+"))
        words = list(dict.fromkeys(typed))
        for word in words:
            if not is_code(word):
                raise forms.ValidationError(f'"{word[:20]}" is not a code. Write them like {EXAMPLE}.')
        if len(words) > MOST:
            raise forms.ValidationError(f"Compare up to five codes; there are {len(words)}.")
        return words
