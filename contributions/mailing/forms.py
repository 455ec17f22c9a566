"""The sign-up form: an address, a state if one likes, and the consent."""

from django import forms

from codes.forms.fields import Typed
from codes.knowledge.states import NAMES
from codes.parsing.code_list import EXAMPLE, MOST_CODES, read_code_list
from contributions.mailing import consent
from contributions.reports.forms import optional


class ToolkitForm(forms.Form):
    """What is asked for the toolkit. The address comes out in lower case; `agreed` is what the box stands for."""

    agreed = consent.TEXT

    address = forms.EmailField(
        label="E-mail",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": "Type the address that the mails should go to.",
            "invalid": "This does not look like an e-mail address. One has the form name@example.com.",
        },
    )
    state_of_practice = optional(
        "State",
        [(state, state) for state in NAMES],
        help_text="So that we know where the toolkit is used. Nothing else depends on it.",
    )
    codes = Typed(
        read_code_list,
        (),
        longest=MOST_CODES * 10,
        label="Your list of codes",
        help_text=f"Up to {MOST_CODES}, like {EXAMPLE}. Each mail then tells what changed in them.",
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off", "spellcheck": "false"}),
    )
    consent = forms.BooleanField(
        label="Consent", error_messages={"required": "Tick the box: without it we may not write to you."}
    )
    # Two traps for scripts: people do not see them.
    company_website = forms.CharField(required=False)
    newsletter = forms.BooleanField(required=False)

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"]
        return address.lower()

    @property
    def is_trapped(self) -> bool:
        """Whether a hidden field of a valid form was filled in."""
        return bool(self.cleaned_data["company_website"] or self.cleaned_data["newsletter"])
