"""The form of a payment to be explained."""

from decimal import Decimal
from typing import Any

from django import forms

from codes.explain import AMOUNT_KINDS, Question
from codes.forms import fields
from codes.forms.contract import contract_field
from codes.forms.price import PARTICIPATION, PLACES_OF_SERVICE, PRACTITIONERS, PriceForm
from codes.forms.widgets import Choices, ManyChoices
from codes.pricing.types import FeeScheduleRow
from codes.pricing.usual_place import usual_place

UNKNOWN = ("", "Not sure")
KINDS = Choices([UNKNOWN, *((kind.key, kind.title) for kind in AMOUNT_KINDS.values())])
MOST = Decimal("9999999.99")


class ModifiersInput(forms.TextInput):
    """A line of text for all modifiers, however often the address names them."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        values = data.getlist(name) if hasattr(data, "getlist") else [data.get(name, "")]
        return " ".join(values)


class ExplainForm(PriceForm):
    """A code, an amount of its line on the remittance, and as much of the line as is known: what is left empty is
    looked for."""

    code = fields.code("Code")
    amount = fields.money("Amount on the remittance", "the amount", least=Decimal("0.01"), most=MOST)
    kind = forms.ChoiceField(label="It is the", required=False, choices=KINDS, widget=ManyChoices)
    pos = fields.PlaceOfService(
        label="Place of service",
        required=False,
        choices=Choices([UNKNOWN, *PLACES_OF_SERVICE]),
        widget=ManyChoices,
    )
    mod = fields.Modifiers(
        label="Modifiers", required=False, widget=ModifiersInput(attrs={"autocomplete": "off"})
    )
    practitioner = forms.ChoiceField(
        label="Practitioner", required=False, choices=Choices([UNKNOWN, *PRACTITIONERS]), widget=ManyChoices
    )
    par = forms.ChoiceField(
        label="Participation", required=False, choices=Choices([UNKNOWN, *PARTICIPATION]), widget=ManyChoices
    )
    deductible = fields.money(
        "Deductible (PR-1)", "the deductible", least=Decimal("0.00"), most=Decimal("9999.99")
    )
    contract = contract_field()

    def clean_code(self) -> str:
        code: str = self._required("code", "Give the code of the line, like 20610.")
        return code

    def clean_amount(self) -> Decimal:
        amount: Decimal = self._required("amount", "Give the amount of the line, like 33.33.")
        return amount

    def _required(self, name: str, words: str) -> Any:
        if not self.cleaned_data[name]:
            raise forms.ValidationError(words)
        return self.cleaned_data[name]

    def question(self, row: FeeScheduleRow | None) -> Question:
        """The question as it was typed; `row` is that of the whole code, for its usual place of service."""
        cleaned = self.cleaned_data
        return Question(
            code=cleaned["code"],
            amount=cleaned["amount"],
            kind=cleaned["kind"],
            modifiers=cleaned["mod"],
            units=cleaned["units"],
            place_of_service=cleaned["pos"],
            usual_place=usual_place(cleaned["code"], row),
            practitioner=cleaned["practitioner"],
            participation=cleaned["par"],
            charge=cleaned["charge"],
            deductible=cleaned["deductible"] or Decimal(0),
            minutes=cleaned["minutes"],
            care_days=cleaned["days"],
            contract=cleaned["contract"],
        )

    @property
    def is_dated(self) -> bool:
        """Whether a date of service was typed."""
        return bool(self.data.get("dos"))
