"""Inputs and selects that cost little: Django renders three templates for an input, and four for each option."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.choices import BaseChoiceIterator
from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString, mark_safe

INPUTS = frozenset(f"django/forms/widgets/{kind}.html" for kind in ("date", "hidden", "number", "text"))


def _written(attributes: dict[str, Any]) -> str:
    """Attributes as they stand in a tag: none where there is no value, the name alone for one that is true."""
    return "".join(
        f" {name}" if value is True else f' {name}="{conditional_escape(value)}"'
        for name, value in attributes.items()
        if value is not None and value is not False
    )


class FormRenderer(DjangoTemplates):
    """Django's own renderer, which writes the inputs of one line, the same text, without a template."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> SafeString:
        if template_name not in INPUTS:
            return mark_safe(super().render(template_name, context, request))
        widget = context["widget"]
        opening = {"type": widget["type"], "name": widget["name"], "value": widget["value"]}
        return mark_safe(f"<input{_written(opening)}{_written(widget['attrs'])}>")


class Choices(BaseChoiceIterator):
    """Choices that are the same for every form: Django would check, copy and render a plain list for each anew."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self.pairs = tuple(pairs)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self.pairs)

    def __copy__(self) -> "Choices":
        return self

    def __deepcopy__(self, memo: Any) -> "Choices":
        return self

    @cached_property
    def options(self) -> SafeString:
        """One `<option>` a choice, none of them selected. HTML lets its end tag go: a hundred of them on a page."""
        return format_html_join("", '<option value="{}">{}', self.pairs)


class ManyChoices(forms.Select):
    """A select over `Choices`: its options are rendered once, and the chosen one is marked in the text."""

    choices: Choices

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        attributes = self.build_attrs({**self.attrs, "name": name}, attrs)
        chosen = conditional_escape("" if value is None else str(value))
        plain, marked = f'<option value="{chosen}">', f'<option value="{chosen}" selected>'
        options = self.choices.options.replace(plain, marked, 1)
        return mark_safe(f"<select{_written(attributes)}>{options}</select>")
