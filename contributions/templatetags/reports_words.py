"""Small words of the report pages: bars, modifier chips, where a rule of a code stands."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from codes import pricing
from codes.links import code_address
from contributions.reports.queries import ShownAnswer

register = template.Library()

RULES = {
    "ncci": "The bundling edits of {code}",
    "unit-limits": "Units and add-ons of {code}",
    "indicators": "The indicators of {code}",
}
THINNEST = 20  # of a thousand: a share under five percent is still seen


@register.simple_tag
def share_bar(row: ShownAnswer) -> SafeString:
    """A bar as long as the share; the figure stands beside it in the table."""
    return format_html(
        '<svg class="bar share" viewBox="0 0 1000 12" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<rect class="{}" x="0" y="0" width="{}" height="12"></rect></svg>',
        "mp" if row.is_others else "work",
        max((row.percent or 0) * 10, THINNEST),
    )


@register.simple_tag
def rule_links(row: ShownAnswer, code: str) -> SafeString:
    """Links to the rules of this very code that a reason speaks of."""
    if row.entry is None or not row.entry.see:
        return mark_safe("")
    page = code_address(code)
    links = ((page, rule, RULES[rule].format(code=code)) for rule in row.entry.see.split())
    return format_html_join(" · ", '<a href="{}#{}">{}</a>', links)


@register.simple_tag
def modifier_boxes(names: Sequence[str], chosen: Any) -> SafeString:
    """A check box a modifier, with what it does."""
    marked = set(chosen or ())
    return format_html_join(
        "",
        '<label title="{}"><input type="checkbox" name="modifiers" value="{}"{}><span>{}</span></label>',
        ((pricing.MODIFIERS[m].effect, m, mark_safe(" checked") if m in marked else "", m) for m in names),
    )


@register.filter
def any_chosen(names: Sequence[str], chosen: Any) -> bool:
    """Whether one of these modifiers is chosen, so that their fold stays open."""
    return bool(set(names) & set(chosen or ()))
