"""The form of the units helper of a drug."""

from typing import Any

from django import forms

from codes.forms import fields
from codes.forms.address import DayForm
from codes.parsing.doses import read_dose, read_ndc


class DrugUnitsForm(DayForm):
    """The dose given, the size of a vial and the NDC: one of the first and the last at least, where any is typed."""

    dose = fields.Typed(read_dose, label="Dose given")
    vial = fields.Typed(read_dose, label="Vial size")
    ndc = fields.Typed(read_ndc, label="NDC on the vial")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("vial") and not cleaned.get("dose") and not self.errors:
            self.add_error("dose", forms.ValidationError("Enter the dose given too."))
        return cleaned

    @property
    def is_filled(self) -> bool:
        """Whether anything but a day was typed."""
        return any(self.data.get(name, "").strip() for name in ("dose", "vial", "ndc"))
