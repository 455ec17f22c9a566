"""Forms as the pages show them: fields with what is wrong with them, the locality chosen, modifiers to tick."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl

from django import forms, template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from codes import links as address
from codes.forms.price import PriceForm
from codes.knowledge.locality_names import spelled

register = template.Library()

OTHER_MODIFIER = mark_safe(
    '<input class="other" type="text" name="mod" maxlength="11" autocomplete="off" spellcheck="false" '
    'placeholder="other" aria-label="Other modifiers">'
)
DIALS = {"date", "number"}  # inputs that hold nothing but what they are for


@register.simple_tag
def problems(form: forms.BaseForm) -> list[tuple[str, str]]:
    """What is wrong with a form: the label of each field, and a sentence."""
    return [
        (str(form[name].label) if name in form.fields else "The question", sentence)
        for name, errors in form.errors.items()
        for sentence in (_sentences(form[name]) if name in form.fields else map(str, errors))
    ]


def _sentences(bound: forms.BoundField) -> list[str]:
    """What is wrong with a field, with what was typed where its input cannot hold that."""
    said = f"You typed “{str(bound.value())[:40]}”. " if _is_lost(bound) else ""
    return [f"{said}{error}" for error in bound.errors]


def _is_lost(bound: forms.BoundField) -> bool:
    """A browser's input for dates or numbers stays empty when it is given words."""
    unread = any(error.code == "invalid" for error in bound.errors.as_data())
    return unread and bound.widget_type in DIALS


@register.simple_tag
def field(bound: forms.BoundField, default: Any = None, *, is_left_out: bool = False) -> SafeString:
    """A label, its input, and what is wrong with it. `default` is shown where nothing was typed; `is_left_out` marks it
    as what the page leaves out of the address."""
    if bound.name in bound.form.errors:
        return _wrong_field(bound)
    typed, identity = bound.value(), bound.auto_id
    is_untyped = typed in (None, "", [])
    shown = default if is_untyped else typed
    marks = {"id": identity} | ({"data-default": default} if is_left_out and is_untyped else {})
    widget = bound.field.widget.render(bound.html_name, shown, marks)
    label = conditional_escape(bound.label)
    return mark_safe(f'<div class="field"><label for="{identity}">{label}</label>{widget}</div>')


@register.simple_tag(takes_context=True)
def chosen_locality(context: template.Context, form: PriceForm) -> SafeString:
    """The locality as a choice between it and the nation, and where all are ranked, to choose one by name. A select of
    all 109 would be a sixth of the page."""
    bound = form["locality"]
    if bound.name in form.errors:
        return _wrong_field(bound)
    page = address.code_address(context["code"], "_country") + context["query_string"]
    link = format_html('<p class="small no-print"><a href="{}">Choose a locality by name</a></p>', page)
    if not bound.value():
        return link
    chosen = dict(bound.field.choices).get(bound.value(), bound.value())  # type: ignore[attr-defined]
    return format_html(
        '<div class="field"><label for="id_locality">Locality</label><select name="locality" id="id_locality">'
        '<option value="">National</option><option value="{}" selected>{}</option></select></div>{}',
        bound.value(),
        chosen,
        link,
    )


def _wrong_field(bound: forms.BoundField) -> SafeString:
    error_id = f"{bound.auto_id}_error"
    attributes = {"id": bound.auto_id, "aria-describedby": error_id, "aria-invalid": "true"}
    shown = None if _is_lost(bound) else bound.value()
    return format_html(
        '<div class="field has-error"><label for="{}">{}</label>{}<p class="error" id="{}">{}</p></div>',
        bound.auto_id,
        bound.label,
        bound.field.widget.render(bound.html_name, shown, attributes),
        error_id,
        " ".join(_sentences(bound)),
    )


@register.simple_tag
def modifier_chips(offered: Iterable[str], form: PriceForm) -> SafeString:
    """A check box for each modifier that is really billed with the code, and those typed, and a box for any other."""
    chosen = form.cleaned_data.get("mod", ())
    shown = dict.fromkeys([*offered, *chosen])
    boxes = format_html_join(
        "",
        '<label><input type="checkbox" name="mod" value="{}"{}><span>{}</span></label>',
        ((each, mark_safe(" checked") if each in chosen else "", each) for each in shown),
    )
    return format_html('<div class="modifiers">{}{}</div>', boxes, OTHER_MODIFIER)


@register.simple_tag
def found_locality(form: PriceForm) -> str:
    """The locality of the ZIP code in a form, by name; a way to choose one where it has none."""
    found = form.localities.get(form.match.key) if form.match else None
    return f"{spelled(found.name)}, {found.state}" if found else "Locality by name"


@register.simple_tag
def carried_fields(parameters: str, *own: str) -> SafeString:
    """Hidden fields for the parameters that a form carries along but does not ask for itself."""
    pairs = [(key, value) for key, value in parse_qsl(parameters) if key not in own]
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', pairs)
