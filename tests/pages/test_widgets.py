"""Our cheap form controls say exactly what Django's own would say."""

from datetime import date
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.test.html import parse_html

from codes.widgets import Choices, ManyChoices, PlainInputs

CHOICES = [("", "National"), ("01112-05", 'San "Francisco" <CA>'), ("2", "Two & more")]


@pytest.mark.parametrize(
    ("widget", "value"),
    [
        (forms.TextInput(), '"><script>'),
        (forms.TextInput(attrs={"maxlength": 5, "required": True, "disabled": False}), None),
        (forms.TextInput(), ""),
        (forms.NumberInput(attrs={"step": "any", "min": 1}), 1234.5),
        (forms.DateInput(attrs={"type": "date"}), date(2026, 3, 14)),
        (forms.EmailInput(), "biller@example.org"),
        (forms.HiddenInput(), "al"),
    ],
)
def test_an_input_is_djangos_own(widget: forms.Widget, value: Any) -> None:
    attributes = {"id": "id_it"}
    ours = widget.render("it", value, attributes, PlainInputs())
    assert parse_html(ours) == parse_html(widget.render("it", value, attributes, DjangoTemplates()))


@pytest.mark.parametrize("value", ["", None, "01112-05", "2", "unheard of", '"><script>'])
def test_a_long_select_is_djangos_own(value: Any) -> None:
    ours = ManyChoices(choices=Choices(CHOICES)).render("place", value, {"id": "id_place"})
    theirs = forms.Select(choices=CHOICES).render("place", value, {"id": "id_place"})
    assert parse_html(ours) == parse_html(theirs)
