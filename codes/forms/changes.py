"""The form of the lists of changes."""

from django import forms

from codes.forms import fields, shapes
from codes.forms.address import AddressForm
from codes.models.change import ReleaseChangeKind
from codes.parsing.code_shapes import is_code
from codes.parsing.diagnoses import is_diagnosis
from codes.parsing.plain import plain
from codes.queries import changes
from codes.queries.changes import ChangeFilter


class ChangesForm(AddressForm):
    """Which release (its source and first day, else the latest), which kind of change, which code."""

    source = forms.ChoiceField(
        choices=[(source.value, source.label) for source in changes.SOURCES],
        error_messages={"invalid_choice": '"%(value)s" is not one of the files here. Choose one below.'},
    )
    since = fields.day("In force from")
    kind = forms.ChoiceField(required=False, choices=[("", "All"), *ReleaseChangeKind.choices])
    code = fields.Text(
        shape=shapes.CHANGED_CODE,
        label="Only this code",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    after = forms.CharField(required=False, max_length=30)

    def clean_code(self) -> str:
        code = plain(self.cleaned_data["code"])
        if code and not (is_code(code) or is_diagnosis(code)):
            raise forms.ValidationError(f'"{code}" is not a code. Type it like 45385.')
        return code

    def clean_after(self) -> tuple[str, int] | None:
        after: str = self.cleaned_data["after"]
        keyset = changes.read_keyset(after)
        if after and keyset is None:
            raise forms.ValidationError(
                "The link to this page of the list is damaged. Start at its beginning."
            )
        return keyset

    @property
    def change_filter(self) -> ChangeFilter:
        cleaned = self.cleaned_data
        return ChangeFilter(kind=cleaned["kind"], code=cleaned["code"], after=cleaned["after"])
