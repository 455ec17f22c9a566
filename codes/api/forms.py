"""The forms of `/api/v1/`: those of the pages, with what lists and many lines take besides."""

from typing import Any

from django import forms

from codes.api.problems import PERSONAL
from codes.forms import fields, shapes
from codes.forms.address import AddressForm, DayForm
from codes.forms.changes import ChangesForm
from codes.forms.claim import DeskForm
from codes.forms.contract import contract_field
from codes.forms.modifiers import ModifiersForm
from codes.forms.price import CodesForm
from codes.forms.shapes import Shape, row_of
from codes.parsing import MOST_LINES, ParsedClaim, ParsedLine, parse_address
from codes.parsing.claim_address import LINE
from codes.parsing.claim_lines import MOST_CHARACTERS, pointing_beyond
from codes.queries.amounts import MOST
from codes.queries.bundling_order import SortedEdit, read_keyset
from codes.queries.changes import read_keyset as read_change_keyset

MOST_LISTED, USUALLY_LISTED = 1000, 100


class LinesField(forms.CharField):
    """Codes or claim lines parted by commas, as an address holds them; at most so many."""

    def __init__(self, label: str, most: int) -> None:
        super().__init__(label=label, max_length=MOST_CHARACTERS)
        self.most, self.shape = most, row_of(LINE, most)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return parse_address(text, self.most) if text else text

    def run_validators(self, value: Any) -> None:
        """A parsed text has said itself what is wrong with it."""

    def clean(self, value: Any) -> tuple[ParsedLine, ...]:
        parsed = super().clean(value)
        assert isinstance(parsed, ParsedClaim)
        if parsed.errors or not parsed.lines:
            words = [error.words for error in parsed.errors] or ["Give at least one code, such as 99213."]
            code = PERSONAL if parsed.refused else "invalid"
            raise forms.ValidationError([forms.ValidationError(each, code=code) for each in words])
        return parsed.lines


class AmountsForm(CodesForm):
    """One to two hundred lines, each with its own modifiers, units and charge, and what they share."""

    mod = units = charge = None  # type: ignore[assignment]
    codes = LinesField("Codes", MOST)
    steps = fields.Flag("The working")
    contract = contract_field()


class LinesForm(DeskForm):
    """A claim of at most twenty-five lines."""

    mod = units = charge = None  # type: ignore[assignment]
    lines = LinesField("Claim lines", MOST_LINES)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for words in pointing_beyond(cleaned.get("lines", ()), cleaned.get("dx", ())):
            self.add_error("lines", forms.ValidationError(words, code=fields.CONFLICT))
        return cleaned


def cursor_field(shape: Shape) -> fields.Text:
    """Where a list goes on."""
    return fields.Text(shape=shape, required=False, max_length=60)


class ListForm(AddressForm):
    """How many of a list; the list's own form says from where."""

    limit = fields.whole("Limit", MOST_LISTED, "The limit")

    def clean_limit(self) -> int:
        return self.cleaned_data["limit"] or USUALLY_LISTED


DAMAGED = "This cursor can't be read. Take the address of `next` as it is, or begin without a cursor."


class NumberedListForm(ListForm):
    """A list that is held whole in memory: its cursor is the number of rows before."""

    cursor = cursor_field(shapes.NUMBER)

    def clean_cursor(self) -> int:
        typed: str = self.cleaned_data["cursor"]
        if typed and not (typed.isascii() and typed.isdecimal() and len(typed) < 7):
            raise forms.ValidationError(DAMAGED)
        return int(typed or 0)


class FoundCodesForm(NumberedListForm, DayForm):
    """Codes by words."""

    q = fields.Text(shape=shapes.WORDS, max_length=100)


class FoundLocalitiesForm(NumberedListForm, DayForm):
    """Localities by ZIP code, name, county, state or contractor; all unless given."""

    q = fields.Text(shape=shapes.WORDS, max_length=60, required=False)


class FoundModifiersForm(NumberedListForm, ModifiersForm):
    """Modifiers by word and kind."""


class FoundChangesForm(ListForm, ChangesForm):
    """The changes of one release."""

    after = None  # type: ignore[assignment]
    cursor = cursor_field(shapes.AFTER_CHANGE)

    def clean_cursor(self) -> tuple[str, int] | None:
        keyset = read_change_keyset(self.cleaned_data["cursor"])
        if self.cleaned_data["cursor"] and keyset is None:
            raise forms.ValidationError(DAMAGED)
        return keyset


class EditsForm(ListForm, DayForm):
    """Every edit of a code, a page at a time."""

    cursor = cursor_field(shapes.AFTER_EDIT)

    setting = forms.ChoiceField(
        required=False,
        choices=[("practitioner", "Practitioners"), ("hospital", "Outpatient hospitals")],
    )
    status = forms.ChoiceField(required=False, choices=[("active", "active"), ("ended", "ended")])
    column = forms.ChoiceField(required=False, choices=[("1", "paid"), ("2", "denied")])
    indicator = forms.ChoiceField(required=False, choices=[("0", "0"), ("1", "1")])

    def clean_cursor(self) -> SortedEdit | None:
        keyset = read_keyset(self.cleaned_data["cursor"])
        if self.cleaned_data["cursor"] and keyset is None:
            raise forms.ValidationError(DAMAGED)
        return keyset
