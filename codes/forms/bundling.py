"""The form of a code's list of bundling edits."""

from django import forms

from codes.forms.address import AddressForm
from codes.queries.bundling import GROUPS, SORTS, TABS, read_keyset
from codes.queries.bundling_order import SortedEdit


class BundlingForm(AddressForm):
    """Which part of a code's list of bundling edits."""

    setting = forms.ChoiceField(
        label="Edits for",
        required=False,
        choices=[("practitioner", "Practitioners"), ("hospital", "Outpatient hospitals")],
    )
    tab = forms.ChoiceField(required=False, choices=list(TABS.items()), widget=forms.HiddenInput)
    group = forms.ChoiceField(label="Bypass", required=False, choices=list(GROUPS.items()))
    q = forms.CharField(
        label="Filter by code or word",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    category = forms.CharField(label="Category", required=False, max_length=60)
    sort = forms.ChoiceField(label="Sort", required=False, choices=list(SORTS.items()))
    after = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    def clean_after(self) -> SortedEdit | None:
        after: str = self.cleaned_data["after"]
        keyset = read_keyset(after)
        if after and keyset is None:
            raise forms.ValidationError(
                "The link to this page of the list is damaged. Start at its beginning."
            )
        return keyset
