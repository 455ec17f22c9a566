"""Form controls that cost little: Django renders three templates for an input and four for each option of a select."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.choices import BaseChoiceIterator
from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString, mark_safe

_INPUTS = {
    f"django/forms/widgets/{name}.html" for name in ("text", "number", "date", "hidden", "email", "input")
}


class PlainInputs(DjangoTemplates):
    """Django's own rendering of forms, except that an `<input>` is written without templates."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        if template_name in _INPUTS:
            return _input(context["widget"])
        return super().render(template_name, context, request)


def _input(widget: dict[str, Any]) -> SafeString:
    attributes = {"type": widget["type"], "name": widget["name"], "value": widget["value"], **widget["attrs"]}
    return mark_safe(f"<input{_written(attributes)}>")


def _written(attributes: dict[str, Any]) -> str:
    """Attributes as they stand in a tag: none where there is no value, the name alone for one that is true."""
    return "".join(
        f" {name}" if value is True else f' {name}="{conditional_escape(value)}"'
        for name, value in attributes.items()
        if value is not None and value is not False
    )


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
        """One `<option>` a choice, none of them selected."""
        return format_html_join("\n", '<option value="{}">{}</option>', self.pairs)


class ManyChoices(forms.Select):
    """A select over `Choices`: its options are rendered once, and the chosen one is marked in the text."""

    choices: Choices

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        attributes = self.build_attrs({**self.attrs, "name": name}, attrs)
        chosen = conditional_escape("" if value is None else str(value))
        plain, marked = f'<option value="{chosen}">', f'<option value="{chosen}" selected>'
        options = self.choices.options.replace(plain, marked, 1)
        return mark_safe(f"<select{_written(attributes)}>{options}</select>")
