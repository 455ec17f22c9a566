"""The form of a price query: locality, date, modifiers and who bills."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any

from django import forms
from django.utils import timezone

from codes import pricing
from codes.forms import fields, shapes
from codes.forms.address import AddressForm
from codes.forms.widgets import Choices, ManyChoices
from codes.knowledge.locality_names import spelled
from codes.parsing.localities import is_locality
from codes.queries import releases
from codes.queries.geography import Localities, ZipMatch

NATIONAL_CHOICE = ("", "National (no locality)")
PLACES_OF_SERVICE = Choices((pos.code, f"{pos.code} {pos.name}") for pos in sorted(pricing.PLACES.values()))
PRACTITIONERS = Choices((kind.kind, kind.name) for kind in pricing.PRACTITIONERS.values())
PARTICIPATION = Choices(
    [
        ("yes", "Participating"),
        ("assigned", "Non-participating, assigned"),
        ("no", "Non-participating, unassigned"),
    ]
)


def _locality_choices(data: Any, localities: Localities) -> Choices:
    """The localities to choose from. On a date whose localities are not held nothing is priced, and the answer says
    so, not that the locality is wrong: whatever has its form may be chosen."""
    if localities:
        return _choices_of(localities)
    key = str(data.get("locality", ""))
    return Choices([NATIONAL_CHOICE, *([(key, key)] if is_locality(key) else [])])


@lru_cache(maxsize=128)
def _choices_of(localities: Localities) -> Choices:
    named = ((key, f"{each.state} · {spelled(each.name)} ({key})") for key, each in localities.by_key.items())
    return Choices([NATIONAL_CHOICE, *named])


class PriceForm(AddressForm):
    """Locality, date, modifiers and the rest of a price query: the state of a code page, all of it in the address."""

    dos = fields.day("Date of service")
    zip = fields.zip_code()
    locality = fields.Locality(
        label="or locality",
        required=False,
        widget=ManyChoices,
        error_messages={"invalid_choice": '"%(value)s" is not a payment locality on this date.'},
    )
    state = fields.state()
    pos = fields.PlaceOfService(
        label="Place of service", required=False, choices=PLACES_OF_SERVICE, widget=ManyChoices
    )
    mod = fields.Modifiers(label="Modifiers", required=False)
    units = fields.whole("Units")
    charge = fields.money(
        "Your charge",
        "the charge",
        least=Decimal("0.01"),
        most=Decimal("9999999.99"),
        shape=shapes.CHARGE,
    )
    minutes = fields.whole("Anesthesia minutes", 1440, "Minutes")
    induction = fields.Flag("Present at induction (with AD)")
    days = fields.whole("Days of care (with 55)", 90, "Days of care")
    deductible = fields.money(
        "Deductible left",
        "what is left of the deductible",
        least=Decimal("0.00"),
        most=Decimal("9999.99"),
        shape=shapes.DEDUCTIBLE,
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
    qp = fields.Flag("Qualifying APM participant")
    load = fields.whole("Load", 10**9, "The load of a receipt")

    def __init__(self, data: Any, *, localities: Localities, zip_match: ZipMatch | None = None) -> None:
        super().__init__(data)
        self.localities = localities.by_key
        self.match = zip_match
        self.fields["locality"].choices = _locality_choices(data, localities)  # type: ignore[attr-defined]

    @property
    def typed_where(self) -> list[str]:
        """What was typed of the locality and the day, as it came."""
        return self._typed("zip", "locality", "dos", "pos")

    @property
    def typed_who(self) -> list[str]:
        """What was typed of who bills and what is known of the patient, as it came."""
        return self._typed("practitioner", "par", "deductible", "days")

    def _typed(self, *names: str) -> list[str]:
        return [self.data.get(name, "") for name in names]

    def clean_dos(self) -> date:
        return self.cleaned_data["dos"] or timezone.localdate()

    def clean_load(self) -> int | None:
        load: int | None = self.cleaned_data["load"]
        if load and load > (latest := releases.latest_load()):
            words = f"There is no load {load} yet: the latest is {latest}."
            raise forms.ValidationError(words, code=fields.NOT_FOUND)
        return load

    def clean_zip(self) -> str:
        zip_code: str = self.cleaned_data["zip"]
        if zip_code and self.match is None:
            words = f"{zip_code} is not in the ZIP file that is loaded. Choose a locality instead."
            raise forms.ValidationError(words, code=fields.NOT_FOUND)
        return zip_code

    def clean(self) -> dict[str, Any]:
        """ZIP code, locality and state must agree."""
        cleaned = super().clean()
        self._refuse_other_locality(cleaned)
        self._refuse_other_state(cleaned)
        return cleaned

    def _refuse_other_locality(self, cleaned: Mapping[str, Any]) -> None:
        zip_code, key = cleaned.get("zip"), cleaned.get("locality")
        if zip_code and key and self.match and self.match.key != key:
            words = f"ZIP code {zip_code} is in locality {self.match.key}, not in {key}. Give one of the two."
            self.add_error("locality", forms.ValidationError(words, code=fields.CONFLICT))

    def _refuse_other_state(self, cleaned: Mapping[str, Any]) -> None:
        state, chosen = cleaned.get("state"), self._key(cleaned)
        if state and chosen in self.localities and self.localities[chosen].state != state:
            words = f"Locality {chosen} is in {self.localities[chosen].state}, not in {state}. Give one of the two."
            self.add_error("state", forms.ValidationError(words, code=fields.CONFLICT))

    def _key(self, cleaned: Mapping[str, Any]) -> str:
        """The key of the locality given: the one of the ZIP code, else the one chosen; empty for neither."""
        by_zip = self.match.key if cleaned.get("zip") and self.match else ""
        return by_zip or cleaned.get("locality") or ""

    @property
    def localities_of_state(self) -> list[tuple[str, pricing.Locality]]:
        """The localities to choose from where only a state was given that has several."""
        found = self._of_state()
        return found if len(found) > 1 else []

    @property
    def undecided(self) -> dict[str, list[str]]:
        """The error for a program where a state has several localities: nobody is there to choose one."""
        if not (self.is_valid() and (several := self.localities_of_state)):
            return {}
        words = (
            f"{self.cleaned_data['state']} has {len(several)} localities. Give one of them, or a ZIP code."
        )
        return {"state": [words]}

    def _of_state(self) -> list[tuple[str, pricing.Locality]]:
        state = self.cleaned_data.get("state")
        if not state or self._key(self.cleaned_data):
            return []
        return [(key, each) for key, each in self.localities.items() if each.state == state]

    @cached_property
    def chosen_locality(self) -> pricing.Locality:
        """The locality asked for: by ZIP code, by key, or the only one of the state; else national."""
        if self.cleaned_data.get("zip") and self.match:
            return replace(
                self.localities.get(self.match.key, pricing.NATIONAL),
                spans_zip=self.match.spans,
                zip_code=self.match.zip_code,
                zip_state=self.match.state,
            )
        of_state = self._of_state()
        state = self.cleaned_data["state"] if len(of_state) > 1 else ""
        only = of_state[0][1] if len(of_state) == 1 else replace(pricing.NATIONAL, zip_state=state)
        return self.localities.get(self.cleaned_data.get("locality", ""), only)


CHANGED = frozenset({"locality"})


class _Shared(dict[str, forms.Field]):
    """The fields of a form, of which each form copies only those that it changes: Django would copy all."""

    def __deepcopy__(self, memo: Any) -> dict[str, forms.Field]:
        return {name: deepcopy(field, memo) if name in CHANGED else field for name, field in self.items()}


PriceForm.base_fields = _Shared(PriceForm.base_fields)


class CodesForm(PriceForm):
    """A price query for several codes: where no place of service is chosen, each is looked at in its usual place."""

    pos = fields.PlaceOfService(
        label="Place of service",
        required=False,
        choices=Choices([("", "Usual place of each code"), *PLACES_OF_SERVICE]),
        widget=ManyChoices,
    )
