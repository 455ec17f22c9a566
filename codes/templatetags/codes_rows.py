"""The rows of the long tables, a table in one go: fifteen small tags of a template for each row take thrice that."""

from collections.abc import Iterable
from datetime import date

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from codes.editing import Finding
from codes.pricing import Step
from codes.queries.bundling import BundlingRow
from codes.templatetags.codes_words import dollars, edit_code

register = template.Library()

NOT_PRICED = mark_safe('<span class="quiet">not priced</span>')
PASSING = {
    "0": mark_safe('<span class="tag denied">none passes</span>'),
    "1": mark_safe('<span class="tag caution">may pass</span>'),
    "9": mark_safe('<span class="tag quiet">never applied</span>'),
}


@register.simple_tag
def edit_rows(rows: Iterable[BundlingRow], this: str, group: str) -> SafeString:
    """A list of bundling edits of the code `this`; of those that ended, with their last day."""
    return format_html_join(
        "\n",
        '<tr><td data-label="Pays">{}</td><td data-label="Is denied">{}</td>'
        '<td class="num half" data-label="At stake">{}</td><td class="half" data-label="Modifier">{}</td>'
        '<td data-label="Why">{}{}</td>{}</tr>',
        (
            (
                edit_code(row.pays, this, row.other_name),
                edit_code(row.denied, this, row.other_name),
                NOT_PRICED if row.at_stake is None else dollars(row.at_stake),
                PASSING[row.edit.indicator],
                row.edit.rationale.text,
                _since(row.edit.effective),
                _ended(row.edit.deletion) if group == "ended" else "",
            )
            for row in rows
        ),
    )


def _since(day: date | None) -> SafeString | str:
    return format_html(' <span class="quiet tiny">since {}</span>', _day(day)) if day else ""


def _ended(day: date | None) -> SafeString:
    return format_html('<td data-label="Ended">{}</td>', _day(day) if day else "not yet begun")


def _day(day: date) -> str:
    """Jul 1, 2026."""
    return f"{day:%b} {day.day}, {day.year}"


@register.simple_tag
def working(steps: Iterable[Step]) -> SafeString:
    """The steps of a price as items of a list: what was done, the arithmetic, and where CMS says so."""
    return format_html_join(
        "\n",
        '<li>{}{} <span class="cite">{}</span></li>',
        (
            (
                step.title,
                format_html('<span class="formula">{}</span>', step.formula) if step.formula else "",
                f"{step.citation} {step.section}" if step.section else step.citation,
            )
            for step in steps
        ),
    )


@register.simple_tag
def findings(found: Iterable[Finding]) -> SafeString:
    """What the checks say of a claim line as items of a list, with the codes of the denial to expect."""
    return format_html_join(
        "\n",
        '<li>{} <span class="tiny quiet">{}{}</span></li>',
        (
            (each.words, f"Expect {', '.join(each.reasons)}. " if each.reasons else "", each.citation)
            for each in found
        ),
    )
