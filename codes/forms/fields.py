"""Form fields that read what was typed with the readers of `codes.parsing`: each says in words what it cannot read."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from codes.forms import shapes
from codes.forms.shapes import Shape
from codes.knowledge.states import STATES
from codes.parsing.code_shapes import read_code
from codes.parsing.dates import BeyondFeeSchedule, read_date
from codes.parsing.diagnoses import read_diagnoses
from codes.parsing.flags import read_flag
from codes.parsing.localities import SAME_LOCALITY, is_locality, read_place_of_service, read_state, read_zip
from codes.parsing.modifiers import read_modifiers
from codes.parsing.money import read_money
from codes.parsing.units import MOST_UNITS, read_whole
from codes.pricing.setting import refuse_place

LONGEST = 100
# Codes of errors whose value can be read: what it names is not in the data, or it contradicts another value.
NOT_FOUND, CONFLICT = "not_found", "conflict"
_DECIMAL = {"inputmode": "decimal", "autocomplete": "off"}


class Typed(forms.Field):
    """A text that one reader turns into a value; `empty` where nothing was typed. `shape` is what a program sends."""

    def __init__(
        self,
        reader: Callable[[str], Any],
        empty: Any = None,
        longest: int = LONGEST,
        shape: Shape | None = None,
        **options: Any,
    ) -> None:
        super().__init__(required=False, **options)
        self.reader, self.empty, self.longest, self.shape = reader, empty, longest, shape

    def to_python(self, value: Any) -> Any:
        text = "" if value is None else str(value).strip()
        if not text:
            return self.empty
        if len(text) > self.longest:
            raise ValidationError(f"This has at most {self.longest} characters.", code="invalid")
        try:
            return self.reader(text)
        except BeyondFeeSchedule as error:
            raise ValidationError(str(error), code=NOT_FOUND) from None
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from None


class Text(forms.CharField):
    """A text of a shape."""

    def __init__(self, *, shape: Shape, **options: Any) -> None:
        super().__init__(**options)
        self.shape = shape


class DateInput(forms.DateInput):
    """A date picker, which takes a date in the form of ISO 8601 alone."""

    input_type = "date"

    def format_value(self, value: Any) -> str:
        if isinstance(value, date):
            return value.isoformat()
        try:
            return read_date(str(value)).isoformat() if value else ""
        except ValueError:
            return str(value)


def day(label: str) -> Typed:
    """A date of service; None where none was given."""
    return Typed(read_date, label=label, widget=DateInput)


def zip_code() -> Typed:
    """The five digits of a ZIP code, or an empty text."""
    attributes = {"inputmode": "numeric", "autocomplete": "postal-code"}
    widget = forms.TextInput(attrs=attributes)
    return Typed(read_zip, "", longest=10, shape=shapes.ZIP, label="ZIP code", widget=widget)


def state() -> Typed:
    """The two letters of a state, or an empty text."""
    shape = Shape(shapes.whole("|".join(sorted({*STATES, *SAME_LOCALITY}))))
    return Typed(read_state, "", shape=shape, label="State", widget=forms.HiddenInput)


def whole(label: str, most: int = MOST_UNITS, thing: str = "Units") -> Typed:
    """A whole number from 1 to `most`; None where none was given."""
    widget = forms.NumberInput(attrs={"min": 1, "max": most})
    return Typed(partial(read_whole, most=most, thing=thing), longest=100_000, label=label, widget=widget)


def code(label: str) -> Typed:
    """A CPT or HCPCS code, or an empty text."""
    return Typed(read_code, "", longest=10, shape=shapes.ONE_CODE, label=label)


def diagnoses(label: str = "Diagnoses (ICD-10-CM)") -> Typed:
    """The diagnoses of a claim in their order; empty for none."""
    attributes = {"autocomplete": "off", "spellcheck": "false", "placeholder": "M17.11, E11.9"}
    widget = forms.TextInput(attrs=attributes)
    return Typed(read_diagnoses, (), longest=200, shape=shapes.DIAGNOSES, label=label, widget=widget)


def money(label: str, thing: str, *, least: Decimal, most: Decimal, shape: Shape | None = None) -> Typed:
    """Dollars within bounds; None where none were given."""

    def within(text: str) -> Decimal:
        try:
            amount = read_money(text)
        except ValueError as error:
            raise ValueError(f"{error}. Give {thing} in dollars, for example 150.00.") from None
        if not least <= amount <= most:
            raise ValueError(f"Give {thing} in dollars, from {least:,} to {most:,}.")
        return amount

    return Typed(within, shape=shape, label=label, widget=forms.TextInput(attrs=_DECIMAL))


class Flag(forms.BooleanField):
    """A check box, or `qp=1` and `qp=0` in an address; what says neither yes nor no is an error."""

    class Box(forms.CheckboxInput):
        """A check box that hands on the word that stands in the address."""

        def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
            return data.get(name)

    widget = Box

    def __init__(self, label: str) -> None:
        super().__init__(label=label, required=False)

    def to_python(self, value: Any) -> bool:
        try:
            return read_flag(value)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from None


class Modifiers(forms.Field):
    """Modifiers as `mod=26&mod=59`, `mod=26,59` or `mod=26 59`, at most four."""

    widget = forms.SelectMultiple
    shape = shapes.MODIFIERS

    def to_python(self, value: Any) -> tuple[str, ...]:
        parts = value if isinstance(value, list | tuple) else [value or ""]
        try:
            return read_modifiers(" ".join(map(str, parts)))
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from None


class Locality(forms.ChoiceField):
    """A payment locality by its key."""

    shape = shapes.ONE_LOCALITY

    def validate(self, value: str) -> None:
        try:
            super().validate(value)
        except ValidationError as error:
            error.code = NOT_FOUND if is_locality(value) else error.code
            raise


class PlaceOfService(forms.ChoiceField):
    """A place of service; one that cannot be priced is refused in the words of the payment rules."""

    def to_python(self, value: Any) -> str:
        return read_place_of_service("" if value is None else str(value))

    def validate(self, value: str) -> None:
        refusal = refuse_place(value[:10]) if value else None
        if refusal:
            raise ValidationError(refusal.text, code="invalid_choice")
