"""The form of the practice bar: where, in which setting and when the practice works, and who bills."""

from collections.abc import Mapping
from functools import cache

from django import forms

from codes import pricing
from codes.forms import fields
from codes.forms.address import AddressForm
from codes.forms.price import PriceForm
from codes.forms.widgets import Choices, ManyChoices

# The places of service of nearly all professional claims; the calculator of a code has them all.
USUAL = ("11", "10", "02", "12", "13", "19", "22", "21", "23", "24", "31", "32", "65", "81")
BY_CODE = ("", "Where the code is usually done")


@cache
def _places(chosen: str) -> Choices:
    """The usual places of service, and the one chosen."""
    offered = dict.fromkeys((*USUAL, chosen) if chosen in pricing.PLACES else USUAL)
    return Choices([BY_CODE, *((code, f"{code} {pricing.PLACES[code].name}") for code in offered)])


class PracticeForm(AddressForm):
    """The fields of a price query that stay from page to page (`codes.carried_parameters`)."""

    zip, dos, practitioner, par, qp = (
        PriceForm.base_fields[name] for name in ("zip", "dos", "practitioner", "par", "qp")
    )
    locality = forms.CharField(label="or locality", required=False)
    pos = fields.PlaceOfService(label="Place of service", required=False, widget=ManyChoices)

    def __init__(self, data: Mapping[str, str]) -> None:
        super().__init__(data, auto_id="practice_%s")
        self.fields["pos"].choices = _places(data.get("pos", "").zfill(2))  # type: ignore[attr-defined]
