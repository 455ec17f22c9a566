"""Forms of an address: every parameter of a page goes through one, GET too."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from codes.forms import fields


class AddressForm(forms.Form):
    """A form of an address. A parameter that stands there twice with different values is an error, not the last."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, field in self.fields.items():
            values = self._values(name)
            if len(values) > 1 and not isinstance(field, fields.Modifiers):
                self.add_error(name, f"Given more than once: {' and '.join(values[:3])}. Give it once.")
        return cleaned

    def _values(self, name: str) -> list[str]:
        """The different values of a parameter, in their order, cut short as an error repeats them."""
        values = self.data.getlist(name) if hasattr(self.data, "getlist") else []
        return [f'"{value[:20]}"' for value in dict.fromkeys(values)]


class DayForm(AddressForm):
    """A date of service: all that some pages are asked."""

    dos = fields.day("Date of service")

    @property
    def at(self) -> date:
        """The day asked for; today where none is, or none that can be read."""
        is_typed = bool(self.data.get("dos"))  # mostly not, and then there is nothing to be read
        day: date | None = self.cleaned_data.get("dos") if is_typed and self.is_valid() else None
        return day or timezone.localdate()


class FeesForm(DayForm):
    """The day and the track of a fee schedule."""

    qp = fields.Flag("Qualifying APM participant")
