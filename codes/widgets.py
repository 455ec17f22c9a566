"""Form controls that cost little: Django renders three templates for an input and four for each option of a select."""

from functools import lru_cache
from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates
from django.forms.utils import flatatt
from django.utils.html import conditional_escape, format_html, format_html_join
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
    return format_html("<input{}>", flatatt(attributes))


class ManyChoices(forms.Select):
    """A select whose options are rendered once for each list of choices; the chosen one is marked in the text."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        attributes = self.build_attrs({**self.attrs, "name": name}, attrs)
        chosen = conditional_escape("" if value is None else str(value))
        options = _options(tuple((str(key), str(label)) for key, label in self.choices))
        marked = options.replace(f'<option value="{chosen}">', f'<option value="{chosen}" selected>', 1)
        return format_html("<select{}>{}</select>", flatatt(attributes), mark_safe(marked))


@lru_cache(maxsize=64)
def _options(choices: tuple[tuple[str, str], ...]) -> SafeString:
    return format_html_join("\n", '<option value="{}">{}</option>', choices)
