"""The form that tells us of an error on a page."""

import re

from django import forms
from django.core.exceptions import ValidationError

from codes.models.correction import LONGEST_REPORT
from codes.parsing.phi import KINDS, personal_kinds

PAGE = re.compile(r"/(?!/)[A-Za-z0-9._/-]*")
IN_A_SOURCE = frozenset(
    {"url_ip", "date", "digits", "token", "zip"}
)  # what addresses and titles of documents are made of


class CorrectionForm(forms.Form):
    """Which page, what is wrong, and where it says otherwise. Nothing about the sender is asked."""

    page = forms.CharField(label="Page", max_length=200, help_text="Its address on this site: /cpt/76376/")
    what_is_wrong = forms.CharField(
        label="What is wrong, and what is right?",
        max_length=LONGEST_REPORT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=f"At most {LONGEST_REPORT:,} characters. No names, dates or numbers of patients or providers.",
    )
    source = forms.CharField(
        label="Where does CMS or the payer say so? (optional)", max_length=300, required=False
    )
    # A trap for scripts: people do not see it.
    company_website = forms.CharField(required=False)

    def clean_page(self) -> str:
        page = re.split(r"[?#]", self.cleaned_data["page"].strip())[0]
        if not PAGE.fullmatch(page):
            raise ValidationError("Give the part of the address after the site's name: /cpt/76376/")
        return _impersonal(page, IN_A_SOURCE)

    def clean_what_is_wrong(self) -> str:
        return _impersonal(self.cleaned_data["what_is_wrong"], frozenset())

    def clean_source(self) -> str:
        return _impersonal(self.cleaned_data["source"], IN_A_SOURCE)

    @property
    def is_trapped(self) -> bool:
        """Whether a script filled in what people do not see."""
        return bool(self.data.get("company_website"))


def _impersonal(text: str, harmless: frozenset[str]) -> str:
    """The text, unless it seems to tell of a person: then a refusal that names the kind, never the thing."""
    if kinds := [KINDS[kind] for kind in personal_kinds(text) if kind not in harmless]:
        raise ValidationError(
            f"This seems to hold {' and '.join(kinds)}. Leave it out, or say it in other words."
        )
    return text
