"""What an address may ask for. Every parameter of a page goes through here, GET too."""

import re
from copy import deepcopy
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import forms
from django.utils import timezone

from codes import pricing
from codes.pricing.setting import refuse_place
from codes.queries.bundling import GROUPS, SORTS, read_keyset
from codes.queries.code import is_code
from codes.queries.places import Localities, ZipMatch
from codes.widgets import Choices, ManyChoices

FIRST_DAY = date(1992, 1, 1)
LAST_DAY = date(2099, 12, 31)
TRUE_WORDS = {"1", "on", "true", "yes"}

NATIONAL_CHOICE = ("", "National (no locality)")
PLACES_OF_SERVICE = Choices(
    (place.code, f"{place.code} {place.name}") for place in sorted(pricing.PLACES.values())
)
PRACTITIONERS = Choices((kind.kind, kind.name) for kind in pricing.PRACTITIONERS.values())
PARTICIPATION = Choices(
    [
        ("yes", "Participating"),
        ("assigned", "Non-participating, assigned"),
        ("no", "Non-participating, unassigned"),
    ]
)


class Flag(forms.BooleanField):
    """A check box whose address form is `qp=1`; anything but a word for yes counts as no."""

    def to_python(self, value: Any) -> bool:
        return str(value).strip().lower() in TRUE_WORDS if value is not None else False


class Modifiers(forms.Field):
    """Modifiers as `mod=26&mod=59`, `mod=26,59` or `mod=26 59`, at most four."""

    widget = forms.SelectMultiple

    def to_python(self, value: Any) -> tuple[str, ...]:
        parts = value if isinstance(value, list | tuple) else [value or ""]
        words = " ".join(str(part) for part in parts).upper().replace(",", " ").replace("-", " ").split()
        return tuple(dict.fromkeys(words))

    def validate(self, value: Any) -> None:
        super().validate(value)
        if len(value) > 4:
            raise forms.ValidationError("A claim line holds at most four modifiers.")
        for modifier in value:
            if len(modifier) != 2 or not modifier.isalnum():
                raise forms.ValidationError(
                    f'"{modifier[:12]}" is not a modifier: they are two letters or digits.'
                )


class PlaceOfService(forms.ChoiceField):
    """A place of service; one that cannot be priced is refused in the words of the payment rules."""

    def validate(self, value: str) -> None:
        refusal = refuse_place(value[:10]) if value else None
        if refusal:
            raise forms.ValidationError(refusal.text, code="invalid_choice")


def _locality_choices(data: Any, localities: Localities) -> Choices:
    """The localities to choose from. On a date whose localities are not held nothing is priced, and the answer says
    so, not that the place is wrong: whatever has its form may be chosen."""
    if localities:
        return _choices_of(localities)
    given = str(data.get("locality", ""))
    return Choices([NATIONAL_CHOICE, *([(given, given)] if re.fullmatch(r"\d{5}-\d{2}", given) else [])])


@lru_cache(maxsize=16)
def _choices_of(localities: Localities) -> Choices:
    named = (
        (key, f"{place.state} · {place.name.title()} ({key})") for key, place in localities.by_key.items()
    )
    return Choices([NATIONAL_CHOICE, *named])


class LookupForm(forms.Form):
    """Place, date, modifiers and the rest of a look-up: the state of a code page, all of it in the address."""

    dos = forms.DateField(
        label="Date of service",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%m/%d/%Y"],
        error_messages={"invalid": "Give the date as year-month-day, for example 2026-03-14."},
    )
    zip = forms.RegexField(
        r"^\d{5}(-?\d{4})?$",
        label="ZIP code",
        required=False,
        max_length=10,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "postal-code"}),
        error_messages={"invalid": "A ZIP code has five digits, for example 35203."},
    )
    locality = forms.ChoiceField(
        label="or locality",
        required=False,
        widget=ManyChoices,
        error_messages={
            "invalid_choice": '"%(value)s" is not a payment locality on this date. Choose from the list.'
        },
    )
    state = forms.CharField(required=False, max_length=2, widget=forms.HiddenInput)
    pos = PlaceOfService(
        label="Place of service", required=False, choices=PLACES_OF_SERVICE, widget=ManyChoices
    )
    mod = Modifiers(label="Modifiers", required=False)
    units = forms.IntegerField(
        label="Units",
        required=False,
        min_value=1,
        max_value=9999,
        error_messages={"invalid": "Units are a whole number from 1 to 9,999."},
    )
    charge = forms.DecimalField(
        label="Your charge",
        required=False,
        min_value=Decimal("0.01"),
        max_value=Decimal("9999999.99"),
        decimal_places=2,
        error_messages={"invalid": "Give the charge in dollars, for example 150.00."},
    )
    minutes = forms.IntegerField(label="Anesthesia minutes", required=False, min_value=1, max_value=1440)
    induction = Flag(label="Present at induction (with AD)", required=False)
    days = forms.IntegerField(
        label="Days of care (with 55)",
        required=False,
        min_value=1,
        max_value=90,
        error_messages={"invalid": "Days of care are a whole number from 1 to 90."},
    )
    deductible = forms.DecimalField(
        label="Deductible left",
        required=False,
        min_value=Decimal(0),
        max_value=Decimal("9999.99"),
        decimal_places=2,
        error_messages={"invalid": "Give what is left of the deductible in dollars, for example 100.00."},
    )
    practitioner = forms.ChoiceField(
        label="Practitioner", required=False, choices=PRACTITIONERS, widget=ManyChoices
    )
    par = forms.ChoiceField(
        label="Participation",
        required=False,
        choices=PARTICIPATION,
        widget=ManyChoices,
    )
    qp = Flag(label="Qualifying APM participant", required=False)

    def __init__(self, data: Any, *, localities: Localities, zip_match: ZipMatch | None = None) -> None:
        super().__init__(data)
        self.localities = localities.by_key
        self.match = zip_match
        self.fields["locality"].choices = _locality_choices(data, localities)  # type: ignore[attr-defined]

    @property
    def typed_where(self) -> list[str]:
        """What was typed of the place and the day, as it came."""
        return self._typed("zip", "locality", "dos", "pos")

    @property
    def typed_who(self) -> list[str]:
        """What was typed of who bills and what is known of the patient, as it came."""
        return self._typed("practitioner", "par", "deductible", "days")

    def _typed(self, *names: str) -> list[str]:
        return [self.data.get(name, "") for name in names]

    def clean_dos(self) -> date:
        day: date = self.cleaned_data["dos"] or timezone.localdate()
        if not FIRST_DAY <= day <= LAST_DAY:
            raise forms.ValidationError(
                "The physician fee schedule begins in 1992; give a date from then on."
            )
        return day

    def clean_zip(self) -> str:
        zip_code: str = self.cleaned_data["zip"][:5]
        if zip_code and self.match is None:
            raise forms.ValidationError(
                f"{zip_code} is not in the ZIP file that is loaded. Choose a locality instead."
            )
        return zip_code

    @property
    def localities_of_state(self) -> list[tuple[str, pricing.Locality]]:
        """The localities to choose from where only a state was given."""
        state = self.cleaned_data.get("state", "").upper()
        chosen = self.cleaned_data.get("zip") or self.cleaned_data.get("locality")
        found = [(key, place) for key, place in self.localities.items() if state and place.state == state]
        return [] if chosen else found

    @property
    def place(self) -> pricing.Locality:
        """The locality asked for: by ZIP code first, then by key, else national."""
        if self.cleaned_data.get("zip") and self.match and self.match.key in self.localities:
            found = self.localities[self.match.key]
            return pricing.Locality(
                found.mac, found.number, found.name, found.state, found.gpci, found.release, self.match.spans
            )
        return self.localities.get(self.cleaned_data.get("locality", ""), pricing.NATIONAL)


CHANGED = frozenset({"locality"})


class _Shared(dict[str, forms.Field]):
    """The fields of a form, of which each form copies only those that it changes: Django would copy all."""

    def __deepcopy__(self, memo: Any) -> dict[str, forms.Field]:
        return {name: deepcopy(field, memo) if name in CHANGED else field for name, field in self.items()}


LookupForm.base_fields = _Shared(LookupForm.base_fields)


class BundlingForm(forms.Form):
    """Which part of a code's list of bundling edits."""

    setting = forms.ChoiceField(
        label="Edits for",
        required=False,
        choices=[("practitioner", "Practitioners"), ("hospital", "Outpatient hospitals")],
    )
    group = forms.ChoiceField(required=False, choices=list(GROUPS.items()), widget=forms.HiddenInput)
    q = forms.CharField(
        label="Filter by code or word",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    category = forms.CharField(label="Category", required=False, max_length=60)
    sort = forms.ChoiceField(label="Sort", required=False, choices=list(SORTS.items()))
    after = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    def clean_after(self) -> tuple[int, str, int] | None:
        given: str = self.cleaned_data["after"]
        keyset = read_keyset(given)
        if given and keyset is None:
            raise forms.ValidationError(
                "The link to this page of the list is damaged. Start at its beginning."
            )
        return keyset


class PairForm(forms.Form):
    """Two to twenty-five codes, with modifiers where they stand (`20610-LT`), a date and a setting."""

    codes = forms.CharField(
        label="Codes", max_length=400, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    dos = forms.DateField(
        label="Date of service",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%m/%d/%Y"],
        error_messages={"invalid": "Give the date as year-month-day, for example 2026-03-14."},
    )
    setting = forms.ChoiceField(
        label="Edits for",
        required=False,
        choices=[("practitioner", "Practitioners"), ("hospital", "Outpatient hospitals")],
    )

    def clean_codes(self) -> list[str]:
        words = re.split(r"[\s,;+]+", self.cleaned_data["codes"].strip().upper())
        for word in words:
            if not re.fullmatch(r"[0-9A-Z]{5}(-[0-9A-Z]{2}){0,4}", word) or not is_code(word[:5]):
                raise forms.ValidationError(
                    f'"{word[:20]}" is not a code. Write them like 45385 45380 or 20610-LT.'
                )
        if not 2 <= len(words) <= 25:
            raise forms.ValidationError(f"Give two to twenty-five codes; there are {len(words)}.")
        return words

    def clean_dos(self) -> date:
        return self.cleaned_data["dos"] or timezone.localdate()
