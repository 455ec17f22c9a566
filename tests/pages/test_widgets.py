"""Our cheap inputs and selects say exactly what Django's own would say."""

import re
from typing import Any

import html5lib
import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe

from codes.forms.fields import DateInput
from codes.forms.price import CHANGED, PriceForm
from codes.forms.widgets import Choices, FormRenderer, ManyChoices
from codes.queries.geography import Localities

CHOICES = [("", "National"), ("01112-05", 'San "Francisco" <CA>'), ("2", "Two & more")]


def as_browsers_read(select: str) -> str:
    """A select in full, whatever end tags it left out."""
    parsed = html5lib.parseFragment(re.sub(r">\s+<", "><", select))
    return str(html5lib.serialize(parsed, omit_optional_tags=False, alphabetical_attributes=True))


@pytest.mark.parametrize("value", ["", None, "01112-05", "2", "unheard of", '"><script>'])
def test_a_long_select_is_djangos_own(value: Any) -> None:
    ours = ManyChoices(choices=Choices(CHOICES)).render("place", value, {"id": "id_place"})
    theirs = forms.Select(choices=CHOICES).render("place", value, {"id": "id_place"})
    assert as_browsers_read(ours) == as_browsers_read(theirs)


@pytest.mark.parametrize("value", ["", None, 0, 1, "two & more", mark_safe("&amp;"), '"><script>'])
@pytest.mark.parametrize(
    "widget", [forms.TextInput, forms.NumberInput, forms.DateInput, forms.HiddenInput, DateInput]
)
def test_an_input_is_djangos_own(widget: type[forms.Widget], value: Any) -> None:
    marks = {"id": "id_units", "required": True, "disabled": False, "min": 1, "data-note": 'a "b" & c'}
    ours = widget(attrs={"max": 9}).render("units", value, marks, FormRenderer())
    assert ours == widget(attrs={"max": 9}).render("units", value, marks, DjangoTemplates())


def test_a_form_changes_no_field_that_it_shares_with_the_next() -> None:
    shared = {name: field for name, field in PriceForm.base_fields.items() if name not in CHANGED}
    before = {name: (dict(vars(field)), dict(vars(field.widget))) for name, field in shared.items()}
    asked = {"zip": "abc", "dos": "tomorrow", "pos": "99", "locality": "x", "units": "-1", "charge": "free"}
    form = PriceForm(asked, localities=Localities())
    assert not form.is_valid()
    assert {
        name: field for name, field in form.fields.items() if field is PriceForm.base_fields[name]
    } == shared
    assert {name: (dict(vars(field)), dict(vars(field.widget))) for name, field in shared.items()} == before
